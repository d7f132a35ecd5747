"""Measures the room ``entities`` on coded reports: is each gold party's mention found, and its country
right?

    python tools/measure_entities.py TRAIN.jsonl CACHE_FOLDER [--errors right|wrong|unresolved|no] [--head N]

``TRAIN.jsonl`` is what the training reports' checker writes. Reports whose number is divisible by five
are left out always; a fifth of the others, told by a hash of their names, is reported apart as "held", and
its errors are never shown. Right, wrong, unresolved and missed parties are counted by kind of mention and by
rule.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from dragoman.entities import EntityFinder
from dragoman.parse import Parser
from dragoman.records import Document, Mention, Precision, TimeRef


def load(path: Path) -> list[dict[str, Any]]:
    """The reports that may be looked at."""
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [r for r in reports if number(r) % 5]


def number(report: dict[str, Any]) -> int:
    return int(re.search(r"\d+", report["id"]).group())  # type: ignore[union-attr]


def is_held(report: dict[str, Any]) -> bool:
    """Whether the report is of the fifth that the room is checked on and never tuned on."""
    return int(hashlib.md5(report["id"].encode()).hexdigest(), 16) % 5 == 0


def parsed(reports: list[dict[str, Any]], folder: Path) -> list[Doc]:
    """The reports parsed, from a cache if there is one."""
    cache, parser = folder / "entities-train.spacy", Parser()
    if cache.exists():
        docs = list(DocBin().from_disk(cache).get_docs(parser.nlp.vocab))
        if len(docs) == len(reports) and all(d.text == r["text"] for d, r in zip(docs, reports, strict=True)):
            return docs
    docs = [parser.parse(Document(id="x", text=r["text"])) for r in reports]
    DocBin(store_user_data=False, attrs=["ORTH", "TAG", "POS", "DEP", "HEAD", "LEMMA", "SENT_START", "SPACY"],
           docs=docs).to_disk(cache)  # fmt: skip
    return docs


def document_of(report: dict[str, Any]) -> Document:
    day = date.fromisoformat(report["published"]) if len(report.get("published") or "") == 10 else None
    when = TimeRef(day, day, Precision.DAY, "given") if day else None
    return Document(id=report["id"], text=report["text"], outlet=report.get("outlet"), published=when)


Party = tuple[int, int, frozenset[str]]


def gold_parties(report: dict[str, Any]) -> list[tuple[int, int, frozenset[str], list[Party]]]:
    """(start, end, codes, the event's parties) of every party; words for several states give all of them."""
    found: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    for event in report["events"]:
        for party in event["actors"] + event["recipients"]:
            if party.get("span"):
                found[event["n"], party["span"]["start"], party["span"]["end"]].add(party["country"])
    by_event: dict[int, list[Party]] = defaultdict(list)
    for (event, start, end), codes in found.items():
        by_event[event].append((start, end, frozenset(codes)))
    return [(*party, parties) for parties in by_event.values() for party in parties]


def gold_head(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters of the syntactic head of the gold words."""
    span = doc.char_span(start, end, alignment_mode="expand")
    root = span.root if span else None
    return (root.idx, root.idx + len(root)) if root is not None else (start, end)


def judge(
    doc: Doc, mentions: list[Mention], start: int, end: int, codes: frozenset[str], fellows: list[Party]
) -> tuple[str, Mention | None]:
    """right, wrong, unresolved or no (mention), and the mention that was judged."""
    head = gold_head(doc, start, end)
    over = [m for m in mentions if m.span.start < end and start < m.span.end]
    best = [m for m in over if m.head.start == head[0]]
    best = best or [m for m in over if start <= m.head.start < end]
    best = best or [m for m in over if m.span.start <= start and end <= m.span.end]
    if not best:
        return "no", None
    mention = max(best, key=lambda m: (m.head.start == head[0], m.head.start))
    mine = frozenset(e.country for e in mention.entities)
    if not mine or mine == {""}:
        return ("right" if codes == {""} else "unresolved"), mention
    # 'Rwandan and Ugandan troops' is one mention, but two parties in the gold.
    whole = codes.union(
        *(other for s, e, other in fellows if mention.span.start <= s and e <= mention.span.end)
    )
    return ("right" if mine in (codes, whole) else "wrong"), mention


def kind_of(mention: Mention | None) -> str:
    """The mention's kind; a description whose country was guessed is a bare one."""
    if mention is None:
        return "no mention"
    guessed = mention.kind == "description" and any(rule.startswith("context/") for rule in mention.rules)
    return "bare description" if guessed else mention.kind


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("train", type=Path)
    options.add_argument("cache", type=Path)
    options.add_argument("--errors")
    options.add_argument("--rule")
    options.add_argument("--only")
    options.add_argument("--head", type=int, default=40)
    chosen = options.parse_args()
    reports = load(chosen.train)
    docs = parsed(reports, chosen.cache)
    before = time.process_time()
    finder = EntityFinder()
    built = time.process_time() - before
    counts: dict[str, Counter[str]] = {"dev": Counter(), "held": Counter()}
    by_rule: dict[str, Counter[str]] = defaultdict(Counter)
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    shown, spent, words = [], 0.0, 0
    for report, doc in zip(reports, docs, strict=True):
        before = time.process_time()
        mentions = finder.find(doc, document_of(report))
        spent += time.process_time() - before
        words += len(doc)
        part = "held" if is_held(report) else "dev"
        for start, end, codes, fellows in gold_parties(report):
            verdict, mention = judge(doc, mentions, start, end, codes, fellows)
            counts[part][verdict] += 1
            rule = mention.rules[-1] if mention and mention.rules else "-"
            by_rule[rule][part + " " + verdict] += 1
            by_kind[kind_of(mention)][part + " " + verdict] += 1
            if part == "dev":
                wanted = (chosen.errors == verdict and (not chosen.rule or chosen.rule == rule)
                          and (not chosen.only or chosen.only in report["id"]))  # fmt: skip
                if wanted:
                    text = report["text"]
                    shown.append(
                        f"{report['id'][:4]} {text[max(0, start - 90) : start]}[[{text[start:end]}]]"
                        f"{text[end : end + 50]} GOLD {','.join(codes)} MINE "
                        f"{[e.country for e in mention.entities] if mention else None}"
                        f" {mention.span.cut(text) if mention else ''!r} {mention.rules if mention else ''}"
                    )
    print(f"constructor {built:.2f} s, {spent / words * 1e6:.1f} us/word over {words} words")
    for part, count in counts.items():
        total = sum(count.values())
        print(part, total, {k: f"{v / total:.3f}" for k, v in sorted(count.items())})
    for table in (by_kind, by_rule):
        for name, count in sorted(table.items(), key=lambda p: -sum(p[1].values())):
            print(f"  {name:40s} {sum(count.values()):6d}", dict(sorted(count.items())))
    random.Random(7).shuffle(shown)
    for line in shown[: chosen.head]:
        print(line.replace("\n", " "))


if __name__ == "__main__":
    main()
