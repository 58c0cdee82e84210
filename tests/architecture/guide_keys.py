"""The map of keys in the user guide, made from the table that the program obeys: run it to write it anew."""

from __future__ import annotations

from collections.abc import Iterator

from ssc_hand.domain.keymap import KEYS, NOT_DONE_KEY, REASON_KEYS, Act, Binding, Group
from tests.architecture.source import CHECKOUT

PAGE = CHECKOUT / "docs" / "user-guide.md"
BEGIN = "<!-- keys: written by `make format` from ssc_hand/domain/keymap.py -->\n"
END = "<!-- end of keys -->"


def main() -> None:
    """Write the map of keys into the user guide."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def renewed(page: str) -> str:
    """The text of `page` with its map of keys written anew; ValueError if it has no place for one."""
    head, _, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError("the user guide has lost the marks around its map of keys")
    return head + BEGIN + "".join(f"{line}\n" for line in lines()) + end + tail


def lines() -> Iterator[str]:
    """The lines of the table: every key that the path obeys, under what the keys have in common."""
    yield "| | keys | what |"
    yield "| --- | --- | --- |"
    for group in Group:
        heading = group.value
        for binding in (each for each in KEYS if each.group is group):
            yield f"| {heading} | {cell(binding.caption)} | {cell(words(binding))} |".replace("|  |", "| |")
            heading = ""


def words(binding: Binding) -> str:
    """What a key does, and what the key after it means."""
    if binding.act is not Act.REASON:
        return binding.words
    reasons = ", ".join(f"{key} {reason.label}" for key, reason in REASON_KEYS.items())
    return f"{binding.words}: {reasons} (for “not done” there is {NOT_DONE_KEY.upper()})"


def cell(text: str) -> str:
    """Text that stands as it is in a cell of a table."""
    return text.replace("|", r"\|").replace("*", r"\*")


if __name__ == "__main__":
    main()
