"""The diagram with its bar: which face, which layer, which posture, and the tools that place marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QVBoxLayout, QWidget

from ssc_hand.domain.anatomy import DIGITS, Aspect, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import NAIL_BED_SIGN, all_readings, limit_for, mark, nail_bed_legend, person_at, reading
from ssc_hand.domain.measures import Limit, Measure, NoLimit
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.i18n import _
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.hand.legend import Legend
from ssc_hand.ui.hand.picture import Scene
from ssc_hand.ui.hand.view import HandView, Spot
from ssc_hand.ui.theme import ground
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres

#: So many measures have a button of their own; the others are in a menu, so that the bar stays one line.
_ON_BAR = 3
#: So many measures have their key before "lesions only", whose key stays the same when measures are added.
_FIRST_KEYS = 4
#: Ctrl with a digit from 1 to this.
_KEYS = 9


class HandPanel(QWidget):
    """Both hands of a visit, and everything that changes how they are looked at."""

    lesion_placed = Signal(object, object)  #: LesionKind, Spot
    lesion_wanted = Signal(object)  #: LesionKind: at the chosen place, its exact point not known
    lesion_moved = Signal(str, object)  #: lesion id, Spot
    posture_changed = Signal(object)  #: Posture
    layer_changed = Signal(object)  #: Measure | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = HandView(self)
        self._legend = Legend(self)
        self._record: PatientRecord | None = None
        self._visit: Visit | None = None
        self._older_from: int | None = None
        self._layer: Measure | None = CATALOGUE.layers[0]
        self._spot: Spot | None = None
        self._layer_group = QActionGroup(self)
        self._tool_group = QActionGroup(self)
        self._tool_group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._make_bar())
        column.addWidget(self.view, 1)
        column.addWidget(self._legend)
        self.view.flip_requested.connect(self.flip)
        self.view.spot_pressed.connect(self._on_view_spot_pressed)
        self.view.menu_requested.connect(self._on_view_menu_requested)
        self._refresh()

    # -- the bar -----------------------------------------------------------------------------------------

    def _make_bar(self) -> FlowLayout:
        bar = FlowLayout(spacing=3)
        self.flip_action = QAction(_("Turn over"), self)
        self.flip_action.setShortcut(QKeySequence("F3"))
        self.flip_action.setToolTip(_("Show the other face of the hands (F3)"))
        self.flip_action.triggered.connect(self.flip)
        self.layer_actions = [self._layer_action(number, measure) for number, measure in enumerate(self._layers())]
        self.wanted_actions = [self._wanted_action(kind) for kind in LesionKind]
        self.tool_actions = [self._tool_action(kind) for kind in LesionKind]
        self._title = _button(self, self.flip_action)
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        widths = [self._title.fontMetrics().horizontalAdvance(_face_words(aspect)) for aspect in Aspect]
        self._title.setMinimumWidth(max(widths) + self.fontMetrics().averageCharWidth())
        bar.addWidget(self._title)
        for action in self._bar_actions:
            bar.addWidget(_button(self, action))
        bar.addWidget(self._make_more_menu())
        bar.addWidget(self._make_mark_menu())
        self._posture = QComboBox(self)
        for posture in Posture:
            self._posture.addItem(posture.label, posture)
        self._posture.setAccessibleName(_("How the hands lie"))
        self._posture.setToolTip(_("How the hands lie on the screen; the names of the sides never change"))
        self._posture.currentIndexChanged.connect(self._on_posture_current_index_changed)
        bar.addWidget(self._posture)
        for widget in (self._title, self._mark_button, self._posture, self._more, *self.findChildren(QToolButton)):
            widget.setMinimumHeight(millimetres(self, TARGET_MM))
        return bar

    @property
    def _bar_actions(self) -> list[QAction]:
        """The layers with a button of their own."""
        return self.layer_actions[:_ON_BAR]

    def _make_more_menu(self) -> QToolButton:
        """Layers that have no button of their own, by their full names."""
        further = self.layer_actions[_ON_BAR:]
        menu = QMenu(self)
        menu.addActions(further)
        self._more = QToolButton(self)
        self._more.setMenu(menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setToolTip(_("Colour the digits by another measure, or by none"))
        words = [_("More"), *(action.iconText() for action in further)]
        longest = max(self.fontMetrics().horizontalAdvance(each) for each in words)
        self._more.setMinimumWidth(longest + 3 * self.fontMetrics().averageCharWidth())
        self._name_more()
        return self._more

    def _name_more(self) -> None:
        """The button tells which of its layers is shown."""
        shown = next((action for action in self.layer_actions[_ON_BAR:] if action.isChecked()), None)
        self._more.setText(shown.iconText() if shown else _("More"))
        self._more.setAccessibleName(_("More layers: {name}").format(name=shown.text()) if shown else _("More layers"))

    def _layers(self) -> tuple[Measure | None, ...]:
        return (*CATALOGUE.layers, None)

    def _layer_action(self, number: int, measure: Measure | None) -> QAction:
        name = measure.title if measure else _("Lesions only")
        action = QAction(name, self)
        action.setIconText(measure.head if measure else _("None"))  # what a button shows
        action.setCheckable(True)
        action.setData(measure)
        place = _place_in_keys(number, is_last=measure is None)
        if place <= _KEYS:
            action.setShortcut(QKeySequence(f"Ctrl+{place}"))
        action.setToolTip(f"{name} ({action.shortcut().toString()})" if place <= _KEYS else name)
        action.setChecked(measure is self._layer)
        action.triggered.connect(self._on_layer_triggered)
        self._layer_group.addAction(action)
        return action

    def _tool_action(self, kind: LesionKind) -> QAction:
        action = QAction(kind.label.capitalize(), self)
        action.setCheckable(True)
        action.setData(kind)
        action.triggered.connect(self._on_tool_triggered)
        self._tool_group.addAction(action)
        return action

    def _wanted_action(self, kind: LesionKind) -> QAction:
        """A lesion put at the chosen place by keys; its mark is drawn as approximate."""
        action = QAction(_("New {kind} at the chosen place").format(kind=kind.label), self)
        action.setData(kind.value)
        if kind is LesionKind.ULCER:
            action.setShortcut(QKeySequence("Ctrl+U"))
        action.triggered.connect(self._on_wanted_triggered)
        return action

    def _make_mark_menu(self) -> QToolButton:
        menu = QMenu(self)
        menu.addActions(self.tool_actions)
        self._mark_button = QToolButton(self)
        self._mark_button.setText(_("Place a mark"))
        self._mark_button.setToolTip(_("Choose a kind of lesion, then press its exact place on the hand"))
        self._mark_button.setMenu(menu)
        self._mark_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # As wide as its longest words: the hands must not shift while somebody aims.
        words = [_("Place a mark"), *(f"{action.text()} …" for action in self.tool_actions)]
        longest = max(self.fontMetrics().horizontalAdvance(each) for each in words)
        self._mark_button.setMinimumWidth(longest + 2 * self.fontMetrics().averageCharWidth())
        self.previous_action = QAction(_("Marks of last visit"), self)
        self.previous_action.setCheckable(True)
        self.previous_action.setShortcut(QKeySequence("F4"))
        self.previous_action.setToolTip(_("Show the marks of the visit before behind, hollow (F4)"))
        self.previous_action.toggled.connect(self._refresh)
        return self._mark_button

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def layer(self) -> Measure | None:
        """The measure that colours the digits."""
        return self._layer

    def show_visit(self, record: PatientRecord | None, visit: Visit | None, *, older_from: int | None) -> None:
        """Show a visit, or two empty hands."""
        self._record, self._visit, self._older_from = record, visit, older_from
        can_edit = visit is not None and visit.is_draft
        self._mark_button.setEnabled(can_edit)
        if not can_edit:
            self._put_tool_away()
        self._refresh()

    def set_compact(self, *, compact: bool) -> None:
        """Where room is scarce, the hands come before their legend."""
        self._legend.set_brief(brief=compact)

    def set_posture(self, posture: Posture) -> None:
        """Lay the hands as this user likes them."""
        self._posture.setCurrentIndex(list(Posture).index(posture))

    def show_layer(self, measure: Measure | None) -> None:
        """Colour the digits by a measure, if it is a layer."""
        if measure is not self._layer and measure in self._layers():
            self._layer = measure
            for action in self.layer_actions:
                action.setChecked(action.data() is measure)
            self._refresh()

    def show_aspect(self, aspect: Aspect) -> None:
        """Show this face of the hands."""
        if aspect is not self.view.aspect:
            self.flip()

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: the shades of the values follow."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._refresh()

    @Slot()
    def flip(self) -> None:
        """Show the other face of the hands."""
        self.view.set_aspect(self.view.aspect.other)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._name_more()
        aspect = self.view.aspect
        self._title.setText(_face_words(aspect))
        self._title.setAccessibleName(_("{view}: turn over").format(view=aspect.label))
        if self._record is None or self._visit is None:
            self.view.show_scene(None)
            self._legend.show_layer(self._layer, remark="", limit="")
            return
        self.view.show_scene(
            Scene(
                record=self._record,
                visit=self._visit,
                aspect=aspect,
                layer=self._layer,
                ground=ground(self.palette()),
                older_from=self._older_from,
                show_previous=self.previous_action.isChecked(),
            )
        )
        self._legend.show_layer(
            self._layer,
            remark=self._conditions(self._visit),
            limit=self._limit_words(),
            lesions=tuple(e for e in self.view.lesions if e.status is not Status.AMPUTATED),
            is_first=self._record.previous(self._visit) is None,
        )

    def _conditions(self, visit: Visit) -> str:
        """The room, and the sign of a refill pressed at the nail bed where a digit bears it."""
        room = reading(visit, Site(), CATALOGUE["room_temp"])
        said = _("room {temperature}").format(temperature=room.words if room else _("not recorded"))
        layer = self._layer
        found = all_readings(visit, layer).values() if layer else ()
        if any(NAIL_BED_SIGN in each.sign for each in found):
            said += f"; {nail_bed_legend()}"
        return said

    def _limit_words(self) -> str:
        if self._layer is None or self._record is None or self._visit is None:
            return ""
        person = person_at(self._record.patient, self._visit, older_from=self._older_from)
        limit = limit_for(self._layer, person)
        if isinstance(limit, NoLimit):
            return limit.why
        if isinstance(limit, Limit):
            words = _("above {value} {unit}: {population}")
            return words.format(value=f"{limit.value:g}", unit=self._layer.unit, population=limit.population)
        found = (reading(self._visit, site, self._layer) for site in DIGITS)
        marked = (each and mark(self._visit, each, person) for each in found)
        return next((each.words for each in marked if each), "")

    # -- what is done ------------------------------------------------------------------------------------

    @Slot()
    def _on_layer_triggered(self) -> None:
        action = self._layer_group.checkedAction()
        self._layer = action.data() if action else None
        self._refresh()
        self.layer_changed.emit(self._layer)

    @Slot(int)
    def _on_posture_current_index_changed(self, _index: int) -> None:
        posture = self._posture.currentData()
        self.view.set_posture(Posture.of(posture))
        self.posture_changed.emit(Posture.of(posture))

    @Slot()
    def _on_tool_triggered(self) -> None:
        action = self._tool_group.checkedAction()
        self.view.set_places_marks(action is not None)
        self._mark_button.setText(f"{action.text()} …" if action else _("Place a mark"))
        self._mark_button.setToolTip(
            _("Press the exact place on the hand")
            if action
            else _("Choose a kind of lesion, then press its exact place on the hand")
        )

    def _put_tool_away(self) -> None:
        action = self._tool_group.checkedAction()
        if action is not None:
            action.setChecked(False)
        self._on_tool_triggered()

    @Slot(object)
    def _on_view_spot_pressed(self, spot: Spot) -> None:
        action = self._tool_group.checkedAction()
        if action is not None:
            self.lesion_placed.emit(LesionKind.of(action.data()), spot)
            self._put_tool_away()

    @Slot(object)
    def _on_view_menu_requested(self, spot: Spot) -> None:
        if self._visit is None or not self._visit.is_draft:
            return
        self._spot = spot
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = menu.addAction(spot.site.name)
        heading.setEnabled(False)
        for kind in LesionKind:
            action = menu.addAction(_("New {kind} here").format(kind=kind.label))
            action.setData(kind)
            action.triggered.connect(self._on_menu_triggered)
        lesions = self.view.lesions_of(spot.site)
        if lesions:
            menu.addSeparator()
        for found in lesions:
            action = menu.addAction(_("Move {letter} here").format(letter=found.lesion.letter))
            action.setData(found.lesion.id)
            action.triggered.connect(self._on_move_triggered)
        menu.popup(spot.at)

    @Slot()
    def _on_move_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self._spot is not None:
            self.lesion_moved.emit(action.data(), self._spot)

    @Slot()
    def _on_wanted_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.lesion_wanted.emit(LesionKind.of(action.data()))

    @Slot()
    def _on_menu_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self._spot is not None:
            self.lesion_placed.emit(LesionKind.of(action.data()), self._spot)


def _place_in_keys(number: int, *, is_last: bool) -> int:
    """The first layers have the first keys, lesions only the next, and further layers those after it."""
    if is_last:
        return _FIRST_KEYS + 1
    return number + 1 if number < _FIRST_KEYS else number + 2


def _button(parent: QWidget, action: QAction) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    return button


def _face_words(aspect: Aspect) -> str:
    return f"{aspect.label[:1].upper()}{aspect.label[1:]}  ⇄"
