"""MeasureBar: marks a scale and an outline on the picture, says what they measure, and takes it over."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QPushButton, QVBoxLayout, QWidget

from ssc_hand.domain.photographs import MOST_MM, Photograph
from ssc_hand.geometry.outline import crosses_itself, measured
from ssc_hand.i18n import _
from ssc_hand.ui.photos.canvas import Tool
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.plain_label import PlainLabel

#: The length of common stickers beside a wound, in mm.
_STICKER_MM = 10.0


class MeasureBar(QWidget):
    """Says step by step what to press; everything it asks for is done by whoever shows the picture."""

    tool_wanted = Signal(object)  #: Tool
    clear_wanted = Signal()
    take_over_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = ChipButton(_("Mark the scale"), self)
        self.mm = QDoubleSpinBox(self)
        self.mm.setRange(0.1, MOST_MM)
        self.mm.setDecimals(1)
        self.mm.setValue(_STICKER_MM)
        self.mm.setSuffix(_(" mm apart"))
        self.mm.setAccessibleName(_("Millimetres between the two points of the scale"))
        self.outline = ChipButton(_("Draw the outline"), self)
        self.clear = QPushButton(_("Clear marks"), self)
        self.take_over = QPushButton(self)
        self.words = PlainLabel("", self, wrap=True)
        row = FlowLayout()
        for widget in (self.scale, self.mm, self.outline, self.clear, self.take_over):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.words)
        self._photograph: Photograph | None = None
        self._letter = ""
        self._can_edit = False
        self.scale.clicked.connect(self._on_scale_clicked)
        self.outline.clicked.connect(self._on_outline_clicked)
        self.clear.clicked.connect(self.clear_wanted)
        self.take_over.clicked.connect(self.take_over_wanted)

    def show_photograph(self, photograph: Photograph | None, letter: str, *, can_edit: bool) -> None:
        """Say what was measured on a photograph; `letter` is that of its lesion, if it shows one."""
        self._photograph, self._letter, self._can_edit = photograph, letter, can_edit
        self.show_tool(Tool.LOOK)

    def show_tool(self, tool: Tool) -> None:
        """Follow the tool in use."""
        self.scale.setChecked(tool is Tool.SCALE)
        self.outline.setChecked(tool is Tool.OUTLINE)
        photograph = self._photograph
        found = measured(photograph) if photograph else None
        for widget in (self.scale, self.mm, self.outline):
            widget.setVisible(self._can_edit and photograph is not None)
        is_marked = photograph is not None and bool(photograph.scale or photograph.outline)
        self.clear.setVisible(self._can_edit and is_marked)
        self.take_over.setVisible(self._can_edit and found is not None and bool(self._letter))
        self.take_over.setText(_("Enter as size of lesion {letter}").format(letter=self._letter))
        self.words.setText(_hint(tool) or (_result(photograph) if photograph else ""))

    def say(self, words: str) -> None:
        """Say what was done, until something else is."""
        self.words.setText(words)

    @Slot()
    def _on_scale_clicked(self) -> None:
        self.tool_wanted.emit(Tool.SCALE if self.scale.isChecked() else Tool.LOOK)

    @Slot()
    def _on_outline_clicked(self) -> None:
        self.tool_wanted.emit(Tool.OUTLINE if self.outline.isChecked() else Tool.LOOK)


def _hint(tool: Tool) -> str:
    if tool is Tool.SCALE:
        return _(
            "Press both ends of a known length, such as the sticker beside the wound. By keys: arrows (Shift: fine), "
            "Enter sets, Escape leaves."
        )
    if tool is Tool.OUTLINE:
        return _(
            "Press along the edge, then the first point again. Keys: arrows (Shift: fine), Enter, Enter twice closes, "
            "Backspace, Escape."
        )
    return ""


def _result(photograph: Photograph) -> str:
    found = measured(photograph)
    if found is not None:
        return _("Length {length} mm, width {width} mm (at right angles), area {area} mm², on the picture.").format(
            length=f"{found.length_mm:.1f}", width=f"{found.width_mm:.1f}", area=f"{found.area_mm2:.0f}"
        )
    if photograph.outline and crosses_itself(photograph.outline):
        return _("The outline crosses itself, so that it has no area. Draw it again.")
    if photograph.outline:
        return _("Mark a scale, and the outline gives length, width and area in mm.")
    if photograph.scale:
        return _("The scale is marked. Draw the outline of the lesion to measure it.")
    return ""
