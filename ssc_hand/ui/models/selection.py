"""SiteSelection: which sites are chosen; hand, table and form all follow it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from ssc_hand.domain.anatomy import Digit, Hand, Site, Step, neighbour


class SiteSelection(QObject):
    """The chosen sites, in the order of choosing; the last one is the current."""

    changed = Signal(object)  #: tuple[Site, ...]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sites: tuple[Site, ...] = ()

    @property
    def sites(self) -> tuple[Site, ...]:
        """All chosen sites."""
        return self._sites

    @property
    def current(self) -> Site | None:
        """The site chosen last."""
        return self._sites[-1] if self._sites else None

    def choose(self, site: Site, *, extend: bool = False) -> None:
        """Choose a site; with `extend`, beside those already chosen, or no longer if it was among them."""
        if not extend:
            self.choose_many((site,))
        elif site in self._sites and len(self._sites) > 1:
            self.choose_many(kept for kept in self._sites if kept != site)
        else:
            self.choose_many((*(kept for kept in self._sites if kept != site), site))

    def choose_many(self, sites: Iterable[Site]) -> None:
        """Choose exactly these sites."""
        chosen = tuple(dict.fromkeys(sites))
        if chosen != self._sites:
            self._sites = chosen
            self.changed.emit(chosen)

    def move(self, step: Step) -> None:
        """Go to the neighbour of the current site; from nothing, to the right thumb.

        From the thumb or the little finger outwards it goes to the same place of the other hand: in one of the two
        directions that lies beside it in every layout, in the other it goes round.
        """
        if self.current is None:
            self.choose(Site(Hand.RIGHT, Digit.D1))
        elif (site := neighbour(self.current, step)) is not None:
            self.choose(site)
        elif step in (Step.RADIAL, Step.ULNAR):
            self.choose(self.current.mirrored())
