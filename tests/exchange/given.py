"""Small bundles for tests, as another program would write them."""

from __future__ import annotations

import json
from typing import Any

ULCER: dict[str, Any] = {
    "id": "u1",
    "kind": "ulcer",
    "site": "R.D2.distal",
    "aspect": "palmar",
    "x": 0.67,
    "y": 0.19,
    "location": "tip",
    "origin": "pure",
    "status": "active",
    "length_mm": 4,
    "width_mm": 3,
}


def visit(at: str = "2026-03-02T09:30:00-06:00", **more: Any) -> dict[str, Any]:
    """One visit."""
    return {"at": at, "kind": "follow_up", "examiner": "Dr Example", **more}


def patient(*visits: dict[str, Any], record_number: str = "0012", **more: Any) -> dict[str, Any]:
    """One patient, born 1964."""
    names = {"record_number": record_number, "family_name": "Ruiz", "given_name": "Ana", "birth_date": "1964-03-12"}
    return {**names, **more, "visits": list(visits)}


def bundle(*patients: dict[str, Any], **more: Any) -> str:
    """The text of a bundle."""
    return json.dumps({"format": "ssc_hand.bundle", "version": 1, "patients": list(patients), **more})


def one(entry: dict[str, Any]) -> str:
    """A bundle of one patient with one visit with one observation."""
    return bundle(patient(visit(observations=[entry])))


def lesions(*entries: dict[str, Any]) -> str:
    """A bundle of one patient with one visit with these lesions."""
    return bundle(patient(visit(lesions=list(entries))))
