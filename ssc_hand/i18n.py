"""Words for people: `_` translates where shown, `N_` marks where declared."""

from __future__ import annotations

import gettext

from ssc_hand.resources import ROOT

_translations: gettext.NullTranslations = gettext.translation("ssc_hand", localedir=str(ROOT / "locale"), fallback=True)


def _(message: str) -> str:
    """The message in the user's language; the message itself where no translation exists."""
    return _translations.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - the gettext tools look for this name
    """Mark a message where it is declared; it is translated where it is shown."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form that fits the number `n`."""
    return _translations.ngettext(singular, plural, n)
