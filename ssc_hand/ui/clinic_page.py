"""What the clinic says about itself: name on paper, paper, the age of older adults, and its protocols."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ssc_hand.domain.clinic import CLINIC, ClinicSettings, clinic_settings
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import dump_all
from ssc_hand.domain.protocols import default_protocol, read_own, write_own
from ssc_hand.i18n import _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.forms.protocols_form import ProtocolsForm
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: What a clinic is for is decided when it is made; protocols have a part of their own.
_FIELDS = tuple(field for field in CLINIC if field.key not in ("purpose", "protocol", "own_protocols"))
_WIDTH_IN_LETTERS = 76


class ClinicPage(QWidget):
    """A form over the clinic's settings."""

    save_requested = Signal(object)  #: ClinicSettings
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings: ClinicSettings | None = None
        self.form = FieldForm(_FIELDS, parent=self)
        self.form.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS)
        save, back = QPushButton(_("Save"), self), QPushButton(_("Back"), self)
        save.clicked.connect(self._on_save_clicked)
        back.clicked.connect(self.closed)
        self.protocols = ProtocolsForm(self)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel(_("About this clinic"), page, role=Role.TITLE))
        column.addWidget(self.form)
        column.addWidget(self.protocols)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 12)
        row.addWidget(save)
        row.addWidget(back)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(row)

    def show_settings(self, settings: ClinicSettings) -> None:
        """Show what is kept now."""
        self._settings = settings
        self.form.show_values({field.key: getattr(settings, field.key) for field in _FIELDS})
        self.protocols.show_protocols(default_protocol(settings), read_own(settings.own_protocols))

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._settings is None:
            return
        try:
            default, own = self.protocols.values()
        except Refused:
            return  # said beside the ticks
        try:
            values = {field.key: field.dump(self.form.values()[field.key]) for field in _FIELDS}
            values |= {"protocol": default, "own_protocols": write_own(own)}
            new = clinic_settings({**dump_all(CLINIC, self._settings), **values})
        except Refused as refused:
            self.form.show_refused(refused)
            return
        self.save_requested.emit(new)
        self.closed.emit()
