"""The five lines that open a visit summary: ulcers, infection or ischaemia, main change, plan, next review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ssc_hand.domain.anatomy import Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.compare import Difference, change, differing_conditions, signed
from ssc_hand.domain.dates import day_label
from ssc_hand.domain.derived import Reading, is_absent, reading, to_record
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.lesions import LesionAt, UlcerCounts, lesions_at, ulcer_counts
from ssc_hand.domain.measures import Direction, Measure
from ssc_hand.domain.records import ENDED, PatientRecord, Visit
from ssc_hand.domain.vocabulary import Depth, Judgement, LesionKind, Status
from ssc_hand.i18n import _, ngettext

#: Characters of the plan that the five lines hold; the rest stands further below.
PLAN_LIMIT = 280
#: How many open ulcers are named with their digit; of more, the letters are given.
MOST_NAMED = 6
#: How many of the largest changes are named where no rule picks out others.
MOST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line: what it is about, and its words."""

    label: str
    words: str


def five_lines(record: PatientRecord, visit: Visit) -> tuple[SummaryLine, ...]:
    """What a reader with little time must know of a visit; what is not recorded is said to be so."""
    return (
        SummaryLine(_("Open and new ulcers"), ulcer_words(record, visit)),
        SummaryLine(_("Infection or ischaemia"), infection_or_ischaemia_words(record, visit)),
        SummaryLine(_("Main change"), main_change_words(record, visit)),
        SummaryLine(_("Plan"), shortened(visit.plan, PLAN_LIMIT) if visit.plan else _("not recorded")),
        SummaryLine(_("Next review"), visit.next_review.label if visit.next_review else _("not recorded")),
    )


def ulcer_words(record: PatientRecord, visit: Visit) -> str:
    """Ulcer counts with letters; active, and active plus indeterminate, always stand apart."""
    ulcers = [each for each in lesions_at(record, visit) if each.lesion.kind is LesionKind.ULCER]
    if not ulcers:
        return _none_words(visit)
    counts = ulcer_counts(record, visit)
    active = [each for each in ulcers if each.status is Status.ACTIVE]
    unclear = [each for each in ulcers if each.status is Status.INDETERMINATE]
    name = named if len(active) + len(unclear) <= MOST_NAMED else letter
    parts = [
        _counted(_("active"), active, name),
        _counted(_("active or indeterminate"), [*active, *unclear], lambda e: (letter if e in active else name)(e)),
        _counted(counts.new_words, [each for each in ulcers if each.is_new and each.is_open], letter),
        *_ended_words(ulcers, counts),
    ]
    if visit.lesions_reviewed is None:
        parts.append(_("looking for others: not recorded"))
    elif not visit.lesions_reviewed:
        parts.append(_("others not looked for"))
    return "; ".join(parts) + "."


def _none_words(visit: Visit) -> str:
    """No ulcer on record is no finding unless somebody looked."""
    if visit.lesions_reviewed:
        return _("none; both hands were looked at.")
    if visit.lesions_reviewed is False:
        return _("none on record at this visit, but both hands were not looked at for lesions.")
    return _("none on record at this visit, but it is not recorded that both hands were looked at.")


def _ended_words(ulcers: list[LesionAt], counts: UlcerCounts) -> Iterator[str]:
    if counts.healed:
        yield _counted(_("healed since"), _healed(ulcers), letter)
    if counts.amputated:
        yield _counted(_("ended by amputation"), [e for e in ulcers if e.status is Status.AMPUTATED], letter)
    if counts.not_examined:
        waiting = [each for each in ulcers if each.is_open and not each.was_examined]
        yield _counted(_("not examined today and counted apart"), waiting, letter)


def _healed(ulcers: list[LesionAt]) -> list[LesionAt]:
    """The ulcers that were open when last looked at and are healed now."""
    healed = [each for each in ulcers if each.carried and each.status is Status.HEALED]
    return [each for each in healed if each.before is None or each.before.status not in ENDED]


def _counted(label: str, found: Iterable[LesionAt], name: Callable[[LesionAt], str]) -> str:
    names = [name(each) for each in sorted(found, key=_by_letter)]
    return f"{label}: {len(names)}" + (f" ({', '.join(names)})" if names else "")


def _by_letter(each: LesionAt) -> tuple[int, str]:
    return len(each.lesion.letter), each.lesion.letter


def letter(each: LesionAt) -> str:
    """The letter of a lesion: "A"."""
    return each.lesion.letter


def named(each: LesionAt) -> str:
    """The letter and the digit of a lesion: "A right index"."""
    return f"{each.lesion.letter} {each.lesion.site.of_digit.name}"


def infection_or_ischaemia_words(record: PatientRecord, visit: Visit) -> str:
    """Infection and bone of open ulcers, gangrene, critical ischaemia: each said, or said not to be recorded."""
    found = lesions_at(record, visit)
    ulcers = [e for e in found if e.lesion.kind is LesionKind.ULCER and e.is_open]
    gangrene = [e for e in found if e.lesion.kind is LesionKind.GANGRENE and e.is_open]
    dead = _("gangrene: {where}").format(where=_list(gangrene, named)) if gangrene else _("no gangrene recorded")
    parts = [_infection_words(ulcers), *_bone_words(ulcers), dead, ischaemia_words(record, visit)]
    return "; ".join(parts) + "."


def _infection_words(ulcers: list[LesionAt]) -> str:
    if not ulcers:
        return _("infection: no open ulcer recorded")
    examined = [each for each in ulcers if each.was_examined]
    parts = []
    for judgement in Judgement:
        if judged := [each for each in examined if each.state.infection is judgement]:
            name = named if judgement in (Judgement.YES, Judgement.SUSPECTED) else letter
            parts.append(f"{judgement.label} ({_list(judged, name)})")
    if silent := [each for each in examined if each.state.infection is None]:
        parts.append(_("not recorded ({letters})").format(letters=_list(silent, letter)))
    if waiting := [each for each in ulcers if not each.was_examined]:
        parts.append(_("not examined today ({letters})").format(letters=_list(waiting, letter)))
    return _("infection: {words}").format(words=", ".join(parts))


def _bone_words(ulcers: list[LesionAt]) -> Iterator[str]:
    if exposed := [e for e in ulcers if e.state.exposed_bone]:
        yield _("exposed bone: {letters}").format(letters=_list(exposed, letter))
    if deep := [e for e in ulcers if e.state.depth is Depth.EXPOSED and not e.state.exposed_bone]:
        yield f"{Depth.EXPOSED.label}: {_list(deep, letter)}"
    if suspected := [e for e in ulcers if e.state.osteomyelitis]:
        yield _("suspected osteomyelitis: {letters}").format(letters=_list(suspected, letter))


def _list(found: Iterable[LesionAt], name: Callable[[LesionAt], str]) -> str:
    return ", ".join(name(each) for each in found)


def ischaemia_words(record: PatientRecord, visit: Visit) -> str:
    """Critical ischaemia over the digits that remain: where, since when, and in how many it was not recorded."""
    measure = CATALOGUE["ischaemia"]
    found = {site: reading(visit, site, measure) for site in to_record(record, visit, measure)}
    if not any(found.values()):
        return _("critical ischaemia: not recorded")
    there = [_since(visit, site) for site, each in found.items() if each and each.value is True]
    no = sum(each is not None and each.value is False for each in found.values())
    not_done = sum(each is not None and each.is_not_done for each in found.values())
    unclear = sum(each is not None and each.value is None for each in found.values()) - not_done
    silent = sum(each is None for each in found.values())
    parts = [_("yes in {where}").format(where=", ".join(there))] if there else []
    if no:
        parts.append(ngettext("no in {n} digit", "no in {n} digits", no).format(n=no))
    others = (
        (unclear, _("could not be assessed in {n}")),
        (not_done, _("not done in {n}")),
        (silent, _("not recorded in {n}")),
    )
    parts += [words.format(n=n) for n, words in others if n]
    return _("critical ischaemia: {words}").format(words=", ".join(parts))


def _since(visit: Visit, site: Site) -> str:
    since = reading(visit, site, CATALOGUE["ischaemia_since"])
    if since is None or since.value is None:
        return site.name
    return _("{site} (since {when})").format(site=site.name, when=since.text)


def main_change_words(record: PatientRecord, visit: Visit) -> str:
    """The main change since the previous visit, chosen by one rule and said without a verdict.

    First the conditions that differ. Then digits lost, ulcers new, healed or ended, new gangrene; then changes that
    reach a published meaningful change. Only where there is none of these, the largest changes, measured against
    the length of each scale.
    """
    before = record.previous(visit)
    if before is None:
        return _("first visit; nothing to compare with.")
    differing = ", ".join(condition.name for condition in differing_conditions(record, visit))
    parts = [_("conditions of measurement differed ({which})").format(which=differing)] if differing else []
    chosen = [*_lost_digits(record, before, visit), *_lesion_changes(record, visit), *_published(record, visit)]
    parts += chosen or _largest(record, visit)
    return _("since {day}: {words}.").format(day=day_label(before.day), words="; ".join(parts))


def _lost_digits(record: PatientRecord, before: Visit, visit: Visit) -> Iterator[str]:
    for amputation in record.amputations:
        if amputation.applies_on(visit.day) and not amputation.applies_on(before.day):
            yield amputation.words


def _lesion_changes(record: PatientRecord, visit: Visit) -> Iterator[str]:
    found = lesions_at(record, visit)
    ulcers = [each for each in found if each.lesion.kind is LesionKind.ULCER]
    new = [each for each in ulcers if each.is_new and each.is_open]
    healed = _healed(ulcers)
    lost = [each for each in ulcers if each.status is Status.AMPUTATED]
    dead = [each for each in found if each.lesion.kind is LesionKind.GANGRENE and each.is_new and each.is_open]
    if new:
        yield _counted(_("new ulcers"), new, letter)
    if healed:
        yield _counted(_("ulcers healed"), healed, letter)
    if lost:
        yield _counted(_("ulcers ended by amputation"), lost, letter)
    if dead:
        yield _counted(_("new gangrene"), dead, named)


def _changes(record: PatientRecord, visit: Visit, measure: Measure) -> Iterator[tuple[Site, Difference]]:
    for site in measure.sites:
        found = None if is_absent(record, visit, site) else change(record, visit, site, measure)
        if found is not None and found.value is not None:
            yield site, found


def _published(record: PatientRecord, visit: Visit) -> Iterator[str]:
    """Changes that reach a published meaningful change; it is context, and the direction is left to the numbers."""
    for measure in CATALOGUE.values():
        if measure.change is None:
            continue
        reached = [
            _from_to(record, visit, site, found)
            for site, found in _changes(record, visit, measure)
            if abs(found.value or 0) >= measure.change.amount - 1e-9
        ]
        if reached:
            yield _("{measure} (published meaningful change: {amount}): {changes}").format(
                measure=measure.name, amount=f"{measure.change.amount:g}", changes=", ".join(reached)
            )


def _largest(record: PatientRecord, visit: Visit) -> list[str]:
    """The largest changes, one of each measure, in the order of their part of the scale."""
    largest: list[tuple[float, Site, Difference]] = []
    compared = 0
    for measure in CATALOGUE.values():
        if not _can_lead(measure) or not isinstance(measure.kind, Number):
            continue
        found = list(_changes(record, visit, measure))
        compared += len(found)
        if found:
            site, most = max(found, key=lambda pair: abs(pair[1].value or 0))
            low, high = measure.kind.hard
            largest.append((abs(most.value or 0) / (high - low), site, most))
    if not compared:
        return [_("no value was recorded at both visits")]
    moved = sorted((each for each in largest if each[0] > 0), key=lambda each: -each[0])[:MOST_CHANGES]
    if not moved:
        return [
            ngettext(
                "the {n} value recorded at both visits is unchanged",
                "all {n} values recorded at both visits are unchanged",
                compared,
            ).format(n=compared)
        ]
    words = ", ".join(
        _("{measure}, {change}").format(measure=most.measure.name, change=_from_to(record, visit, site, most))
        for _part, site, most in moved
    )
    return [_("largest changes: {words}").format(words=words)]


def _can_lead(measure: Measure) -> bool:
    """Whether a measure is a finding: not derived from another, and not a condition of the room or the diary."""
    return not measure.derived and (measure.scope is not Scope.VISIT or measure.worse is not Direction.NEITHER)


def _from_to(record: PatientRecord, visit: Visit, site: Site, found: Difference) -> str:
    """ "right index 2.0 s to 4.5 s (+2.5 s)"."""
    before = record.previous(visit)
    assert before is not None and found.value is not None
    then, now = reading(before, site, found.measure), reading(visit, site, found.measure)
    text = _("{then} to {now} ({change})").format(
        then=_bare(then),
        now=_bare(now),
        change=found.bounded(signed(found.measure, found.value)),
    )
    return text if site.hand is None else f"{site.name} {text}"


def _bare(found: Reading | None) -> str:
    assert found is not None
    return ("≥ " if found.at_least else "") + found.measure.text(found.value)


def shortened(text: str, limit: int) -> str:
    """A text in one line, cut between words at `limit` characters with a pointer to the rest."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit].rsplit(" ", 1)[0] or line[:limit]
    return _("{start} … (in full below)").format(start=cut)
