"""The floor of memory: an empty window in a process that has pyqtgraph; prints its size in bytes."""

import pyqtgraph
from PySide6.QtWidgets import QMainWindow

from tests.bench.memory import resident_bytes

application = pyqtgraph.mkQApp()
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.processEvents()
print(resident_bytes())
