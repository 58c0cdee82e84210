"""What one user of this computer prefers; small, safe to lose, and never about a patient."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ssc_hand.config.paths import config_folder
from ssc_hand.config.whole_file import write_whole
from ssc_hand.domain.clinic import PaperLayout
from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.domain.fields import Field, dump_all
from ssc_hand.domain.kinds import Choice, Text
from ssc_hand.i18n import N_, _

USER: tuple[Field, ...] = (
    Field(key="clinic_folder", label=N_("Folder of the clinic opened last"), kind=Text(lines=False)),
    Field(key="layout", label=N_("Hands on the screen"), kind=Choice(PaperLayout)),
    Field(key="by", label=N_("Your name"), kind=Text(lines=False), hint=N_("written beside every entry")),
)
_FILE = "settings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSettings:
    """The settings of one user; None where nothing was chosen."""

    clinic_folder: str | None = None
    #: The posture in which the screen draws the hands.
    layout: PaperLayout | None = None
    #: The name that is written beside every entry.
    by: str | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of the clinic opened last."""
        return Path(self.clinic_folder) if self.clinic_folder else None


def load() -> UserSettings:
    """The settings as saved; what is missing or cannot be read counts as not chosen, so that nothing blocks a start."""
    try:
        stored = json.loads((config_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return UserSettings()
    return _read(stored) if isinstance(stored, dict) else UserSettings()


def _read(stored: Mapping[str, object]) -> UserSettings:
    found = {}
    for field in USER:
        try:
            found[field.key] = field.load(stored.get(field.key)) or None
        except Refused:
            continue
    return UserSettings(**found)


def save(settings: UserSettings) -> None:
    """Keep the settings; raises `Unavailable` where the folder cannot be written."""
    folder = config_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise Unavailable(
            _("Your settings could not be saved in {path}. The clinic is not touched by this.").format(path=folder)
        ) from problem
    chosen = {key: value for key, value in dump_all(USER, settings).items() if value is not None}
    write_whole(folder / _FILE, (json.dumps(chosen, ensure_ascii=False, indent=1) + "\n").encode())
