"""The floor of a start: Qt and an empty window; prints the moment at which it stood there."""

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.processEvents()

import time  # noqa: E402 - nothing but Qt before the window stands

print(time.monotonic_ns())
