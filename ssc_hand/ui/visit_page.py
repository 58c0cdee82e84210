"""The page of one visit: hands, the chosen place, lesions, conditions and texts, and the table beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ssc_hand.domain.anatomy import DIGITS, VISIT, Aspect, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import VISIT as VISIT_FIELDS
from ssc_hand.domain.fields import field_of
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.protocols import FULL, Protocol, default_protocol, protocol_of, protocols_of
from ssc_hand.domain.records import Key, Lesion, PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Reason
from ssc_hand.i18n import _
from ssc_hand.ui.hand.panel import HandPanel
from ssc_hand.ui.hand.view import Spot
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.theme import ground
from ssc_hand.ui.visit_bar import VisitBar
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role
from ssc_hand.ui.widgets.tab_order import TabOrder, go_to_next_part

if TYPE_CHECKING:
    from ssc_hand.domain.path import Stop
    from ssc_hand.ui.bedside.aids import Aids
    from ssc_hand.ui.bedside_desk import BedsideDesk
    from ssc_hand.ui.findings.model import FindingsModel
    from ssc_hand.ui.findings.table import FindingsTable
    from ssc_hand.ui.forms.measure_row import Entry

#: Half of what the largest mark takes of the drawing, in pixels.
_HALF_A_MARK = 26
#: Lines of text in height under which the page saves room.
_COMPACT_BELOW_LINES = 48
#: Where two of the tabs stand.
_PLACE_TAB, _VISIT_TAB = 0, 2
#: Milliseconds without a key over the hands after which the form of the chosen place follows.
_FORM_FOLLOWS_MS = 80
#: The share of the page's height that the table may take by itself.
_TABLE_SHARE = 0.25
#: Texts first: they are written at every visit; date and kind are right from the start.
_FIRST = ("reason", "ulcer_history", "findings", "plan", "next_review")
_LAST = ("at", "kind")
_IN_ORDER = (
    *(field_of(VISIT_FIELDS, key) for key in _FIRST),
    *(field for field in VISIT_FIELDS if field.key not in (*_FIRST, *_LAST, "protocol")),
    *(field_of(VISIT_FIELDS, key) for key in _LAST),
)


class VisitPage(QWidget):
    """Shows the visit on the desk and passes every entry to it."""

    refused = Signal(str)  #: a sentence that belongs to no field on screen
    move_requested = Signal()
    amputations_wanted = Signal()  #: the level of an amputation is to be recorded with the person
    entries_made = Signal()  #: the first visit is on the desk, and with it everything that is typed into

    def __init__(self, editor: VisitEditor, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._prompts = prompts
        self._clinic: ClinicSettings | None = None
        self._settings: QSettings | None = None
        self._older_from: int | None = None
        self._shown_visit = ""
        self._is_compact = False
        self._is_leaving = False
        #: Where the path stood when the questions about lesions began: its visit and its value.
        self._before_review: tuple[str, Stop | None] | None = None
        self._is_split_by_hand = False
        self._is_turned = self._is_whole = False
        self.selection = SiteSelection(self)
        #: How the path goes; in the menu bar, since a menu that pops up elsewhere is not in the tree of screen readers.
        self.path_action = QAction(_("How the path goes over the digits"), self, enabled=False)
        self.bar = VisitBar(editor, prompts, self)
        self.hands = HandPanel(self)
        self._table: FindingsTable | None = None
        self._has_entries = False
        self._build()
        self._connect()
        self.selection.choose(DIGITS[0])

    # -- layout ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Beside the hands"))
        upper = QSplitter(Qt.Orientation.Horizontal, self)
        upper.addWidget(self.hands)
        upper.addWidget(self.tabs)
        upper.setStretchFactor(0, 5)
        upper.setStretchFactor(1, 4)
        upper.setSizes([5000, 4000])  # their shares, also while nothing stands in the second
        upper.setChildrenCollapsible(False)
        upper.setSizes([650, 430])
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(upper)
        split.setChildrenCollapsible(False)
        split.splitterMoved.connect(self._on_split_moved)
        self._split = split
        self.tabs.hide()
        self._empty = PlainLabel(
            _("Choose a visit at the left, or start one. It is kept from its first entry on."), self, role=Role.MUTED
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addWidget(self.bar)
        column.addWidget(self._empty)
        column.addWidget(split, 1)

    @cached_property
    def model(self) -> FindingsModel:
        """The visit as a table; made with the first visit, as all that is typed into."""
        from ssc_hand.ui.findings.model import FindingsModel  # noqa: PLC0415 - start-up: made with the first visit

        model = FindingsModel(self._editor)
        model.set_look(ground(self.palette()), self._older_from)
        model.set_protocol(self.protocol())
        # The table learns of every change before this page, which looks for its rows.
        self._editor.visit_changed.disconnect(self._on_editor_visit_changed)
        self._editor.visit_changed.connect(self._on_editor_visit_changed)
        model.refused.connect(self.refused)
        return model

    @property
    def table(self) -> FindingsTable:
        """The table beneath the hands, or in a tab where room is scarce."""
        if self._table is None:
            self._table = self._make_table()
            self._place_table()
            self._share_height()
        return self._table

    def _make_table(self) -> FindingsTable:
        from ssc_hand.ui.findings.table import FindingsTable  # noqa: PLC0415 - start-up: made with the first visit

        table = FindingsTable(self.model, self)
        table.hide()
        table.show_sites(self.selection.sites)
        # After the table has heard of it: its height follows from its rows.
        self.model.modelReset.connect(self._share_height)
        self.model.rowsInserted.connect(self._share_height)
        table.sites_chosen.connect(self.selection.choose_many)
        table.measure_chosen.connect(self.hands.show_layer)
        table.reason_requested.connect(self._on_table_reason_requested)
        return table

    def _place_table(self) -> None:
        """Under the hands, or in a tab so that they keep their size."""
        if self._is_compact:
            self.tabs.addTab(self.table, _("Table"))
        else:
            self._split.addWidget(self.table)
            self._split.setStretchFactor(0, 5)
            self._split.setStretchFactor(1, 0)
            self.table.setVisible(self._editor.visit is not None)

    def _make_entries(self) -> None:
        """Everything that is typed into; made with the first visit, so that the window stands sooner."""
        from ssc_hand.ui.forms.field_form import FieldForm  # noqa: PLC0415 - start-up: made with the first visit
        from ssc_hand.ui.forms.measure_form import MeasureForm  # noqa: PLC0415 - the same

        self._has_entries = True
        self.bedside = self._make_bedside()
        self.path_action.setMenu(self.bedside.menu)
        self.path_action.setEnabled(True)
        self.digit_form = MeasureForm(Scope.DIGIT, self)
        self.hand_form = MeasureForm(Scope.HAND, self)
        self.visit_form = MeasureForm(Scope.VISIT, self)
        self._make_lesions()
        self.fields = FieldForm(_IN_ORDER, parent=self)
        self._place_name = PlainLabel("", self, role=Role.TITLE, wrap=True)
        self._place_name.setObjectName("place")
        self._place_remark = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._place_due = QTimer(self, singleShot=True, interval=_FORM_FOLLOWS_MS)
        self._place_due.timeout.connect(self._show_due_place)
        self._tab_order_due = QTimer(self, singleShot=True, interval=0)  # once for all rows made together
        self._tab_order_due.timeout.connect(self._keep_tab_order)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        self._forms = QStackedWidget(self)
        self._forms.addWidget(self.digit_form)
        self._forms.addWidget(self.hand_form)
        self._insert_tab(0, _scrolled(self._place_tab()), _("Chosen place"))
        self._insert_tab(1, self._lesion_tab, _("Lesions"))
        self._insert_tab(2, _scrolled(self._visit_tab()), _("Conditions and texts"))
        self.tabs.setCurrentIndex(0)
        for form in (self.digit_form, self.hand_form, self.visit_form):
            form.entered.connect(self._on_form_entered)
            form.rows_made.connect(self._tab_order_due.start)
        for part in (self.digit_form, self.hand_form, self.visit_form, self.fields, self.lesions):
            part.errors_changed.connect(self._on_errors_changed)
        self.model.dataChanged.connect(self._on_errors_changed)
        self.fields.field_settled.connect(self._on_fields_field_settled)
        self._seated.clicked.connect(self._on_seated_clicked)
        self._tell_limits()
        self._tab_order = self._make_tab_order()
        self._tab_order_due.start()
        self.entries_made.emit()

    def _insert_tab(self, number: int, page: QWidget, name: str) -> None:
        page.setAccessibleName(name)  # Tab stops at it where it can be scrolled
        self.tabs.insertTab(number, page, name)

    def _make_tab_order(self) -> TabOrder:
        """Tab goes down the page as it stands, and not as it was made."""
        hands, beside = (self.hands, self.hands.view), (self.tabs.tabBar(), self.tabs)
        return TabOrder(self, (self.bar, self.bedside.strip, self.aids.bar, *hands, *beside, self.table))

    @Slot()
    def _keep_tab_order(self) -> None:
        self._tab_order.keep()
        for form in (self.digit_form, self.hand_form, self.visit_form):
            form.keep_tab_order()

    @Slot()
    def go_to_next_part(self) -> None:
        """Take the keyboard from the hands to what stands beside them, to the table, to the buttons above, and round.

        Over the hands Tab goes from value to value, so that leaving them needs a key of its own.
        """
        if self._has_entries:
            go_to_next_part((self.hands.view, self.tabs, self.table, self.bar))

    def _tell_limits(self) -> None:
        """From which changes since the last visit on the clinic wants to be asked again."""
        if self._clinic is None or not self._has_entries:
            return
        from ssc_hand.domain.warnings import limits_of  # noqa: PLC0415 - start-up: needed with the first visit

        limits = limits_of(self._clinic)
        self.model.set_limits(limits)
        self.aids.set_limits(limits)
        for form in (self.digit_form, self.hand_form, self.visit_form):
            form.set_limits(limits)

    def use_settings(self, settings: QSettings) -> None:
        """Where this user's ways are kept; told before the first visit is shown."""
        self._settings = settings

    def _make_bedside(self) -> BedsideDesk:
        from ssc_hand.ui.bedside_desk import BedsideDesk  # noqa: PLC0415 - the window stands sooner without it

        bedside = BedsideDesk(self._editor, self.selection, self.hands, self._ask_why, self._settings, self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.bar) + 1, bedside.strip)
        self.hands.layer_changed.connect(self._on_layer_chosen)
        self.table.measure_chosen.connect(bedside.path.choose_measure)
        bedside.path.moved.connect(self._on_path_moved)
        bedside.path.lesion_wanted.connect(self._on_hands_lesion_wanted)
        bedside.path.left.connect(self.tabs.setFocus)
        bedside.refused.connect(self.refused)
        self.aids = self._make_aids(bedside)
        column.insertWidget(column.indexOf(bedside.strip) + 1, self.aids.bar)
        return bedside

    def _make_aids(self, bedside: BedsideDesk) -> Aids:
        from ssc_hand.ui.bedside.aids import Aids  # noqa: PLC0415 - the window stands sooner without it

        aids = Aids(bedside.path, self._editor, self.tabs, self._settings)
        aids.show_pad_on_touch(self.hands.view, bedside.strip)
        for wanted in (aids.bar.next_missing_requested, aids.bar.timer_requested):
            wanted.connect(self.hands.view.setFocus)  # the next key is a value
        return aids

    @Slot(object)
    def _on_path_moved(self, stop: Stop | None) -> None:
        if stop is not None:
            self.table.follow(stop.measure, stop.site)

    @Slot(object)
    def _on_layer_chosen(self, measure: Measure | None) -> None:
        """Whoever chooses a layer wants to enter its measure next."""
        if measure is not None:
            self.bedside.path.choose_measure(measure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen, or with large text, the table becomes a tab so that the hands keep their size."""
        super().resizeEvent(event)
        is_compact = self.height() < self.fontMetrics().height() * _COMPACT_BELOW_LINES
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.hands.set_compact(compact=is_compact)
            if self._table is not None:
                self._place_table()
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        """Room for the rows of the table, up to its share, until somebody moves the handle."""
        if self._table is not None and not self._is_compact and not self._is_split_by_hand:
            table = min(self.table.full_height, int(self.height() * _TABLE_SHARE))
            self._split.setSizes([self._split.height() - table, table])

    @Slot()
    def _on_split_moved(self) -> None:
        self._is_split_by_hand = True

    def _place_tab(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.addWidget(self._place_name)
        column.addWidget(self._place_remark)
        column.addWidget(self._forms, 1)
        column.addStretch(0)
        return page

    def _visit_tab(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        row = QHBoxLayout()
        self._seated = QPushButton(_("Seated now"), page)
        self._seated.setToolTip(
            _("Stamps that the patient is seated; the first skin temperature then fills in the minutes")
        )
        row.addWidget(PlainLabel(_("Of the whole visit"), page, role=Role.BOLD))
        row.addStretch(1)
        row.addWidget(self._seated)
        column.addLayout(row)
        column.addWidget(self.visit_form)
        column.addWidget(PlainLabel(_("Texts and conditions"), page, role=Role.BOLD))
        column.addWidget(self.fields)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        view = self.hands.view
        view.site_pressed.connect(self._on_view_site_pressed)
        view.sites_dragged.connect(self.selection.choose_many)
        view.step_requested.connect(self.selection.move)
        self.hands.lesion_placed.connect(self._on_hands_lesion_placed)
        self.hands.lesion_wanted.connect(self._on_hands_lesion_wanted)
        self.hands.lesion_moved.connect(self._on_hands_lesion_moved)
        self.hands.layer_changed.connect(self._on_hands_layer_changed)
        self.selection.changed.connect(self._on_selection_changed)
        self.bar.refused.connect(self.refused)
        self.bar.move_requested.connect(self.move_requested)
        self.bar.finish_requested.connect(self.finish)
        self._editor.visit_changed.connect(self._on_editor_visit_changed)

    # -- showing -----------------------------------------------------------------------------------------

    def set_clinic(self, clinic: ClinicSettings) -> None:
        """What the clinic says of itself: its protocols, its age of older adults."""
        self._clinic = clinic
        self._older_from = clinic.older_from
        self.bar.set_protocols(protocols_of(clinic), default_protocol(clinic))
        self._tell_look()
        self._tell_limits()
        self._on_editor_visit_changed(self._editor.visit)

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: the cells of the table follow."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tell_look()

    def _tell_look(self) -> None:
        if self._has_entries:
            self.model.set_look(ground(self.palette()), self._older_from)

    @Slot(object)
    def _on_editor_visit_changed(self, visit: Visit | None) -> None:
        record = self._editor.record
        has_visit = record is not None and visit is not None
        if has_visit and not self._has_entries:
            self._make_entries()
        self.tabs.setVisible(has_visit)
        if not self._is_compact and self._table is not None:
            self._table.setVisible(has_visit)
        self._empty.setVisible(not has_visit)
        self.hands.show_visit(record, visit, older_from=self._older_from)
        if self._has_entries:
            self.model.set_protocol(self.protocol())
            if self._editor.changed_values is None:
                self.lesion_desk.show_visit(record, visit)
            self.bedside.strip.setVisible(has_visit)
            self.aids.bar.setVisible(has_visit)
        if record is None or visit is None:
            if self._has_entries:
                self.aids.show_visit()
            return
        values = self._editor.measured_values if self._shown_visit == visit.id else None
        if values != frozenset():
            self._show_forms(record, visit, values)
        if values is None:
            self._show_fields(visit)
        if self._editor.changed_values is None:
            self._count_lesions(record, visit)
        self.bedside.show_visit(self.protocol())
        self.aids.show_visit()

    def _count_lesions(self, record: PatientRecord, visit: Visit) -> None:
        count = len(lesions_at(record, visit))
        self.tabs.setTabText(1, _("Lesions ({n})").format(n=count) if count else _("Lesions"))

    def _show_fields(self, visit: Visit) -> None:
        values = {field.key: getattr(visit, field.key) for field in VISIT_FIELDS}
        if self._shown_visit != visit.id:
            self.fields.show_values(values)  # what was typed for another visit must not follow here
        else:
            self.fields.refresh(values)
        self._shown_visit = visit.id
        self.fields.set_read_only(read_only=not visit.is_draft)
        self._seated.setEnabled(visit.is_draft)

    def protocol(self) -> Protocol:
        """What the visit on the desk asks for; everything before a clinic is known."""
        return protocol_of(self._editor.visit, self._clinic) if self._clinic else FULL

    def _show_forms(self, record: PatientRecord, visit: Visit, changed: frozenset[Key] | None) -> None:
        """Show the forms of the whole visit and of the chosen places; of known ones, only these values."""
        protocol = self.protocol()
        for form in (self.digit_form, self.hand_form, self.visit_form):
            form.set_protocol(protocol)
        self.visit_form.show_visit(record, visit, (VISIT,), changed)
        self._show_place(record, visit, changed)

    @Slot()
    def _show_due_place(self) -> None:
        """Let the form of the chosen place catch up with the keys that went to the hands."""
        record, visit = self._editor.record, self._editor.visit
        self._place_due.stop()
        if record and visit:
            self._show_place(record, visit, None)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Nobody types into the form of another place than the chosen one."""
        if self._place_due.isActive() and now is not None and self.tabs.isAncestorOf(now):
            self._show_due_place()

    def _show_place(self, record: PatientRecord, visit: Visit, changed: frozenset[Key] | None) -> None:
        if self._is_leaving:
            return
        if self.bedside.path.is_in_key:
            # Whoever types over the hands does not look here; filling a form twice takes longer than a key may.
            self._place_due.start()
            return
        self._place_due.stop()
        sites = self.selection.sites
        digits = tuple(dict.fromkeys(site.of_digit for site in sites if site.digit))
        if digits:
            self._forms.setCurrentWidget(self.digit_form)
            self.digit_form.show_visit(record, visit, digits, changed)
        else:
            hands = tuple(site for site in sites if site.hand)
            self._forms.setCurrentWidget(self.hand_form)
            self.hand_form.show_visit(record, visit, hands or (Site(DIGITS[0].hand),), changed)
        shown = digits or sites
        self._place_name.setText(_upper(", ".join(site.name for site in shown)))
        lost = [a for site in digits if (a := record.amputation(site, visit.day))]
        remarks = [f"{a.words}, {a.level.label}" for a in lost]
        is_gone = bool(digits) and len(lost) == len(digits) and all(a.whole_digit for a in lost)
        if is_gone:
            remarks.append(_("Nothing can be recorded there."))
        is_whole = not any(site.hand for site in sites)
        if is_whole:
            # Entries of a hand beneath the name of the whole visit would go to the wrong place.
            remarks.append(_("What belongs to the whole visit stands in “Conditions and texts”."))
        self._forms.setVisible(not is_gone and not is_whole)
        self._place_remark.setText("; ".join(remarks))
        self._place_remark.setVisible(bool(remarks))
        self._turn_to_place(is_whole=is_whole)

    @Slot(object)
    def _on_selection_changed(self, sites: tuple[Site, ...]) -> None:
        # The first value that settles must not bring the new place into a form where others still stand unsettled.
        self._is_leaving = True
        try:
            self._settle_everywhere()
        finally:
            self._is_leaving = False
        if self._has_entries and (errors := [*self.digit_form.errors, *self.hand_form.errors]):
            self._tell_errors(errors)
        self.hands.view.show_choice(sites)
        if self._table is not None:
            self._table.show_sites(sites)
        record, visit = self._editor.record, self._editor.visit
        if record and visit:
            self._show_place(record, visit, None)
            self.bedside.path.follow(sites)

    def _turn_to_place(self, *, is_whole: bool) -> None:
        """What belongs to the whole visit has a tab of its own; for it the one of the place would stand empty."""
        if is_whole is self._is_whole:
            return
        self._is_whole = is_whole
        of_now = self.tabs.currentIndex()
        if is_whole and of_now == _PLACE_TAB:
            self.tabs.setCurrentIndex(_VISIT_TAB)
        elif not is_whole and of_now == _VISIT_TAB and self._is_turned and not self._has_keyboard_in_tabs():
            self.tabs.setCurrentIndex(_PLACE_TAB)
        self._is_turned = is_whole and of_now == _PLACE_TAB

    def _has_keyboard_in_tabs(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.tabs.isAncestorOf(now)

    @Slot(str)
    def show_lesion(self, lesion_id: str) -> None:
        """Open the card of a lesion."""
        self.lesions.choose(lesion_id)
        self.tabs.setCurrentWidget(self._lesion_tab)

    @Slot()
    def settle(self) -> None:
        """Hand on whatever is still being typed anywhere on the page, and tell what cannot be recorded."""
        self._settle_everywhere()
        if errors := self._errors():
            self._tell_errors(errors)

    def _settle_everywhere(self) -> None:
        if not self._has_entries:
            return
        self.bedside.path.settle()
        for form in (self.digit_form, self.hand_form, self.visit_form):
            form.settle()
        self.fields.settle()
        self.lesions.settle()
        self.lesion_desk.card.settle()

    def _tell_errors(self, errors: Sequence[str]) -> None:
        self.refused.emit(_("Not recorded: {what}").format(what=" ".join(errors)))

    def _errors(self) -> list[str]:
        """What was typed and refused, and stands on the page without being recorded."""
        if not self._has_entries:
            return []
        forms = (self.digit_form, self.hand_form, self.visit_form, self.fields, self.lesions)
        return [error for form in forms for error in form.errors]

    @Slot()
    def _on_errors_changed(self) -> None:
        self.bar.tell_refused(has_refused=bool(self._errors() or self.model.rejected))

    @Slot()
    def finish(self) -> None:
        """Make the visit final, unless something typed was refused: it would be gone with the entry."""
        if self._has_entries and not self.bedside.path.settle():
            return
        self.settle()
        errors = [*self._errors(), *self.model.rejected]
        if errors:
            words = _("The visit is not finished yet. Mend or clear first what was refused: {what}")
            self.refused.emit(words.format(what=" ".join(errors)))
            return
        try:
            self._editor.finish()
        except Refused as refused:
            self.refused.emit(str(refused))

    # -- entering ----------------------------------------------------------------------------------------

    @Slot(object, bool)
    def _on_view_site_pressed(self, site: Site, extends: bool) -> None:  # noqa: FBT001 - a signal has no keywords
        self.selection.choose(site, extend=extends)
        if self.tabs.currentIndex() == 2:
            self.tabs.setCurrentIndex(0)

    @Slot(object)
    def _on_form_entered(self, entry: Entry) -> None:
        try:
            self._enter(entry, entry.sites)
        except Refused as refused:
            form = {Scope.DIGIT: self.digit_form, Scope.HAND: self.hand_form, Scope.VISIT: self.visit_form}
            form[entry.measure.scope].show_error(entry, str(refused))

    def _enter(self, entry: Entry, sites: tuple[Site, ...]) -> None:
        if entry.reason is not None:
            self._give_reason({entry.measure.key: sites}, entry.reason)
        elif entry.value is None:
            self._editor.clear(sites, entry.measure, repeat=entry.repeat)
        else:
            self._editor.set_value(sites, entry.measure, entry.value, repeat=entry.repeat)
        self.hands.show_layer(entry.measure)

    def _give_reason(self, places: Mapping[str, Sequence[Site]], reason: Reason) -> None:
        """Record why measures (by key) could not be assessed at their sites; words are asked for once."""
        words: str | None = ""
        if reason is Reason.OTHER:
            words = self._ask_why()
        if words is not None:
            for key, sites in places.items():
                self._editor.set_reason(sites, CATALOGUE[key], reason, words)

    @Slot()
    def excuse(self) -> None:
        """Record the reason of the action that was chosen for the value asked for now, and go on.

        A layer that the path does not ask for is asked for by who chose it, at the chosen digits.
        """
        action = self.sender()
        if not (self._has_entries and isinstance(action, QAction) and self.bedside.path.can_edit):
            return
        self.settle()
        reason, stop, layer = Reason.of(action.data()), self.bedside.path.stop, self.hands.layer
        digits = tuple(dict.fromkeys(site.of_digit for site in self.selection.sites if site.digit))
        if layer is None or not digits or (stop is not None and stop.measure is layer):
            self.bedside.path.settle_reason(reason)
            return
        try:
            self._give_reason({layer.key: digits}, reason)
        except Refused as refused:
            self.refused.emit(str(refused))

    @Slot()
    def record_no_refill(self) -> None:
        """Do what the key for "no refill" does over the hands."""
        if self._has_entries and self.bedside.path.can_edit:
            self.settle()
            self.bedside.path.key(int(Qt.Key.Key_F), "f")

    @Slot()
    def clear_asked(self) -> None:
        """Make the value asked for now "not recorded"."""
        if self._has_entries and self.bedside.path.can_edit and (stop := self.bedside.path.stop) is not None:
            self.settle()
            self._editor.clear(self.bedside.path.sites, stop.measure, repeat=None)

    def _ask_why(self) -> str | None:
        return self._prompts.ask_reason(_("Could not be assessed"), _("Why could it not be assessed?"))

    @Slot(object)
    def _on_table_reason_requested(self, cells: tuple[tuple[Site, Measure], ...]) -> None:
        menu = _reason_menu(self, cells)
        menu.triggered.connect(self._on_reason_menu_triggered)
        corner = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(corner))

    @Slot(QAction)
    def _on_reason_menu_triggered(self, action: QAction) -> None:
        key, cells = action.data()
        places: dict[str, list[Site]] = {}
        for site, measure in cells:
            places.setdefault(measure.key, []).append(site)
        try:
            self._give_reason(places, Reason.of(key))
        except Refused as refused:
            self.refused.emit(str(refused))

    @Slot(object)
    def _on_fields_field_settled(self, settled: tuple[str, Value | None]) -> None:
        key, value = settled
        try:
            self._editor.set_field(key, value)
        except Refused as refused:
            self.fields.show_error(key, str(refused))

    @Slot()
    def _on_seated_clicked(self) -> None:
        try:
            self._editor.sit_down()
        except Refused as refused:
            self.refused.emit(str(refused))

    # -- lesions -----------------------------------------------------------------------------------------

    def _make_lesions(self) -> None:
        from ssc_hand.ui.bedside.lesion_desk import LesionDesk  # noqa: PLC0415 - start-up: made with the first visit
        from ssc_hand.ui.bedside.lesion_tab import LesionTab  # noqa: PLC0415 - the same

        self._lesion_tab = LesionTab(self)
        self.lesions = self._lesion_tab.panel
        self.lesion_desk = LesionDesk(self._editor, self._lesion_tab, self.hands.view, self._mark_of, self)
        self.lesion_desk.refused.connect(self.refused)
        self.lesion_desk.lesion_shown.connect(self._on_lesion_desk_lesion_shown)
        self.lesion_desk.tab_wanted.connect(self._on_lesion_desk_tab_wanted)
        self.lesion_desk.amputations_wanted.connect(self.amputations_wanted)
        self.hands.view.site_pressed.connect(self.lesion_desk.card.close_card)
        self.hands.view.lesion_pressed.connect(self._on_view_lesion_pressed)
        self.bedside.path.review_wanted.connect(self.lesion_desk.begin_review)
        self.bedside.path.settled.connect(self._forget_where_the_path_stood)
        self.hands.view.site_pressed.connect(self._forget_where_the_path_stood)
        self._lesion_tab.review.finished.connect(self._on_review_finished)
        self.bedside.path.texts_wanted.connect(self.write_findings)

    @Slot()
    def write_findings(self) -> None:
        """Go to the findings, to write them."""
        self.tabs.setCurrentIndex(2)
        self.fields.editor("findings").entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def review_lesions(self) -> None:
        """Ask about the lesions of earlier visits, with the keyboard there."""
        if self._has_entries:
            self.lesion_desk.begin_review()

    @Slot()
    def show_keys(self) -> None:
        """Show the map of keys over the hands, or put it away."""
        if self._has_entries and self._editor.visit is not None:
            self.bedside.show_keys()

    def _mark_of(self, lesion_id: str) -> QRect:
        """What the mark of a lesion takes of the drawing, in pixels."""
        half = QPoint(_HALF_A_MARK, _HALF_A_MARK)
        try:
            middle = self.hands.view.aim.mark_of(lesion_id).toPoint()
        except KeyError:  # its face is turned away
            middle = self.hands.view.rect().center()
        return QRect(middle - half, middle + half)

    @Slot(str)
    def _on_view_lesion_pressed(self, lesion_id: str) -> None:
        self.show_lesion(lesion_id)
        self.lesion_desk.open(lesion_id)

    @Slot(object, object)
    def _on_hands_lesion_placed(self, kind: LesionKind, spot: Spot) -> None:
        self._add_lesion(kind, spot.site, spot.aspect, spot.point)

    @Slot(object)
    def _on_hands_lesion_wanted(self, kind: LesionKind) -> None:
        site = self.selection.current
        if site is not None:
            self._add_lesion(kind, site, self.hands.view.aspect, None)

    def _add_lesion(self, kind: LesionKind, site: Site, aspect: Aspect, point: tuple[float, float] | None) -> None:
        self.tabs.setCurrentWidget(self._lesion_tab)
        self.lesion_desk.add(kind, site, aspect, point)

    @Slot(str, object)
    def _on_hands_lesion_moved(self, lesion_id: str, spot: Spot) -> None:
        self.lesion_desk.move(lesion_id, spot.site, spot.aspect, spot.point)

    @Slot(object)
    def _on_lesion_desk_lesion_shown(self, lesion: Lesion) -> None:
        path = self.bedside.path
        if self._lesion_tab.is_asking and self._before_review is None:
            self._before_review = (path.visit_id, path.stop)
        self.hands.show_aspect(lesion.aspect)
        self.selection.choose(lesion.site)

    @Slot()
    def _forget_where_the_path_stood(self) -> None:
        self._before_review = None

    @Slot()
    def _on_review_finished(self) -> None:
        """Ask for the value that was asked for before: the next one typed must not land where a lesion is."""
        before, self._before_review = self._before_review, None
        path = self.bedside.path
        if before is not None and before[0] == path.visit_id and (before[1] is None or before[1] in path.stops):
            path.go(before[1])
        self.hands.view.setFocus()

    @Slot()
    def _on_lesion_desk_tab_wanted(self) -> None:
        self.tabs.setCurrentWidget(self._lesion_tab)

    @Slot(object)
    def _on_hands_layer_changed(self, measure: Measure | None) -> None:
        if measure is not None and self._table is not None:
            self._table.show_measure(measure)


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(page)
    return area


def _reason_menu(parent: QWidget, cells: tuple[tuple[Site, Measure], ...]) -> QMenu:
    from ssc_hand.domain.keymap import NOT_DONE_KEY, REASON_KEYS  # noqa: PLC0415 - start-up: loads with the first visit

    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key, reason in {**REASON_KEYS, NOT_DONE_KEY: Reason.NOT_DONE}.items():
        action = menu.addAction(f"&{key.upper()}  {reason.in_place_of_a_value()}")
        action.setData((reason.value, cells))
    return menu
