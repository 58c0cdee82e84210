"""The banner of the person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.background_terms import MedicineKind, Smoking
from ssc_hand.domain.vocabulary import ProcedureState, Side
from ssc_hand.ui.patients.banner import PersonBanner
from ssc_hand.ui.widgets.badge import Badge
from ssc_hand.ui.widgets.plain_label import PlainLabel
from tests.ui.finding import the
from tests.ui.patients.people import HOSTILE, a_medicine, a_procedure, a_record, an_amputation, now


@pytest.fixture
def banner(qtbot: QtBot) -> PersonBanner:
    made = PersonBanner(now)
    qtbot.addWidget(made)
    made.resize(500, 100)
    made.show()
    return made


def texts(banner: PersonBanner) -> list[str]:
    """What can be read, from top to bottom, with plain spaces."""
    shown = [label for label in banner.findChildren(PlainLabel) if label.isVisible()]
    return [label.text().replace("\u00a0", " ") for label in sorted(shown, key=lambda label: label.y())]


def test_it_says_whatever_tells_one_person_from_another(banner: PersonBanner) -> None:
    banner.show_record(a_record())
    name, identity, _risks = texts(banner)
    assert name == "Nakamura, Keiko"
    for fact in ("100001", "born 12 Mar 1964 (61 y)", "female", "Dominant hand: right"):
        assert fact in identity


def test_a_name_with_markup_is_shown_as_typed(banner: PersonBanner) -> None:
    banner.show_record(a_record(name=HOSTILE))
    assert texts(banner)[0] == f"{HOSTILE}, Keiko"


def test_a_plan_stands_apart_from_what_was_done(banner: PersonBanner) -> None:
    done = a_procedure(Side.RIGHT, ProcedureState.DONE, "2024-03-12")
    banner.show_record(a_record(procedures=(done, a_procedure(Side.LEFT, ProcedureState.PLANNED))))
    _name, _identity, _risks, plans, history = texts(banner)
    assert plans == "PLANNED: LEFT, Fat and ADSVF"
    assert history == "Fat and ADSVF, RIGHT, done 12 Mar 2024"


def test_what_to_fear_is_told_and_what_nobody_asked_is_named(banner: PersonBanner) -> None:
    banner.show_record(a_record())
    assert texts(banner)[2] == "Not recorded: allergies, anticoagulant or antiplatelet, smoking"
    known = a_record(medicines=(a_medicine(MedicineKind.ANTICOAGULANT, name="apixaban", dose="5 mg"),))
    patient = replace(known.patient, allergies="penicillin", smoking=Smoking.CURRENT, pack_years=20.0)
    banner.show_record(replace(known, patient=patient))
    told = texts(banner)[2]
    for fact in ("Allergies: penicillin", "Anticoagulant or antiplatelet: apixaban 5 mg", "smokes, 20 pack-years"):
        assert fact in told
    assert "Not recorded" not in told
    assert "penicillin" in banner.accessibleDescription()


def test_amputations_are_told(banner: PersonBanner) -> None:
    banner.show_record(a_record(amputations=(an_amputation(),)))
    assert "right middle: amputated 2024" in texts(banner)[-1]


def test_nothing_of_the_last_patient_stays(banner: PersonBanner) -> None:
    banner.show_record(a_record(amputations=(an_amputation(),)))
    banner.show_record(None)
    assert not any("100001" in text or "amputated" in text or "Nakamura" in text for text in texts(banner))


def test_a_synthetic_patient_is_labelled(banner: PersonBanner) -> None:
    badge = the(Badge, banner)
    assert not badge.isVisible()
    banner.set_synthetic(synthetic=True)
    assert badge.isVisible()
    assert badge.text() == "SYNTHETIC"


def test_it_grows_higher_where_it_is_narrow(banner: PersonBanner) -> None:
    done = a_procedure(Side.RIGHT, ProcedureState.DONE, "2024-03-12")
    banner.show_record(a_record(procedures=(done,), amputations=(an_amputation(),)))
    banner.resize(900, 10)
    wide = banner.height()
    banner.resize(220, 10)
    assert banner.height() > wide
    for label in banner.findChildren(PlainLabel):
        assert not label.isVisible() or banner.rect().contains(label.geometry())


def test_an_allergy_cannot_look_like_further_facts(banner: PersonBanner) -> None:
    known = a_record()
    forged = "penicillin  ·  Smoking: never smoked"
    banner.show_record(replace(known, patient=replace(known.patient, allergies=forged)))
    assert texts(banner)[2].startswith(f"Allergies: “{forged}”")
