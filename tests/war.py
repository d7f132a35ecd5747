"""One war, seen by several outlets: two neighbours and what they have with a third state."""

from __future__ import annotations

from datetime import date

from dragoman.records import Source, Stance, Status, Tie, TieChange, TieSpan
from stories import Act, Story, day, event_id, person, state

ARM, AZE, ISR, TUR = (
    state("ARM", "Armenia"),
    state("AZE", "Azerbaijan"),
    state("ISR", "Israel"),
    state("TUR", "Turkey"),
)
PASHINYAN = person("Nikol Pashinyan", "ARM", "prime minister")
RIVLIN = person("Reuven Rivlin", "ISR", "president")
ALIYEV = person("Ilham Aliyev", "AZE", "president")
QUOTED = Source("Nikol Pashinyan", "person", "ARM", "say")
BAKU = Source("Defence Ministry of Azerbaijan", "body", "AZE", "say", Stance.NEUTRAL)
YEREVAN = Source("Armenian Defence Ministry", "body", "ARM", "say")


def war() -> Story:
    """The story as reports."""
    story = Story()
    story.report(
        "Reuters",
        "2020-10-01",
        "Armenia recalls envoy\n\nArmenia recalled its ambassador from Israel on Thursday. "
        "It had asked Israel to stop arms deliveries to Azerbaijan in September. "
        "Israel refused to stop them.",
        Act("recall", "recalled", "SANCTION", [ARM], [ISR], "withdraw", when="2020-10-01"),
        Act("ask-stop", "asked", "REQUEST", [ARM], [ISR], "yield", when="2020-09"),
        Act("no-stop", "refused", "REJECT", [ISR], [ARM], "yield", answers="ask-stop"),
    )
    story.report(
        "TASS",
        "2020-10-02",
        "Yerevan has recalled its envoy to Israel over arms sales, TASS reports.",
        Act("recall", "recalled", "SANCTION", [ARM], [ISR], "withdraw", when="2020-10-01"),
    )
    story.report(
        "The Jerusalem Post",
        "2020-10-06",
        "Rivlin calls Sarkissian\n\nPresident Rivlin offered Armenia humanitarian aid on Monday. "
        "Israel delivered drones to Azerbaijan in 2020.",
        Act("offer", "offered", "AGREE", [RIVLIN], [ARM], when="2020-10-05", contexts=("humanitarian",)),
        Act("drones", "delivered", "AID", [ISR], [AZE], when="2020", contexts=("military",)),
    )
    story.report(
        "The Jerusalem Post",
        "2020-11-03",
        "Pashinyan speaks\n\nPashinyan refused the Israeli aid, saying it should go to mercenaries. "
        "He accused Israel of arming Azerbaijan.",
        Act(
            "refusal",
            "refused",
            "REJECT",
            [PASHINYAN],
            [ISR],
            "assist",
            when="2020-11-03",
            contexts=("diplomatic", "humanitarian"),
            answers="offer",
            sources=(QUOTED,),
        ),
        Act("accuse", "accused", "ACCUSE", [PASHINYAN], [ISR], "allege", sources=(QUOTED,)),
    )
    story.report(
        "Trend",
        "2020-11-04",
        "Israel handed over food and medicines to Azerbaijan on October 27. "
        "Aliyev thanked Israel for its help on Wednesday.",
        Act("food", "handed over", "AID", [ISR], [AZE], when="2020-10-27", contexts=("humanitarian",)),
        Act("thanks", "thanked", "SUPPORT", [ALIYEV], [ISR], when="2020-11-04"),
    )
    story.report(
        "Haaretz",
        "2020-11-05",
        "Israel gave food to Azerbaijan last month, officials said.",
        Act("food", "gave", "AID", [ISR], [AZE], when="2020-10", contexts=("humanitarian",)),
    )
    story.report(
        "AFP",
        "2020-10-17",
        "Rockets hit Ganja on Saturday, killing 13, Azerbaijan said.",
        Act(
            "ganja",
            "hit",
            "ASSAULT",
            [ARM],
            [AZE],
            "heavy-weapons",
            when="2020-10-17",
            sources=(BAKU,),
            place=("Ganja", "AZE", 40.68, 46.36),
            killed=13,
        ),
    )
    story.report(
        "Armenpress",
        "2020-10-18",
        "Armenia denied that it had shelled Ganja, where 12 were said to have died.",
        Act(
            "ganja",
            "shelled",
            "ASSAULT",
            [ARM],
            [AZE],
            "heavy-weapons",
            Status.DENIED,
            "2020-10-17",
            sources=(YEREVAN,),
            place=("Ganja", "AZE", 40.68, 46.36),
            killed=12,
        ),
    )
    story.ties = [
        tie("arms_supply", ("ISR", "AZE"), "2016", None, "drones"),
        tie("ambassador", ("ARM", "ISR"), "2020-09-17", "2020-10-01", "recall"),
    ]
    return story


def tie(kind: str, sides: tuple[str, str], opened: str, closed: str | None, event: str) -> Tie:
    """A tie that opened, and closed if it did, by that event."""
    ended = day(closed) if closed else None
    changes = [TieChange("opened", day(opened), None, None, "hand/opened", "opened")]
    spans = [TieSpan("open", day(opened), ended)]
    if closed:
        changes.append(TieChange("closed", ended, event_id(event), None, "hand/closed", "recalled"))
        spans.append(TieSpan("closed", ended, None))
    return Tie(
        f"t-{kind}-{'-'.join(sides)}",
        kind,
        sides,
        "",
        "closed" if closed else "open",
        tuple(spans),
        tuple(changes),
        date(2020, 11, 5),
    )
