"""Volumes per site: typed one a line, refused with the line, the same after storing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.injections import MOST_SITES, Injection, InjectionList, Injections, as_objects

KIND = Injections()
VOLUME = st.one_of(st.none(), st.integers(0, 20_000).map(lambda steps: steps / 100))
NAME = st.text("abcXYZ 0123456789-.,éø", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
INJECTIONS = st.lists(st.builds(lambda *parts: parts, NAME, VOLUME, VOLUME), max_size=6)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("palm: 10 + 0.5", Injection("palm", 10.0, 0.5)),
        ("palm 10", Injection("palm", 10.0)),
        ("palm: 10,25 ml", Injection("palm", 10.25)),
        ("index MCP 2 radial 0.5 + 0,02", Injection("index MCP 2 radial", 0.5, 0.02)),
        ("dorsum: - + 1", Injection("dorsum", None, 1.0)),
        ("dorsum: -", Injection("dorsum")),
        ("dorsum: 0", Injection("dorsum", 0.0)),
    ],
)
def test_a_site_is_read_as_it_is_typed(line: str, meant: Injection) -> None:
    assert KIND.parse(f"\n  {line}  \n") == (meant,)


@pytest.mark.parametrize(
    "line", ["palm", "10", "palm: ten", "palm: 1.2.3", "palm: 201", "palm: -4", "palm: 1 + 2 + 3", "palm: 1 2"]
)
def test_what_is_no_site_with_a_volume_is_refused(line: str) -> None:
    with pytest.raises(Refused):
        KIND.parse(f"dorsum: 10\n{line}")


def test_more_sites_than_a_hand_has_are_refused() -> None:
    with pytest.raises(Refused, match=str(MOST_SITES)):
        KIND.parse("palm: 1\n" * (MOST_SITES + 1))


def test_the_sum_counts_what_was_noted_and_is_not_zero_where_nothing_was() -> None:
    found = KIND.parse("palm: 10\ndorsum: 10.5 + 1\nthumb: -")
    assert found.total("fat_ml") == 20.5
    assert found.total("adsvf_ml") == 1.0
    assert KIND.parse("palm: 10").total("adsvf_ml") is None


def test_people_read_the_volumes_in_words() -> None:
    assert KIND.format(KIND.parse("palm: 10 + 0.5\nthumb: -")) == (
        "palm 10 ml fat + 0.5 ml ADSVF; thumb volume not recorded"
    )


@given(INJECTIONS)
def test_sites_are_the_same_after_storing_and_after_a_file(
    given_sites: list[tuple[str, float | None, float | None]],
) -> None:
    objects = [
        {key: value for key, value in zip(("site", "fat_ml", "adsvf_ml"), parts, strict=True) if value is not None}
        for parts in given_sites
    ]
    found = KIND.load(objects)
    assert isinstance(found, InjectionList)
    assert KIND.load(KIND.dump(found)) == found
    assert KIND.load(as_objects(found)) == found


@pytest.mark.parametrize(
    "stored",
    [
        7,
        [3],
        [{"fat_ml": 3}],
        [{"site": "  "}],
        [{"site": "a: b"}],
        [{"site": "palm", "ml": 3}],
        [{"site": "palm", "fat_ml": True}],
    ],
)
def test_what_no_file_should_hold_is_refused(stored: object) -> None:
    with pytest.raises(Refused):
        KIND.load(stored)
