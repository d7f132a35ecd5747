"""Which country a bare 'the police' or 'the government' belongs to, from what the report names around it.

Every country that the report names is a candidate. What speaks for one (it was named last, it is the
subject of the verb, the sentence is set there, the ministry last spoken of was its own) are features with
weights from the table ``salience.tsv``, which ``tools/fit_salience.py`` fits on coded reports.
``group:feature`` rows hold for one group of nouns beside the general row, ``=noun:feature`` rows for one
noun beside both.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from dragoman.entities.nationality import Nationality
from dragoman.entities.nounbook import NounBook
from dragoman.entities.page import Draft, Page
from dragoman.lexicon import read_table
from dragoman.records import Entity

CLOSE = 0.5  # a lead by less than this is a close call
BEFORE, AFTER = 40, 12  # marks looked at on each side
ABOVE_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "IMG"})
MODIFYING = frozenset({"amod", "compound", "nmod", "poss"})
NEAR = 4  # tokens
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PLACED = frozenset(
    {"in", "at", "near", "inside", "across", "outside", "from", "around", "through", "off", "into"}
)
GROUPS = {
    "GOV": "gov", "LEG": "gov", "JUD": "gov", "SPY": "gov", "PTY": "gov", "OPP": "gov", "MIL": "force",
    "COP": "force", "PRM": "rebel", "REB": "rebel", "UAF": "rebel", "CRM": "rebel",
}  # fmt: skip


# Told which features each candidate had at a draft, for fitting: draft, features, group of weights.
Trace = Callable[..., None]


# Features whose force depends on article and syntactic role.
WORDED = frozenset("b0 b1 s0 s1 sv l0 l1 a0 al n1 n2 n3 d0 d1 g1 pf home home1 top r1".split())


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One feature and its weight."""

    feature: str
    weight: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One place where a country is named or meant."""

    token: int
    code: str
    subject: bool
    verb: int
    placed: bool
    anchor: int
    preposition: str

    def __lt__(self, other: Mark) -> bool:
        return (self.token, self.code) < (other.token, other.code)


class Grouped(dict[str, float]):
    """What a feature weighs for those groups of nouns, the general weight and the groups' own together;
    filled as asked.
    """

    def __init__(self, weights: dict[str, float], groups: tuple[str, ...]) -> None:
        super().__init__()
        self.weights, self.groups = weights, groups

    def __missing__(self, feature: str) -> float:
        weight = self.weights.get(feature, 0.0)
        for group in self.groups:
            weight += self.weights.get(f"{group}:{feature}", 0.0)
        self[feature] = weight
        return weight


class Weights:
    """The weights of features by group of nouns, ready to be added up."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        self.groups: dict[tuple[str, ...], Grouped] = {}
        self.nouns = {name.split(":", 1)[0] for name in weights if name.startswith("=")}

    def sum(self, groups: tuple[str, ...], features: list[str]) -> float:
        """What the features weigh together for those groups; a noun without weights of its own adds none."""
        groups = tuple(group for group in groups if group[0] != "=" or group in self.nouns)
        grouped = self.groups.get(groups)
        if grouped is None:
            grouped = self.groups[groups] = Grouped(self.weights, groups)
        return sum(map(grouped.__getitem__, features))


def load_weights() -> Weights:
    """The fitted weights, by feature."""
    return Weights({row.feature: float(row.weight) for row in read_table("salience.tsv", WeightRow)})


class Context:
    """The countries named in a report, by place in the text, and the descriptions resolved so far."""

    def __init__(self, page: Page, nouns: NounBook, weights: Weights, names: Nationality) -> None:
        self.page, self.nouns, self.weights, self.names = page, nouns, weights, names
        self.marks: list[Mark] = []
        self.tokens: list[int] = []
        self.totals: Counter[str] = Counter()
        self.by_paragraph: dict[int, Counter[str]] = {}
        self.first_of: dict[int, tuple[int, str]] = {}
        self.said: list[tuple[int, str, str, str]] = []  # token, noun, group, code
        self.close = False  # whether the last choice was a close call
        self.datelines: list[tuple[int, str]] = []
        self.bodies: list[tuple[int, frozenset[str], Entity]] = []
        # Noun, group and country of descriptions that name it, with the first and the last such token.
        self.explicit: dict[tuple[str, str, str], tuple[int, int]] = {}
        self.trace: Trace | None = None

    def add(self, token: int, code: str) -> None:
        """The words at that token name that country."""
        if not code:
            return
        page, anchor = self.page, token
        for _ in range(3):  # 'Turkish' in 'Turkish police arrested' speaks for what the police do
            if page.dep[anchor] not in MODIFYING or page.sent[page.head[anchor]] != page.sent[token]:
                break
            anchor = page.head[anchor]
        head = page.head[anchor]
        preposition = page.lower[head] if page.dep[anchor] == "pobj" else ""
        placed = anchor == token and preposition in PLACED
        verb = page.head[head] if preposition else head
        mark = Mark(token, code, page.dep[anchor] in SUBJECTS, verb, placed, anchor, preposition)
        insort(self.marks, mark)
        insort(self.tokens, token)
        self.totals[code] += 1
        paragraph = page.para[token]
        self.by_paragraph.setdefault(paragraph, Counter())[code] += 1
        first = self.first_of.get(paragraph)
        if first is None or token < first[0]:
            self.first_of[paragraph] = (token, code)

    def note(self, draft: Draft, code: str) -> None:
        """A description was resolved to that country."""
        self.said.append((draft.head, draft.noun, group_of(draft), code))

    def home_at(self, token: int) -> tuple[str, bool]:
        """The country of the dateline that holds at that token, and whether it stands in the same
        paragraph.
        """
        found, here = "", False
        for start, code in self.datelines:
            if start > token:
                break
            found, here = code, self.page.para[start] == self.page.para[token]
        return found, here

    def short_form(self, draft: Draft) -> Entity | None:
        """The last body named before whose name begins or ends in that noun: 'the Council', 'the front'."""
        at = bisect_left(self.bodies, (draft.head,))
        for token, words, entity in reversed(self.bodies[max(0, at - 30) : at]):
            if (draft.noun in words or draft.noun + "s" in words) and draft.head - token < 400:
                return entity
        return None

    def features(self, draft: Draft) -> dict[str, list[str]]:
        """What speaks for each country at that mention."""
        above = self.nouns.is_a(draft.noun, "international")
        found: dict[str, list[str]] = {c: [] for c in self.totals if above or c not in ABOVE_STATES}
        home, _ = self.home_at(draft.head)
        if home and home not in found:
            found[home] = []
        self._before(draft, found)
        self._after(draft, found)
        self._chain(draft, found)
        self._overall(draft, found)
        return found

    def _before(self, draft: Draft, found: dict[str, list[str]]) -> None:
        page, token = self.page, draft.head
        sentence, paragraph, verb = page.sent[token], page.para[token], verb_of(page, token)
        at, seen, rank = bisect_left(self.tokens, token), set(), 0
        for mark in reversed(self.marks[max(0, at - BEFORE) : at]):
            feats = found.get(mark.code)
            if feats is None or draft.start <= mark.token <= token:
                continue
            gap = sentence - page.sent[mark.token]
            if mark.code not in seen:
                seen.add(mark.code)
                rank += 1
                feats.append(
                    "b0"
                    if gap == 0
                    else "b1"
                    if gap == 1
                    else "b2"
                    if gap == 2
                    else "b3"
                    if gap < 6
                    else "b6"
                )
                feats.append("r1" if rank == 1 else "r2" if rank == 2 else "r3")
                if page.para[mark.token] == paragraph:
                    feats.append("p")
                if token - mark.token <= NEAR:
                    feats.append("bn")
            if mark.subject and gap < 3:
                feats.append("s0" if gap == 0 else "s1" if gap == 1 else "s2")
                if gap == 0 and mark.verb == verb:
                    feats += ("sv", f"sv/{page.lemma(verb)}")
            elif gap == 0:
                self._beside(draft, mark, feats, "b")
            if mark.placed and gap < 3:
                feats.append("l0" if gap == 0 else "l1" if gap == 1 else "l2")

    def _after(self, draft: Draft, found: dict[str, list[str]]) -> None:
        page, token = self.page, draft.head
        at, sentence = bisect_left(self.tokens, token + 1), page.sent[token]
        for mark in self.marks[at : at + AFTER]:
            gap = page.sent[mark.token] - sentence
            if gap > 1 or page.para[mark.token] != page.para[token]:
                break
            feats = found.get(mark.code)
            if feats is None:
                continue
            feats.append(("al" if mark.placed else "a0") if gap == 0 else "a1")
            if gap == 0:
                self._beside(draft, mark, feats, "a")
                if mark.token - token <= NEAR:
                    feats.append("an")

    def _beside(self, draft: Draft, mark: Mark, feats: list[str], side: str) -> None:
        """How a country that is not the subject stands to the description in its sentence."""
        page = self.page
        verb = verb_of(page, draft.head)
        if mark.preposition:
            feats.append(f"{side}p/{mark.preposition}")
        if mark.verb == verb:
            feats += (f"{side}v", f"{side}v{mark.preposition}/{page.lemma(verb)}")
        if page.head[mark.anchor] == draft.head or page.head[draft.head] == mark.anchor:
            feats.append(f"{side}{page.dep[mark.anchor if side == 'a' else draft.head]}")

    def _chain(self, draft: Draft, found: dict[str, list[str]]) -> None:
        page, group = self.page, group_of(draft)
        sentence = page.sent[draft.head]
        noun_seen = group_seen = any_seen = False
        for token, noun, kind, code in reversed(self.said[-25:]):
            gap = sentence - page.sent[token]
            feats = found.get(code)
            if feats is None or token >= draft.head:
                continue
            if not any_seen and gap < 2:
                any_seen = True
                feats.append("d0" if gap == 0 else "d1")
            if not noun_seen and noun == draft.noun:
                noun_seen = True
                feats.append("n1" if gap < 2 else "n2" if gap < 6 else "n3")
            if not group_seen and kind == group and gap < 6:
                group_seen = True
                feats.append("g1" if gap < 2 else "g2")

    def _overall(self, draft: Draft, found: dict[str, list[str]]) -> None:
        page, paragraph = self.page, self.page.para[draft.head]
        first = self.first_of.get(paragraph)
        here, whole = self.by_paragraph.get(paragraph, Counter()), sum(self.totals.values())
        inside = sum(here.values())
        lead = self.by_paragraph.get(0, Counter())
        top = self.totals.most_common(1)[0][0] if self.totals else ""
        home, near = self.home_at(draft.head)
        for code, feats in found.items():
            if first and first[1] == code and first[0] < draft.head:
                feats.append("pf")
            share = here.get(code, 0) / inside if inside else 0.0
            feats.append("q0" if share == 0 else "q1" if share < 0.34 else "q2" if share < 0.67 else "q3")
            share = self.totals.get(code, 0) / whole if whole else 1.0
            feats.append("t0" if share < 0.1 else "t1" if share < 0.25 else "t2" if share < 0.5 else "t3")
            if code == top:
                feats.append("top")
            if code == home:
                feats.append("home1" if near else "home")
                if len(self.datelines) > 1:
                    feats.append("homes1" if near else "homes")
            if lead.get(code):
                feats.append("lead")
            if code in ABOVE_STATES:
                feats.append(code)
                feats.append(f"{code}:{draft.noun}")
        self._explicitly(draft, found)
        if draft.kind == "name" and draft.person and draft.name:
            for code, feats in found.items():
                feats += self.names.fits(draft.name, code)
        self._wording(draft, found)
        if page.dep[draft.head] in ("dobj", "pobj", "dative"):
            for feats in found.values():
                if "sv" in feats:
                    feats.append("osv")

    def say_explicitly(self, draft: Draft, code: str) -> None:
        """The description names its country itself: 'the Turkish police'."""
        key = (draft.noun, group_of(draft), code)
        first, last = self.explicit.get(key, (draft.head, draft.head))
        self.explicit[key] = (min(first, draft.head), max(last, draft.head))

    def _explicitly(self, draft: Draft, found: dict[str, list[str]]) -> None:
        """What the report says in full elsewhere: 'the Turkish police' speaks for Turkey at 'police'."""
        group, given = group_of(draft), set()
        for (noun, kind, code), (first, last) in self.explicit.items():
            if code not in found or (noun != draft.noun and kind != group):
                continue
            level = "n" if noun == draft.noun else "g"
            if first < draft.head:
                given.add((code, f"x{level}"))
            if last > draft.head:
                given.add((code, f"y{level}"))
        for _, _, body in self.bodies:
            if body.country in found and body.kind == "armed_group":
                given.add((body.country, "xa"))
        for code, feature in sorted(given):
            found[code].append(feature)

    def _wording(self, draft: Draft, found: dict[str, list[str]]) -> None:
        """What depends on article and role as well: 'the minister' was spoken of, 'a minister' was not."""
        page = self.page
        before = page.lower[draft.start - 1] if draft.start else ""
        article = (
            "the"
            if before in ("the", "this", "that", "these", "those")
            else "a"
            if before in ("a", "an")
            else "bare"
        )
        dep = page.dep[draft.head]
        role = (
            "subj"
            if dep in SUBJECTS
            else "obj"
            if dep in ("dobj", "dative")
            else "pobj"
            if dep == "pobj"
            else "oth"
        )
        for feats in found.values():
            for feature in feats[:]:
                if feature in WORDED:
                    feats.append(f"{article}-{feature}")
                    feats.append(f"{role}-{feature}")

    def scores(self, draft: Draft) -> dict[str, float]:
        """Every candidate country, and how much speaks for it."""
        groups = (group_of(draft), f"={draft.noun}")
        found = self.features(draft)
        if self.trace:
            self.trace(draft, found, groups)
        return {code: self.weights.sum(groups, feats) for code, feats in found.items()}

    def pick(
        self, draft: Draft, avoid: frozenset[str] = frozenset(), within: frozenset[str] = frozenset()
    ) -> str:
        """The likeliest country for a bare description, one of ``within`` if any is named; "" if none is."""
        scores = {code: score for code, score in self.scores(draft).items() if code not in avoid}
        if within & scores.keys():
            scores = {code: score for code, score in scores.items() if code in within}
        best, *rest = sorted(scores.values(), reverse=True) or [0.0]
        self.close = bool(rest) and best - rest[0] < CLOSE
        return max(scores, key=scores.__getitem__) if scores else ""

    def nearest(self, draft: Draft, count: int) -> tuple[str, ...]:
        """The ``count`` countries most in play, for 'both sides' and 'the three governments'."""
        ranked = sorted(self.scores(draft).items(), key=lambda pair: -pair[1])
        return tuple(code for code, _ in ranked[:count])


def verb_of(page: Page, token: int) -> int:
    """The verb that a noun hangs on, past its preposition."""
    head: int = page.head[token]
    over: int = page.head[head]
    return over if page.dep[token] == "pobj" else head


def group_of(draft: Draft) -> str:
    """The group of nouns that behave alike: gov, force, rebel, people, thing, set; name for names."""
    if draft.kind == "name":
        return "name"
    if draft.number == "set":
        return "set"
    if draft.sector in GROUPS:
        return GROUPS[draft.sector]
    return "people" if draft.person or draft.number == "many" else "thing"
