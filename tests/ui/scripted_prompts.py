"""Prompts that answer from a list, in order, and keep what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ssc_hand.ui.prompts import FileKind


class ScriptedPrompts:
    """Answers each question with the next answer; a question too many fails the test."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        #: Title and text (or proposed path) of every question.
        self.asked: list[tuple[str, str]] = []

    def ask_reason(self, title: str, text: str) -> str | None:
        answer: str | None = self._answer(title, text)
        return answer

    def confirm(self, title: str, text: str, action_text: str) -> bool:
        return bool(self._answer(title, f"{text} [{action_text}]"))

    def choose_save_file(self, title: str, suggested: Path, kinds: Sequence[FileKind]) -> Path | None:
        answer: Path | None = self._answer(title, str(suggested))
        return answer

    def choose_open_file(self, title: str, start: Path, kinds: Sequence[FileKind]) -> Path | None:
        answer: Path | None = self._answer(title, str(start))
        return answer

    def choose_folder(self, title: str, start: Path) -> Path | None:
        answer: Path | None = self._answer(title, str(start))
        return answer

    def _answer(self, title: str, text: str) -> Any:
        self.asked.append((title, text))
        assert self._answers, f"nobody expected to be asked: {title}"
        return self._answers.pop(0)
