"""The hard cases: what an ordinary clinic meets and an ordinary program stumbles over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from ssc_hand.domain.anatomy import Aspect, Digit, Hand, Site, parse_site
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import Lesion, PatientRecord, not_assessed, observation
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    Colour,
    Depth,
    Judgement,
    LesionKind,
    Location,
    Origin,
    ProcedureKind,
    ProcedureState,
    Reason,
    Side,
    SizeChange,
    Status,
    VisitKind,
    VisitState,
)
from ssc_hand.tasks.demo import people, ulcers
from ssc_hand.tasks.demo.dice import Dice
from ssc_hand.tasks.demo.measuring import Course
from ssc_hand.tasks.demo.plot import Plot
from ssc_hand.tasks.demo.story import Story
from ssc_hand.tasks.demo.trial import LAST_DAY
from ssc_hand.tasks.demo.ulcers import Life

_DONE, _PLANNED, _CANCELLED = ProcedureState.DONE, ProcedureState.PLANNED, ProcedureState.CANCELLED


def hard_records(seed: int, *, first_number: int) -> list[PatientRecord]:
    """One patient per hard case, numbered from `first_number`."""
    records = []
    for number, (tell, person, remark) in enumerate(_CASES, start=first_number):
        dice = Dice(f"{seed}/{tell.__name__}")
        story = Story(dice, people.patient(dice, number, person, remark))
        tell(story)
        records.append(story.record())
    return records


def _days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def _amputated_tip(story: Story) -> None:
    """The left index lost its tip between two visits; its ulcer ends with it, never healed."""
    days = _days("2024-01-15", "2024-04-08", "2024-09-16", "2025-09-08", "2026-09-14")
    course = Course(severity=1.25, worse=Hand.LEFT, gain={Hand.LEFT: 0.2, Hand.RIGHT: 0.1})
    plot = Plot(story, course, days)
    lost = story.lesion(LesionKind.ULCER, "L.D2.distal", Aspect.PALMAR, Location.TIP, origin=Origin.PURE)
    for visit, length in zip(plot.visits[:2], (6.0, 9.5), strict=True):
        story.found(
            visit,
            lost,
            Status.ACTIVE,
            length_mm=length,
            width_mm=length - 2,
            depth=Depth.EXPOSED if length > 9 else Depth.DEEP,
            infection=Judgement.SUSPECTED if length > 9 else Judgement.NO,
            exposed_bone=length > 9,
            osteomyelitis=length > 9,
            pain=8,
        )
    plot.ulcer(Hand.RIGHT, Life(heals=0.4, first=3))
    plot.finish(last_review=dt.date(2027, 3, 15))
    story.amputation("L.D2", AmputationLevel.TIP, "2024-05-20", note="Osteomyelitis of the tuft; healed stump.")
    story.describe(
        plot.visits[1], plan="Admitted for iloprost and intravenous antibiotics; hand surgeon to see bone and tip."
    )


def _gangrene(story: Story) -> None:
    """Dry gangrene of the right little finger with critical ischaemia."""
    days = _days("2025-03-10", "2025-11-24", "2026-06-15", "2026-10-26", "2026-11-09")
    kinds = (VisitKind.BASELINE, *[VisitKind.FOLLOW_UP] * 2, *[VisitKind.UNPLANNED] * 2)
    course = Course(severity=1.5, worse=Hand.RIGHT, gain={Hand.RIGHT: -0.2})
    plot = Plot(story, course, days, kinds)
    plot.scars(Hand.RIGHT, Digit.D2, Digit.D3, Digit.D4)
    dead = story.lesion(LesionKind.GANGRENE, "R.D5.distal", Aspect.PALMAR, Location.TIP, onset=PartialDate("2026-10"))
    story.found(plot.visits[3], dead, Status.PRESENT, length_mm=12.0, width_mm=9.0, pain=9)
    story.found(
        plot.visits[4],
        dead,
        Status.PRESENT,
        size_change=SizeChange.LARGER,
        length_mm=14.0,
        width_mm=10.0,
        pain=8,
        note="Dry, line of demarcation.",
    )
    plot.ulcer(Hand.RIGHT, Life(heals=0.1, first=3, stays=True))
    plot.finish(last_review=dt.date(2026, 11, 23))
    little = parse_site("R.D5")
    for visit in plot.visits[3:]:
        story.record_values(
            visit,
            [
                not_assessed(little, "crt", Reason.OTHER, "gangrene of the tip"),
                observation(little, "ischaemia", value=True),
                observation(little, "ischaemia_since", "2026-10"),
                observation(little, "colour", Colour.BLUE.value),
                observation(little, "pain", 9),
            ],
        )
    story.describe(
        plot.visits[4],
        findings="Dry gangrene of the right little fingertip with a clear line; ring finger cold, skin intact.",
        plan="Five days of iloprost finished 6 Nov. Keep dry, strong analgesia, await demarcation; see weekly.",
    )
    for digit in (Digit.D3, Digit.D4):
        ulcers.stays(
            story, ulcers.contracture(story, Hand.RIGHT, digit), plot.visits, "PIP joint bent, does not straighten."
        )


def _no_refill(story: Story) -> None:
    """Fingers in which no blood came back within thirty seconds: a recorded, worst value."""
    plot = Plot(story, Course(severity=1.6, worse=Hand.RIGHT), _days("2026-02-09", "2026-05-18", "2026-11-02"))
    plot.ulcer(Hand.RIGHT, Life(heals=0.3))
    plot.finish(last_review=dt.date(2026, 12, 7))
    for visit, digits in zip(plot.visits, (("R.D3",), ("R.D2", "R.D3"), ("R.D2", "R.D3", "L.D3")), strict=True):
        for digit in digits:
            site = parse_site(digit)
            story.record_values(
                visit,
                [
                    observation(site, "crt", ">30"),
                    observation(site, "colour", Colour.PALE.value),
                    observation(site, "skin_temp", story.dice.near(21.5, 0.6, 20, 23)),
                ],
            )
    varnished = parse_site("L.D4")
    story.record_values(plot.visits[2], [not_assessed(varnished, "crt", Reason.NAIL)])


def _first_visit(story: Story) -> None:
    """Nothing to compare with yet."""
    plot = Plot(story, Course(severity=0.8, worse=Hand.RIGHT), _days("2026-11-09"))
    plot.ulcer(Hand.RIGHT, Life(heals=0))
    plot.finish(last_review=dt.date(2027, 1, 18))


def _both_hands(story: Story) -> None:
    """Procedures on both hands, one planned and one cancelled: no hand is "the other" any more."""
    days = _days("2024-02-26", "2024-06-10", "2025-02-17", "2025-09-08", "2025-12-15", "2026-06-22", "2026-11-10")
    kinds = (
        VisitKind.PRE_OPERATIVE,
        VisitKind.POST_OPERATIVE,
        VisitKind.FOLLOW_UP,
        VisitKind.PRE_OPERATIVE,
        VisitKind.POST_OPERATIVE,
        VisitKind.FOLLOW_UP,
        VisitKind.PRE_OPERATIVE,
    )
    story.procedure(ProcedureKind.ADSVF, Side.RIGHT, _DONE, "2024-03-12", note="40 ml, no complication.")
    story.procedure(ProcedureKind.ADSVF, Side.LEFT, _DONE, "2025-09-23", note="38 ml, bruising for two weeks.")
    story.procedure(ProcedureKind.BOTULINUM, Side.BOTH, _DONE, "2025-03")
    story.procedure(ProcedureKind.SYMPATHECTOMY, Side.RIGHT, _CANCELLED, "2025", note="Patient preferred to wait.")
    story.procedure(ProcedureKind.ARTHRODESIS, Side.LEFT, _PLANNED, "2027-01", digits=(Digit.D3,))
    course = Course(severity=1.3, worse=Hand.RIGHT, gain={Hand.RIGHT: 0.35, Hand.LEFT: 0.3})
    plot = Plot(story, course, days, kinds)
    plot.ulcer(Hand.RIGHT, Life(heals=0.6))
    plot.ulcer(Hand.LEFT, Life(heals=0.4, first=2))
    plot.scars(Hand.LEFT, Digit.D2)
    plot.finish(last_review=dt.date(2027, 1, 11))


def _twelve_years(story: Story) -> None:
    """Forty visits over twelve years, with ulcers that come back and a camera that replaced a thermometer."""
    start = dt.date(2014, 11, 10)
    days = [start + dt.timedelta(days=round(number * 112.4)) for number in range(40)]
    course = Course(severity=1.2, worse=Hand.RIGHT, gain={Hand.RIGHT: 0.15, Hand.LEFT: -0.15})
    story.procedure(ProcedureKind.CALCINOSIS_REMOVAL, Side.LEFT, _DONE, "2017-05-09", digits=(Digit.D4,))
    story.procedure(ProcedureKind.ADSVF, Side.RIGHT, _DONE, "2021-10-19")
    plot = Plot(story, course, days)
    plot.scars(Hand.RIGHT, Digit.D2, Digit.D4)
    for first in range(0, 38, 4):
        hand = Hand.RIGHT if first % 3 else Hand.LEFT
        plot.ulcer(hand, Life(heals=0.35, first=first))
    _comes_back(plot)
    plot.finish(last_review=dt.date(2027, 3, 1))
    plot.device_changed(17)


def _comes_back(plot: Plot) -> None:
    """A new ulcer where one had healed: a lesion of its own, linked to the old one."""
    story = plot.story
    site, place = "R.D3.distal", (Aspect.PALMAR, Location.TIP)
    old: Lesion | None = None
    for first, last in ((5, 7), (15, 18), (36, None)):
        onset = PartialDate(story.day(plot.visits[first]).isoformat()[:7])
        lesion = story.lesion(
            LesionKind.ULCER,
            site,
            *place,
            origin=Origin.PITTING_SCAR,
            onset=onset,
            follows=old.id if old else None,
        )
        until = len(plot.visits) if last is None else last
        for visit in plot.visits[first:until]:
            story.found(visit, lesion, Status.ACTIVE, length_mm=4.0, width_mm=3.0, infection=Judgement.NO, pain=5)
        if last is not None:
            story.found(plot.visits[last], lesion, Status.HEALED)
        old = lesion


def _long_name(story: Story) -> None:
    """Names as long as people have them."""
    plot = Plot(story, Course(severity=0.9, worse=Hand.LEFT), _days("2026-03-23", "2026-09-21"))
    plot.ulcer(Hand.LEFT, Life(heals=0.5))
    plot.finish(last_review=dt.date(2027, 3, 22))


def _born_1921(story: Story) -> None:
    """More than a hundred years old."""
    plot = Plot(story, Course(severity=0.95, worse=Hand.RIGHT), _days("2025-10-20", "2026-10-19"))
    plot.scars(Hand.RIGHT, Digit.D3)
    plot.finish(last_review=dt.date(2027, 10, 18))
    for visit in plot.visits:
        stiff = (parse_site(f"R.{digit}") for digit in (Digit.D4, Digit.D5))
        story.record_values(visit, [not_assessed(site, "crt", Reason.CONTRACTURE) for site in stiff])


def _calcinosis(story: Story) -> None:
    """Calcinosis in several fingers, one of them broken through the skin."""
    plot = Plot(story, Course(severity=1.0, worse=Hand.LEFT), _days("2025-08-11", "2026-02-16", "2026-08-17"))
    plot.calcinosis(Hand.LEFT, Digit.D2, "Chalky deposit, 8 mm, tender.")
    plot.calcinosis(Hand.LEFT, Digit.D3, "Two small deposits.")
    plot.calcinosis(Hand.RIGHT, Digit.D2, "Hard, painless.")
    broken = story.lesion(
        LesionKind.ULCER, "L.D2.middle", Aspect.DORSAL, Location.PIP, origin=Origin.CALCINOSIS, onset=None
    )
    plot.live(broken, Life(heals=0.2, first=1, stays=True))
    plot.finish(last_review=dt.date(2027, 2, 15))
    story.photograph(broken)


def _undated(story: Story) -> None:
    """Sex and birth date unknown: no published limit applies, and the program says so."""
    plot = Plot(story, Course(severity=1.05, worse=Hand.RIGHT), _days("2026-04-13", "2026-10-12"))
    plot.finish(last_review=None)
    refusing = parse_site("L")
    story.record_values(plot.visits[1], [not_assessed(refusing, "hand_pain_week", Reason.REFUSED)])
    story.record_values(plot.visits[1], [not_assessed(refusing, "hand_pain_now", Reason.NOT_DONE)])


def _draft(story: Story) -> None:
    """A visit of the last day that nobody has finished yet: the left hand and the lesions are still to be done."""
    days = [*_days("2025-11-17", "2026-05-11"), LAST_DAY]
    plot = Plot(story, Course(severity=1.15, worse=Hand.RIGHT), days)
    tip = story.lesion(LesionKind.ULCER, "R.D3.distal", Aspect.PALMAR, Location.TIP, origin=Origin.PURE)
    joint = story.lesion(LesionKind.ULCER, "L.D2.middle", Aspect.DORSAL, Location.PIP, origin=Origin.PURE)
    scar = ulcers.scar(story, Hand.RIGHT, Digit.D2)
    before, last, draft = plot.visits
    story.found(before, tip, Status.ACTIVE, length_mm=7.0, width_mm=5.0, depth=Depth.INTERMEDIATE, pain=7)
    smaller = SizeChange.SMALLER
    story.found(last, tip, Status.ACTIVE, size_change=smaller, length_mm=5.5, width_mm=4.0, pain=5)
    story.found(last, joint, Status.ACTIVE, length_mm=4.0, width_mm=3.0, depth=Depth.SUPERFICIAL, pain=4)
    for visit in (before, last):
        story.found(visit, scar, Status.PRESENT)
    plot.finish(last_review=None)
    story.keep_only(draft, _typed_so_far)
    unsaid = dict.fromkeys(("reason", "findings", "plan", "ulcer_history", "next_review", "lesions_reviewed"))
    story.describe(draft, state=VisitState.DRAFT, **unsaid)


def _typed_so_far(site: Site, measure: str) -> bool:
    """The draft has the room, and the right hand as far as temperatures."""
    return site.hand is None or (site.hand is Hand.RIGHT and measure in ("crt", "skin_temp", "dorsum_temp"))


_CASES: tuple[tuple[Callable[[Story], None], people.Person, str], ...] = (
    (_amputated_tip, people.AMPUTATED, "Left index amputated through the distal phalanx."),
    (_gangrene, people.GANGRENE, "Dry gangrene of the right little finger."),
    (_no_refill, people.NO_REFILL, "Fingers without refill."),
    (_first_visit, people.FIRST_VISIT, "Seen once."),
    (_both_hands, people.BOTH_HANDS, "Treated on both hands."),
    (_twelve_years, people.TWELVE_YEARS, "Forty visits over twelve years."),
    (_long_name, people.LONG_NAME, "A long name."),
    (_born_1921, people.BORN_1921, "Born in 1921."),
    (_calcinosis, people.CALCINOSIS, "Calcinosis in three fingers."),
    (_undated, people.UNDATED, "Sex and birth date not recorded."),
    (_draft, people.DRAFT, "A visit that is still a draft."),
)
