"""Who uses this computer: the name beside entries until somebody has said another."""

from __future__ import annotations

import os


def login_name() -> str:
    """The login name, or the program's own where the system tells none.

    The environment says it on every system; asking further would load the terminal's library at start.
    """
    given = (os.environ.get(name) for name in ("LOGNAME", "USER", "LNAME", "USERNAME"))
    return next((name for name in given if name), "ssc-hand")
