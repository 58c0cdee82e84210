"""Who opens a clinic when a script or a command asks for it."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.config import credentials
from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.people import OPEN_TO_ALL, NotSignedIn, SignIn
from ssc_hand.i18n import _
from ssc_hand.storage.access import open_to_all
from ssc_hand.storage.database import check_place
from ssc_hand.tasks.new_clinic import is_free


def sign_in_for(folder: Path) -> SignIn:
    """Name and passphrase from the environment, or of a clinic that is open to all, or as typed on the terminal.

    For a folder without a clinic it is the user of one without real patients, the only one that a command may make.
    Raises `NotSignedIn` where nobody can be asked, `Unavailable` where there is nothing to open.
    """
    if found := credentials.given():
        return SignIn(*found)
    if is_free(folder):
        return OPEN_TO_ALL[Purpose.TEST]
    check_place(folder)
    if guest := open_to_all(folder):
        return guest
    if found := credentials.asked():
        return SignIn(*found)
    raise NotSignedIn(
        _("This clinic needs a name and a passphrase: set {user} and {passphrase}, or type them on a terminal.").format(
            user=credentials.USER, passphrase=credentials.PASSPHRASE
        )
    )
