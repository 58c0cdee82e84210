"""The visit summary as a PDF, beside plain reportlab laying out as many flowables and paths."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ssc_hand.domain.records import PatientRecord
from ssc_hand.reports.visit_summary import visit_summary
from ssc_hand.tasks.demo.records import demo_settings
from tests.bench.measuring import Row, in_turn, seconds

# isort: split
# Only after the reports: they bring reportlab in as the program does.
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

_PRINTED = datetime(2026, 8, 6, 12, tzinfo=UTC)
_COLUMNS = 10
#: Letters from which a text takes the whole line.
_LONG = 24
#: Paths of one step each.
_SIMPLE = ("line", "rect", "circle")


@dataclass
class _Seen:
    """What a summary is made of."""

    texts: list[tuple[str, str, float]] = field(default_factory=list)
    others: int = 0
    #: Steps of each path.
    paths: list[int] = field(default_factory=list)


class _Paths(Flowable):
    """As many paths with as many steps, somewhere."""

    def __init__(self, paths: list[int]) -> None:
        super().__init__()
        self._paths = paths
        self.width = self.height = 200

    def draw(self) -> None:
        """Zigzag."""
        for steps in self._paths:
            path = self.canv.beginPath()
            path.moveTo(0, 0)
            for step in range(steps):
                path.curveTo(step * 1.37, step * 0.71, step * 0.77, step * 1.91, step * 2.13, step * 1.19)
            self.canv.drawPath(path)


def rows(record: PatientRecord, title: str) -> list[Row]:
    """The summary of a patient's last visit."""

    def ours() -> bytes:
        return visit_summary(record, record.visits[-1], demo_settings(), printed_at=_PRINTED, version="bench")

    ours()
    with _watched() as seen:
        ours()
    here, there = in_turn(lambda: seconds(ours), lambda: seconds(lambda: _plain(seen)))
    beside = f"plain reportlab, {len(seen.texts) + seen.others} flowables, {len(seen.paths)} paths"
    return [Row(what=title, ours=here, floor=there, beside=beside, times=2, at_most=0.25)]


def _plain(seen: _Seen) -> bytes:
    """As many paragraphs with the same texts in lines and a table, as many other flowables and paths."""
    styles = {(font, size): ParagraphStyle("", fontName=font, fontSize=size) for _text, font, size in seen.texts}
    long = [Paragraph(text, styles[font, size]) for text, font, size in seen.texts if len(text) > _LONG]
    short: list[Any] = [Paragraph(text, styles[font, size]) for text, font, size in seen.texts if len(text) <= _LONG]
    short += [""] * (-len(short) % _COLUMNS)
    grid = [short[start : start + _COLUMNS] for start in range(0, len(short), _COLUMNS)]
    target = io.BytesIO()
    story = [*long, Table(grid), *(Spacer(1, 1) for _each in range(seen.others)), _Paths(seen.paths)]
    SimpleDocTemplate(target).build(story)
    return target.getvalue()


@contextmanager
def _watched() -> Iterator[_Seen]:
    """Note every flowable and path that is drawn."""
    seen = _Seen()

    def note_flowable(flowable: Any) -> None:
        if isinstance(flowable, Paragraph):
            text = flowable.getPlainText().replace("&", "&amp;").replace("<", "&lt;")
            seen.texts.append((text, flowable.style.fontName, flowable.style.fontSize))
        else:
            seen.others += 1

    def note_path(_canvas: Any, path: Any) -> None:
        seen.paths.append(len(path._code))

    def note_simple(_canvas: Any, *_where: Any) -> None:
        seen.paths.append(1)

    undo = [_wrapped(Flowable, "drawOn", note_flowable), _wrapped(Canvas, "drawPath", note_path)]
    undo += [_wrapped(Canvas, name, note_simple) for name in _SIMPLE]
    try:
        yield seen
    finally:
        for each in undo:
            each()


def _wrapped(kind: type, name: str, note: Callable[..., None]) -> Callable[[], None]:
    """Have a method noted before it runs; the answer ends that."""
    original = getattr(kind, name)

    def noted(self: Any, *given: Any, **named: Any) -> Any:
        note(self, *(given[:1] if name == "drawPath" else () if name == "drawOn" else given))
        return original(self, *given, **named)

    setattr(kind, name, noted)
    return lambda: setattr(kind, name, original)
