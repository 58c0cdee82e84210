"""VisitEditor: the visit on the desk - its values, undo and redo, and what of it is on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoGroup, QUndoStack

from ssc_hand.domain.anatomy import Aspect, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.changes import Change, Put, Withdraw
from ssc_hand.domain.checks import check_lesion, check_lesion_state, check_observation, check_visit
from ssc_hand.domain.dates import time_label
from ssc_hand.domain.derived import is_absent
from ssc_hand.domain.desk import Forestalled, KeepPlace, settled
from ssc_hand.domain.errors import Conflict, Refused, SscHandError
from ssc_hand.domain.fields import LESION, LESION_STATE, VISIT, field_of
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.lesions import carried_over, lesions_at
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import (
    Key,
    Lesion,
    LesionState,
    Observation,
    PatientRecord,
    Visit,
    first_status,
    not_assessed,
    observation,
)
from ssc_hand.domain.reexamination import Outcome, reexamined, with_status
from ssc_hand.domain.vocabulary import LesionKind, Location, Reason, Status, VisitKind, VisitState
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.models.entry_writer import WHOLE_VISIT, EntryWriter, Saving, Storage
from ssc_hand.ui.models.photograph_entries import PhotographEntries
from ssc_hand.ui.models.refused_entries import RefusedEntries
from ssc_hand.ui.models.steps import Clash, EntrySlot, Step, is_of_lesions, values_only
from ssc_hand.ui.models.undo import Edit, UndoStacks

_Record = TypeVar("_Record", Visit, LesionState)


class VisitEditor(QObject):
    """The one visit on the desk; every panel shows it and changes it through here.

    An entry changes the visit at once, is written as a transaction of its own, and can be undone. Nothing is
    lost when a write fails: the entry stays, is marked, and is written again in order by `retry`.
    """

    record_changed = Signal(object)  #: PatientRecord | None
    visit_changed = Signal(object)  #: Visit | None
    saved_changed = Signal()
    #: The first entry of a visit has reached the disk, so that lists should show it.
    visit_created = Signal(object)  #: Visit
    #: The visit was made final or a draft again, so that lists should show it.
    state_changed = Signal(object)  #: Visit
    failed = Signal(object)  #: SscHandError
    #: Conflict | Refused: an entry was not written; the record on the desk is older than the file.
    conflicted = Signal(object)
    clashes_changed = Signal()

    def __init__(self, storage: Storage, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._writer = EntryWriter(storage, self)
        self._writer.changed.connect(self.saved_changed)
        self._writer.failed.connect(self.failed)
        self._writer.conflicted.connect(self._on_writer_conflicted)
        self._record: PatientRecord | None = None
        self._visit: Visit | None = None
        self._is_on_disk = False
        self._undo = UndoStacks(self)
        self._refused = RefusedEntries()
        #: By visit, what of that the file keeps; and what was entered or decided while the file was asked for it.
        self._kept_refused: dict[str, dict[EntrySlot, Forestalled]] = {}
        self._decided: dict[str, set[EntrySlot]] = {}
        self._place = ""
        self._places: dict[str, str] = {}
        self._kept_place: KeepPlace | None = None
        #: Where the visit on the desk was left before it came there; empty where nobody was in it.
        self.place_left = ""
        self.photographs = PhotographEntries(self)
        #: What the change that is being announced was about; None: another visit, or anything.
        self.changed_slots: frozenset[EntrySlot] | None = None

    # -- what is on the desk -----------------------------------------------------------------------------

    @property
    def record(self) -> PatientRecord | None:
        """The patient on the desk, with the visit as it stands now."""
        return self._record

    @property
    def visit(self) -> Visit | None:
        """The visit on the desk."""
        return self._visit

    @property
    def can_edit(self) -> bool:
        """Whether entries are taken: a draft is on the desk."""
        return self._visit is not None and self._visit.is_draft

    @property
    def is_writing(self) -> bool:
        """Whether an entry is on its way to the disk."""
        return self._writer.is_writing

    @property
    def has_failed(self) -> bool:
        """Whether an entry could not be written and waits for `retry`."""
        return self._writer.has_failed

    @property
    def is_on_disk(self) -> bool:
        """Whether the visit has had its first entry."""
        return self._is_on_disk

    @property
    def changed_values(self) -> frozenset[Key] | None:
        """Of the change that is being announced: the values of digits and hands; None where anything else may be."""
        return values_only(self.changed_slots)

    @property
    def measured_values(self) -> frozenset[Key] | None:
        """The same for who shows what was measured, and nothing of lesions: none where only lesions changed."""
        return frozenset() if is_of_lesions(self.changed_slots) else self.changed_values

    @property
    def undo_stack(self) -> QUndoStack:
        """What can be taken back of the visit on the desk."""
        return self._undo.active

    @property
    def undo_group(self) -> QUndoGroup:
        """The same for actions: it follows the visit on the desk."""
        return self._undo.group

    def show(self, record: PatientRecord | None, visit_id: str | None = None) -> None:
        """Put a patient on the desk, with one visit or none."""
        self._record = record
        visit = record.visit(visit_id) if record and visit_id else None
        self._take_up(visit, is_on_disk=visit is not None)

    def has_begun(self, patient_id: str) -> bool:
        """Whether a visit of this patient was started and waits for its first entry."""
        is_theirs = self._record is not None and self._record.patient.id == patient_id
        return is_theirs and self._visit is not None and not self._is_on_disk

    def renew(self, record: PatientRecord) -> None:
        """Take the patient as read anew, with the visit that waits for its first entry still on the desk."""
        self._record = record
        self._take_up(self._visit, is_on_disk=False)

    def start(self, kind: VisitKind, examiner: str, role: str, *, protocol: str | None = None) -> None:
        """Begin a new visit of the patient on the desk; it exists in the file from its first entry."""
        assert self._record is not None
        visit = Visit(
            id=new_id(),
            patient_id=self._record.patient.id,
            at=self._now().replace(microsecond=0),
            kind=kind,
            protocol=protocol,
            examiner=examiner or None,
            examiner_role=role or None,
        )
        self._take_up(visit, is_on_disk=False)

    def _take_up(self, visit: Visit | None, *, is_on_disk: bool) -> None:
        self._visit = visit
        self._is_on_disk = is_on_disk
        self._place = self.place_left = self._places.get(visit.id, "") if visit else ""
        self._writer.take_up(self._record, visit)
        self._undo.take_up(self._record, visit)
        self._announce()
        self._enter_refused_again()
        if visit is not None and is_on_disk and visit.id not in self._kept_refused:
            self._kept_refused[visit.id], self._decided[visit.id] = {}, set()
            self._writer.read_forestalled(visit.id, partial(self._on_writer_refused_read, visit.id))

    def _announce(self, changed: Iterable[EntrySlot] | None = None) -> None:
        self.changed_slots = None if changed is None else frozenset(changed)
        if self._record is not None and self._visit is not None and self._is_on_disk:
            self._record = self._record.with_visit(self._visit)
        self.record_changed.emit(self._record)
        self.visit_changed.emit(self._visit)

    def saving(self, slot: EntrySlot) -> Saving:
        """Where an entry stands on its way to the disk."""
        return self._writer.saving(slot)

    @property
    def ticks(self) -> dict[EntrySlot, Saving]:
        """Where each entry stands that was made since this visit is on the desk."""
        return self._writer.ticks

    @Slot()
    def retry(self) -> None:
        """Send everything that is not on disk, in order."""
        self._writer.retry()

    # -- where the user is ---------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """Where the user is in this visit, or was last: a code of the path of entry; empty where nobody was."""
        return self._place

    def set_place(self, place: str) -> None:
        """Tell where the user is; it is kept with the next entry, or by `keep_place`."""
        if self._visit is None or place == self._place:
            return
        self._place = self._places[self._visit.id] = place

    def remember_place(self, visit_id: str, place: str) -> None:
        """Learn from the file where a visit was left; what is known of this session comes first."""
        self._places.setdefault(visit_id, place)

    @Slot()
    def keep_place(self) -> None:
        """Put where the user is on disk without an entry; a draft that is not in the file has no place."""
        if self._visit is None or not self._visit.is_draft or not self._is_on_disk or not self._place:
            return
        place = KeepPlace(self._visit.id, self._place)
        if place != self._kept_place:
            self._kept_place = place
            self._writer.keep_place(place)

    # -- entries that another window forestalled -----------------------------------------------------------

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Entries of this visit that were not written and wait for a decision, oldest first."""
        if self._record is None or self._visit is None:
            return ()
        return self._refused.clashes(self._record, self._visit)

    @property
    def has_refused(self) -> bool:
        """Whether anything of this visit was not written and may be entered again."""
        return self._visit is not None and self._refused.has(self._visit.id)

    def use_mine(self, clash: Clash) -> None:
        """Enter again what another window forestalled; raises `Refused`, and then it keeps waiting."""
        self._editable()
        self._push(clash.name, [clash.step])

    def keep_theirs(self, clash: Clash) -> None:
        """Drop what another window forestalled."""
        assert self._visit is not None
        self._drop_refused(self._visit.id, {clash.step.slot})
        self.clashes_changed.emit()

    @Slot(object, object)
    def _on_writer_conflicted(self, error: SscHandError, entry: tuple[str, tuple[Step, ...]] | None) -> None:
        if entry is not None:
            self._refused.take(*entry, is_conflict=isinstance(error, Conflict))
            self._keep_refused(entry[0])
        self.conflicted.emit(error)

    def _enter_refused_again(self) -> None:
        """After a conflict the visit was read again: enter what nobody contests; the rest waits for a decision."""
        if self._record is None or self._visit is None or not self._refused.has(self._visit.id):
            return
        steps = self._refused.uncontested(self._record, self._visit)
        if steps:
            self._push(_("Entered again"), steps)
        self._keep_refused(self._visit.id)
        self.clashes_changed.emit()

    def _drop_refused(self, visit_id: str, slots: Iterable[EntrySlot]) -> bool:
        """Forget what waits in these slots; whether any did."""
        slots = set(slots)
        if visit_id in self._decided:
            self._decided[visit_id] |= slots
        is_dropped = self._refused.drop(visit_id, slots)
        self._keep_refused(visit_id)
        return is_dropped

    def _keep_refused(self, visit_id: str) -> None:
        """Put what waits at a visit on disk: it outlives this window."""
        waiting, kept = self._refused.waiting(visit_id), self._kept_refused.get(visit_id, {})
        if waiting != kept:
            new = [each for slot, each in waiting.items() if kept.get(slot) != each]
            self._writer.keep_forestalled(visit_id, new, [slot for slot in kept if slot not in waiting])
            self._kept_refused[visit_id] = waiting

    def _on_writer_refused_read(self, visit_id: str, found: tuple[Forestalled, ...]) -> None:
        """Offer again what an earlier window left undecided, but for what was decided while the file was read."""
        decided = self._decided.pop(visit_id)
        self._kept_refused[visit_id] = {each.place: each for each in found} | self._kept_refused[visit_id]
        self._refused.restore(visit_id, (each for each in found if each.place not in decided))
        self._keep_refused(visit_id)
        if found and self._visit is not None and self._visit.id == visit_id:
            self._enter_refused_again()

    # -- entries: values ---------------------------------------------------------------------------------

    def set_typed(self, sites: Iterable[Site], measure: Measure, text: str, *, repeat: int | None = 1) -> None:
        """Record what was typed at each of the sites; an empty text is "not recorded".

        `repeat` None means the value as a whole: it takes the place of all readings. Raises `Refused`, and then
        nothing has changed.
        """
        if not text.strip():
            self.clear(sites, measure, repeat=repeat)
        else:
            self.set_value(sites, measure, measure.kind.parse(text), repeat=repeat)

    def set_value(self, sites: Iterable[Site], measure: Measure, value: Value, *, repeat: int | None = 1) -> None:
        """Record a value at each of the sites, as one reading or (None) as the only one; raises `Refused`."""
        stored = measure.kind.dump(value)
        made = [self._present(observation(site, measure.key, stored, repeat=repeat or 1)) for site in sites]
        text = _("{measure} {value}").format(measure=measure.name, value=measure.text(value))
        self._record_all(made, text, alone=repeat is None)

    def set_each(self, values: Mapping[Site, Value], measure: Measure) -> None:
        """Record another value at each of these sites, as the only reading, in one step; raises `Refused`."""
        stored = {site: measure.kind.dump(value) for site, value in values.items()}
        made = [self._present(observation(site, measure.key, value)) for site, value in stored.items()]
        text = ngettext("{measure}, {n} value", "{measure}, {n} values", len(made))
        self._record_all(made, text.format(measure=measure.name, n=len(made)), alone=True)

    def set_block(self, cells: Mapping[tuple[Site, str], Value | None]) -> None:
        """Record values by site and key of measure, each as the only reading, in one step; None clears.

        Raises `Refused`, and then nothing has changed.
        """
        made = [
            self._present(observation(site, key, CATALOGUE[key].kind.dump(value)))
            for (site, key), value in cells.items()
            if value is not None
        ]
        emptied = [
            (site, key, each)
            for (site, key), value in cells.items()
            if value is None
            for each in range(1, CATALOGUE[key].repeats + 1)
        ]
        text = ngettext("{n} value", "{n} values", len(cells)).format(n=len(cells))
        self._record_all(made, text, alone=True, more=self._cleared(emptied))

    def set_reason(self, sites: Iterable[Site], measure: Measure, reason: Reason, words: str = "") -> None:
        """Record that it could not be assessed, and why, in place of all readings; raises `Refused`."""
        made = [self._present(not_assessed(site, measure.key, reason, words)) for site in sites]
        text = _("{measure} not done") if reason is Reason.NOT_DONE else _("{measure} not assessed")
        self._record_all(made, text.format(measure=measure.name), alone=True)

    def clear(self, sites: Iterable[Site], measure: Measure, *, repeat: int | None = 1) -> None:
        """Make one reading, or (None) all of them, "not recorded" again at each of the sites."""
        self._editable()
        repeats = range(1, measure.repeats + 1) if repeat is None else (repeat,)
        steps = self._cleared((site, measure.key, each) for site in sites for each in repeats)
        self._push(_("Clear {measure}").format(measure=measure.name), steps)

    def _cleared(self, keys: Iterable[Key]) -> list[Step]:
        known = self._editable().observations
        return [Step(("observation", key), known[key], None) for key in keys if key in known]

    def _present(self, made: Observation) -> Observation:
        visit = self._editable()
        assert self._record is not None
        if gone := is_absent(self._record, visit, made.site):
            raise Refused(_("{words}. Nothing can be recorded there.").format(words=gone.words))
        check_observation(made, self._patient(), self._now().date())
        return made

    def _record_all(
        self, made: Sequence[Observation], text: str, *, alone: bool = False, more: Sequence[Step] = ()
    ) -> None:
        visit = self._editable()
        steps = list(more)
        for new in made:
            old = visit.observations.get(new.key)
            if old != new:
                steps.append(Step(("observation", new.key), old, new))
        if alone:
            others = (
                (new.site, new.measure, each) for new in made for each in range(2, CATALOGUE[new.measure].repeats + 1)
            )
            steps += self._cleared(others)
        if len(made) == 1:
            text = f"{text}, {made[0].site.name}"
        steps += self._acclimatised(made)
        self._push(text, steps)

    def _acclimatised(self, made: Sequence[Observation]) -> list[Step]:
        """With the first skin temperature, the minutes since the patient sat down."""
        visit = self._editable()
        key: Key = (Site(), "acclimatisation", 1)
        was_measured = any(o.measure in ("skin_temp", "dorsum_temp") and o.value is not None for o in made)
        is_first = was_measured and key not in visit.observations
        if not is_first or visit.seated_since is None:
            return []
        minutes = int((self._now() - visit.seated_since).total_seconds() // 60)
        try:
            return [Step(("observation", key), None, observation(Site(), "acclimatisation", minutes))]
        except Refused:
            return []  # seated on another day: the stamp stays, and no minutes are claimed

    # -- entries: fields of the visit --------------------------------------------------------------------

    def set_field(self, key: str, value: Value | None) -> None:
        """Set a field of the visit; raises `Refused`."""
        visit = self._editable()
        field = field_of(VISIT, key)
        value = field.load(field.dump(value))
        check_visit(_with(visit, key, value), self._patient(), self._now())
        if getattr(visit, key) != value:
            self._push(field.name, [Step(("visit", key), getattr(visit, key), value)])

    def sit_down(self) -> None:
        """Stamp that the patient is seated from now on."""
        self.set_field("seated_since", self._now().replace(microsecond=0))

    # -- entries: lesions --------------------------------------------------------------------------------

    def add_lesion(
        self, kind: LesionKind, site: Site, aspect: Aspect, point: tuple[float, float] | None, location: Location | None
    ) -> Lesion:
        """Put a new lesion on the hand, found at this visit; an ulcer is active until told otherwise."""
        visit, record = self._editable(), self._record
        assert record is not None
        removed = record.amputation(site, visit.day)
        if removed and (removed.whole_digit or site.phalanx in removed.lost):
            raise Refused(_("{words}. No lesion can be put there.").format(words=removed.words))
        lesion = Lesion(
            id=new_id(),
            patient_id=record.patient.id,
            letter=record.next_letter(),
            kind=kind,
            site=site,
            aspect=aspect,
            x=round(point[0], 4) if point else None,
            y=round(point[1], 4) if point else None,
            location=location,
            follows=self._healed_before(kind, site, aspect),
        )
        state = LesionState(lesion_id=lesion.id, status=first_status(kind))
        steps = [Step(("lesion", lesion.id), None, lesion), Step(("state", lesion.id), None, state)]
        self._push(_("New {kind} {letter}").format(kind=kind.label, letter=lesion.letter), steps)
        return lesion

    def _healed_before(self, kind: LesionKind, site: Site, aspect: Aspect) -> str | None:
        """The healed ulcer at the same place that a new one is linked to."""
        assert self._record is not None and self._visit is not None
        healed = [
            lesion.id
            for lesion in self._record.lesions
            if (lesion.kind, lesion.site, lesion.aspect) == (kind, site, aspect)
            and any(
                v.states[lesion.id].status is Status.HEALED
                for v in self._record.until(self._visit)
                if lesion.id in v.states
            )
        ]
        return healed[-1] if healed and kind is LesionKind.ULCER else None

    def set_lesion(self, lesion_id: str, key: str, value: Value | None) -> None:
        """Change what a lesion is (kind, place on the digit, origin, onset); raises `Refused`."""
        field = field_of(LESION, key)
        value = field.load(field.dump(value))
        if key == "kind":
            self._change_kind(lesion_id, LesionKind.of(str(value)))
        else:
            self._amend(lesion_id, field.name, **{key: value})

    def _change_kind(self, lesion_id: str, kind: LesionKind) -> None:
        """What was entered as the wrong kind starts anew as the right one; only at the visit that found it."""
        visit = self._editable()
        assert self._record is not None
        old = self._record.lesion(lesion_id)
        if kind is old.kind:
            return
        if any(lesion_id in other.states for other in self._record.visits if other.id != visit.id):
            raise Refused(
                _("Lesion {letter} was seen as {kind} at other visits. Its kind stays; add a new lesion.").format(
                    letter=old.letter, kind=old.kind.label
                )
            )
        new = replace(old, kind=kind, origin=None, follows=self._healed_before(kind, old.site, old.aspect))
        state = visit.states.get(lesion_id)
        found = LesionState(lesion_id=lesion_id, status=first_status(kind), note=state.note if state else None)
        steps = [Step(("lesion", lesion_id), old, new), Step(("state", lesion_id), state, found)]
        self._push(_("Kind of lesion {letter}").format(letter=old.letter), steps)

    def move_lesion(
        self, lesion_id: str, site: Site, point: tuple[float, float] | None, location: Location | None
    ) -> None:
        """Move the mark of a lesion, with its class of place; its letter and its history stay.

        Raises `Refused` for the other hand: there it would be another lesion.
        """
        assert self._record is not None
        old = self._record.lesion(lesion_id)
        if site.hand is not old.site.hand:
            raise Refused(
                _(
                    "Lesion {letter} is recorded at {site}; a lesion never changes its hand. Nothing was moved. If it "
                    "was put on the wrong hand, withdraw it at the visit that first recorded it and place a new one."
                ).format(letter=old.letter, site=old.site.name)
            )
        x, y = (round(point[0], 4), round(point[1], 4)) if point else (None, None)
        self._amend(lesion_id, _("Move"), site=site, x=x, y=y, location=location)

    def _amend(self, lesion_id: str, what: str, **changed: Any) -> None:
        self._editable()
        assert self._record is not None
        old = self._record.lesion(lesion_id)
        new = replace(old, **changed)
        check_lesion(new, self._patient(), self._now().date())
        if new != old:
            text = _("{what} of lesion {letter}").format(what=what, letter=old.letter)
            self._push(text, [Step(("lesion", lesion_id), old, new)])

    def set_state(self, lesion_id: str, key: str, value: Value | None) -> None:
        """Change how a lesion was found at this visit; raises `Refused`."""
        visit = self._editable()
        assert self._record is not None
        field = field_of(LESION_STATE, key)
        value = field.load(field.dump(value))
        old = visit.states.get(lesion_id)
        start = old or self._first_state(lesion_id, key)
        new = with_status(start, Status.of(str(value))) if key == "status" else _with(start, key, value)
        if new != old:
            lesion = self._record.lesion(lesion_id)
            letter = lesion.letter
            check_lesion_state(new, lesion, self._patient(), self._now().date())
            text = _("{field} of lesion {letter}").format(field=field.name, letter=letter)
            self._push(text, [Step(("state", lesion_id), old, new)])

    def reexamine(self, lesion_id: str, outcome: Outcome) -> None:
        """Record in one step how a lesion of an earlier visit is today; raises `Refused`."""
        visit = self._editable()
        assert self._record is not None
        each = next(found for found in carried_over(self._record, visit) if found.lesion.id == lesion_id)
        new = reexamined(each, outcome)
        if new != visit.states.get(lesion_id):
            text = _("Lesion {letter}: {outcome}").format(letter=each.lesion.letter, outcome=outcome.label)
            self._push(text, [Step(("state", lesion_id), visit.states.get(lesion_id), new)])

    def check_amputation(self, found: Observation) -> None:
        """Record how the amputation of a digit was found, also where nothing of it is left; raises `Refused`."""
        old = self._editable().observations.get(found.key)
        if old != found:
            measure = CATALOGUE[found.measure]
            text = f"{measure.head}, {found.site.name}: {measure.text(found.value)}"
            self._push(text, [Step(("observation", found.key), old, found)])

    def _first_state(self, lesion_id: str, key: str) -> LesionState:
        """A finding typed today was seen on the lesion as last known; a note alone does not say that anybody looked."""
        assert self._record is not None and self._visit is not None
        if key == "note":
            return LesionState(lesion_id=lesion_id, status=Status.NOT_REEXAMINED)
        for found in lesions_at(self._record, self._visit):
            if found.lesion.id == lesion_id and found.before:
                return LesionState(lesion_id=lesion_id, status=found.before.status)
        return LesionState(lesion_id=lesion_id, status=Status.NOT_SEEN)

    def set_states(self, lesion_id: str, values: Mapping[str, Value | None], text: str) -> None:
        """Change several fields of how a lesion was found, as one entry; raises `Refused`."""
        visit = self._editable()
        old = visit.states.get(lesion_id)
        new = old or self._first_state(lesion_id, next(iter(values)))
        for key, value in values.items():
            new = _with(new, key, value)
        if new != old:
            assert self._record is not None
            check_lesion_state(new, self._record.lesion(lesion_id), self._patient(), self._now().date())
            self._push(text, [Step(("state", lesion_id), old, new)])

    def withdraw_lesion(self, lesion_id: str) -> None:
        """Take back a lesion that this visit recorded first: it was entered by mistake."""
        visit = self._editable()
        assert self._record is not None
        lesion = self._record.lesion(lesion_id)
        if any(lesion_id in other.states for other in self._record.visits if other.id != visit.id):
            raise Refused(
                _("Lesion {letter} was seen at other visits and cannot be withdrawn here.").format(letter=lesion.letter)
            )
        steps = [Step(("state", lesion_id), visit.states[lesion_id], None)] if lesion_id in visit.states else []
        steps += self.photographs.without_lesion(lesion_id)
        steps.append(Step(("lesion", lesion_id), lesion, None))
        self._push(_("Withdraw lesion {letter}").format(letter=lesion.letter), steps)

    # -- the visit as a whole ----------------------------------------------------------------------------

    def finish(self) -> None:
        """Make the visit final: read-only until it is reopened with a reason."""
        visit = self._editable()
        if not self._is_on_disk:
            raise Refused(_("This visit has no entry yet. Record something first, or leave it: nothing is kept."))
        if waiting := len(self.clashes):
            words = ngettext(
                "{n} entry was forestalled by another window. Use or drop it first.",
                "{n} entries were forestalled by another window. Use or drop them first.",
                waiting,
            )
            raise Refused(words.format(n=waiting))
        check_visit(visit, self._patient(), self._now())
        self._write_visit(replace(visit, state=VisitState.FINAL))

    def reopen(self, reason: str, who: str) -> None:
        """Make a final visit a draft again; the reason stays with the visit."""
        assert self._visit is not None
        remark = _("Reopened {when} by {who}: {reason}").format(when=time_label(self._now()), who=who, reason=reason)
        self._write_visit(replace(self._visit, state=VisitState.DRAFT, remarks=(*self._visit.remarks, remark)))

    def _write_visit(self, visit: Visit) -> None:
        self._visit = visit
        self.undo_stack.clear()
        self._writer.write([(WHOLE_VISIT, Put(visit))], [("visit", "state")])
        self._announce()
        self.state_changed.emit(visit)

    # -- applying and writing ----------------------------------------------------------------------------

    def now(self) -> datetime:
        """The time of the clinic's clock."""
        return self._now()

    def editable(self) -> Visit:
        """The draft on the desk; raises `Refused` where there is none."""
        return self._editable()

    def enter(self, text: str, steps: Sequence[Step]) -> None:
        """Make one named entry of these steps."""
        self._push(text, steps)

    def _editable(self) -> Visit:
        if self._visit is None:
            raise Refused(_("No visit is open. Start a visit first."))
        if not self._visit.is_draft:
            raise Refused(_("This visit is final and read-only. Reopen it with a reason to change it."))
        return self._visit

    def _patient(self) -> Any:
        assert self._record is not None
        return self._record.patient

    def _push(self, text: str, steps: Sequence[Step]) -> None:
        if steps:
            self.undo_stack.push(Edit(self.apply, text, tuple(steps)))

    def apply(self, steps: tuple[Step, ...]) -> None:
        """Make these steps in memory and send them to the disk; the undo stack calls this."""
        for step in steps:
            self._apply_one(step)
        assert self._visit is not None and self._record is not None
        changes: list[tuple[EntrySlot, Change]] = []
        if not self._is_on_disk or any(step.slot[0] == "visit" for step in steps):
            changes.append((WHOLE_VISIT, Put(self._visit)))
        changes += [(step.slot, self._change(step)) for step in steps if step.slot[0] != "visit"]
        is_first, self._is_on_disk = not self._is_on_disk, True
        slots = frozenset(step.slot for step in steps)
        self._writer.write(changes, slots, entry=(self._visit.id, steps), place=self._place_after(slots))
        self._undo.leave(self._record, self._visit)
        self._announce(None if is_first else slots)
        if self._drop_refused(self._visit.id, slots):
            self.clashes_changed.emit()
        if is_first:
            self.visit_created.emit(self._visit)

    def _place_after(self, slots: frozenset[EntrySlot]) -> KeepPlace | None:
        """Where the user is; at a place whose value is among these, what follows it comes next."""
        assert self._visit is not None
        if not self._place:
            return None
        codes = {f"{key[1]}@{key[0].code}" for what, key in slots if what == "observation"}
        place = settled(self._place) if self._place in codes else self._place
        self._places[self._visit.id] = place
        self._kept_place = KeepPlace(self._visit.id, place)
        return self._kept_place

    def _apply_one(self, step: Step) -> None:
        assert self._visit is not None and self._record is not None
        what, key = step.slot
        visit, after = self._visit, step.after
        if what == "visit":
            self._visit = _with(visit, key, after)
        elif what == "observation":
            self._visit = visit.with_observation(after) if after else visit.without_observation(key)
        elif what == "state":
            self._visit = visit.with_state(after) if after else visit.without_state(key)
        elif what == "photograph":
            record = self._record
            self._record = record.with_photograph(after) if after else record.without_photograph(key)
        elif after:
            self._record = self._record.with_lesion(after)
        else:
            self._record = self._record.without_lesion(key)

    def _change(self, step: Step) -> Change:
        assert self._visit is not None
        visit_id = self._visit.id if step.slot[0] in ("observation", "state") else None
        if step.slot[0] == "photograph" and step.after is not None:
            return Put(step.after, content=self.photographs.content_of(step.slot[1]))
        if step.after is not None:
            return Put(step.after, visit_id)
        return Withdraw(step.before, visit_id)


def _with(record: _Record, key: str, value: Any) -> _Record:
    """The record with another value in the field of this key."""
    changed: dict[str, Any] = {key: value}
    return replace(record, **changed)
