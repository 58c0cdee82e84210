"""The application as it is made, before any window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ssc_hand.app.compose import make_application


def test_nothing_slides_or_fades_whatever_the_desktop_wants(qtbot: QtBot) -> None:
    QApplication.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, True)
    make_application()
    assert not any(QApplication.isEffectEnabled(effect) for effect in Qt.UIEffect)
