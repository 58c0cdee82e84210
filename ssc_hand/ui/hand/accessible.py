"""One transparent button per site, so that screen readers and switches reach what is only painted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ssc_hand.domain.anatomy import HANDS, PHALANGES, Site


class SiteButton(QAbstractButton):
    """A site for the accessibility bus; the mouse goes through it to the drawing."""

    def __init__(self, site: Site, parent: QWidget) -> None:
        super().__init__(parent)
        self.site = site
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName(site.code)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing: the drawing beneath shows the site."""


class SiteButtons(QWidget):
    """All sites of both hands as buttons over the drawing; a press chooses the site."""

    site_chosen = Signal(object, bool)  #: Site, False: it does not extend the choice

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.hide()
        self._buttons = {site: SiteButton(site, view) for site in (*HANDS, *PHALANGES)}
        for button in self._buttons.values():
            # Assistive software may press or toggle; both toggle, and only a press clicks.
            button.toggled.connect(self._on_button_toggled)
        self._said: dict[Site, str] = {}
        self._places: Mapping[Site, QRect] | None = None
        self._chosen: tuple[Site, ...] = ()
        self._is_showing = False

    def show_words(self, words: Mapping[Site, str]) -> None:
        """Say each site's name, value and lesions; only what changed is told to those who listen."""
        for site, button in self._buttons.items():
            text = words.get(site, site.name)
            if self._said.get(site) != text:
                self._said[site] = text
                first, _newline, rest = text.partition("\n")
                button.setAccessibleName(first)
                button.setAccessibleDescription(rest.replace("\n", "; "))

    def show_choice(self, sites: tuple[Site, ...]) -> None:
        """Tell which sites are chosen; a chosen digit counts for its phalanges."""
        self._chosen = sites
        self._is_showing = True
        for site, button in self._buttons.items():
            button.setChecked(site in sites or site.of_digit in sites)
        self._is_showing = False

    def place(self, rects: Mapping[Site, QRect]) -> None:
        """Lay each button over its site; one whose site is gone is not reachable."""
        if rects == self._places:
            return
        self._places = rects
        for site, button in self._buttons.items():
            button.setVisible(site in rects)
            if site in rects:
                button.setGeometry(rects[site])

    @Slot()
    def _on_button_toggled(self) -> None:
        button = self.sender()
        if isinstance(button, SiteButton) and not self._is_showing:
            self.site_chosen.emit(button.site, False)  # noqa: FBT003 - a signal has no keywords
            self.show_choice(self._chosen)  # choosing what is chosen changes nothing, so nobody else would show it
