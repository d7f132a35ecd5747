"""What opens a report and is no part of its first sentence."""

from __future__ import annotations

import pytest

from dragoman.intake import find_dateline


@pytest.mark.parametrize(
    ("text", "words", "agency"),
    [
        ("KYIV, July 17, 2023 - Russia on Monday walked out.", "KYIV, July 17, 2023", None),
        ("TIRASPOL (Reuters) - Deputies voted.", "TIRASPOL (Reuters)", "Reuters"),
        ("OSLO, March 4 (AFP) — Norway recalled", "OSLO, March 4 (AFP)", "AFP"),
        ("MOSCOW—Russia said", "MOSCOW", None),
        ("PHNOM PENH, Cambodia, Dec. 16 - Khmer Rouge", "PHNOM PENH, Cambodia, Dec. 16", None),
        ("DURBAN, South Africa, July 15 - A judge", "DURBAN, South Africa, July 15", None),
        ("BEIRUT, Lebanon (AP) — Rockets", "BEIRUT, Lebanon (AP)", "AP"),
        ("GOMA, Feb 13 (adds details) - Congolese army drones", "GOMA, Feb 13 (adds details)", None),
        ("Khartoum, July 8 (SUNA) - The State Minister", "Khartoum, July 8 (SUNA)", "SUNA"),
        ("Accra, Sept. 15, GNA - Democracy is a habit", "Accra, Sept. 15, GNA", "GNA"),
        ("YEREVAN, APRIL 26, ARMENPRESS. The committee met", "YEREVAN, APRIL 26, ARMENPRESS", "ARMENPRESS"),
        ("NEW DELHI, JUNE 9. Bhutan has given its word", "NEW DELHI, JUNE 9", None),
        ("ISLAMABAD, Nov 19 (APP): Prime Minister Mir", "ISLAMABAD, Nov 19 (APP)", "APP"),
        ("SEMPORNA: The men who kidnapped a tourist", "SEMPORNA", None),
        ("KINSHASA —\n\nThe army said", "KINSHASA", None),
        ("RAMALLAH, April 19, 2001 (WAFA) - Bulldozers", "RAMALLAH, April 19, 2001 (WAFA)", "WAFA"),
        ("N'DJAMENA - Chad said", "N'DJAMENA", None),
        ("PORT-AU-PRINCE, Haiti - Gangs", "PORT-AU-PRINCE, Haiti", None),
        ("MARABA - Eleven people were hurt", "MARABA", None),
        ("TASHKENT, September 19. /TASS/. Uzbekistan has not", "TASHKENT, September 19. /TASS/", "TASS"),
        ("GABORONE, 5 November 1998\n\nThe Ministry of Foreign Affairs", "GABORONE, 5 November 1998", None),
        ("(Adds Mogadishu reaction)\n\nNAIROBI, Feb 22 - Kenya", "NAIROBI, Feb 22", None),
        ("MOSCOW/KYIV, 4 March - Shells fell", "MOSCOW/KYIV, 4 March", None),
        (
            "YEREVAN, October 2, 2020 (RFE/RL) - The envoy left.",
            "YEREVAN, October 2, 2020 (RFE/RL)",
            "RFE/RL",
        ),
    ],
)
def test_datelines_of_many_houses_are_found(text: str, words: str, agency: str | None) -> None:
    found = find_dateline(text, 0)
    assert found is not None
    assert found.span.cut(text) == words
    assert found.agency == agency


@pytest.mark.parametrize(
    "text",
    [
        "Russia on Monday walked out of the deal - a pact of 2022.",
        "The ministry said: no talks are planned.",
        "MR. HARLAN: Good afternoon. First, Vietnam.",
        "UPDATE: Rebels take the town",
        "NATO - the alliance of 32 states - met on Monday.",
        "Friday, July 9 - The junta extends a stay-at-home order.",
        "Bangkok was calm. Troops left.",
        "QUESTION: Will you sign?",
        "WHO: no new cases.",
        "Prime Minister Nikol Pashinyan, 47 - a former editor - resigned.",
        "",
        "-",
        "(AFP)",
    ],
)
def test_what_is_no_dateline_is_left_alone(text: str) -> None:
    assert find_dateline(text, 0) is None
