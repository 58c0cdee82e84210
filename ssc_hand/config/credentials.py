"""The name and passphrase that a script gives: `SSC_HAND_USER` and `SSC_HAND_PASSPHRASE`, or typed on the terminal."""

from __future__ import annotations

import getpass
import os
import sys

from ssc_hand.i18n import _

USER, PASSPHRASE = "SSC_HAND_USER", "SSC_HAND_PASSPHRASE"


def given() -> tuple[str, str] | None:
    """Name and passphrase from the environment; None where either is not there."""
    name, passphrase = os.environ.get(USER), os.environ.get(PASSPHRASE)
    return (name, passphrase) if name and passphrase else None


def asked() -> tuple[str, str] | None:
    """Name and passphrase as typed on the terminal; None where nobody sits at one."""
    if not sys.stdin or not sys.stdin.isatty():
        return None
    print(_("Name: "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\n"), getpass.getpass(_("Passphrase: "), sys.stderr)
