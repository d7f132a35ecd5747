"""A corpus in which every text, name and review tries to run something in the browser that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from dragoman.records import Document, Entity, Source, Status, Tie, TieChange, TieSpan
from dragoman.store import Corpus
from hand_record import add_reviews, say
from stories import Act, Story, day, event_id

STRINGS = (
    "<script>ran()</script>",
    "</script><script>ran()</script>",
    "<img src=x onerror=ran()>",
    "<svg onload=ran()><animate onbegin=ran() attributeName=x dur=1s></svg>",
    '"><input autofocus onfocus=ran()>',
    "'><a href=javascript:ran()>here</a>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<details open ontoggle=ran()>x</details>",
    "<math><mtext><table><mglyph><style><img src=x onerror=ran()></style></mglyph></table></mtext></math>",
    '<noscript><p title="</noscript><img src=x onerror=ran()>">',
    "<!--><img src=x onerror=ran()>-->",
    "<link rel=stylesheet href=//evil.example/x.css><base href=//evil.example/>",
    "<form action=//evil.example/><button>Search</button></form>",
    "<style>*{display:none}</style>",
    "{{ 7*7 }}{% raw %}{{ config }}{% endraw %}${7*7}#{7*7}<%= 7*7 %>",
    "]]><![CDATA[<script>ran()</script>",
    "\u2028;ran();\u2029//",
    "\\u003cscript>ran()\\u003c/script>",
    "javascript:ran()",
    "' OR 1=1; DROP TABLE events; --",
    "\u202egnp.exe\u2066\u200f\u061c",
    "<scr\u0000ipt>ran()</scr\u0000ipt>",
    '=HYPERLINK("http://evil.example","x")',
    "&lt;script&gt;ran()&lt;/script&gt;&#x3C;script>ran()&#x3C;/script>",
)
"""Tags, events, SVG, other markup, template syntax, escapes, addresses, SQL, directions, formulas."""
DRAWN_OUT = " ".join(STRINGS)


def party(name: str, code: str, number: int) -> Entity:
    """Somebody of that name."""
    return Entity(f"person:h{number}", name, code, "GOV", "person", name)


def report(story: Story, number: int, nasty: str) -> None:
    """A report all of whose fields are that string."""
    told = f"{nasty}\n\n{nasty} Norland recalled{number} its envoy {nasty} from Sudria. {nasty}"
    act = Act(
        f"h{number}",
        f"recalled{number}",
        "SANCTION" if number % 2 else "ASSAULT",
        [party(nasty, "NOR", number)],
        [party(nasty, "SWE", number + 1000)],
        "withdraw" if number % 2 else "heavy-weapons",
        Status.ASSERTED if number % 3 else Status.DENIED,
        f"2021-03-{1 + number % 28:02d}",
        sources=(Source(nasty, "person", "NOR", "say"), Source(nasty, "outlet", None, "report")),
        place=(nasty, "NOR"),
        killed=number + 1,
    )
    story.report(nasty, f"2021-03-{1 + number % 28:02d}", told, act)
    bare: Document = story.documents[-1]
    worse = replace(
        bare, path=f"/srv/{nasty}", address="javascript:ran()", notes=(nasty,), original=f"<p>{nasty}"
    )
    at = len(story.documents) - 1
    story.documents[at] = worse
    story.acts[-1] = (worse, act, story.acts[-1][2])


def tie(number: int, nasty: str) -> Tie:
    """A tie told in such words."""
    opened = date(2021, 3, 1)
    return Tie(
        f"t-h{number}",
        "ambassador",
        ("NOR", "SWE"),
        nasty,
        "open",
        (TieSpan("open", day("2021-03-01"), None),),
        (TieChange("opened", day("2021-03-01"), event_id(f"h{number}"), None, "hand/opened", nasty),),
        opened,
    )


def hostile_story() -> Story:
    """The reports, as they are before they are written."""
    story = Story()
    for number, nasty in enumerate(STRINGS):
        report(story, number, nasty)
    report(story, len(STRINGS), DRAWN_OUT)
    story.ties = [tie(number, nasty) for number, nasty in enumerate(STRINGS[:5])]
    return story


def hostile_reports() -> list[str]:
    """The ids of the reports."""
    return [one.id for one in hostile_story().documents]


def hostile_corpus(folder: Path) -> Corpus:
    """The corpus, reviewed by people of such names, in such words."""
    corpus = Corpus.open(hostile_story().write(folder))
    add_reviews(
        corpus,
        *(
            say(event_id(f"h{number}"), "right", by=nasty, minute=number % 60, reason=nasty)
            for number, nasty in enumerate(STRINGS)
        ),
        say(
            event_id("h1"),
            "wrong",
            by="Ann",
            minute=59,
            field="place",
            value=f'{{"name": "{STRINGS[0]}", "country": "NOR"}}',
        ),
    )
    return corpus
