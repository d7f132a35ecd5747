"""The command line, ``dragoman``: holds no rule of the field, and loads what a command needs when it runs."""

from dragoman.cli.commands import main

__all__ = ["main"]
