"""A full assessment, replayed: thirty values, two ulcers and two texts, by keys or by mouse, and what the file kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QPlainTextEdit, QPushButton, QWidget

from ssc_hand.domain.anatomy import DIGITS, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.protocols import own_protocol, write_own
from ssc_hand.domain.records import Lesion, LesionState, PatientRecord, Visit
from ssc_hand.domain.vocabulary import Depth, Judgement, LesionKind, Origin
from ssc_hand.ui.findings.model import FindingsModel
from ssc_hand.ui.findings.table import FindingsTable
from tests.bench import material
from tests.bench.typist import Typist
from tests.clinics import enter_clinic

_KEY, _MODIFIER = Qt.Key, Qt.KeyboardModifier
#: A clinic's own protocol that asks for the thirty values and nothing else.
PROTOCOL = own_protocol("bedside", "Thirty values", ("pain", "skin_temp", "crt"), refill_once=True)

#: Ten values of each measure in the order of the path, as they are written down; ten is a key of its own.
VALUES = {
    "pain": ("3", "4", "5", "2", "0", "6", "10", "1", "2", "3"),
    "skin_temp": ("29.4", "28.7", "27.9", "28.1", "29.0", "26.8", "26.1", "27.3", "28.8", "28.0"),
    "crt": ("2.1", "3.4", "2.8", "5.2", "4.0", "3.1", "2.2", "6.4", "5.1", "3.0"),
}
#: The same in whole degrees and seconds, which need Enter.
WHOLE = {key: tuple(value.split(".")[0] for value in values) for key, values in VALUES.items()}
#: 120 and 80 characters, as the goal has them.
FINDINGS = (
    "Cold, pale fingertips of both hands; "
    "ulcers of the right index and left middle finger are dry, no pus; no new scar seen."
)
PLAN = "Iloprost monthly; dressings twice a week; review in 3 months; call if more pain."


@dataclass(frozen=True, slots=True)
class Ulcer:
    """An ulcer as it is described on its card."""

    digit: str
    size: str
    #: Origin, depth and infection, each by the key of its word.
    words: tuple[int, int, int]
    pain: int

    @property
    def site(self) -> Site:
        """The digit it is on."""
        return parse_site(self.digit)


_WORDS = (tuple(Origin), tuple(Depth), tuple(Judgement))
ULCERS = (
    Ulcer("R.D2", "4x2.5", (1, 1, 1), 5),
    Ulcer("L.D3", "6x3", (2, 2, 2), 3),
)


def written(values: Mapping[str, Sequence[str]] = VALUES) -> str:
    """The characters of thirty values as written."""
    return "".join("".join(each) for each in values.values())


def prepare(folder: Path, *records: PatientRecord) -> None:
    """A clinic with these patients, whose visits ask for the thirty values."""
    settings = replace(material.SETTINGS, protocol=PROTOCOL.key, own_protocols=write_own((PROTOCOL,)))
    material.write_clinic(folder, *records, settings=settings)


def begin(person: Typist) -> None:
    """Start a visit by its key."""
    person.thinks()
    person.presses(_KEY.Key_N, _MODIFIER.ControlModifier | _MODIFIER.ShiftModifier)


# -- by keys ---------------------------------------------------------------------------------------------


def enter_values(person: Typist, values: Mapping[str, Sequence[str]] = VALUES) -> None:
    """Thirty values, one after the other; Enter where the number does not end by itself."""
    for key, row in values.items():
        person.comes_to(f"{key}@R.D1")
        for value in row:
            person.value("t" if value == "10" and key == "pain" else value)
            if key != "pain" and "." not in value:
                person.presses(_KEY.Key_Return)


def by_keys(person: Typist) -> None:
    """From the new visit to the finished one, with the keyboard alone."""
    begin(person)
    rest_by_keys(person)
    person.thinks()
    person.presses(_KEY.Key_Return, _MODIFIER.ControlModifier)


def rest_by_keys(person: Typist) -> None:
    """Values, ulcers and texts of a visit that is open."""
    enter_values(person)
    for ulcer in ULCERS:
        _describe_by_keys(person, ulcer)
    _write_by_keys(person)


def _describe_by_keys(person: Typist, ulcer: Ulcer) -> None:
    person.thinks()
    person.types(f"{ulcer.digit[0].lower()}{ulcer.digit[-1]}")
    person.comes_to(f"crt@{ulcer.digit}")
    for command in ("u", "m"):
        person.thinks()
        person.types(command)
    person.value(ulcer.size)
    person.thinks()
    person.presses(_KEY.Key_Return)
    for word in ulcer.words:
        person.thinks()
        person.types(str(word))
    person.value(str(ulcer.pain))
    person.thinks()
    person.presses(_KEY.Key_Return)


def _write_by_keys(person: Typist) -> None:
    """One key goes from the hands to the findings, Tab from there to the plan."""
    page = person.window.visit_page
    person.thinks()
    person.types("w")
    person.types(FINDINGS)
    person.thinks()
    person.tabs_to(lambda: page.fields.editor("plan").entry)
    person.types(PLAN)


# -- by mouse --------------------------------------------------------------------------------------------


def by_mouse(person: Typist) -> None:
    """The same, once begun, through the table, the menu of a place, card and buttons: point, type, point on."""
    page = person.window.visit_page
    begin(person)
    _fill_table(person)
    for ulcer in ULCERS:
        _describe_by_mouse(person, ulcer)
    person.thinks()
    person.clicks(page.tabs.tabBar(), page.tabs.tabBar().tabRect(2).center())
    for key, text in (("findings", FINDINGS), ("plan", PLAN)):
        entry = page.fields.editor(key).entry
        assert isinstance(entry, QPlainTextEdit)
        person.clicks(entry.viewport())
        person.types(text)
    person.thinks()
    person.clicks(page.bar.finish_button)


def _fill_table(person: Typist) -> None:
    page = person.window.visit_page
    if page.tabs.indexOf(page.table) >= 0:
        person.thinks()
        person.clicks(page.tabs.tabBar(), page.tabs.tabBar().tabRect(page.tabs.indexOf(page.table)).center())
    for key, row in VALUES.items():
        for site, value in zip(DIGITS, row, strict=True):
            person.clicks(page.table.viewport(), _cell(page.table, site, key).center())
            person.value(value)
    person.presses(_KEY.Key_Return)


def _describe_by_mouse(person: Typist, ulcer: Ulcer) -> None:
    page = person.window.visit_page
    view, card = page.hands.view, page.lesion_desk.card
    person.clicks(view, view.point_of(ulcer.site), Qt.MouseButton.RightButton)
    menu = next(each for each in page.hands.findChildren(QMenu) if each.isVisible())
    wanted = next(action for action in menu.actions() if action.data() == LesionKind.ULCER.value)
    person.thinks()
    person.clicks(menu, menu.actionGeometry(wanted).center())
    person.thinks()
    person.clicks(_with(card, "letter", "m"))
    person.value(ulcer.size)
    person.presses(_KEY.Key_Return)
    for number in (*(word - 1 for word in ulcer.words), ulcer.pain):
        person.thinks()
        person.clicks(_with(card, "number", number))
    person.thinks()
    person.clicks(_shown_button(card, "×"))


def _with(card: QWidget, name: str, value: object) -> QPushButton:
    """The button of the card that has this property."""
    return next(each for each in card.findChildren(QPushButton) if each.isVisible() and each.property(name) == value)


def _shown_button(parent: QWidget, text: str) -> QAbstractButton:
    return next(each for each in parent.findChildren(QAbstractButton) if each.isVisible() and each.text() == text)


def _cell(table: FindingsTable, site: Site, key: str) -> QRect:
    model = table.model()
    assert isinstance(model, FindingsModel)
    row, column = model.row_of(CATALOGUE[key]), model.column_of(site)
    assert row is not None and column is not None
    return table.visualRect(model.index(row, column))


# -- what was kept ---------------------------------------------------------------------------------------


def kept(folder: Path, patient_id: str) -> PatientRecord:
    """The patient as the file has them."""
    with enter_clinic(folder, by=material.BY) as clinic:
        return clinic.record(patient_id)


def newest(record: PatientRecord) -> Visit:
    """The visit that was entered."""
    return max(record.visits, key=lambda visit: visit.at)


def check(visit: Visit, values: Mapping[str, Sequence[str]] = VALUES) -> None:
    """`AssertionError` with the first difference between what was typed and what the file has."""
    for key, row in values.items():
        for site, value in zip(DIGITS, row, strict=True):
            found = visit.observations.get((site, key, 1))
            assert found is not None and found.value == float(value), f"{key} of the {site.name}: {found}, not {value}"


def check_all(record: PatientRecord) -> None:
    """The whole assessment of the newest visit: values, ulcers and texts."""
    visit = newest(record)
    check(visit)
    found = [_as_entered(state, lesion) for lesion in record.lesions if (state := visit.states.get(lesion.id))]
    for ulcer in ULCERS:
        words = tuple(kind[key - 1] for kind, key in zip(_WORDS, ulcer.words, strict=True))
        wanted = (ulcer.site, ulcer.size, *words, ulcer.pain)
        assert wanted in found, f"{wanted} is not among {found}"
    assert (visit.findings, visit.plan) == (FINDINGS, PLAN), "the texts are not what was typed"


def _as_entered(state: LesionState, lesion: Lesion) -> tuple[object, ...]:
    size = f"{state.length_mm or 0:g}x{state.width_mm or 0:g}"
    return (lesion.site.of_digit, size, lesion.origin, state.depth, state.infection, state.pain)
