"""English is let through, other languages are named."""

from __future__ import annotations

import pytest

from dragoman.intake.language import foreign_language

OTHERS = {
    "de": "Die Bundesregierung verurteilte den Angriff auf die Stadt und rief zur Mäßigung auf.",
    "fr": "Le président a rencontré son homologue turc à Paris mardi pour parler de la trêve.",
    "es": "El presidente anunció nuevas sanciones contra el régimen y pidió la liberación de los presos.",
    "ru": "Президент России встретился в Москве с министром обороны Турции и обсудил перемирие в регионе.",
    "uk": "Президент України зустрівся в Києві з міністром оборони Туреччини і обговорив перемир'я.",
    "tr": "Cumhurbaşkanı Erdoğan, Ankara'da Rusya Dışişleri Bakanı ile görüştü ve ateşkes çağrısı yaptı.",
    "zh": "中国外交部发言人星期三在北京举行的例行记者会上对此表示强烈不满和坚决反对。",
    "ar": "التقى الرئيس المصري وزير الخارجية التركي في القاهرة يوم الثلاثاء لبحث الهدنة في غزة.",
}


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_is_named(code: str) -> None:
    assert foreign_language(OTHERS[code]) == code
    assert foreign_language(OTHERS[code] * 80) == code


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv denied it.",
        "Norway recalled its ambassador.",
        "Rebels shelled Goma.",
        "Zelensky met Erdogan in Ankara on Monday",
        "Abdelmadjid Tebboune received Xi Jinping and Mahamat Idriss Deby Itno",
        "ANKARA, Turkey: Recep Tayyip Erdogan, Hakan Fidan, Yasar Guler, Ibrahim Kalin attended.",
        "Sudan army shells Khartoum; RSF vows revenge; UN condemns attack; Egypt urges restraint",
        "Владимир Зеленский",
        "北京",
        "12 34 56 78",
    ],
)
def test_short_english_and_bare_names_are_let_through(text: str) -> None:
    assert foreign_language(text) is None


def test_english_with_foreign_quotations_is_english() -> None:
    report = (
        "The minister said in the capital that his country would not yield to the demands of its neighbour. "
    )
    assert foreign_language(report * 3 + "«Ми не поступимося», said he. " + report * 3) is None


def test_a_foreign_text_under_an_english_title_is_still_foreign() -> None:
    assert foreign_language("Ministry statement\n\n" + OTHERS["ru"] * 100) == "ru"
