"""An installation tries itself in a temporary folder: keep, read, print, draw; nothing of the user is touched."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from ssc_hand.app.logs import start_logging, stop_logging
from ssc_hand.domain.anatomy import Aspect, Hand, Site
from ssc_hand.domain.errors import Unavailable
from ssc_hand.exchange.bundle import dumps, from_bundle, to_bundle
from ssc_hand.geometry import hand_map
from ssc_hand.i18n import _
from ssc_hand.storage.clinic import Clinic
from ssc_hand.tasks.check_clinic import check_clinic
from ssc_hand.tasks.demo.records import demo_records
from ssc_hand.tasks.demo_clinic import BY, write_demo

_CONFIG = "SSC_HAND_CONFIG_DIR"


def run() -> int:
    """Go through everything and say so; raises `Unavailable` with what does not work in this installation."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-self-test-") as place:
        folder = Path(place)
        clinic = folder / "clinic"
        _try_drawings()
        _try_keeping(clinic)
        _try_paper(clinic, folder / "summary.pdf")
        _try_window(clinic, folder)
    print("self-test: ok")
    return 0


def _expect(*, holds: bool, what: str) -> None:
    if not holds:
        raise Unavailable(_("This installation does not work: {what}. Install the program anew.").format(what=what))


def _try_drawings() -> None:
    for aspect in Aspect:
        for hand in Hand:
            drawing = hand_map.load(aspect, hand)
            site = Site(hand)
            _expect(holds=drawing.site_at(*drawing.centre_of(site)) == site, what=f"drawing {aspect} {hand}")


def _try_keeping(folder: Path) -> None:
    """A clinic is written, closed, opened, changed and read again."""
    write_demo(folder)
    _expect(holds=check_clinic(folder, by=BY) == [], what="clinic file")
    written = dumps(to_bundle(demo_records()))
    with Clinic.open(folder, by=BY) as clinic:
        kept = dumps(to_bundle(clinic.record(patient_id) for patient_id in clinic.all_ids()))
    _expect(holds=kept == written == dumps(to_bundle(from_bundle(kept))), what="records read back")


def _try_paper(folder: Path, out: Path) -> None:
    """A summary with every script that the demo's names use."""
    from ssc_hand.tasks.print_summary import print_summary  # noqa: PLC0415 - reportlab loads after the pure parts work

    for record_number in ("DEMO-021", "DEMO-022", "DEMO-023", "DEMO-024"):
        print_summary(folder, record_number, out, by=BY)
        _expect(holds=out.read_bytes().startswith(b"%PDF-"), what="visit summary")


def _try_window(clinic: Path, folder: Path) -> None:
    """Every page of the window is drawn without a display, with settings and a log of its own."""
    own = {_CONFIG: str(folder / "config"), "QT_QPA_PLATFORM": "offscreen"}
    with _environment(own), _exceptions() as raised:
        start_logging(folder / "config" / "log")
        try:
            from ssc_hand.app.shots import render  # noqa: PLC0415 - Qt reads the platform when it loads

            render(clinic, folder / "shots")
        except ImportError as problem:
            raise Unavailable(
                _("The window cannot be drawn: {why}. Install what is missing and try again.").format(why=problem)
            ) from problem
        finally:
            stop_logging()
    _expect(holds=not raised, what="; ".join(dict.fromkeys(raised)))
    pictures = list((folder / "shots").glob("*.png"))
    _expect(holds=bool(pictures) and all(each.stat().st_size for each in pictures), what="window")


@contextmanager
def _environment(own: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in own}
    os.environ |= own
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _exceptions() -> Iterator[list[str]]:
    """Gather what is raised where Qt calls us: it would only be printed there."""
    raised: list[str] = []
    before = sys.excepthook

    def gather(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        raised.append(f"{kind.__name__}: {error}")

    sys.excepthook = gather
    try:
        yield raised
    finally:
        sys.excepthook = before
