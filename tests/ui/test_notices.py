"""Notices."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.errors import Refused, SscHandError, Unavailable
from ssc_hand.ui.notices import Notice, NoticeKind, Notifier


def test_what_is_posted_is_told_and_kept(qtbot: QtBot) -> None:
    notifier = Notifier()
    notice = Notice("Saved.")
    with qtbot.waitSignal(notifier.posted, check_params_cb=lambda told: told is notice):
        notifier.post(notice)
    assert notifier.log == [notice]


@pytest.mark.parametrize(
    ("error", "kind"), [(Refused("no"), NoticeKind.WARNING), (Unavailable("full"), NoticeKind.ERROR)]
)
def test_a_refusal_warns_and_surroundings_that_fail_are_an_error(error: SscHandError, kind: NoticeKind) -> None:
    notifier = Notifier()
    notifier.tell_failure(error)
    assert notifier.log == [Notice(str(error), kind)]


def test_the_log_does_not_grow_without_end() -> None:
    notifier = Notifier()
    for number in range(250):
        notifier.tell(str(number))
    assert len(notifier.log) == 100
    assert notifier.log[-1].text == "249"
