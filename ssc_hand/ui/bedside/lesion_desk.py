"""Entering lesions: what the drawing, the card beside a mark, the list and the questions ask for goes to the visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMetaObject, QObject, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ssc_hand.domain.amputations import checked
from ssc_hand.domain.anatomy import Aspect, Site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.lesions import LesionAt, lesions_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.reexamination import Outcome
from ssc_hand.domain.vocabulary import AmputationCheck, LesionKind, Location
from ssc_hand.geometry.hand_map import location_hint
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.lesion_card import LesionCard
from ssc_hand.ui.bedside.lesion_tab import LesionTab
from ssc_hand.ui.models.visit_editor import VisitEditor


class LesionDesk(QObject):
    """Brings the widgets for lesions together with the visit on the desk."""

    refused = Signal(str)  #: a sentence that belongs to no field on screen
    lesion_shown = Signal(object)  #: Lesion whose place the drawing is to show
    tab_wanted = Signal()  #: the tab is to be seen
    amputations_wanted = Signal()  #: more of a digit is gone: its level is to be recorded with the person

    def __init__(
        self, editor: VisitEditor, tab: LesionTab, drawing: QWidget, mark_of: Callable[[str], QRect], parent: QObject
    ) -> None:
        """`mark_of` tells where on the drawing the mark of a lesion stands, in pixels."""
        super().__init__(parent)
        self._editor = editor
        self._tab = tab
        self._mark_of = mark_of
        self.card = LesionCard(drawing)
        self.card.state_settled.connect(self._on_card_state_settled)
        self.card.field_settled.connect(self._on_card_field_settled)
        self.card.size_settled.connect(self._on_card_size_settled)
        self.card.refused.connect(self.refused)
        drawing.installEventFilter(self)
        panel, review = tab.panel, tab.review
        panel.lesion_chosen.connect(self._on_lesion_chosen)
        panel.state_settled.connect(self._on_panel_state_settled)
        panel.field_settled.connect(self._on_panel_field_settled)
        panel.withdraw_requested.connect(self._on_panel_withdraw_requested)
        review.answered.connect(self._on_review_answered)
        review.amputation_answered.connect(self._on_review_amputation_answered)
        review.looked.connect(self._on_review_looked)
        review.lesion_shown.connect(self._on_lesion_chosen)
        tab.began.connect(self.card.close_card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size of the drawing puts its marks elsewhere, once it has taken notice itself."""
        if event.type() is QEvent.Type.Resize and self.card.lesion_id is not None:
            QMetaObject.invokeMethod(self, "follow_mark", Qt.ConnectionType.QueuedConnection)
        return super().eventFilter(watched, event)

    @Slot()
    def follow_mark(self) -> None:
        """Put the open card beside its mark again."""
        if self.card.lesion_id is not None:
            self.card.move_mark(self._mark_of(self.card.lesion_id))

    # -- what is shown -----------------------------------------------------------------------------------

    def show_visit(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Show the lesions of a visit; the card stays while its lesion can still be changed."""
        self._tab.show_visit(record, visit)
        if self.card.lesion_id is None:
            return
        each = self._found(self.card.lesion_id)
        if each is None or not self._editor.can_edit:
            self.card.close_card()
        else:
            self.card.refresh(each)

    def _found(self, lesion_id: str) -> LesionAt | None:
        record, visit = self._editor.record, self._editor.visit
        found = lesions_at(record, visit) if record and visit else ()
        return next((each for each in found if each.lesion.id == lesion_id), None)

    @Slot(str)
    def open(self, lesion_id: str) -> None:
        """Show a lesion in the list, and its card beside its mark while the visit can be changed."""
        self._tab.show_lesions()
        self._tab.panel.choose(lesion_id)
        each = self._found(lesion_id)
        if each is not None and self._editor.can_edit:
            self.lesion_shown.emit(each.lesion)
            self.card.open_at(each, self._mark_of(lesion_id))

    @Slot()
    def begin_review(self) -> None:
        """Ask about the lesions of earlier visits, with the keyboard there."""
        if self._editor.can_edit:
            self.tab_wanted.emit()
            self._tab.begin()

    # -- what is done ------------------------------------------------------------------------------------

    def add(self, kind: LesionKind, site: Site, aspect: Aspect, point: tuple[float, float] | None) -> None:
        """Put a new lesion on the hand, exactly at a point where one is given, and open its card."""
        location = Location.of(location_hint(aspect, site, *point)) if point else None
        try:
            lesion = self._editor.add_lesion(kind, site, aspect, point, location)
        except Refused as refused:
            self.refused.emit(str(refused))
            return
        self.open(lesion.id)

    def move(self, lesion_id: str, site: Site, aspect: Aspect, point: tuple[float, float]) -> None:
        """Move a mark; letter and history stay."""
        try:
            self._editor.move_lesion(lesion_id, site, point, Location.of(location_hint(aspect, site, *point)))
        except Refused as refused:
            self.refused.emit(str(refused))

    @Slot(str)
    def _on_lesion_chosen(self, lesion_id: str) -> None:
        each = self._found(lesion_id)
        if each is not None:
            self.lesion_shown.emit(each.lesion)

    @Slot(str, str, object)
    def _on_card_state_settled(self, lesion_id: str, key: str, value: Value | None) -> None:
        self._try(lambda: self._editor.set_state(lesion_id, key, value), self.card.show_error)

    @Slot(str, str, object)
    def _on_card_field_settled(self, lesion_id: str, key: str, value: Value | None) -> None:
        self._try(lambda: self._editor.set_lesion(lesion_id, key, value), self.card.show_error)

    @Slot(str, object, object)
    def _on_card_size_settled(self, lesion_id: str, length: Value | None, width: Value | None) -> None:
        each = self._found(lesion_id)
        if each is not None:
            text = _("Size of lesion {letter}").format(letter=each.lesion.letter)
            values = {"length_mm": length, "width_mm": width}
            self._try(lambda: self._editor.set_states(lesion_id, values, text), self.card.show_error)

    @Slot(str, str, object)
    def _on_panel_state_settled(self, lesion_id: str, key: str, value: Value | None) -> None:
        self._try(
            lambda: self._editor.set_state(lesion_id, key, value), lambda text: self._tab.panel.show_error(key, text)
        )

    @Slot(str, str, object)
    def _on_panel_field_settled(self, lesion_id: str, key: str, value: Value | None) -> None:
        self._try(
            lambda: self._editor.set_lesion(lesion_id, key, value), lambda text: self._tab.panel.show_error(key, text)
        )

    @Slot(str)
    def _on_panel_withdraw_requested(self, lesion_id: str) -> None:
        self._try(lambda: self._editor.withdraw_lesion(lesion_id), self.refused.emit)

    @Slot(str, object)
    def _on_review_answered(self, lesion_id: str, outcome: Outcome) -> None:
        self._try(lambda: self._editor.reexamine(lesion_id, outcome), self.refused.emit)

    @Slot(object, object)
    def _on_review_amputation_answered(self, site: Site, check: AmputationCheck) -> None:
        self._try(lambda: self._editor.check_amputation(checked(site, check)), self.refused.emit)
        if check is AmputationCheck.CHANGED and self._editor.can_edit:
            self.amputations_wanted.emit()

    @Slot(object)
    def _on_review_looked(self, looked: object) -> None:
        self._try(lambda: self._editor.set_field("lesions_reviewed", True if looked else None), self.refused.emit)

    def _try(self, change: Callable[[], None], say: Callable[[str], None]) -> None:
        """Make a change; where it is refused, say why beside what was pressed."""
        try:
            change()
        except Refused as refused:
            say(str(refused))
