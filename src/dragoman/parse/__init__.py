"""Document in, spaCy ``Doc`` out: the only room that loads a language model.

Door: ``Parser.parse``. ``token.idx`` stays an offset into ``Document.text``.
"""

from dragoman.parse.parsing import Parser

__all__ = ["Parser"]
