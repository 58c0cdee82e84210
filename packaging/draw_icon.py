"""Draws packaging/ssc-hand.png from the icon in resources/, for desktops that want pixels."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

CHECKOUT = Path(__file__).resolve().parent.parent
SIDE = 256


def main() -> int:
    """0 when the picture was written."""
    application = QGuiApplication(sys.argv[:1])
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(CHECKOUT / "resources" / "icons" / "ssc-hand.svg")).render(painter)
    painter.end()
    written = image.save(str(CHECKOUT / "packaging" / "ssc-hand.png"))
    application.quit()
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
