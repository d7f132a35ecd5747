"""Countries go by their codes and names; states of the past by the code under which their acts are filed."""

from __future__ import annotations

import pytest

from dragoman.errors import InputError
from dragoman.query import code_of, country, name_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ISR", "ISR"),
        ("israel", "ISR"),
        ("the United States", "USA"),
        ("UK", "GBR"),
        ("Burma", "MMR"),
        ("Soviet Union", "RUS"),
        ("European Union", "EUR"),
        ("UN", "UNO"),
        (" South  Korea ", "KOR"),
        ("Nikol Pashinyan", None),
    ],
)
def test_a_country_is_known_by_name_or_code(name: str, code: str | None) -> None:
    assert code_of(name) == code


def test_a_code_has_the_name_of_today() -> None:
    assert [name_of(one) for one in ("MMR", "BEN", "DEU", "UNO", "QQQ")] == [
        "Myanmar",
        "Benin",
        "Germany",
        "United Nations",
        "QQQ",
    ]


def test_a_misspelt_country_is_answered_with_those_that_come_near() -> None:
    with pytest.raises(InputError, match=r"did you mean .*Armenia \(ARM\)"):
        country("Armenea")
