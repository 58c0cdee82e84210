"""Reads the source tree for the tests in this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDERS = ("ssc_hand", "tests", "packaging")
FILES_AT_THE_TOP = (
    *("pyproject.toml", "Makefile", ".gitignore", ".ci/run"),
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"),
)


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the top of the checkout, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.expr | ast.stmt) -> str:
        """Where `node` stands, as an editor understands it."""
        return f"{self.path}:{node.lineno}"


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every Python file below `folders`, by path."""
    paths = (path for folder in folders for path in sorted((CHECKOUT / folder).rglob("*.py")))
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(CHECKOUT).as_posix(), text, ast.parse(text))


def calls(module: Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call in `module` with the last part of the name that is called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield last_name(node.func), node


def last_name(node: ast.expr) -> str:
    """`c` of `a.b.c`; nothing where the expression has no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def full_name(node: ast.expr) -> str:
    """`a.b.c` as written; nothing where the expression is more than names and dots."""
    if isinstance(node, ast.Attribute):
        return f"{full_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imports(module: Module) -> Iterator[tuple[str, ast.stmt]]:
    """Each module imported anywhere in `module`, by its full name, also those inside functions."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def text_files() -> Iterator[tuple[str, str]]:
    """Path and text of every file of the project that people read or edit."""
    listed = [CHECKOUT / name for name in FILES_AT_THE_TOP]
    found = [path for folder in (*FOLDERS, "requirements", "resources") for path in (CHECKOUT / folder).rglob("*")]
    for path in [*listed, *sorted(found)]:
        if path.is_file() and "__pycache__" not in path.parts:
            try:
                yield path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # fonts and pictures
