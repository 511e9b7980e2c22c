"""Writes the reference part of docs/cli.md from the commands' own help: `python tools/write_cli_docs.py`.

What stands above the mark is written by hand and kept. tests/test_cli.py fails when the rest is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "cli.md"
MARK = "<!-- below: written by tools/write_cli_docs.py -->\n"
WIDTH = 100  # characters of a help line


def reference(group: click.Group) -> str:
    """The help of every command, sorted by name, as Markdown."""
    parts = []
    above = click.Context(group, info_name="innograph", **group.context_settings)
    for name, command in sorted(group.commands.items()):
        context = click.Context(
            command, parent=above, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH
        )
        parts.append(f"\n## innograph {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "".join(parts)


def page(group: click.Group) -> str:
    """The page as it should be. Raises ValueError if the mark is gone."""
    by_hand, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise ValueError(f"{PAGE.name}: put the line {MARK.strip()!r} above the reference")
    return by_hand + mark + reference(group)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from cli import main

    PAGE.write_text(page(main), encoding="utf-8")
