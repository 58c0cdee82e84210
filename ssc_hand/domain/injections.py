"""Volumes injected per site of a hand: fat and ADSVF in millilitres, written one site a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Number, Scalar
from ssc_hand.domain.text import clean_name
from ssc_hand.i18n import _

#: Sites of one procedure; every border of every joint of both hands is 60, so more are a slip.
MOST_SITES = 100
_ML = Number(hard=(0, 200), soft=None, decimals=2)
_NONE = "-"
_AMOUNT = r"(?:-|[0-9.,]+)"
_LINE = re.compile(
    rf"(?P<site>[^:;=+]+?)(?:\s*[:;=]\s*|\s+)(?P<fat>{_AMOUNT})(?:\s*\+\s*(?P<adsvf>{_AMOUNT}))?(?:\s*ml)?"
)
_KEYS = frozenset({"site", "fat_ml", "adsvf_ml"})


@dataclass(frozen=True, slots=True)
class Injection:
    """What was injected at one site; a volume that was not noted is None."""

    site: str
    fat_ml: float | None = None
    adsvf_ml: float | None = None

    def __str__(self) -> str:
        fat = _NONE if self.fat_ml is None else f"{self.fat_ml:g}"
        return f"{self.site}: {fat}" + ("" if self.adsvf_ml is None else f" + {self.adsvf_ml:g}")

    @property
    def words(self) -> str:
        """For people: "palm 10 ml fat + 0.5 ml ADSVF"."""
        parts = []
        if self.fat_ml is not None:
            parts.append(_("{n} ml fat").format(n=f"{self.fat_ml:g}"))
        if self.adsvf_ml is not None:
            parts.append(_("{n} ml ADSVF").format(n=f"{self.adsvf_ml:g}"))
        return f"{self.site} {' + '.join(parts) or _('volume not recorded')}"


class InjectionList(tuple[Injection, ...]):
    """The injections of one procedure; as a text, one site a line as it is typed."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self)

    def total(self, key: str) -> float | None:
        """The sum in ml of "fat_ml" or "adsvf_ml"; None where no site has a volume of it."""
        found = [getattr(each, key) for each in self if getattr(each, key) is not None]
        return round(sum(found), 2) if found else None


@dataclass(frozen=True, slots=True)
class Injections:
    """The kind of a list of injections: typed and stored as lines "palm: 10 + 0.5", fat first, then ADSVF."""

    def parse(self, text: str) -> InjectionList:
        """The sites typed, one a line; raises `Refused` naming the line."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return _checked(_parsed(line) for line in lines)

    def load(self, stored: object) -> InjectionList:
        """The sites as stored (lines of text) or imported (a list of objects)."""
        if isinstance(stored, str):
            return self.parse(stored)
        if not isinstance(stored, list | tuple):
            raise Refused(_("“{text}” is not a list of sites with volumes.").format(text=str(stored)[:40]))
        return _checked(_loaded(each) for each in stored)

    def dump(self, value: object) -> Scalar:
        """Lines of text."""
        return str(self.load(value))

    def format(self, value: object) -> str:
        """For people, on one line."""
        return "; ".join(each.words for each in self.load(value))


def as_objects(injections: InjectionList) -> list[dict[str, Scalar]]:
    """The sites as a file of another program holds them; what was not noted is left out."""
    found: list[dict[str, Scalar]] = []
    for each in injections:
        volumes = {"fat_ml": each.fat_ml, "adsvf_ml": each.adsvf_ml}
        found.append({"site": each.site, **{key: ml for key, ml in volumes.items() if ml is not None}})
    return found


def _checked(found: Iterable[Injection]) -> InjectionList:
    injections = InjectionList(found)
    if len(injections) > MOST_SITES:
        raise Refused(_("At most {n} sites can be kept.").format(n=MOST_SITES))
    return injections


def _parsed(line: str) -> Injection:
    match = _LINE.fullmatch(line)
    if match is None:
        raise Refused(
            _("“{line}” is not a site with its volume. Write one site a line, such as: palm: 10 + 0.5").format(
                line=line[:40]
            )
        )
    return _injection(match["site"], _typed(match["fat"]), _typed(match["adsvf"]))


def _typed(text: str | None) -> object:
    return None if text in (None, _NONE) else _ML.parse(str(text))


def _loaded(given: object) -> Injection:
    if isinstance(given, Injection):
        return given
    if not isinstance(given, Mapping) or not isinstance(given.get("site"), str):
        raise Refused(_("“{text}” is not a site with volumes.").format(text=str(given)[:40]))
    if unknown := sorted(set(given) - _KEYS):
        raise Refused(_("“{key}” has no meaning here, so the file is refused.").format(key=str(unknown[0])[:60]))
    return _injection(given["site"], given.get("fat_ml"), given.get("adsvf_ml"))


def _injection(site: str, fat: object, adsvf: object) -> Injection:
    name = clean_name(site)
    # These signs end the name when it is read back from its line.
    if not name or set(":;=+") & set(name):
        raise Refused(_("“{name}” is not the name of a site: it is empty or has a colon or +.").format(name=name[:40]))
    volumes = [None if ml is None else float(str(_ML.load(ml))) for ml in (fat, adsvf)]
    return Injection(name, *volumes)
