"""Measures the chains of sources against gold events.

    python tools/measure_attribution.py REPORTS_JSONL [--bench DIR] [--cache FILE] [--errors N]

REPORTS_JSONL is what ``tools/check_reports.py --jsonl`` writes. Reports whose number is divisible by
five are left out always; those whose number ends in three are told apart as the held part, and never listed.
An event is right if every gold source is named and no other is, save its actors and the outlet.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import ascii_letters

import yaml
from spacy.tokens import Doc, DocBin

from dragoman.attribution import chain_for, find_claims
from dragoman.attribution.clauses import CACHE_KEY
from dragoman.entities import EntityFinder
from dragoman.parse import Parser
from dragoman.records import Document, Precision, Span, TimeRef

FOLD = str.maketrans("‘’“”–— ", "''\"\"-- ")


def agree(one: str, other: str) -> bool:
    """Case-folded containment, either way round."""
    one, other = (" ".join(name.translate(FOLD).casefold().split()) for name in (one, other))
    return bool(one and other) and (one in other or other in one)


def reports(path: Path) -> Iterator[dict]:
    """The training reports outside the test part."""
    for line in path.open(encoding="utf-8"):
        report = json.loads(line)
        if int(report["id"].lstrip(ascii_letters)) % 5:
            yield report


def bench(folder: Path) -> Iterator[dict]:
    """The articles in the reports' shape."""
    for gold in sorted(folder.glob("*.gold.yaml")):
        text = gold.with_name(gold.name.replace(".gold.yaml", ".txt")).read_text(encoding="utf-8")
        raw = yaml.safe_load(gold.read_text(encoding="utf-8"))
        about, events = raw.get("document") or {}, []
        for one in raw["events"]:
            quote = text.translate(FOLD).find(one["quote"].translate(FOLD))
            start = quote + one["quote"].translate(FOLD).find(one["anchor"].translate(FOLD))
            names = one.get("who_name") or []
            events.append(
                {
                    "trigger": {"start": start, "end": start + len(one["anchor"]), "text": one["anchor"]},
                    "attribution": [{"name": name, "text": name} for name in listed(one.get("via"))],
                    "actors": [{"name": name, "text": name} for name in listed(names)],
                    "event_type": one["type"],
                    "status": one["status"],
                    "core": one.get("core", True),
                }
            )
        relays = listed(about.get("relays"))
        outlet = about.get("outlet")
        yield {"id": "X" + gold.name[:5], "text": text, "outlet": outlet, "relays": relays, "events": events}


def listed(value: object) -> list:
    """A value or a list as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def parsed(items: list[dict], cache: Path | None) -> list[Doc]:
    """The parses of the reports, from the cache where there is one."""
    parser = Parser()
    if cache is not None and cache.exists():
        docs = {doc.text: doc for doc in DocBin().from_disk(cache).get_docs(parser.nlp.vocab)}
        return [docs.get(one["text"]) or parser.parse(Document(one["id"], one["text"])) for one in items]
    return [parser.parse(Document(one["id"], one["text"])) for one in items]


def bare(name: str) -> str:
    """A gold name without its article ('The military government' is 'military government in Freetown')."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an", "its", "their", "his", "her", "our") else name


def document_of(item: dict) -> Document:
    """The report as a record, with its publication date."""
    day = date.fromisoformat(item["published"]) if item.get("published") else None
    when = TimeRef(day, day, Precision.DAY, "given") if day else None
    return Document(item["id"], item["text"], outlet=item.get("outlet"), published=when)


def right(event: dict, names: list[str], sources: list[str]) -> bool:
    """The rule of the bench's scorer."""
    golds = [tuple(bare(one[key]) for key in ("name", "text")) for one in event["attribution"]]
    if not all(any(agree(form, got) for form in gold for got in names) for gold in golds):
        return False
    allowed = [form for gold in golds for form in gold] + sources
    allowed += [form for one in event["actors"] for form in (one["name"], one["text"])]
    return all(any(agree(got, name) for name in allowed) for got in names)


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    options = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    options.add_argument("reports", type=Path)
    options.add_argument("--bench", type=Path)
    options.add_argument("--cache", type=Path)
    options.add_argument("--mentions", action="store_true", help="name sources from the entities room")
    options.add_argument("--errors", type=int, default=0, help="list this many errors")
    options.add_argument("--skip", type=int, default=0, help="leave out the first errors")
    options.add_argument("--only", default="", help="list only: missed, extra or wrong")
    chosen = options.parse_args()
    items = list(reports(chosen.reports)) + (list(bench(chosen.bench)) if chosen.bench else [])
    docs = parsed(items, chosen.cache)
    finder = EntityFinder() if chosen.mentions else None
    counts: Counter[tuple[str, str]] = Counter()
    spent, words, shown = 0.0, 0, 0
    for item, doc in zip(items, docs, strict=True):
        document = document_of(item)
        mentions = finder.find(doc, document) if finder else []
        doc.user_data.pop(CACHE_KEY, None)
        begun = time.process_time()
        claims = find_claims(doc, document, mentions)
        spent += time.process_time() - begun
        words += len(item["text"].split())
        part = "bench" if item["id"].startswith("X") else "held" if item["id"].endswith("3") else "rest"
        sources = [name for name in [item.get("outlet"), *listed(item.get("relays"))] if name]
        for event in item["events"]:
            span = Span(event["trigger"]["start"], event["trigger"]["end"])
            actors = [form for one in event["actors"] for form in (one["name"], one["text"])]
            chain = chain_for(span, claims, actors, event["event_type"], event["status"])
            names = [
                one.name for one in chain
            ]  # (span, claims, actors, event["event_type"], event["status"])]
            good = right(event, names, sources)
            kind = "named" if event["attribution"] else "own voice"
            for label in (part, *(("train",) if part != "bench" else ())):
                for group in (kind, "all"):
                    counts[label, group + " asked"] += 1
                    counts[label, group + " right"] += good
            if not good and part != "held":
                sort = "extra" if not event["attribution"] else "wrong" if names else "missed"
                counts["errors", sort] += 1
                shown += not chosen.only or chosen.only == sort
                if chosen.skip < shown <= chosen.skip + chosen.errors and chosen.only in ("", sort):
                    show(item, event, names, sort)
    for label in ("rest", "held", "train", "bench"):
        for group in ("named", "own voice", "all"):
            asked = counts[label, group + " asked"]
            if asked:
                hit = counts[label, group + " right"]
                print(f"{label:6} {group:10} {hit:5} of {asked:5} {hit / asked:.3f}")
    print({sort: count for (label, sort), count in counts.items() if label == "errors"})
    print(f"{1e6 * spent / max(words, 1):.1f} microseconds a word")


def show(item: dict, event: dict, names: list[str], sort: str) -> None:
    """One error with the words around it."""
    text, at, end = item["text"], event["trigger"]["start"], event["trigger"]["end"]
    gold = ["->".join(dict.fromkeys((one["text"], one["name"]))) for one in event["attribution"]]
    who = [one["text"] for one in event["actors"]]
    around = text[max(0, at - 260) : at] + "[[" + text[at:end] + "]]" + text[end : end + 160]
    print(f"{sort} {item['id'][:4]} {event['event_type']} {event['status']} {gold=} {names=} {who=}")
    print("    " + around.replace("\n", " / "))


if __name__ == "__main__":
    main()
