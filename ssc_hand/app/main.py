"""The commands of `ssc-hand`: reads the words typed, runs one errand, and says in one sentence what went wrong."""

from __future__ import annotations

import argparse
import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ssc_hand import __version__
from ssc_hand.domain.errors import SscHandError, Unavailable
from ssc_hand.i18n import _

if TYPE_CHECKING:
    from ssc_hand.domain.people import SignIn

_LOG = logging.getLogger(__name__)
_DONE, _FAILED, _WRONG_USE, _STOPPED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    """Says what was wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """One sentence on standard error, exit code 2."""
        self.exit(_WRONG_USE, f"{self.prog}: {message.rstrip('.')}. Try “{self.prog} --help”.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 failed, 2 used wrongly."""
    _write_utf8()
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _DONE
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except SscHandError as failure:
        return _fail(str(failure))
    except KeyboardInterrupt:
        return _STOPPED
    except BrokenPipeError:
        # Whoever listened has heard enough; nothing more may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, one sentence and no patient data
        return _fail(_unexpected(error))


def _write_utf8() -> None:
    """Names in any script can be listed, whatever the locale says."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _fail(sentence: str) -> int:
    print(_in_one_line(sentence), file=sys.stderr)
    return _FAILED


def _in_one_line(sentence: str) -> str:
    """A sentence that may quote a file of anybody, without what would act on a terminal."""
    line = " ".join(sentence.split())
    return "".join(each if each.isprintable() else "\ufffd" for each in line)


def _unexpected(error: Exception) -> str:
    """The sentence for a fault of the program; its places go to the log."""
    from ssc_hand.config.paths import log_folder  # noqa: PLC0415 - needed only when something broke

    _log()
    _LOG.error("a command failed", exc_info=error)
    return _(
        "The program failed ({kind}); what was saved before is safe. Please report it with the log in {folder}."
    ).format(kind=type(error).__name__, folder=log_folder())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="ssc-hand", description=_("Record and follow the hands of people with systemic sclerosis."))
    parser.add_argument("--version", action="version", version=f"ssc-hand {__version__}")
    parser.add_argument("--self-test", action="store_true", help=_("try this installation in a temporary folder"))
    parser.add_argument("--data", metavar="DIR", type=_path, help=_("the clinic's folder"))
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(metavar=_("COMMAND"), title=_("commands; without one, the window opens"))

    demo = commands.add_parser("demo", help=_("write the demo clinic (synthetic patients) into a new folder"))
    demo.add_argument("folder", metavar="DIR", type=_path)
    demo.set_defaults(run=_demo)

    patients = _with_data(commands, "patients", _patients, _("list patients, one line each, tab-separated"))
    patients.add_argument("--find", metavar="TEXT", default="", help=_("name, record number or birth date"))

    taken = _with_data(commands, "import", _import, _("add the patients of a bundle"))
    taken.add_argument("file", metavar="FILE.json", type=_path)

    given = _with_data(commands, "export", _export, _("write patients as a bundle"))
    given.add_argument("--patient", metavar="RECORD", help=_("only the patient with this record number"))
    given.add_argument("--photographs", action="store_true", help=_("with the pictures themselves"))
    given.add_argument("--out", metavar="FILE.json", type=_path, required=True)

    report = _with_data(commands, "report", _report, _("print the summary of a visit to a PDF file"))
    report.add_argument("--patient", metavar="RECORD", required=True, help=_("record number"))
    report.add_argument("--visit", metavar="VISIT", default="last", help=_("last, YYYY-MM-DD or the visit's id"))
    report.add_argument("--paper", choices=("A4", "Letter"), help=_("default: the clinic's own"))
    report.add_argument("--photographs", action="store_true", help=_("with the photographs of the visit"))
    report.add_argument("--out", metavar="FILE.pdf", type=_path, required=True)

    shots = _with_data(commands, "shots", _shots, _("draw every page of the window to PNG files"))
    shots.add_argument("--out", metavar="DIR2", type=_path, required=True)

    _with_data(commands, "check", _check, _("check the clinic's file and its records"))
    return parser


def _with_data(
    commands: argparse._SubParsersAction[_Parser], name: str, run: Callable[[argparse.Namespace], int], help_: str
) -> argparse.ArgumentParser:
    """A command about a clinic; its folder may be named before or after the command."""
    parser = commands.add_parser(name, help=help_)
    # Suppressed, or the command's missing --data would hide the one that stands before it.
    parser.add_argument("--data", metavar="DIR", type=_path, default=argparse.SUPPRESS, help=_("the clinic's folder"))

    def run_with_data(arguments: argparse.Namespace) -> int:
        if arguments.data is None:
            print(f"{parser.prog}: {_('--data DIR is needed')}. {_('Try')} “{parser.prog} --help”.", file=sys.stderr)
            return _WRONG_USE
        return run(arguments)

    parser.set_defaults(run=run_with_data)
    return parser


def _path(text: str) -> Path:
    """A path as typed; an empty one is a slip (an unset variable), never the folder we are in."""
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("a path is expected and is empty"))
    return Path(text)


def _window(arguments: argparse.Namespace) -> int:
    if arguments.self_test:
        from ssc_hand.app.self_test import run  # noqa: PLC0415 - loads everything, which only this needs

        return run()
    if not _has_display():
        raise Unavailable(_("There is no display here, so the window cannot open; “ssc-hand shots” draws it to files."))
    # What loads now stays; looking for rubbish among it would take a twentieth of a start. Ends with the first paint.
    gc.disable()
    try:
        from ssc_hand.app.compose import run_window  # noqa: PLC0415 - commands start without Qt

        _log()
        return run_window(arguments.data)
    finally:
        gc.enable()


def _log() -> None:
    """What the window and its pictures do is logged; commands say what is wrong."""
    from ssc_hand.app.logs import start_logging  # noqa: PLC0415 - needed by few commands
    from ssc_hand.config.paths import log_folder  # noqa: PLC0415 - as above

    start_logging(log_folder())


def _has_display() -> bool:
    """Whether Qt can open a window: it aborts the process where it finds no display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def _demo(arguments: argparse.Namespace) -> int:
    from ssc_hand.tasks.demo_clinic import write_demo  # noqa: PLC0415 - other commands start without the storage

    count = write_demo(arguments.folder)
    print(_("The demo clinic with {n} synthetic patients is in {folder}.").format(n=count, folder=arguments.folder))
    return _DONE


def _sign_in(folder: Path) -> SignIn:
    from ssc_hand.tasks.sign_in import sign_in_for  # noqa: PLC0415 - as above

    return sign_in_for(folder)


def _patients(arguments: argparse.Namespace) -> int:
    from ssc_hand.tasks.list_patients import as_lines, list_patients  # noqa: PLC0415 - as above

    for line in as_lines(list_patients(arguments.data, by=_sign_in(arguments.data), find=arguments.find)):
        print(line)
    sys.stdout.flush()
    return _DONE


def _import(arguments: argparse.Namespace) -> int:
    from ssc_hand.tasks.import_bundle import import_bundle, read_bundle  # noqa: PLC0415 - as above

    records = import_bundle(arguments.data, read_bundle(arguments.file), by=_sign_in(arguments.data))
    visits = sum(len(record.visits) for record in records)
    print(_("Imported: {patients} patients, {visits} visits.").format(patients=len(records), visits=visits))
    return _DONE


def _export(arguments: argparse.Namespace) -> int:
    from ssc_hand.tasks.export_bundle import export_bundle  # noqa: PLC0415 - as above

    count = export_bundle(
        arguments.data,
        arguments.out,
        by=_sign_in(arguments.data),
        record_number=arguments.patient,
        photographs=arguments.photographs,
    )
    print(_("Exported: {patients} patients.").format(patients=count))
    return _DONE


def _report(arguments: argparse.Namespace) -> int:
    from ssc_hand.tasks.print_summary import Form, print_summary  # noqa: PLC0415 - only this loads reportlab

    form = Form(paper=arguments.paper, photographs=arguments.photographs)
    by = _sign_in(arguments.data)
    print_summary(arguments.data, arguments.patient, arguments.out, by=by, visit=arguments.visit, form=form)
    return _DONE


def _shots(arguments: argparse.Namespace) -> int:
    # Pictures are drawn in memory, whether there is a display or not.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ssc_hand.app.shots import render  # noqa: PLC0415 - commands start without Qt, which reads the platform first

    _log()
    render(arguments.data, arguments.out)
    return _DONE


def _check(arguments: argparse.Namespace) -> int:
    from ssc_hand.tasks.check_clinic import check_clinic  # noqa: PLC0415 - as above

    found = check_clinic(arguments.data, by=_sign_in(arguments.data))
    for sentence in found:
        print(_in_one_line(sentence), file=sys.stderr)
    if not found:
        print(_("All is well."))
    return _FAILED if found else _DONE
