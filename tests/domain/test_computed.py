"""Active motion and CSURI: only from everything they need, with the reason where something is missing."""

from __future__ import annotations

import pytest

from ssc_hand.domain.anatomy import VISIT, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import SOURCES, Reading, reading
from ssc_hand.domain.vocabulary import Reason
from tests.builders import VisitBuilder, a_patient, a_visit

ANGLES = {
    "mcp_flexion": 80,
    "mcp_deficit": 5,
    "pip_flexion": 95,
    "pip_deficit": 20,
    "dip_flexion": 60,
    "dip_deficit": 0,
}


def computed(visit: VisitBuilder, key: str, site: str = "") -> Reading | None:
    """What the visit says of a computed measure."""
    return reading(visit.of(a_patient())[0], parse_site(site) if site else VISIT, CATALOGUE[key])


def test_active_motion_is_flexion_less_deficits() -> None:
    found = computed(a_visit().at("R.D3", **ANGLES), "tam", "R.D3")
    assert found is not None and found.value == 210
    assert found.words == "210°"


@pytest.mark.parametrize("missing", list(ANGLES))
def test_active_motion_needs_all_six_angles(missing: str) -> None:
    found = computed(a_visit().at("R.D3", **{k: v for k, v in ANGLES.items() if k != missing}), "tam", "R.D3")
    assert found is not None and found.value is None
    assert found.words == f"not computable: without {CATALOGUE[missing].name}"


def test_an_angle_that_could_not_be_assessed_is_missing() -> None:
    found = computed(a_visit().at("R.D3", **{**ANGLES, "dip_flexion": Reason.PAIN}), "tam", "R.D3")
    assert found is not None and found.value is None and "DIP flexion" in found.why


def test_a_joint_that_bends_less_than_it_lacks_is_not_added_up() -> None:
    found = computed(a_visit().at("R.D3", **{**ANGLES, "pip_flexion": 10}), "tam", "R.D3")
    assert found is not None and found.value is None and found.why == "PIP: flexion is less than the deficit"


def test_without_any_angle_nothing_is_said() -> None:
    assert computed(a_visit().at("R.D3", crt=2.0), "tam", "R.D3") is None


def test_the_thumb_has_a_motion_of_its_own() -> None:
    visit = a_visit().at("L.D1", mcp_flexion=50, mcp_deficit=10, ip_flexion=70, ip_deficit=0)
    found = computed(visit, "tam_thumb", "L.D1")
    assert found is not None and found.value == 110
    assert found.measure.name == "Active motion of the thumb (MCP + IP)"
    assert computed(visit, "tam", "L.D1") is None


def finger(visit: VisitBuilder, site: str, counts: tuple[int, int, int | None]) -> VisitBuilder:
    """N, M and D of one finger."""
    capillaries, mega, diameter = counts
    more = {} if diameter is None else {"nvc_diameter": diameter}
    return visit.at(site, nvc_capillaries=capillaries, nvc_mega=mega, **more)


def test_csuri_stands_on_the_finger_with_the_fewest_capillaries_that_has_a_megacapillary() -> None:
    visit = finger(finger(finger(a_visit(), "R.D2", (4, 0, None)), "R.D3", (8, 2, 100)), "L.D4", (9, 6, 140))
    found = computed(visit, "csuri")
    assert found is not None and found.value == pytest.approx(100 * 2 / 8**2, abs=0.005)
    assert found.words == "3.12, right middle, of 3 fingers counted"


def test_of_equally_few_capillaries_the_image_with_most_megacapillaries_counts() -> None:
    found = computed(finger(finger(a_visit(), "R.D3", (8, 2, 100)), "L.D4", (8, 3, 100)), "csuri")
    assert found is not None and found.basis.startswith("left ring")


def test_without_a_megacapillary_csuri_is_not_computable_and_not_zero() -> None:
    found = computed(finger(a_visit(), "R.D2", (7, 0, None)), "csuri")
    assert found is not None and found.value is None
    assert found.words == "not computable: no megacapillary"


def test_without_the_diameter_of_the_chosen_finger_csuri_says_so() -> None:
    found = computed(finger(finger(a_visit(), "R.D2", (5, 1, None)), "R.D3", (8, 2, 100)), "csuri")
    assert found is not None and found.value is None and found.why.endswith("is not recorded: right index")


def test_an_image_without_any_capillary_cannot_be_divided_by() -> None:
    found = computed(finger(a_visit(), "R.D2", (0, 1, 90)), "csuri")
    assert found is not None and found.value is None


def test_where_nothing_was_counted_csuri_says_nothing() -> None:
    assert computed(a_visit().at("R.D2", nvc_density=6.0), "csuri") is None


def test_every_computed_measure_says_from_what() -> None:
    derived = {measure.key for measure in CATALOGUE.values() if measure.derived}
    assert set(SOURCES) == derived
    assert all(source in CATALOGUE and not CATALOGUE[source].derived for each in SOURCES.values() for source in each)
