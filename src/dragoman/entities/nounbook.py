"""The common nouns that can stand for a party, with their PLOVER sector."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.entities.tables import NounRow, TitleRow
from dragoman.lexicon import read_table

# Titles that say nothing by themselves about who somebody is, or that name no party.
IDLE_TITLES = frozenset(
    "some others dozens hundreds thousands national nationals body bodies individual private local major justice campaign"
    " industry business public".split()
)
ABBREVIATED = {
    "gen.": "general", "gen": "general", "lt.": "lieutenant", "lt": "lieutenant", "col.": "colonel", "col": "colonel",
    "maj.": "major", "maj": "major", "capt.": "captain", "capt": "captain", "sgt.": "sergeant", "sgt": "sergeant",
    "cpl": "corporal", "brig.": "brigadier", "brig": "brigadier", "adm.": "admiral", "adm": "admiral",
    "pres.": "president", "gov.": "governor", "sen.": "senator", "rep.": "representative", "rev.": "reverend",
    "supt.": "superintendent", "insp.": "inspector", "pm": "prime minister", "cdr": "commander", "cmdr.": "commander",
}  # fmt: skip
# Forms of address, which tell no office.
ADDRESS = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir lord lady dame dr dr. prof. prof madame monsieur don doña baroness baron comrade"
    " señor haji hajji sheikh sheik st. m. mme herr frau count viscount".split()
)
PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "eer", "ee", "ant", "smith")
NO_PERSON = frozenset(
    "number order matter power water paper letter border fire center centre summer winter offer answer dollar barter"
    " cover quarter chapter weather corner danger disaster error factor favor fever figure former gender hunger labor"
    " layer leather liter litre manner measure member meter minor mirror motor murder newsletter october november"
    " december september other pressure procedure rather register remainder river rubber savior sector shelter shutter"
    " silver slaughter species standard structure sugar surrender tender terror timber tower transfer trigger vector"
    " wonder year zipper war door floor color colour honour humor humour mayor-elect bar car star doctor-led warrant"
    " grant plant restaurant covenant tenant-law variant elephant infant-feeding degree committee guarantee fee"
    " coffee tree decree refugee-status knee agree employee-benefit jamboree pier career volunteer-work beer deer"
    " engineer-unit hour flour tour counter encounter computer printer helicopter counter-offer chamber charter"
    " master-plan plaster cluster canister barrier carrier frontier quarter-final semi-final ladder bladder"
    " blunder thunder folder shoulder boulder border-post gutter butter matter-of-fact clutter batter litter"
    " cancer officer-training behavior behaviour endeavour vigour rumour tumour armour harbour neighbour-hood"
    " parlour vapour corridor ambassador-at-large mirror elevator escalator generator reactor tractor radiator"
    " indicator calculator denominator equator crater water-cannon theatre theater laser taser buffer"
    " offer suffer differ prefer refer transfer pilfer user-fee answer sewer tower shower flower power"
    " drawer layer prayer player-manager skyscraper whisper copper pepper upper paper supper slipper"
    " lever clever fever river silver never ever over cover discover recover liver shiver oyster sister-city"
    " register disaster minister-level monster roster booster poster easter february-december charter semester"
    " master chapter counter winter quarter banner corner inner dinner manner tuner runner-up prisoner-exchange"
    " stranger danger anger hunger finger ginger trigger tiger bigger larger merger passenger-list".split()
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun can stand for: ``kind`` is person, group, thing or place."""

    kind: str
    sector: str | None


class NounBook:
    """Looks up descriptions by their words; a longer phrase ('prison guard') goes before its head ('guard')."""

    def __init__(self) -> None:
        self.nouns: dict[str, Noun] = {}
        self.phrases: dict[str, Noun] = {}
        self.title_words: set[str] = set(ADDRESS) | set(ABBREVIATED)
        for row in read_table("titles.tsv", TitleRow):
            if row.title in IDLE_TITLES:
                continue
            noun = Noun(row.person_or_group, row.sector)
            (self.phrases if " " in row.title else self.nouns)[row.title] = noun
            if row.person_or_group == "person":
                self.title_words.update(row.title.replace("-", " - ").split())
        for extra in read_table("nouns.tsv", NounRow):
            noun = Noun(extra.kind, extra.sector)
            if " " in extra.noun:
                self.phrases.setdefault(extra.noun, noun)
            elif extra.kind in ("thing", "place") or extra.noun not in self.nouns:
                self.nouns[extra.noun] = noun
        self.title_words -= {"of", "the", "to", "and", "at", "in", "without", "-", "for"}
        self.last_words = {phrase.rsplit(" ", 1)[-1] for phrase in self.phrases}

    def find(self, lower: list[str], lemma: str, head: int, by_ending: bool = True) -> Noun | None:
        """What the noun at ``head``, with the words before it, can stand for; ``None`` for an event or a thing.

        ``by_ending`` lets the ending decide for words that no table has: 'bricklayers' are people.
        """
        word = lower[head]
        if word in self.last_words or lemma in self.last_words:
            for width in (3, 2, 1):
                if head >= width:
                    before = " ".join(lower[head - width : head])
                    found = self.phrases.get(f"{before} {word}") or self.phrases.get(f"{before} {lemma}")
                    if found:
                        return found
        found = self.nouns.get(word) or self.nouns.get(lemma)
        if found:
            return found
        if by_ending and len(lemma) > 5 and lemma.endswith(PERSON_ENDINGS) and lemma not in NO_PERSON:
            return Noun("person", None)
        return None
