"""Finds who says what in a report: every attribution with its source, its content and its cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dragoman.attribution.clauses import RELATIVES, Clauses
from dragoman.attribution.naming import Namer, is_named_person
from dragoman.attribution.quotes import extend_quotes
from dragoman.attribution.relays import mark_relays
from dragoman.attribution.tables import Cue, Tables, tables
from dragoman.records import Claim, Document, Mention, Source, Span, Stance

NOBODY = "unnamed"


@dataclass(slots=True)
class Draft:
    """A claim while it is being put together; ``head`` is the source's token, None if nobody is named."""

    source: Source
    head: int | None
    cue: int
    content: list[Span]
    rule: str

    @property
    def length(self) -> int:
        """How many characters the source vouches for."""
        return sum(part.end - part.start for part in self.content)


def find_claims(doc: Doc, document: Document, mentions: Sequence[Mention]) -> list[Claim]:
    """Every attribution in the report, in the order of its cues; nested claims give the chain.

    A claim whose ``source.name`` is empty is hearsay that nobody is named for ('reportedly', 'is said to').
    Claims of the outlet itself, and of the author or study that the report as a whole retells, are kept
    with a rule that begins with ``relay/``.
    """
    reader = ClaimReader(Clauses.of(doc), mentions, tables())
    drafts = reader.read()
    extend_quotes(reader.text, drafts)
    reader.carry_names(drafts)
    mark_relays(reader.text, document, drafts)
    spans = reader.text.span
    return [
        Claim(draft.source, tuple(draft.content), spans(draft.cue, draft.cue), draft.rule)
        for draft in sorted(drafts, key=lambda one: (one.cue, one.length))
    ]


class ClaimReader:
    """Reads the claims of one report."""

    def __init__(self, text: Clauses, mentions: Sequence[Mention], words: Tables) -> None:
        self.text = text
        self.words = words
        self.namer = Namer(text, mentions, words)
        self.drafts: list[Draft] = []
        self.handlers = {
            "say": self.read_say,
            "tell": self.read_tell,
            "think": self.read_say,
            "show": self.read_show,
            "hear": self.read_hear,
            "deny": self.read_say,
            "accuse": self.read_accuse,
            "blame": self.read_blame,
            "label": self.read_label,
            "noun": self.read_noun,
            "adverb": self.read_adverb,
        }

    def read(self) -> list[Draft]:
        """All drafts: first the words that bear claims, then what is cited in or around these."""
        text, table = self.text, self.words.cues
        later: list[int] = []
        for i, lemma in enumerate(text.lemma):
            if lemma in PHRASES:
                self.read_phrase(i, lemma)
            for cue in table.get(lemma, ()):
                if cue.kind == "cite" or (lemma == "attribute" and text.tag[i] == "VBG"):
                    later.append(i)
                elif text.pos[i] in WORD_CLASSES.get(cue.kind, VERBS) and not self.text.in_dateline(i):
                    self.handlers[cue.kind](i, cue)
        for i in later:
            if text.lemma[i] in ("authority", "word", "strength", "attribute"):
                self.read_authority(i)
            else:
                self.read_cite(i)
        for draft in list(self.drafts):
            self.read_channel(draft)
        return self.drafts

    # ------------------------------------------------------------------------------------------ helpers

    def add(self, head: int | None, cue: int, content: list[Span], row: str, stance: Stance) -> Draft | None:
        """Keep a claim, unless it has no content."""
        content = [part for whole in content for part in self.clip(whole, cue)]
        if not content:
            return None
        verb = self.text.lemma[cue]
        source = self.namer.source(head, verb) if head is not None else Source("", NOBODY, None, verb)
        stance = self.stance(cue) or stance
        draft = Draft(replace(source, stance=stance), head, cue, content, f"attribution_verbs/{row}")
        self.drafts.append(draft)
        return draft

    def clip(self, part: Span, cue: int) -> list[Span]:
        """A stretch without what a semicolon parts from the cue, and without the dateline.

        'A doctor found no poison; the army, officials said, had left': the poison is not on their word.
        """
        words, start, end = self.text.doc.text, part.start, part.end
        at, past = self.text.start[cue], self.text.end[cue]
        dateline = next((one for one in self.text.datelines if one.start <= start < one.end), None)
        if dateline is not None:
            start = dateline.end
        if '"' not in words[start:end] and "“" not in words[start:end]:
            if end <= at:
                start = max(start, words.rfind(";", start, at) + 1)
            elif start >= past:
                stop = words.find(";", past, end)
                end = stop if stop >= 0 else end
        return [Span(start, end)] if start < end else []

    def stance(self, cue: int) -> Stance | None:
        """What words around the cue say of the claim: 'baselessly', 'without evidence'."""
        text = self.text
        for kid in text.kids[cue]:
            for words, stance, _ in self.words.stances.get(text.lower[kid], ()):
                if tuple(text.lower[kid : kid + len(words)]) == words:
                    return stance
        return None

    def below(self, head: int, *cut: int) -> list[Span]:
        """All that hangs on the token, less what hangs on the tokens that are cut out, less background."""
        first, last = self.text.left[head], self.text.right[head]
        return self.between(first, last, [*cut, *self.background(head, first, last)])

    def background(self, head: int, first: int, last: int) -> list[int]:
        """Relative clauses and participles in indirect speech: what the narrator supplies.

        'Officials said that the envoy, who had been expelled in May, met the rebels': that he was expelled
        is not on the officials' word.
        """
        text = self.text
        return [
            i
            for i in range(first, last + 1)
            if i != head
            and text.dep[i] in ("relcl", "acl")
            and self.is_background(i)
            and first <= text.head[i]
        ]

    def is_background(self, i: int) -> bool:
        """Whether a clause on a noun is parted off by a comma, or is a mere participle ('sealed in 1996')."""
        text = self.text
        if text.dep[i] == "relcl":
            return text.left[i] > 0 and text.lower[text.left[i] - 1] == ","
        return text.tag[i] == "VBN"

    def between(self, first: int, last: int, cut: Iterable[int]) -> list[Span]:
        """The tokens from first to last, less what hangs on the tokens that are cut out."""
        parts: list[Span] = []
        for hole in sorted(cut):
            low, high = self.text.left[hole], self.text.right[hole]
            if low > last or high < first:
                continue
            if low > first:
                parts.append(self.text.span(first, low - 1))
            first = high + 1
        if first <= last:
            parts.append(self.text.span(first, last))
        return parts

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is a passive, or a participle that modifies a noun ('blamed on X')."""
        text = self.text
        participle = text.dep[verb] == "acl" and text.tag[verb] == "VBN"
        return participle or text.kid(verb, "auxpass") is not None

    def agent(self, verb: int) -> int | None:
        """Whom a passive names after 'by'."""
        by = self.text.kid(verb, "agent")
        if by is None:
            by = next((k for k in self.text.kids_by(verb, "prep") if self.text.lower[k] == "by"), None)
        found = None if by is None else self.text.kid(by, "pobj")
        return found if found is not None and self.namer.is_source_like(found) else None

    # ------------------------------------------------------------------------------------------ say, tell

    def read_say(self, verb: int, cue: Cue) -> None:
        """'X said that C', 'C, X said', 'said X', 'X claimed to have C', 'it was reported that C'."""
        passive = self.text.kid(verb, "auxpass") is not None
        if passive:
            self.read_passive(verb, cue)
            return
        source = self.speaker(verb)
        content = self.content(verb, cue, source)
        if source is None or not content:
            return
        self.add(source, verb, content, cue.id, cue.stance)

    def read_passive(self, verb: int, cue: Cue) -> None:
        """'It was reported that C', 'Iran is said to have C', 'the raid was confirmed by X'."""
        text, agent = self.text, self.agent(verb)
        content = [part for kid in text.kids_by(verb, "ccomp", "xcomp") for part in self.below(kid)]
        subject = text.kid(verb, "nsubjpass")
        if not content and agent is not None and subject is not None and "object" in cue.content:
            content = self.below(subject)
        self.add(agent, verb, content, cue.id, cue.stance)

    def speaker(self, verb: int) -> int | None:
        """Who says it: the verb's subject, also where it follows and was taken for an object."""
        text = self.text
        if text.dep[verb] == "pcomp" and text.lemma[text.head[verb]] == "as":
            quoted = text.head[text.head[verb]]
            if text.lemma[quoted] in ("quote", "cite") and text.kid(quoted, "auxpass") is None:
                return text.kid(quoted, "dobj") or text.subject(verb)
        subjects = [one for one in text.kids_by(verb, "nsubj", "csubj") if not self.text.in_dateline(one)]
        if len(subjects) > 1:
            return min(subjects, key=lambda one: abs(one - verb))
        found = subjects[0] if subjects and text.lower[subjects[0]] not in RELATIVES else text.subject(verb)
        if found is not None and self.text.in_dateline(found):
            found = None
        if found is None and text.lower[verb - 1] in INVERTING:
            found = text.kid(verb, "dobj", "attr", "npadvmod")
            if found is not None and not (found > verb and self.namer.is_source_like(found)):
                found = None
        return found

    def content(self, verb: int, cue: Cue, source: int | None) -> list[Span]:
        """The stretches of text that hang on a verb of saying."""
        text = self.text
        heads = [kid for kid in text.kids_by(verb, "ccomp") if not self.is_question(kid)]
        if "infinitive" in cue.content:
            heads += text.kids_by(verb, "xcomp")
        content = [part for kid in heads for part in self.below(kid)]
        content += self.parenthetical(verb)
        if "clause" in cue.content or "quote" in cue.content:
            content = self.trailing(verb, source, content) or content or self.stray_clause(verb)
        if not content and "object" in cue.content:
            thing = text.kid(verb, "dobj")
            if thing is not None and thing != source:
                content = self.below(thing)
        return content

    def is_question(self, clause: int) -> bool:
        """'whether C', 'what C': nobody's word that C."""
        text = self.text
        return any(
            kid < clause and (text.lower[kid] in ("whether", "if") or text.tag[kid] in ("WP", "WRB", "WDT"))
            for kid in text.kids[clause]
            if text.dep[kid] in ("mark", "nsubj", "dobj", "advmod", "nsubjpass")
        )

    def parenthetical(self, verb: int) -> list[Span]:
        """'Troops, he added, shelled the town'; 'as Reuters reported'."""
        text, above = self.text, self.text.head[verb]
        if text.dep[verb] == "parataxis" and above != verb:
            return self.below(above, verb)
        mark = text.kid(verb, "mark")
        as_said = text.dep[verb] == "advcl" and mark is not None and mark < verb and text.lower[mark] == "as"
        if as_said and mark and text.lower[mark - 1] not in ("soon", "long", "just", "insofar"):
            return self.below(text.clause(above), verb)
        return []

    def stray_clause(self, verb: int) -> list[Span]:
        """A that-clause that the parser hung on a noun in between: 'said in an interview that'."""
        text = self.text
        for i in range(verb + 1, text.sentence(verb)[1]):
            if text.lower[i] == "that" and text.dep[i] in ("mark", "nsubj", "dobj"):
                head = text.head[i]
                if head != i and text.under(head, verb) and text.dep[head] in STRAY:
                    return self.between(i, text.right[head], ())
        return []

    def trailing(self, verb: int, source: int | None, content: list[Span]) -> list[Span]:
        """'C, X said' and 'C, X said, C', even where the parser saw only part of what is said."""
        text = self.text
        if source is None or not -12 < source - verb < 12:
            return []
        first, last = text.sentence(verb)
        begin = self.phrase_start(verb, source)
        behind = [
            kid for kid in text.kids[verb] if kid > verb and text.dep[kid] in ("ccomp", "dobj", "xcomp")
        ]
        if any(kid != source and text.dep[kid] != "dobj" for kid in behind) or begin - first < 3:
            return []
        if text.lower[begin - 1] not in INVERTING or text.dep[verb] in ("relcl", "acl"):
            return []
        if any(text.dep[kid] == "cc" for kid in range(begin - 1, begin + 1)):
            return []
        if begin - 2 >= first and text.lower[begin - 2] in RELATIVES | {"where", "whom"}:
            first = begin - 1
        parts = self.between(first, begin - 1, self.background(verb, first, begin - 1))
        end = max(verb, source)
        while end < last - 1 and text.lower[end + 1] not in (",", ".", ";", ":", '"', "“"):
            end += 1
        if text.lower[min(end + 1, last - 1)] == ",":
            parts += self.between(end + 2, last - 1, self.background(verb, end + 2, last - 1))
        if not parts or (content and not any(one.overlaps(part) for one in content for part in parts)):
            return []
        return parts

    def phrase_start(self, verb: int, source: int) -> int:
        """The first token of 'X said' or 'said X': the source's own words, not what was misread into them."""
        if source > verb:
            return verb
        text = self.text
        begin = source
        while begin > text.left[source] and text.lower[begin - 1] not in INVERTING:
            begin -= 1
        return begin

    def read_tell(self, verb: int, cue: Cue) -> None:
        """'X told O that C'."""
        if self.text.kid(verb, "auxpass") is not None:
            content = [part for kid in self.text.kids_by(verb, "ccomp") for part in self.below(kid)]
            self.add(self.agent(verb), verb, content, cue.id, cue.stance)
            return
        source = self.speaker(verb)
        if source is None or source in self.text.kids_by(verb, "dobj", "dative"):
            return
        content = self.content(verb, cue, source)
        self.add(source, verb, content, cue.id, cue.stance)

    def read_show(self, verb: int, cue: Cue) -> None:
        """'Documents show that C': only papers, pictures and outlets show."""
        source = self.speaker(verb)
        if source is not None and self.namer.kind(source) in ("document", "outlet"):
            self.read_say(verb, cue)

    def read_hear(self, verb: int, cue: Cue) -> None:
        """'AFP has learned that C', 'both sides had drawn back, a reporter saw'."""
        source = self.speaker(verb)
        if source is not None and self.namer.kind(source) in ("outlet", "press"):
            self.read_say(verb, cue)

    # ------------------------------------------------------------------------------- accuse, blame, label

    def read_accuse(self, verb: int, cue: Cue) -> None:
        """'X accused Y of C', 'X blamed Y for C', 'Y was accused by X of C'."""
        text = self.text
        passive = self.is_passive(verb)
        source = self.agent(verb) if passive else text.subject(verb)
        if text.kid(verb, "dobj") is None and not passive:
            return
        self.add(source, verb, self.after_preposition(verb, cue), cue.id, cue.stance)

    def after_preposition(self, verb: int, cue: Cue) -> list[Span]:
        """What stands behind one of the row's prepositions, also where it hangs on the object."""
        text = self.text
        thing = text.kid(verb, "dobj")
        places = text.kids[verb] + (text.kids[thing] if thing is not None else [])
        content: list[Span] = []
        for place in places:
            if place > verb and text.lower[place] in cue.content and text.dep[place] == "prep":
                for kid in text.kids_by(place, "pobj", "pcomp"):
                    content += self.below(kid)
        return content

    def read_blame(self, verb: int, cue: Cue) -> None:
        """'X blamed C on Y', 'an attack that X blamed on Y', 'C was blamed by X on Y'."""
        text = self.text
        if not any(text.lower[kid] in cue.content for kid in text.kids_by(verb, "prep")):
            return
        passive = self.is_passive(verb)
        source = self.agent(verb) if passive else text.subject(verb)
        thing = text.kid(verb, "nsubjpass") if passive else text.kid(verb, "dobj")
        relative = thing is not None and text.lower[thing] in ("which", "that")
        if text.dep[verb] in ("relcl", "acl", "ccomp") and (relative or thing is None):
            thing = text.head[verb]
            self.add(source, verb, [text.span(thing, thing)], cue.id, cue.stance)
        elif thing is not None:
            self.add(source, verb, self.below(thing), cue.id, cue.stance)

    def read_label(self, verb: int, cue: Cue) -> None:
        """'what X called C', 'what X described as C'."""
        text = self.text
        source = text.kid(verb, "nsubj")
        if source is None or not any(kid < source and text.lower[kid] == "what" for kid in text.kids[verb]):
            return
        content: list[Span] = []
        for kid in text.kids[verb]:
            if kid > verb and text.dep[kid] in ("oprd", "attr", "dobj", "ccomp", "xcomp", "prep", "acomp"):
                content += self.below(kid)
        self.add(source, verb, content, cue.id, cue.stance)

    # --------------------------------------------------------------------------- nouns, adverbs, according

    def read_noun(self, noun: int, cue: Cue) -> None:
        """'X's claim that C', 'a report by X that C', 'rumours that C'."""
        text = self.text
        content: list[Span] = []
        for kid in text.kids_by(noun, "acl", "relcl", "ccomp", "appos"):
            if any(text.lower[one] == "that" and text.dep[one] == "mark" for one in text.kids[kid]):
                content += self.below(kid)
        if content:
            self.add(self.owner(noun), noun, content, cue.id, cue.stance)

    def owner(self, noun: int) -> int | None:
        """Whose claim it is: 'X's', 'by X', 'X reports'; None if nobody is named."""
        text = self.text
        found = text.kid(noun, "poss")
        if found is not None and text.lower[found] not in POSSESSIVES:
            return found
        for place in text.kids_by(noun, "prep"):
            if text.lower[place] in ("by", "from", "of", "in"):
                return text.kid(place, "pobj")
        if found is not None:
            return found
        verb = text.head[noun]
        if text.dep[noun] == "dobj" and text.lemma[verb] in VOICING:
            return text.subject(verb)
        return next((kid for kid in text.kids_by(noun, "compound", "amod") if text.pos[kid] == "PROPN"), None)

    def read_adverb(self, adverb: int, cue: Cue) -> None:
        """'The army reportedly shelled the town': hearsay of the clause."""
        if self.text.dep[adverb] == "advmod":
            self.add(None, adverb, self.below(self.text.head[adverb]), cue.id, cue.stance)

    def read_phrase(self, i: int, lemma: str) -> None:
        """'according to X', 'by X's account', 'by the tally of X'."""
        text = self.text
        if lemma == "accord":
            self.read_according(i)
        elif text.dep[i] == "pobj" and text.lower[text.head[i]] in ("by", "in"):
            source = self.owner(i)
            if source is not None and text.pos[i] == "NOUN" and text.lower[source] not in POSSESSIVES:
                first, last = text.sentence(i)
                content = self.between(*self.segment(i, first, last - 1), (text.head[i],))
                self.add(source, i, content, "account", Stance.NEUTRAL)

    def read_authority(self, i: int) -> None:
        """'on the word of X', 'on the authority of X', 'attributing this to X'."""
        text = self.text
        way = "to" if text.lemma[i] == "attribute" else "of"
        if way == "of" and text.lower[text.head[i]] != "on":
            return
        thing = text.kid(i, "dobj")
        for place in text.kids[i] + (text.kids[thing] if thing is not None else []):
            source = text.kid(place, "pobj") if text.lower[place] == way else None
            if source is not None and self.namer.is_source_like(source):
                self.inside(source, i, "cite")
                return

    def read_according(self, i: int) -> None:
        """'C, according to X'."""
        text = self.text
        if i + 1 >= text.size or text.lower[i + 1] != "to":
            return
        source = text.kid(i + 1, "pobj")
        if source is None:
            return
        first, last = text.sentence(i)
        first, last = self.segment(i, first, last - 1)
        hole = (i,)
        ends = text.right[i] >= last - 2 or text.left[i] <= first + 2
        content = self.between(first, last, hole) if ends else self.below(text.clause(text.head[i]), *hole)
        self.add(source, i, content, "according-to", Stance.NEUTRAL)

    def segment(self, i: int, first: int, last: int) -> tuple[int, int]:
        """The part of the sentence between semicolons that the token stands in."""
        for j in range(first, last):
            if self.text.lower[j] == ";":
                if j < i:
                    first = j + 1
                else:
                    return first, j - 1
        return first, last

    # ---------------------------------------------------------------------------------- citing and channels

    def read_cite(self, i: int) -> None:
        """'O writes, citing Y'; 'Y, quoted by O'; 'Y was quoted by O as saying'."""
        text = self.text
        if text.pos[i] not in VERBS:
            return
        agent = self.agent(i)
        if agent is not None:
            self.around(agent, i, "quote")
            return
        thing, above = text.kid(i, "dobj"), text.kid(i, "prep")
        if above is not None and text.lower[above] == "as":
            subject = text.subject(i)
            if subject is not None:
                self.around(subject, i, "quote")
            return
        if thing is None or text.tag[i] not in ("VBG", "VBD", "VBZ", "VBP"):
            return
        if self.namer.is_source_like(thing):
            self.inside(thing, i, "cite")
        elif text.tag[i] == "VBG":
            source = text.subject(i)
            if source is not None:
                self.add(source, i, self.below(thing), "cite", Stance.NEUTRAL)

    def nearest(self, i: int) -> Draft | None:
        """The claim in the same sentence whose cue is nearest, those before the token first."""
        first, last = self.text.sentence(i)
        here = [one for one in self.drafts if first <= one.cue < last and one.cue != i and one.source.name]
        before = [one for one in here if one.cue < i]
        if before:
            return max(before, key=lambda one: one.cue)
        return min(here, key=lambda one: one.cue, default=None)

    def inside(self, source: int, cue: int, row: str) -> None:
        """A source that another one cites: the same content, less the citing words, one link further in."""
        host = self.nearest(cue)
        if host is not None:
            low, high = self.text.span(self.text.left[cue], self.text.right[cue]).start, self.text.end[source]
            content = [part for whole in host.content for part in _less(whole, low, high)]
            self.add(source, cue, content, row, Stance.NEUTRAL)
            return
        first, last = self.text.sentence(cue)
        self.add(source, cue, self.between(first, last - 1, (cue,)), row, Stance.NEUTRAL)

    def around(self, source: int, cue: int, row: str) -> None:
        """A source that relays another one: the whole sentence up to and with the inner claim."""
        first, last = self.text.sentence(cue)
        host = self.nearest(cue)
        content = [self.text.span(first, last - 1)]
        if host is not None:
            content += [part for part in host.content if not part.overlaps(content[0])]
        self.add(source, cue, content, row, Stance.NEUTRAL)

    def read_channel(self, draft: Draft) -> None:
        """'X told O that', 'X said in an interview with O that': O passes on what X says."""
        text = self.text
        if draft.head is None or text.pos[draft.cue] not in VERBS:
            return
        told = text.kids_by(draft.cue, "dobj", "dative")
        found = [kid for kid in told if self.namer.passes_on(kid)]
        for place in text.kids_by(draft.cue, "prep"):
            pobj = text.kid(place, "pobj") if text.lower[place] == "to" else None
            if pobj is not None and self.namer.passes_on(pobj):
                found.append(pobj)
        found += self.interviewers(draft.cue)
        for outlet in found:
            if outlet != draft.head:
                first, last = text.sentence(draft.cue)
                whole = text.span(first, last - 1)
                content = [whole, *(part for part in draft.content if not part.overlaps(whole))]
                self.add(outlet, draft.cue, content, "channel", Stance.NEUTRAL)

    def interviewers(self, verb: int) -> list[int]:
        """The outlets in 'in an interview with O', 'in a statement to O', 'in remarks carried by O'."""
        text, found = self.text, []
        first, last = text.sentence(verb)
        for noun in range(first, last):
            if text.lemma[noun] not in CHANNEL_NOUNS or text.dep[noun] not in ("pobj", "dobj"):
                continue
            if text.head[noun] == noun or not text.under(noun, verb):
                continue
            for place in text.kids_by(noun, "prep", "dative"):
                pobj = text.kid(place, "pobj")
                if text.lower[place] in ("with", "to", "for", "in") and pobj is not None:
                    found.append(pobj)
            for carried in text.kids_by(noun, "acl"):
                agent = self.agent(carried)
                if agent is not None:
                    found.append(agent)
        return [one for one in found if self.namer.passes_on(one)]

    # ------------------------------------------------------------------------------------------- pronouns

    def carry_names(self, drafts: list[Draft]) -> None:
        """Give 'he said' and 'the channel reported' the name of the last source or subject that fits."""
        past: list[Draft] = []
        for draft in sorted(drafts, key=lambda one: one.cue):
            if draft.head is None:
                continue
            kinds = self._carried_kinds(draft.head)
            known = self._last(draft.head, kinds, past) if kinds else None
            if known is not None:
                name, kind, country = known.name, known.kind, known.country
                draft.source = replace(draft.source, name=name, kind=kind, country=country)
            if known is not None or not kinds:
                past.append(draft)

    def _last(self, head: int, kinds: frozenset[str], past: list[Draft]) -> Source | None:
        """The nearest source or subject before the token that is of one of the kinds."""
        text = self.text
        told = next((one for one in reversed(past) if one.source.kind in kinds and one.head != head), None)
        nearest = told.head if told is not None and told.head is not None else -1
        for i in range(head - 1, max(nearest, head - FARTHEST), -1):
            if text.dep[i] in ("nsubj", "nsubjpass") and text.pos[i] in ("NOUN", "PROPN"):
                source = self.namer.source(i, "")
                if source.kind in kinds and not self.text.in_dateline(i):
                    return source
        return told.source if told is not None else None

    def _carried_kinds(self, head: int) -> frozenset[str]:
        """The kinds of source that a pronoun or 'the channel' may stand for; empty if it names itself."""
        word, mention = self.text.lower[head], self.namer.mention(head)
        entity = mention.entities[0] if mention is not None else None
        if word in ("he", "she"):
            return frozenset() if entity is not None and is_named_person(entity) else PEOPLE
        if word in ("it", "they") and entity is None:
            return BODIES
        outlet = self.words.source_kinds.get(word) == "outlet" and self.is_bare(head)
        return frozenset({"outlet"}) if outlet else frozenset()

    def is_bare(self, head: int) -> bool:
        """Whether the noun stands with 'the' alone: 'the channel', 'the newspaper'."""
        return self.text.lower[head - 1] == "the" and self.text.left[head] == head - 1


def _less(whole: Span, low: int, high: int) -> list[Span]:
    """A span without the characters from low to high."""
    parts = [Span(whole.start, min(low, whole.end)), Span(max(high, whole.start), whole.end)]
    return [part for part in parts if part.start < part.end]


VERBS = frozenset({"VERB", "AUX"})
WORD_CLASSES = {"noun": frozenset({"NOUN"}), "adverb": frozenset({"ADV"})}
CHANNEL_NOUNS = frozenset(
    {"interview", "statement", "remark", "comment", "letter", "message", "briefing", "article"}
)
INVERTING = frozenset({",", '"', "”", "’", "'", "''", "—", "-", "–"})
PHRASES = frozenset({"accord", "account", "tally", "count", "reckoning", "estimate", "telling"})
POSSESSIVES = frozenset({"its", "their", "his", "her", "whose", "my", "our"})
PEOPLE = frozenset({"person", "office", "unnamed"})
BODIES = frozenset({"body", "outlet", "crowd", "document"})
# How many tokens back a pronoun looks for whom it stands for.
FARTHEST = 90
VOICING = frozenset({"make", "repeat", "issue", "publish", "air", "carry"})
STRAY = frozenset({"relcl", "acl", "advcl", "ccomp"})
