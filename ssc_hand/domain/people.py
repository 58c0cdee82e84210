"""Who uses a clinic: the name beside entries, and what proves that it is theirs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.text import clean_name


class NotSignedIn(Refused):
    """The name or the passphrase is not right; nothing is wrong with the clinic."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and its passphrase, as typed."""

    name: str
    passphrase: str = field(repr=False)


def user_name(text: str) -> str:
    """A user's name as it is kept; raises `Refused` for what no name can be."""
    return clean_name(text)


def is_same_user(one: str, other: str) -> bool:
    """Whether two names are of one user: capitals do not tell them apart."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()


#: Clinics without real patients open without a question, for this user.
OPEN_TO_ALL = {
    Purpose.DEMO: SignIn("demo", "demo"),
    Purpose.TEST: SignIn("test", "test"),
}
