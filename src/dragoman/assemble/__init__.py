"""What event mentions have to do with each other: repeats and answers in a report, happenings across them."""

from dragoman.assemble.blocking import block_keys, near
from dragoman.assemble.consolidating import consolidate, event_id, telling_words
from dragoman.assemble.grouping import Group, candidate_pairs, components, group, linked
from dragoman.assemble.judging import ENOUGH, LOW, Judgement, judge
from dragoman.assemble.keeping import check_confidence, keep_confident
from dragoman.assemble.linking import link_repeats
from dragoman.assemble.origins import Telling, origins_of
from dragoman.assemble.sketches import Sketch, key_of, mention_key, sketch_of

__all__ = [
    "ENOUGH",
    "LOW",
    "Group",
    "Judgement",
    "Sketch",
    "Telling",
    "block_keys",
    "candidate_pairs",
    "check_confidence",
    "components",
    "consolidate",
    "event_id",
    "group",
    "judge",
    "keep_confident",
    "key_of",
    "link_repeats",
    "linked",
    "mention_key",
    "near",
    "origins_of",
    "sketch_of",
    "telling_words",
]
