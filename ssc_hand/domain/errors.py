"""The two kinds of failure a person can act on; anything else is a bug of ours."""

from __future__ import annotations


class SscHandError(Exception):
    """A failure with a sentence for the person at the screen: what happened, what is safe, what to do."""


class Refused(SscHandError):  # noqa: N818 - reads as what happened
    """The person can mend it: shown beside the field, nothing is lost."""


class Unavailable(SscHandError):  # noqa: N818 - reads as what happened
    """The surroundings failed (disk, file, rights): shown in the message bar with one action."""


class Conflict(Refused):
    """Somebody else has written the same row since it was read; nothing of what was asked for is written."""
