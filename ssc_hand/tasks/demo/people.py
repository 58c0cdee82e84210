"""Who is in the demo clinic: invented names, none of them a patient."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import Patient
from ssc_hand.domain.vocabulary import Sex, Side, Subset
from ssc_hand.tasks.demo.dice import Dice

#: Said in every patient's note, so that no page and no file can be taken for real.
SYNTHETIC = "Synthetic patient, invented for demonstration."

_F, _M = Sex.FEMALE, Sex.MALE
_R, _L = Side.RIGHT, Side.LEFT
_LIM, _DIFF, _SINE, _OVER = Subset.LIMITED, Subset.DIFFUSE, Subset.SINE, Subset.OVERLAP


@dataclass(frozen=True, slots=True)
class Person:
    """What the demo says of a person; the years of first signs may be unknown."""

    family: str
    given: str
    born: str | None
    sex: Sex | None
    hand: Side | None
    subset: Subset | None
    raynaud: str | None
    other: str | None


#: Ten who are treated in the most affected hand, then ten controls.
TRIAL: tuple[Person, ...] = (
    Person("Aguirre Solís", "Beatriz", "1971-04-09", _F, _R, _LIM, "2009", "2012"),
    Person("Barrientos", "Lucía", "1979-11-23", _F, _R, _DIFF, "2015-02", "2015-10"),
    Person("Cárdenas Vega", "Ofelia", "1962-01-30", _F, _R, _LIM, "1998", "2004"),
    Person("Domínguez", "Ignacio", "1968-07-14", _M, _R, _DIFF, "2014", "2015-03"),
    Person("Escobedo", "Graciela", "1975-09-02", _F, _L, _LIM, "2011", "2013"),
    Person("Fuentes Luna", "Alma", "1984-05-17", _F, _R, _DIFF, "2018-11", "2019-06"),
    Person("Gallardo", "Teresa", "1958-12-08", _F, _R, _LIM, "1995", "2001"),
    Person("Hinojosa", "Pilar", "1973-03-26", _F, _R, _OVER, "2010", "2012-09"),
    Person("Ibáñez Rojo", "Consuelo", "1966-10-05", _F, _R, _LIM, "2005", "2008"),
    Person("Jaramillo", "Norma", "1981-06-19", _F, _L, _DIFF, "2016", "2017-01"),
    Person("Lozano Prieto", "Elvira", "1970-02-11", _F, _R, _LIM, "2008", "2011"),
    Person("Mendoza", "Raquel", "1963-08-28", _F, _R, _LIM, "2000", "2006"),
    Person("Nájera", "Silvia", "1977-12-15", _F, _R, _DIFF, "2013-05", "2014-02"),
    Person("Olvera Cano", "Héctor", "1972-05-03", _M, _R, _LIM, "2012", "2016"),
    Person("Paredes", "Yolanda", "1959-09-21", _F, _R, _LIM, "1993", "1999"),
    Person("Quintero", "Marisol", "1986-01-07", _F, _R, _DIFF, "2019", "2019-12"),
    Person("Robledo Mena", "Irma", "1965-04-24", _F, _L, _LIM, "2003", "2007"),
    Person("Salgado", "Verónica", "1974-11-12", _F, _R, _LIM, "2010", "2015"),
    Person("Téllez", "Amparo", "1969-06-30", _F, _R, _OVER, "2007", "2009-08"),
    Person("Urrutia Díaz", "Carmen", "1980-03-18", _F, _R, _DIFF, "2017", "2018-04"),
)

AMPUTATED = Person("Παπαδοπούλου", "Ελένη", "1959-02-19", _F, _R, _LIM, "1996", "2003")
GANGRENE = Person("Соколова", "Мария Андреевна", "1967-10-31", _F, _R, _DIFF, "2012-09", "2013")
NO_REFILL = Person("Nguyễn", "Thị Ánh Tuyết", "1978-08-08", _F, _R, _DIFF, "2016", "2016-11")
FIRST_VISIT = Person("الحسن", "فاطمة", "1990-05-21", _F, _R, _LIM, "2023", "2025-06")
BOTH_HANDS = Person("Kowalczyk", "Jadwiga", "1964-03-27", _F, _R, _LIM, "1999", "2005")
TWELVE_YEARS = Person("Fernández Aguilar", "María del Rosario", "1961-07-16", _F, _R, _LIM, "2001", "2010-03")
LONG_NAME = Person(
    "von Hohenberg-Lindenthal und zu Waldeck-Tannenhausen-Oberschönfeld",
    "Wilhelmina Friederike Charlotte Antoinette Ludovika Henriette Marie-Therese",
    "1955-11-02",
    _F,
    _L,
    _LIM,
    "1989",
    "1997",
)
BORN_1921 = Person("Ashdown", "Edith", "1921-06-30", _F, _R, _LIM, "1968", "1980")
CALCINOSIS = Person("O’Brien Søndergård", "Åse", "1957-09-13", _F, _R, _LIM, "1990", "1998")
UNDATED = Person("Okonkwo", "Samuel", None, None, None, _SINE, None, None)
DRAFT = Person("Vargas Montes", "Dolores", "1976-02-02", _F, _R, _DIFF, "2014", "2015")


def patient(dice: Dice, number: int, person: Person, remark: str = "") -> Patient:
    """The record of a person, labelled as synthetic."""
    return Patient(
        id=dice.new_id(),
        record_number=f"DEMO-{number:03d}",
        family_name=person.family,
        given_name=person.given,
        birth_date=dt.date.fromisoformat(person.born) if person.born else None,
        sex=person.sex,
        dominant_hand=person.hand,
        subset=person.subset,
        first_raynaud=PartialDate(person.raynaud) if person.raynaud else None,
        first_other=PartialDate(person.other) if person.other else None,
        note=f"{SYNTHETIC} {remark}".strip(),
    )
