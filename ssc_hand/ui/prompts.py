"""Questions that must be answered before going on, and file choosers; tests script the answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ssc_hand.i18n import _
from ssc_hand.ui.widgets.plain_label import PlainLabel

#: A name for people and the suffix without its dot: ("PDF document", "pdf").
FileKind = tuple[str, str]


class Prompts(Protocol):
    """What can be asked; every answer can be None (or no): the person turned away, and nothing happens."""

    def ask_reason(self, title: str, text: str) -> str | None:
        """A few words that will be kept with the record."""

    def confirm(self, title: str, text: str, action_text: str) -> bool:
        """Whether to do what the button with `action_text` says."""

    def choose_save_file(self, title: str, suggested: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Where to write a file; it may exist, and the person then agreed to overwrite it."""

    def choose_open_file(self, title: str, start: Path, kinds: Sequence[FileKind]) -> Path | None:
        """A file to read."""

    def choose_folder(self, title: str, start: Path) -> Path | None:
        """A folder, there already or just made."""


class QtPrompts:
    """The real questions, in front of a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Questions that belong to the window `parent`."""
        self._parent = parent

    def ask_reason(self, title: str, text: str) -> str | None:
        """A few words that will be kept with the record."""
        dialog = ReasonDialog(title, text, self._parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        reason = dialog.reason
        dialog.deleteLater()
        return reason if accepted else None

    def confirm(self, title: str, text: str, action_text: str) -> bool:
        """Whether to do what the button says; Escape and Enter both mean no."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - start-up: nothing is asked before the window stands

        box = QMessageBox(self._parent)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setIcon(QMessageBox.Icon.Question)
        agree = box.addButton(action_text, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        agreed = box.clickedButton() is agree
        box.deleteLater()
        return agreed

    def choose_save_file(self, title: str, suggested: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Where to write a file."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - as above

        name, _chosen = QFileDialog.getSaveFileName(self._parent, title, str(suggested), file_filters(kinds))
        return _with_suffix(Path(name), kinds) if name else None

    def choose_open_file(self, title: str, start: Path, kinds: Sequence[FileKind]) -> Path | None:
        """A file to read."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - as above

        name, _chosen = QFileDialog.getOpenFileName(self._parent, title, str(start), file_filters(kinds))
        return Path(name) if name else None

    def choose_folder(self, title: str, start: Path) -> Path | None:
        """A folder."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - as above

        name = QFileDialog.getExistingDirectory(self._parent, title, str(start))
        return Path(name) if name else None


class ReasonDialog(QDialog):
    """Asks for a few words; without them it cannot be accepted."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        """A dialog that explains in `text` what the reason is for."""
        super().__init__(parent)
        self.setWindowTitle(title)
        label = PlainLabel(text, self, wrap=True)
        self._entry = QLineEdit(self)
        self._entry.setAccessibleName(_("Reason"))
        self._entry.textChanged.connect(self._on_entry_text_changed)
        label.setBuddy(self._entry)
        from PySide6.QtWidgets import QDialogButtonBox  # noqa: PLC0415 - as above

        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel, parent=self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._ok = buttons.button(standard.Ok)
        self._ok.setEnabled(False)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(label)
        column.addWidget(self._entry)
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 56)
        self._entry.setFocus()

    @property
    def reason(self) -> str:
        """What was written, without space around it."""
        return self._entry.text().strip()

    @Slot(str)
    def _on_entry_text_changed(self, text: str) -> None:
        self._ok.setEnabled(bool(text.strip()))


def file_filters(kinds: Sequence[FileKind]) -> str:
    """The kinds of files as Qt's file dialog wants them."""
    return ";;".join(f"{name} (*.{suffix})" for name, suffix in kinds)


def _with_suffix(path: Path, kinds: Sequence[FileKind]) -> Path:
    return path if path.suffix or not kinds else path.with_name(f"{path.name}.{kinds[0][1]}")
