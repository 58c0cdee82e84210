"""The page of photographs: taking them in, looking at them, comparing with earlier ones, measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ssc_hand.domain.dates import day_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.photographs import Photograph, Point, ScaleMark, photographs_at, subject_words
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.photos.canvas import PictureCanvas, Tool
from ssc_hand.ui.photos.comparing import Comparing
from ssc_hand.ui.photos.description import Description, SubjectBox
from ssc_hand.ui.photos.dropping import PhotoDrops, Source, sources_of
from ssc_hand.ui.photos.gallery import Gallery
from ssc_hand.ui.photos.intake import Intake
from ssc_hand.ui.photos.measuring import MeasureBar
from ssc_hand.ui.photos.shelf import Fetch, Jobs, PictureShelf
from ssc_hand.ui.photos.subject import Subject
from ssc_hand.ui.photos.tray import Tray
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.action_button import action_button, page_action
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_SUFFIXES = "jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.heic"
_LEFT, _RIGHT = 300, 780


class PhotographPage(QWidget):
    """Shows the photographs of the visit on the desk."""

    notice_posted = Signal(str)  #: one sentence for the message bar

    def __init__(
        self, editor: VisitEditor, fetch: Fetch, jobs: Jobs, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        """A page without a visit; `fetch` reads pictures from the clinic, `jobs` does what takes time."""
        super().__init__(parent)
        self._editor, self._prompts = editor, prompts
        self._record: PatientRecord | None = None
        self._visit: Visit | None = None
        self._current: str | None = None
        self._shown: str | None = None
        self._subject = Subject()
        self._folder = Path.home()
        self.shelf = PictureShelf(fetch, jobs, self)
        self.intake = Intake(editor, jobs, self)
        self.tray = Tray(jobs, self)
        self.gallery = Gallery(self.shelf, self)
        self.canvas = PictureCanvas(self)
        self.comparing = Comparing(PictureShelf(fetch, jobs, self), self)
        self.measures = MeasureBar(self)
        self.description = Description(self)
        self._build()
        self._connect()
        self._on_intake_changed()
        self._refresh()

    # -- layout ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.target = SubjectBox(_("What new pictures show"), self)
        self.add = QPushButton(_("Add…"), self)
        self.add.setToolTip(_("Choose a picture on this computer; dropping pictures on the page does the same"))
        self.paste_action = page_action(
            self, _("Paste"), QKeySequence(QKeySequence.StandardKey.Paste), self.paste, tip=_("Paste a picture")
        )
        # Whoever has just come here has the keyboard on the tab still.
        self.paste_action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.watch = ChipButton(_("Watch a folder…"), self)
        self._busy = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._intake = QWidget(self)
        buttons = FlowLayout()
        for widget in (self.add, action_button(self.paste_action, _("Paste a picture")), self.watch):
            buttons.addWidget(widget)
        inside = QVBoxLayout(self._intake)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(PlainLabel(_("New pictures show"), self, role=Role.BOLD))
        inside.addWidget(self.target)
        inside.addLayout(buttons)
        inside.addWidget(self.tray)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(6, 6, 0, 6)
        column.addWidget(self._intake)
        column.addWidget(self._busy)
        column.addWidget(self.gallery, 1)
        column.addStretch(0)  # with no gallery yet, what is above stays above
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(self._viewer())
        split.setStretchFactor(1, 1)
        split.setSizes([_LEFT, _RIGHT])
        split.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def _viewer(self) -> QWidget:
        self.look = ChipButton(_("Look and measure"), self)
        self.compare = ChipButton(_("Compare with before"), self)
        self.look.setChecked(True)
        keys = QKeySequence.StandardKey
        closer = page_action(self, "+", QKeySequence(keys.ZoomIn), self.canvas.zoom_in, tip=_("Closer"))
        farther = page_action(self, "−", QKeySequence(keys.ZoomOut), self.canvas.zoom_out, tip=_("Farther"))
        whole = page_action(self, _("Whole"), QKeySequence("Ctrl+0"), self.canvas.fit, tip=_("The whole picture"))
        bar = QHBoxLayout()
        bar.addWidget(self.look)
        bar.addWidget(self.compare)
        bar.addStretch(1)
        self._zooms = [action_button(closer, _("Closer")), action_button(farther, _("Farther"))]
        self._zooms.append(action_button(whole, _("The whole picture")))
        for button in self._zooms:
            bar.addWidget(button)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.comparing)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 6, 6)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.measures)
        column.addWidget(self.description)
        return page

    def _connect(self) -> None:
        self.drops = PhotoDrops(self, self._target_at, self)
        self.drops.dropped.connect(self._on_drops_dropped)
        self.add.clicked.connect(self._on_add_clicked)
        self.watch.clicked.connect(self._on_watch_clicked)
        self.target.activated.connect(self._on_target_activated)
        self.tray.taken.connect(self._on_tray_taken)
        self.intake.taken.connect(self._on_intake_taken)
        self.intake.refused.connect(self.notice_posted)
        self.intake.changed.connect(self._on_intake_changed)
        self.gallery.chosen.connect(self.choose)
        self.shelf.ready.connect(self._on_shelf_ready)
        self.shelf.missing.connect(self._on_shelf_missing)
        self.look.clicked.connect(self._on_look_clicked)
        self.compare.clicked.connect(self._on_compare_clicked)
        self.measures.tool_wanted.connect(self._on_measures_tool_wanted)
        self.measures.clear_wanted.connect(self._on_measures_clear_wanted)
        self.measures.take_over_wanted.connect(self._on_measures_take_over_wanted)
        self.canvas.scale_marked.connect(self._on_canvas_scale_marked)
        self.canvas.outline_drawn.connect(self._on_canvas_outline_drawn)
        self.canvas.tool_left.connect(self._on_canvas_tool_left)
        self.description.settled.connect(self._change)
        self.description.withdraw_wanted.connect(self._on_description_withdraw_wanted)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_record(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Follow the visit on the desk."""
        is_other = visit is None or self._visit is None or visit.id != self._visit.id
        if is_other:
            self.description.settle()
            self.shelf.clear()
            self._current = self._shown = None
        self._record, self._visit = record, visit
        self._refresh()

    def suggest(self, subject: Subject) -> None:
        """What is chosen on the hand now is what new pictures will show, until another is chosen here."""
        self._subject = subject
        self.target.choose(subject)

    @Slot(str)
    def choose(self, photograph_id: str) -> None:
        """Look at a photograph."""
        self.description.settle()
        self._current = photograph_id
        self._refresh()

    @property
    def current(self) -> Photograph | None:
        """The photograph that is looked at."""
        every = self._record.photographs if self._record else ()
        return next((each for each in every if each.id == self._current), None)

    def settle(self) -> None:
        """Hand on what is still being typed."""
        self.description.settle()

    def _refresh(self) -> None:
        record, visit = self._record, self._visit
        can_edit = self._editor.can_edit
        found = photographs_at(record, visit) if record and visit else ()
        if self._current not in [each.id for each in found]:
            self._current = found[0].id if found else None
        self._intake.setVisible(visit is not None and can_edit)
        self.gallery.setVisible(bool(found))
        if record is not None and visit is not None:
            self.target.offer(record, visit, self._subject)
            self.gallery.show_photographs(record, found, self._current)
            self.tray.show_whom(_whom(record, visit), can_take=can_edit)
        else:
            self.gallery.clear()
        self._show_current(can_edit=can_edit)

    def _show_current(self, *, can_edit: bool) -> None:
        photograph, record, visit = self.current, self._record, self._visit
        for widget in (self.measures, self.description, self.look, self.compare, *self._zooms):
            widget.setVisible(photograph is not None)
        if photograph is None or record is None or visit is None:
            self._shown = None
            self._turn(is_comparing=False)
            self.comparing.clear()
            self.canvas.show_picture(None, self._words())
            self.canvas.show_marks(None, ())
            return
        if self._shown != photograph.id:
            self._shown = photograph.id
            self.canvas.show_picture(None, _("The picture is being read…"))
            self.shelf.ask(photograph.id)
        self.canvas.show_marks(photograph.scale, photograph.outline)
        about = [subject_words(record, photograph), photograph.caption or ""]
        self.canvas.setAccessibleDescription(", ".join(each for each in about if each))
        letter = _letter(record, photograph)
        self.measures.show_photograph(photograph, letter, can_edit=can_edit and self.canvas.has_picture)
        self.description.show_photograph(record, visit, photograph, can_edit=can_edit)
        self.comparing.show_photograph(record, photograph)
        self.compare.setEnabled(self.comparing.has_earlier)
        if not self.comparing.has_earlier:
            self._turn(is_comparing=False)

    def _words(self) -> str:
        """What stands in place of a picture."""
        if self._visit is None:
            return _("Choose a visit at the left, or start one, to see and take its photographs.")
        if not self._editor.can_edit:
            return _("This visit has no photographs.")
        return _("No photograph yet. Drop pictures here or on the hand, paste one (Ctrl+V), or choose a file.")

    def _turn(self, *, is_comparing: bool) -> None:
        self.look.setChecked(not is_comparing)
        self.compare.setChecked(is_comparing)
        self._stack.setCurrentWidget(self.comparing if is_comparing else self.canvas)
        self.measures.setVisible(not is_comparing and self.current is not None)
        for button in self._zooms:
            button.setVisible(not is_comparing and self.current is not None)
        if is_comparing:
            self.comparing.load()

    @Slot(str, object)
    def _on_shelf_ready(self, photograph_id: str, image: QImage) -> None:
        photograph = self.current
        if photograph is not None and photograph.id == photograph_id == self._shown:
            self.canvas.show_picture(image)
            self._show_current(can_edit=self._editor.can_edit)

    @Slot(str, str)
    def _on_shelf_missing(self, photograph_id: str, why: str) -> None:
        if photograph_id == self._shown:
            self.canvas.show_picture(None, why)

    # -- taking in ---------------------------------------------------------------------------------------

    def take(self, sources: Sequence[Source], subject: Subject | None = None) -> None:
        """Take pictures into the visit on the desk, as pictures of this or of what is chosen."""
        self.intake.take(sources, subject or self.target.subject)

    @Slot()
    def paste(self) -> None:
        """Take in what the clipboard holds."""
        found = sources_of(QGuiApplication.clipboard().mimeData())
        if found:
            self.take(found)
        else:
            self.notice_posted.emit(_("The clipboard holds no picture."))

    def _target_at(self, _point: QPointF) -> Subject | None:
        return None

    @Slot(object, object)
    def _on_drops_dropped(self, sources: list[Source], subject: Subject | None) -> None:
        self.take(sources, subject)

    @Slot()
    def _on_add_clicked(self) -> None:
        kinds = [(_("Pictures"), _SUFFIXES), (_("All files"), "*")]
        path = self._prompts.choose_open_file(_("Add a photograph"), self._folder, kinds)
        if path is not None:
            self._folder = path.parent
            self.take([path])

    @Slot()
    def _on_watch_clicked(self) -> None:
        if self.tray.watched.folder is not None:
            self.tray.watched.stop()
        else:
            folder = self._prompts.choose_folder(_("Folder into which the camera puts pictures"), self._folder)
            if folder is not None:
                self.tray.watched.watch(folder)
        is_watching = self.tray.watched.folder is not None
        self.watch.setChecked(is_watching)
        self.watch.setText(_("Stop watching") if is_watching else _("Watch a folder…"))

    @Slot()
    def _on_target_activated(self) -> None:
        self._subject = self.target.subject

    @Slot(object)
    def _on_tray_taken(self, paths: tuple[Path, ...]) -> None:
        self.take(paths)

    @Slot(str)
    def _on_intake_taken(self, photograph_id: str) -> None:
        self.choose(photograph_id)

    @Slot()
    def _on_intake_changed(self) -> None:
        count = self.intake.waiting
        words = ngettext("{n} picture is being taken in…", "{n} pictures are being taken in…", count)
        self._busy.setText(words.format(n=count) if count else "")
        self._busy.setVisible(bool(count))

    # -- describing, measuring, comparing ----------------------------------------------------------------

    @Slot(object)
    def _change(self, photograph: Photograph) -> None:
        try:
            self._editor.photographs.change(photograph)
        except Refused as refused:
            self.notice_posted.emit(str(refused))
            self._refresh()

    @Slot()
    def _on_description_withdraw_wanted(self) -> None:
        if self._current is not None:
            self._editor.photographs.withdraw(self._current)

    @Slot()
    def _on_look_clicked(self) -> None:
        self._turn(is_comparing=False)

    @Slot()
    def _on_compare_clicked(self) -> None:
        self._turn(is_comparing=True)

    @Slot(object)
    def _on_measures_tool_wanted(self, tool: Tool) -> None:
        self.canvas.set_tool(tool)
        self.measures.show_tool(tool)
        self.canvas.setFocus()

    @Slot()
    def _on_canvas_tool_left(self) -> None:
        self.measures.show_tool(Tool.LOOK)

    @Slot(object, object)
    def _on_canvas_scale_marked(self, first: Point, second: Point) -> None:
        photograph = self.current
        if photograph is None:
            return
        try:
            self._change(replace(photograph, scale=ScaleMark(first, second, self.measures.mm.value())))
        except Refused as refused:
            self.notice_posted.emit(str(refused))

    @Slot(object)
    def _on_canvas_outline_drawn(self, points: tuple[Point, ...]) -> None:
        photograph = self.current
        if photograph is not None:
            self._change(replace(photograph, outline=points))

    @Slot()
    def _on_measures_clear_wanted(self) -> None:
        photograph = self.current
        if photograph is not None:
            self._change(replace(photograph, scale=None, outline=()))

    @Slot()
    def _on_measures_take_over_wanted(self) -> None:
        photograph, record = self.current, self._record
        if photograph is None or record is None or photograph.lesion_id is None:
            return
        try:
            self._editor.photographs.take_over_size(photograph.id)
        except Refused as refused:
            self.notice_posted.emit(str(refused))
        else:
            letter = record.lesion(photograph.lesion_id).letter
            self.measures.say(_("Length and width were entered for lesion {letter}.").format(letter=letter))


def _letter(record: PatientRecord, photograph: Photograph) -> str:
    return next((lesion.letter for lesion in record.lesions if lesion.id == photograph.lesion_id), "")


def _whom(record: PatientRecord, visit: Visit) -> str:
    return _("{name} ({number}), visit of {day}").format(
        name=record.patient.full_name, number=record.patient.record_number, day=day_label(visit.day)
    )
