"""BedsideDesk: the path of entry and everything around it, introduced to the page of a visit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, QPoint, QSettings, Signal, Slot
from PySide6.QtWidgets import QWidget

from ssc_hand.domain.path import DigitOrder, Stop
from ssc_hand.domain.protocols import Protocol
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.key_map import KeyMap
from ssc_hand.ui.bedside.keys import BedsideKeys
from ssc_hand.ui.bedside.path_menu import PathMenu, keeps_speaking, kept_order
from ssc_hand.ui.bedside.speech import Speech
from ssc_hand.ui.bedside.strip import EntryStrip
from ssc_hand.ui.hand.panel import HandPanel
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.models.place_keeper import PlaceKeeper
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.visit_editor import VisitEditor


class BedsideDesk(QObject):
    """Keeps path, strip, drawing, map of keys and voice in step."""

    refused = Signal(str)  #: a sentence that belongs to no field on screen

    def __init__(
        self,
        editor: VisitEditor,
        selection: SiteSelection,
        hands: HandPanel,
        ask_words: Callable[[], str | None],
        settings: QSettings | None,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._hands = hands
        self._settings = settings
        self._page = page
        self.path = EntryPath(editor, selection, ask_words, self)
        self.path.set_order(kept_order(settings))
        self.places = PlaceKeeper(editor, self.path, self)
        self.strip = EntryStrip(self.path, page)
        self.strip.type_over(hands.view)
        self._keys = BedsideKeys(self.path, hands.view, self.strip)
        self.strip.menu_requested.connect(self._on_strip_menu_requested)
        self.path.moved.connect(self._on_path_moved)
        self.path.changed.connect(self._on_path_changed)
        self.path.map_wanted.connect(self.show_keys)
        self.path.say_wanted.connect(self._on_path_say_wanted)
        self.path.refused.connect(self.refused)
        if keeps_speaking(settings):
            self._on_menu_speech_chosen(speaks=True)

    # -- made when first used ------------------------------------------------------------------------------

    @cached_property
    def key_map(self) -> KeyMap:
        """The map of keys over the hands."""
        return KeyMap(self._page, self._hands, self._hands.view)

    @cached_property
    def menu(self) -> PathMenu:
        """How the path goes."""
        menu = PathMenu(self._settings, self.strip)
        menu.order_chosen.connect(self._on_menu_order_chosen)
        menu.speech_chosen.connect(self._on_menu_speech_chosen)
        return menu

    @cached_property
    def speech(self) -> Speech:
        """The voice, where there is one."""
        speech = Speech(self)
        speech.missing.connect(self.path.tell)
        self.path.spoken.connect(speech.say_each)
        return speech

    # -- the visit on the desk -----------------------------------------------------------------------------

    def show_visit(self, protocol: Protocol) -> None:
        """Ask for what the protocol of the visit on the desk asks for."""
        self.path.ask_for(protocol.entered, protocol.once)
        self.path.show_visit()
        self.places.show_visit()
        self.strip.setVisible(self.path.can_edit)

    @Slot(object)
    def _on_path_moved(self, stop: Stop | None) -> None:
        if stop is not None:
            self._hands.show_layer(stop.measure)

    @Slot()
    def _on_path_changed(self) -> None:
        """What is typed goes to the measure of the path: its layer comes back, whatever was looked at meanwhile."""
        typing = self.path.typing
        if typing is not None and typing.is_open:
            self._hands.show_layer(typing.measure)

    # -- help ------------------------------------------------------------------------------------------------

    @Slot()
    def show_keys(self) -> None:
        """Cover the hands with the map of keys, or show them again."""
        if self.key_map.isVisible():
            self.key_map.close_map()
        else:
            self.key_map.open_map()

    @Slot(QPoint)
    def _on_strip_menu_requested(self, point: QPoint) -> None:
        self.menu.open_at(point)

    @Slot(object)
    def _on_menu_order_chosen(self, order: DigitOrder) -> None:
        self.path.set_order(order)
        self.path.tell(_("The path goes {order}.").format(order=order.words))

    @Slot(bool)
    def _on_menu_speech_chosen(self, speaks: bool) -> None:  # noqa: FBT001 - a slot
        self.speech.says_each = speaks

    @Slot(str)
    def _on_path_say_wanted(self, words: str) -> None:
        self.speech.say(words)
