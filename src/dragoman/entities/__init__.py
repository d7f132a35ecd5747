"""Who is named, which entity that is on the day of the report, and whom descriptions and pronouns stand
for.

Door: ``EntityFinder.find``.
"""

from dragoman.entities.finder import EntityFinder

__all__ = ["EntityFinder"]
