"""PhotographEntries: photographs taken into, described and withdrawn from the visit on the desk, each undoable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import LESION_STATE, field_of
from ssc_hand.domain.photographs import Photograph, check_photograph, subject_words
from ssc_hand.geometry.outline import measured
from ssc_hand.i18n import _
from ssc_hand.ui.models.entry_writer import Saving
from ssc_hand.ui.models.steps import Step

if TYPE_CHECKING:
    from ssc_hand.ui.models.visit_editor import VisitEditor


class PhotographEntries:
    """Makes the entries of photographs, and holds a new picture until it is on disk."""

    def __init__(self, editor: VisitEditor) -> None:
        self._editor = editor
        self._pictures: dict[str, bytes] = {}
        editor.saved_changed.connect(self._let_go)

    def content_of(self, photograph_id: str) -> bytes | None:
        """The picture that goes to the disk with its description; None where the file has it already."""
        return self._pictures.get(photograph_id)

    def add(self, photograph: Photograph, content: bytes) -> Photograph:
        """Take a photograph into the visit on the desk; raises `Refused`."""
        visit = self._editor.editable()
        made = replace(photograph, visit_id=visit.id, stamp=None)
        self._check(made)
        self._pictures[made.id] = content
        self._editor.enter(_("Photograph of {what}").format(what=self._words(made)), [_step(None, made)])
        return made

    def change(self, photograph: Photograph) -> None:
        """Describe a photograph anew: its caption, what it shows, its scale or outline; raises `Refused`."""
        self._editor.editable()
        old = self._known(photograph.id)
        if old is None:
            raise Refused(_("The photograph was taken back; nothing was changed."))
        self._check(photograph)
        if old != photograph:
            text = _("Description of the photograph of {what}").format(what=self._words(photograph))
            self._editor.enter(text, [_step(old, photograph)])

    def withdraw(self, photograph_id: str) -> None:
        """Take a photograph back that was taken in by mistake; the file keeps it, nobody sees it."""
        self._editor.editable()
        old = self._known(photograph_id)
        if old is not None:
            text = _("Withdraw the photograph of {what}").format(what=self._words(old))
            self._editor.enter(text, [_step(old, None)])

    def take_over_size(self, photograph_id: str) -> None:
        """Enter the length and width measured on a photograph as those of its lesion; raises `Refused`."""
        self._editor.editable()
        photograph = self._known(photograph_id)
        found = measured(photograph) if photograph is not None else None
        if photograph is None or photograph.lesion_id is None or found is None:
            raise Refused(_("The picture shows no lesion whose outline was measured."))
        record = self._editor.record
        assert record is not None
        letter = record.lesion(photograph.lesion_id).letter
        sizes = {"length_mm": found.length_mm, "width_mm": found.width_mm}
        values = {key: field_of(LESION_STATE, key).load(round(value, 1)) for key, value in sizes.items()}
        self._editor.set_states(photograph.lesion_id, values, _("Size of lesion {letter}").format(letter=letter))

    def without_lesion(self, lesion_id: str) -> list[Step]:
        """The steps that leave photographs of a lesion to its hand, for when the lesion is taken back."""
        record = self._editor.record
        assert record is not None
        site = record.lesion(lesion_id).site.of_hand
        shown = (each for each in record.photographs if each.lesion_id == lesion_id)
        return [_step(each, replace(each, lesion_id=None, site=site)) for each in shown]

    def _known(self, photograph_id: str) -> Photograph | None:
        record = self._editor.record
        found: Iterable[Photograph] = record.photographs if record else ()
        return next((each for each in found if each.id == photograph_id), None)

    def _check(self, photograph: Photograph) -> None:
        record, visit = self._editor.record, self._editor.editable()
        assert record is not None
        if photograph.visit_id != visit.id:
            raise Refused(_("This photograph belongs to another visit, which is not on the desk."))
        check_photograph(photograph, record.patient, self._editor.now())

    def _words(self, photograph: Photograph) -> str:
        record = self._editor.record
        assert record is not None
        return subject_words(record, photograph)

    def _let_go(self) -> None:
        """Hold no picture that has reached the disk, nor of a visit that is no longer on the desk."""
        for photograph_id in list(self._pictures):
            state = self._editor.saving(("photograph", photograph_id))
            waits = self._editor.is_writing or self._editor.has_failed or self._editor.has_refused
            if state is Saving.SAVED or (self._known(photograph_id) is None and not waits):
                del self._pictures[photograph_id]


def _step(before: Photograph | None, after: Photograph | None) -> Step:
    known = after or before
    assert known is not None
    return Step(("photograph", known.id), before, after)
