"""Reading JSON strictly and writing it in one stable way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.errors import Refused
from ssc_hand.exchange.json_text import read_json, write_json

SCALARS = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_what_is_written_is_read_back_the_same(value: Any) -> None:
    assert read_json(write_json(value)) == value
    assert write_json(read_json(write_json(value))) == write_json(value)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000_000,
        '{"a":' * 2_000_000,
        "[" * 100_000 + "]" * 100_000,
        '"' + '\\"' * 5_000_000,
        '["' + "[" * 1_000_000,
    ],
)
def test_megabytes_of_nesting_or_quotes_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_json(text)


def test_brackets_within_texts_are_no_nesting() -> None:
    text = json.dumps({"note": "[{" * 1000 + '"\\' * 50})
    assert read_json(text) == json.loads(text)


def test_a_key_written_twice_is_refused_and_named() -> None:
    with pytest.raises(Refused, match="“site” is written twice"):
        read_json('{"site": "R", "site": "L"}')


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    with pytest.raises(Refused, match="is not a number"):
        read_json(f"[{number}]")


@pytest.mark.parametrize("text", ["", "nope", "[1,]", "{", "\ufeff[]", "[1] [2]"])
def test_what_is_not_json_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Refused, match="not a JSON file \\(line 1, column"):
        read_json(text)
