"""Rules that no linter knows, read off the source itself; each test lists every place that breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, calls, full_name, imports, last_name, modules, text_files

#: Both draw windows that nobody looks at, and have no event loop of their own to wait in.
MAY_PROCESS_EVENTS = {"ssc_hand/app/shots.py", "ssc_hand/app/self_test.py"}

#: The one file or room that may import a library.
HOMES = {
    "sqlcipher3": "ssc_hand/storage/driver.py",
    "sqlite3": "ssc_hand/storage/driver.py",
    "cryptography": "ssc_hand/storage/secrets.py",
    "sqlite_utils": "ssc_hand/storage/",
    "reportlab": "ssc_hand/reports/",
    "bidi": "ssc_hand/reports/",
    "arabic_reshaper": "ssc_hand/reports/",
    "platformdirs": "ssc_hand/config/",
    "pyqtgraph": "ssc_hand/ui/trends/",
    "pypdfium2": "ssc_hand/ui/summary/",
}

FOLDERS_WITHOUT_QT = ("domain", "geometry", "storage", "charts", "exchange", "config", "reports", "tasks")

#: The version of the program, and the one place that runs before anything can import reportlab.
PACKAGES_WITH_CODE = {"ssc_hand/__init__.py", "ssc_hand/reports/__init__.py"}

DANGEROUS_CALLS = {"eval", "exec", "os.system", "os.popen", "marshal.loads", "__import__"}
DANGEROUS_MODULES = {"pickle", "shelve", "marshal", "dill"}
NETWORK_MODULES = {"socket", "ssl", "http.client", "urllib.request", "ftplib", "smtplib", "PySide6.QtNetwork"}


def test_nothing_waits_for_a_time() -> None:
    found = [
        module.at(call)
        for module in modules("ssc_hand", "tests")
        for _, call in calls(module)
        if full_name(call.func) in {"time.sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep", "QThread.msleep"}
    ]
    assert found == []


def test_no_window_pumps_its_own_events() -> None:
    found = [
        module.at(call)
        for module in modules("ssc_hand")
        for name, call in calls(module)
        if name == "processEvents" and module.path not in MAY_PROCESS_EVENTS
    ]
    assert found == []


def test_a_label_never_interprets_what_it_shows() -> None:
    found = [
        module.at(call)
        for module in modules("ssc_hand")
        for name, call in calls(module)
        if name == "QErrorMessage" or (name == "QLabel" and not _is_given_a_parent_only(call))
    ]
    assert found == [], "use PlainLabel"


def _is_given_a_parent_only(call: ast.Call) -> bool:
    return not call.keywords and all(full_name(argument) in {"self", "parent"} for argument in call.args)


@pytest.mark.parametrize(("library", "home"), HOMES.items())
def test_a_library_stays_in_its_home(library: str, home: str) -> None:
    found = [
        module.at(node)
        for module in modules("ssc_hand")
        for name, node in imports(module)
        if name.split(".")[0] == library and not module.path.startswith(home)
    ]
    assert found == []


def test_nothing_runs_text_as_code_or_hands_it_to_a_shell() -> None:
    found = [
        module.at(call)
        for module in modules("ssc_hand", "tests", "packaging")
        for _, call in calls(module)
        if full_name(call.func) in DANGEROUS_CALLS or _asks_for_a_shell(call)
    ]
    found += [
        module.at(node)
        for module in modules("ssc_hand", "tests", "packaging")
        for name, node in imports(module)
        if name.split(".")[0] in DANGEROUS_MODULES
    ]
    assert found == []


def _asks_for_a_shell(call: ast.Call) -> bool:
    return any(
        keyword.arg == "shell" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in call.keywords
    )


def test_nothing_of_the_program_speaks_to_a_network() -> None:
    found = [
        module.at(node) for module in modules("ssc_hand") for name, node in imports(module) if name in NETWORK_MODULES
    ]
    assert found == []


def test_no_signal_holds_a_widget_alive_through_a_lambda() -> None:
    found = [
        module.at(call)
        for module in modules("ssc_hand")
        for name, call in calls(module)
        if name == "connect" and any(_keeps_self(argument) for argument in call.args)
    ]
    assert found == [], "connect a bound method: a lambda or partial over self is never freed"


def _keeps_self(argument: ast.expr) -> bool:
    wraps = isinstance(argument, ast.Lambda) or (
        isinstance(argument, ast.Call) and last_name(argument.func) == "partial"
    )
    return wraps and any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(argument))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    names = {"skip", "skipif", "xfail", "importorskip"}
    found = [
        module.at(node)
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in names and full_name(node).startswith("pytest.")
    ]
    assert found == []


@pytest.mark.parametrize("folder", FOLDERS_WITHOUT_QT)
def test_rooms_without_qt_are_tested_without_qt(folder: str) -> None:
    found = [
        f"{module.path}: {reason}"
        for module in modules("tests")
        if module.path.startswith(f"tests/{folder}/")
        for reason in _traces_of_qt(module)
    ]
    assert found == []


def _traces_of_qt(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.arg) and node.arg in {"qtbot", "qapp", "qtmodeltester"}:
            yield node.arg
    for name, _ in imports(module):
        if name.split(".")[0] == "PySide6":
            yield name


def test_a_package_says_what_it_is_for_and_nothing_else() -> None:
    packages = [module for module in modules("ssc_hand") if module.path.endswith("/__init__.py")]
    assert [m.path for m in packages if len(m.tree.body) != 1 and m.path not in PACKAGES_WITH_CODE] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [m.path for m in modules("ssc_hand", "packaging") if not ast.get_docstring(m.tree)] == []


@pytest.mark.parametrize(
    "trace",
    [
        # Written in two parts, so that this file is clean itself.
        "py" + "pi.org",
        "python" + "hosted.org",
        "--index" + "-url",
        "--extra-index" + "-url",
        "/wo" + "rk/",
        "/ro" + "ot/",
        "/ho" + "me/",
        "C:\\" + "Users",
    ],
)
def test_the_tree_names_no_machine_and_no_package_index(trace: str) -> None:
    assert [path for path, text in text_files() if trace in text] == []
