"""Reports in, and of each the earlier report that it reprints, if any. Nothing is dropped.

Door: ``CopyFinder``.
"""

from dragoman.copies.finding import CopyFinder

__all__ = ["CopyFinder"]
