"""The first start: where the clinic lies, what it is called, and who is writing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ssc_hand.domain.clinic import CLINIC
from ssc_hand.domain.errors import Refused, SscHandError
from ssc_hand.domain.fields import Field, field_of
from ssc_hand.domain.kinds import Text
from ssc_hand.domain.people import SignIn
from ssc_hand.i18n import N_, _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_LINE = Text(lines=False)
_BY = Field(key="by", label=N_("Your name"), kind=_LINE, required=True, hint=N_("written beside every entry"))
_FOLDER = Field(key="folder", label=N_("Folder of the clinic"), kind=_LINE, required=True)
_WIDTH_IN_LETTERS = 74


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupAnswers:
    """What is needed to make a clinic."""

    clinic_name: str
    folder: Path
    #: The first user.
    by: SignIn
    #: Whether to fill it with synthetic patients.
    demo: bool


class FirstStart(QWidget):
    """The page that is shown while no clinic is open."""

    create_requested = Signal(object)  #: SetupAnswers
    open_requested = Signal(object)  #: Path of the folder of a clinic that is there already

    def __init__(self, folder: Path, prompts: Prompts, parent: QWidget | None = None) -> None:
        """A page that proposes `folder`; `prompts` asks for another one."""
        super().__init__(parent)
        self._prompts = prompts
        self.form = FieldForm((field_of(CLINIC, "name"), _BY, _FOLDER), parent=self)
        self.form.show_values({_FOLDER.key: str(folder)})
        self._told = PlainLabel(parent=self, role=Role.WARNING, wrap=True)
        self._told.hide()
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase"))
        self._choose = self._button(_("Choose a folder…"))
        self._choose.clicked.connect(self._on_choose_clicked)
        self.empty_choice = QRadioButton(_("Begin with no patients"), self)
        self.empty_choice.setChecked(True)
        self.demo_choice = QRadioButton(_("Try it with synthetic patients"), self)
        self._open = self._button(_("Open a clinic that is there already…"))
        self._open.clicked.connect(self._on_open_clicked)
        self._create = self._button(_("Create the clinic"))
        self._create.setDefault(True)
        self._create.clicked.connect(self._on_create_clicked)
        self._lay_out()

    @property
    def error(self) -> str:
        """What failed outside the form; empty where nothing did."""
        return self._told.text()

    def show_failure(self, failure: SscHandError) -> None:
        """Say why the clinic was not made or opened; what was typed stays."""
        self._create.setEnabled(True)
        self._tell(str(failure))

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        page = QWidget(self)
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(PlainLabel(_("Welcome"), page, role=Role.TITLE))
        text = _(
            "Everything is kept in one folder on this computer, and nothing is sent anywhere. "
            "The name and the folder can be changed later."
        )
        column.addWidget(PlainLabel(text, page, role=Role.MUTED, wrap=True))
        column.addSpacing(8)
        column.addWidget(self.form)
        chooser = QHBoxLayout()
        chooser.addStretch(1)
        chooser.addWidget(self._choose)
        column.addLayout(chooser)
        column.addWidget(PlainLabel(_("Passphrase"), page))
        column.addWidget(self.passphrase)
        for choice in (self.empty_choice, self.demo_choice):
            column.addWidget(choice)
        column.addWidget(self._told)
        column.addSpacing(12)
        below = QHBoxLayout()
        below.addWidget(self._open)
        below.addStretch(1)
        below.addWidget(self._create)
        column.addLayout(below)
        column.addStretch(2)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    @Slot()
    def _on_choose_clicked(self) -> None:
        editor = self.form.editor(_FOLDER.key)
        start = Path(str(editor.value)) if editor.value else Path.home()
        chosen = self._prompts.choose_folder(_FOLDER.name, start)
        if chosen is not None:
            editor.set_value(str(chosen))

    @Slot()
    def _on_open_clicked(self) -> None:
        chosen = self._prompts.choose_folder(_("Open a clinic"), Path.home())
        if chosen is not None:
            self._tell("")
            self.open_requested.emit(chosen)

    @Slot()
    def _on_create_clicked(self) -> None:
        self._tell("")
        try:
            values = self.form.values()
            folder = _absolute(str(values[_FOLDER.key]))
        except Refused as refused:
            if not any(self.form.editor(key).error for key in self.form.keys):
                self.form.show_error(_FOLDER.key, str(refused))
            return
        self._create.setEnabled(False)
        self.create_requested.emit(
            SetupAnswers(
                clinic_name=str(values["name"]),
                folder=folder,
                by=SignIn(str(values[_BY.key]), self.passphrase.text()),
                demo=self.demo_choice.isChecked(),
            )
        )


def _absolute(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise Refused(_("Write the whole path of the folder, or choose it."))
    return path
