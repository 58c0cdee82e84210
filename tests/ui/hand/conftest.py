"""The drawing in a window, alone or with a choice that follows it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.ui.hand.view import HandView
from ssc_hand.ui.models.selection import SiteSelection


@pytest.fixture
def view(qtbot: QtBot) -> HandView:
    made = HandView()
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def followed(view: HandView) -> SiteSelection:
    """A choice that the view follows, and that follows the view."""
    selection = SiteSelection(view)
    view.site_pressed.connect(lambda site, extend: selection.choose(site, extend=extend))
    view.sites_dragged.connect(selection.choose_many)
    view.step_requested.connect(selection.move)
    selection.changed.connect(view.show_choice)
    return selection
