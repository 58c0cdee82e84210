"""`python -m ssc_hand` is `ssc-hand`."""

from __future__ import annotations

import sys

from ssc_hand.app.main import main

if __name__ == "__main__":
    sys.exit(main())
