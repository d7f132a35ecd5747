"""Scores coded reports against gold: how many events are found, typed, and given the right parties.

Doors: ``score_paths`` (gold and predictions on disk), ``score_all`` (documents and predictions at hand),
``score_sentences`` (single sentences with one event each). docs/accuracy.md says how each figure is counted.
"""

from dragoman.evaluation.gold import GoldDocument, GoldEvent, Trap, load_gold
from dragoman.evaluation.marked import gold_of_report
from dragoman.evaluation.predictions import Prediction, load_predictions, prediction_of
from dragoman.evaluation.scoring import Scores, score_all, score_paths
from dragoman.evaluation.sentences import load_sentence_predictions, load_sentences, score_sentences
from dragoman.evaluation.tables import draw_notes, draw_scores, draw_sentence_scores, draw_types

__all__ = [
    "GoldDocument",
    "GoldEvent",
    "Prediction",
    "Scores",
    "Trap",
    "draw_notes",
    "draw_scores",
    "draw_sentence_scores",
    "draw_types",
    "gold_of_report",
    "load_gold",
    "load_predictions",
    "load_sentence_predictions",
    "load_sentences",
    "prediction_of",
    "score_all",
    "score_paths",
    "score_sentences",
]
