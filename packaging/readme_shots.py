"""Draws the pictures of README.md and of the user guide into docs/images, from a demo clinic written for the purpose.

Run it with the Python of the virtual environment that packaging/bootstrap.py made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
from PIL import Image

#: Red, green, blue; 0 to 255 each.
Colour = tuple[int, int, int]

CHECKOUT = Path(__file__).resolve().parent.parent
IMAGES = CHECKOUT / "docs" / "images"

#: Each picture of the window in docs/images, and the name of its page among those that `ssc-hand shots` draws.
PICTURES = {
    "window.png": "light-1366x768-visit",
    "lesions.png": "light-1366x768-draft-lesions",
    "bedside.png": "light-1366x768-draft-typing",
    "keys.png": "light-1366x768-draft-keys",
    "timer.png": "light-1366x768-draft-timer",
    "review.png": "light-1366x768-draft-review",
    "facing.png": "light-1366x768-facing",
    "trends.png": "light-1366x768-trends-of-years",
    "summary.png": "light-1366x768-summary",
}
#: The picture of paper, and the demo patient whose summary it shows.
PAPER = ("paper.png", "DEMO-022")
#: Pixels for a point of paper: 110 to the inch, at which small print can be read.
PAPER_SCALE = 110 / 72
#: A palette file has room for so many colours; it is a third as large as one that keeps every shade of a letter's edge.
COLOURS = 256


def main() -> int:
    """0 when every picture was drawn, else the exit code of the command that failed."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-shots-") as scratch:
        clinic, shots, paper = (Path(scratch) / name for name in ("clinic", "shots", "summary.pdf"))
        try:
            run("demo", str(clinic))
            run("shots", "--data", str(clinic), "--out", str(shots))
            run("report", "--data", str(clinic), "--patient", PAPER[1], "--paper", "A4", "--out", str(paper))
        except subprocess.CalledProcessError as problem:
            return problem.returncode
        IMAGES.mkdir(parents=True, exist_ok=True)
        for picture, page in PICTURES.items():
            with Image.open(shots / f"{page}.png") as image:
                save(image, picture)
        save(first_page(paper), PAPER[0])
    return 0


def run(*arguments: str) -> None:
    """Run one `ssc-hand` command offscreen; CalledProcessError when it fails."""
    command = [sys.executable, "-m", "ssc_hand", *arguments]
    subprocess.run(command, cwd=CHECKOUT, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def first_page(pdf: Path) -> Image.Image:
    """The first page of a document as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page: Image.Image = document[0].render(scale=PAPER_SCALE).to_pil()
        return page
    finally:
        document.close()


def save(image: Image.Image, name: str) -> None:
    """Write a picture with a palette into docs/images, and say so."""
    with_palette(image.convert("RGB")).save(IMAGES / name, optimize=True)
    print(f"docs/images/{name}: {(IMAGES / name).stat().st_size // 1000} kB")


def with_palette(image: Image.Image) -> Image.Image:
    """The picture in its own colours: what is filled keeps its exact colour, only edges of letters come close."""
    data = image.tobytes()
    pixels = list(zip(data[0::3], data[1::3], data[2::3], strict=True))
    counted = Counter(pixels)
    filled = Counter(pixel for pixel, following in pairwise(pixels) if pixel == following)
    kept = sorted(counted, key=lambda colour: (-filled[colour], -counted[colour], colour))[:COLOURS]
    number = {colour: kept.index(nearest(colour, kept)) for colour in counted}
    small = Image.frombytes("P", image.size, bytes(number[pixel] for pixel in pixels))
    small.putpalette([part for colour in kept for part in colour])
    return small


def nearest(colour: Colour, kept: Sequence[Colour]) -> Colour:
    """The one of the kept colours that differs least."""
    return min(kept, key=lambda other: sum((a - b) ** 2 for a, b in zip(colour, other, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
