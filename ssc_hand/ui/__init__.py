"""Everything a person sees; the only room that imports PySide6 and pyqtgraph."""
