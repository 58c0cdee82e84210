"""The clinic's protocols: which one new visits follow, and lists of measures of its own, made with ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.catalogue import BESIDE, CATALOGUE
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.measures import Group, Measure
from ssc_hand.domain.protocols import BUILT_IN, MOST_OWN, Protocol, check_own, own_protocol
from ssc_hand.i18n import N_, _
from ssc_hand.ui.widgets.columns import Columns
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role, plain_tooltip
from ssc_hand.ui.widgets.shades import muted

_NAME_IN_LETTERS = 32
#: Where a measure is recorded, behind its name: several are of a digit and of the hand.
_SCOPES = {Scope.DIGIT: N_("digit"), Scope.HAND: N_("hand"), Scope.VISIT: N_("visit")}
_CHOICE = tuple(measure for measure in CATALOGUE.values() if not measure.derived and measure.key not in BESIDE)


@dataclass
class _Draft:
    """An own protocol while it is edited: anything may still be missing."""

    key: str
    name: str
    measures: set[str]
    refill_once: bool


class ProtocolsForm(QWidget):
    """Chooses the default and edits own protocols; nothing is kept until the page is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts: list[_Draft] = []
        self._shown: _Draft | None = None
        self._boxes: dict[str, QCheckBox] = {}
        self._is_shading = False
        self.default_box = self._combo(_("Protocol of new visits"))
        self.edited_box = self._combo(_("Protocol to look at or change"))
        self.name_line = QLineEdit(self)
        self.name_line.setAccessibleName(_("Name of the protocol"))
        self.name_line.setFixedWidth(self.fontMetrics().averageCharWidth() * _NAME_IN_LETTERS)
        self.once_box = QCheckBox(_("One refill press per digit (up to three can be kept)"), self)
        self.new_button = QPushButton(_("New protocol"), self)
        self.remove_button = QPushButton(_("Remove this protocol"), self)
        self._told = PlainLabel("", self, role=Role.WARNING, wrap=True)
        self._told.hide()
        self._lay_out()
        self._shade()
        self.edited_box.activated.connect(self._on_edited_box_activated)
        self.new_button.clicked.connect(self._on_new_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.name_line.editingFinished.connect(self._on_name_edited)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the desktop into another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self._is_shading:
            self._shade()

    def _shade(self) -> None:
        """A protocol that cannot be changed is there to be read: its words keep their contrast."""
        palette = QPalette()
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, muted(QApplication.palette()))
        self._is_shading = True
        self.setPalette(palette)
        self._is_shading = False

    def _combo(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_NAME_IN_LETTERS // 2)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(_("Protocols"), self, role=Role.TITLE))
        column.addWidget(
            PlainLabel(
                _("A protocol says which measures a visit asks for. What is recorded is shown in any case."),
                self,
                role=Role.MUTED,
            )
        )
        column.addLayout(self._row(PlainLabel(_("New visits follow"), self), self.default_box))
        column.addLayout(self._row(PlainLabel(_("Look at or change"), self), self.edited_box, self.new_button))
        column.addLayout(self._row(PlainLabel(_("Name"), self), self.name_line, self.remove_button))
        column.addWidget(self.once_box)
        column.addWidget(self._told)
        column.addWidget(self._ticks())

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        width = self.fontMetrics().averageCharWidth() * 20
        widgets[0].setMinimumWidth(width)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _ticks(self) -> QWidget:
        """The measures under their headings, in as many columns as there is room for."""
        groups = {group: [m for m in _CHOICE if m.group is group] for group in Group}
        return Columns([self._group(group, measures) for group, measures in groups.items()], self)

    def _group(self, group: Group, measures: Iterable[Measure]) -> QWidget:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, self.fontMetrics().height())
        column.setSpacing(2)
        column.addWidget(PlainLabel(group.label, whole, role=Role.BOLD))
        for measure in measures:
            box = QCheckBox(f"{measure.name} ({_(_SCOPES[measure.scope])})".replace("&", "&&"), whole)
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            box.setToolTip(plain_tooltip(_(measure.note)) if measure.note else "")
            self._boxes[measure.key] = box
            column.addWidget(box)
        return whole

    # -- showing -----------------------------------------------------------------------------------------

    def show_protocols(self, default: Protocol, own: Iterable[Protocol]) -> None:
        """Show what is kept now; the default is also the one to look at."""
        self._drafts = [_Draft(each.key, each.label, set(each.measures), "crt" in each.once) for each in own]
        self._shown = None
        self._fill(default.key)
        self._show(default.key)
        self._tell("")

    def _fill(self, default: str) -> None:
        """Both lists anew; the choices stay where they are."""
        edited = self.edited_box.currentData()
        for box, chosen in ((self.default_box, default), (self.edited_box, edited)):
            box.clear()
            for each in BUILT_IN:
                box.addItem(each.name, each.key)
            for draft in self._drafts:
                box.addItem(draft.name or _("without a name"), draft.key)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def _show(self, key: str) -> None:
        self.edited_box.setCurrentIndex(self.edited_box.findData(key))
        self._shown = next((draft for draft in self._drafts if draft.key == key), None)
        fixed = next((each for each in BUILT_IN if each.key == key), None)
        measures = fixed.measures if fixed else self._shown.measures if self._shown else ()
        for each, box in self._boxes.items():
            box.setChecked(each in measures)
            box.setEnabled(fixed is None)
        self.once_box.setChecked("crt" in fixed.once if fixed else bool(self._shown and self._shown.refill_once))
        self.once_box.setEnabled(fixed is None)
        self.name_line.setText(fixed.name if fixed else self._shown.name if self._shown else "")
        self.name_line.setReadOnly(fixed is not None)
        self.name_line.setEnabled(fixed is None)
        self.remove_button.setEnabled(fixed is None)
        self.new_button.setEnabled(len(self._drafts) < MOST_OWN)
        self.new_button.setToolTip(_("A copy of the one shown, to tick and name"))

    def _keep(self) -> None:
        """Take what is ticked and named into the draft that is shown."""
        if self._shown is not None:
            self._shown.name = self.name_line.text().strip()
            self._shown.measures = {key for key, box in self._boxes.items() if box.isChecked()}
            self._shown.refill_once = self.once_box.isChecked()

    # -- changing ----------------------------------------------------------------------------------------

    @Slot()
    def _on_edited_box_activated(self) -> None:
        key = self.edited_box.currentData()
        self._keep()
        self._show(key)

    @Slot()
    def _on_name_edited(self) -> None:
        if self._shown is not None:
            self._keep()
            self._fill(self.default_box.currentData())

    @Slot()
    def _on_new_clicked(self) -> None:
        self._keep()
        ticked = {key for key, box in self._boxes.items() if box.isChecked()}
        draft = _Draft(new_id(), "", ticked, self.once_box.isChecked())
        self._drafts.append(draft)
        self._fill(self.default_box.currentData())
        self._show(draft.key)
        self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_remove_clicked(self) -> None:
        if self._shown is None:
            return
        self._drafts.remove(self._shown)
        self._shown = None
        self._fill(self.default_box.currentData())
        self._show(self.default_box.currentData())

    def values(self) -> tuple[str, tuple[Protocol, ...]]:
        """The key of the default and the own protocols; raises `Refused`, and shows what is wrong."""
        self._keep()
        self._tell("")
        try:
            own = [
                own_protocol(draft.key, draft.name, draft.measures, refill_once=draft.refill_once)
                for draft in self._drafts
            ]
            return self.default_box.currentData(), check_own(own)
        except Refused as refused:
            self._tell(str(refused))
            raise

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
