"""Where this user's files lie; `SSC_HAND_CONFIG_DIR` puts settings and logs elsewhere (tests, a USB stick)."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "ssc-hand"
_OVERRIDE = "SSC_HAND_CONFIG_DIR"


def config_folder() -> Path:
    """The folder of the user's settings; it may not exist yet."""
    given = os.environ.get(_OVERRIDE)
    return Path(given).expanduser() if given else platformdirs.user_config_path(_NAME, appauthor=False)


def log_folder() -> Path:
    """The folder of the program's log; it may not exist yet."""
    if os.environ.get(_OVERRIDE):
        return config_folder() / "log"
    return platformdirs.user_log_path(_NAME, appauthor=False)


def suggested_clinic_folder() -> Path:
    """Where a new clinic is proposed: a folder that people find again, in their documents."""
    return platformdirs.user_documents_path() / "ssc-hand clinic"
