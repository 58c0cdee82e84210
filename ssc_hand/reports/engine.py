"""Brings reportlab in without letting it obey the surroundings: no settings file, no environment, no search."""

from __future__ import annotations

import os
import sys
from types import ModuleType


def _shut_out_the_surroundings() -> None:
    # reportlab runs ~/.reportlab_settings and any reportlab_settings.py on the path as Python code while it is
    # imported; an empty module of that name stops the search before either.
    sys.modules["reportlab_settings"] = ModuleType("reportlab_settings")
    for name in [name for name in os.environ if name.upper().startswith("RL_")]:
        del os.environ[name]


_shut_out_the_surroundings()

from reportlab import rl_config  # noqa: E402 - only after the surroundings are shut out

# Equal records give equal bytes: no time and no random number goes into the file.
rl_config.invariant = 1
# Streams stay bytes; written as letters they take a quarter more room, and a tenth of the time to make a summary.
rl_config.useA85 = 0
# A colour is a colour, never an expression to work out.
rl_config.toColorCanUse = None  # type: ignore[assignment]
# Nothing is fetched, neither from the network nor from the disk.
rl_config.trustedHosts = None
rl_config.trustedSchemes = []
# Fonts come from resources/ only; an unknown name is an error and no reason to look around on the disk.
for _path in (rl_config.T1SearchPath, rl_config.TTFSearchPath, rl_config.CMapSearchPath):
    _path.clear()
