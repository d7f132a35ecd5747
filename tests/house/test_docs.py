"""The documents keep step with the program."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import click
import pytest

from dragoman.cli import main
from dragoman.output import COLUMNS, to_wire
from samples import DOCUMENT, RECALL

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("data/*/*.md"), *ROOT.glob("examples/*.md")]
)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(group: click.Group, *before: str) -> list[tuple[str, click.Command]]:
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, *before, name)
        else:
            found.append((" ".join((*before, name)), command))
    return found


@pytest.mark.parametrize(("name", "command"), commands(main))
def test_every_command_and_option_has_help_and_a_place_in_the_guide(
    name: str, command: click.Command
) -> None:
    guide = page("docs/guide.md")
    assert f"dragoman {name}" in guide
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert any(spelling in guide for spelling in option.opts), option.opts


def test_every_key_and_column_is_described() -> None:
    records = page("docs/records.md")
    missing = [key for key in (*to_wire(RECALL, DOCUMENT), *COLUMNS) if f"`{key}`" not in records]
    assert missing == []


def test_the_code_tables_are_those_of_the_codebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["write_coding_docs.py", "--check"])
    with pytest.raises(SystemExit) as result:
        runpy.run_path(str(ROOT / "tools" / "write_coding_docs.py"), run_name="__main__")
    assert result.value.code == 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_readme_has_its_tables_filled() -> None:
    readme = page("README.md")
    for name in ("example", "accuracy", "speed"):
        inside = readme.split(f"<!-- {name} -->", 1)[1].split(f"<!-- /{name} -->", 1)[0]
        assert inside.strip(), f"run the script that fills '{name}'"
