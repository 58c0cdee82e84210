"""Keeps the tree in ARCHITECTURE.md equal to the docstrings of the modules: `--check` compares, `--write` renews."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "ARCHITECTURE.md"
BEGIN = "<!-- tree: written by packaging/architecture_tree.py -->\n```\n"
END = "```\n<!-- end of tree -->"
COLUMN = 30


def main() -> int:
    """0 when the page is right or was written, 1 when `--check` finds it out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    elif not is_current():
        print("The tree in ARCHITECTURE.md is out of date: run `make format`.", file=sys.stderr)
        return 1
    return 0


def is_current() -> bool:
    """Whether the page shows the modules as they are."""
    page = PAGE.read_text(encoding="utf-8")
    return page == renewed(page)


def renewed(page: str) -> str:
    """The text of `page` with its tree written anew; ValueError if it has no place for one."""
    head, _, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError("ARCHITECTURE.md has lost the marks around its tree")
    return head + BEGIN + "".join(f"{line}\n" for line in tree()) + end + tail


def tree() -> Iterator[str]:
    """One line for each package and module: its name, and the first sentence of its docstring."""
    yield from lines(CHECKOUT / "ssc_hand", depth=0)


def lines(folder: Path, depth: int) -> Iterator[str]:
    """The lines for the package in `folder`: its modules, then the packages in it."""
    yield entry(f"{folder.name}/", folder / "__init__.py", depth)
    for path in sorted(folder.glob("*.py")):
        if path.name != "__init__.py":
            yield entry(path.name, path, depth + 1)
    for inner in sorted(folder.iterdir()):
        if (inner / "__init__.py").exists():
            yield from lines(inner, depth + 1)


def entry(name: str, path: Path, depth: int) -> str:
    """The line for one module."""
    label = "  " * depth + name
    return f"{label:<{COLUMN}} {first_sentence(path)}".rstrip()


def first_sentence(path: Path) -> str:
    """What the module says of itself, up to the first full stop or blank line, on one line."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    sentence, stop, _ = paragraph.partition(". ")
    return sentence + "." if stop else paragraph


if __name__ == "__main__":
    sys.exit(main())
