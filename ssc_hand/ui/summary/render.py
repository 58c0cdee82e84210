"""A PDF as pictures of its pages; runs on the thread of the errands, since PDFium takes one thread at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from ssc_hand.domain.errors import Unavailable
from ssc_hand.i18n import _


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF file's content and the sizes of its pages, in points (1/72 inch)."""

    content: bytes
    sizes: tuple[QSizeF, ...]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page drawn at a number of pixels per point."""

    number: int
    scale: float
    image: QImage


def read_document(content: bytes) -> Document:
    """The pages of a PDF; raises `Unavailable` where it cannot be read."""
    pdf = _opened(content)
    try:
        return Document(content, tuple(QSizeF(*pdf.get_page_size(number)) for number in range(len(pdf))))
    finally:
        pdf.close()


def render_page(document: Document, number: int, scale: float) -> PagePicture:
    """Page `number` (0 first) at `scale` pixels per point; raises `Unavailable` where it cannot be drawn."""
    pdf = _opened(document.content)
    try:
        page = pdf[number]
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
        # The copy owns its pixels; the bitmap's go with it.
        picture = PagePicture(number, scale, image.copy())
        bitmap.close()
        page.close()
        return picture
    finally:
        pdf.close()


def _opened(content: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415 - loads a large library, and only a preview needs it

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unavailable(_("The summary cannot be shown: {why}. The record is safe.").format(why=error)) from error
