"""Render the page from an account."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from aip_analysis.intake.review_page.groups import MOST_PLACES, Group, groups_of
from aip_analysis.intake.review_page.totals import (
    SEVERITIES,
    SheetLine,
    Totals,
    places_of,
    sheet_lines,
    totals_of,
)
from aip_analysis.messages import Language, say
from aip_analysis.reference.calendar import wareki

# Maximum number of files named in a sentence, or as the places of a kind.
MOST_NAMED = 5
# With more files than this, a browser lays them out as they scroll into view.
_MANY = 60


@dataclass(frozen=True)
class FilePart:
    """The part of a page about one file.

    Parameters
    ----------
    anchor, name
        Its id on the page, and its path.
    fictional
        Whether the file is marked as fictional.
    sheets
        Its sheets.
    counts
        Rows and yen set aside and read, over all its sheets.
    places
        Number of places found, by severity.
    groups
        Those places in groups, by severity; only severities that occur.
    """

    anchor: str
    name: str
    fictional: bool
    sheets: list[SheetLine]
    counts: Mapping[str, int]
    places: Mapping[str, int]
    groups: Mapping[str, list[Group]]


@dataclass(frozen=True)
class Kind:
    """A kind of finding over all files: its name, its count, and file -> anchor where it occurs."""

    severity: str
    code: str
    name: str
    count: int
    places: dict[str, str]


def intake_page(
    account: Mapping[str, Any], ward_name: str, language: Language, made_on: datetime
) -> str:
    """Return the page: one self-contained HTML document.

    Parameters
    ----------
    account
        The content of intake.json: ``files`` with their sheets and problems, ``look_again_on``,
        and, if it belongs to a build, ``made_from``.
    ward_name
        The name of the ward.
    language
        The language of the page.
    made_on
        When the page is made.
    """
    totals = totals_of(account)
    parts = [_part(file, f"f{number}", language) for number, file in enumerate(account["files"], 1)]
    style = files(__package__).joinpath("intake.css").read_text(encoding="utf-8")
    day = account.get("look_again_on")
    words = _Words(language)
    return _template().render(
        language=language,
        say=words.say,
        count=words.count,
        style=style,
        style_hash=_hash(style),
        ward=ward_name,
        day=words.day(made_on.date()),
        time=f"{made_on:%H:%M}",
        totals=totals,
        parts=[part for part in parts if part.groups],
        clean=[part for part in parts if not part.groups],
        kinds=_kinds(parts),
        severities=SEVERITIES,
        steps=_steps(account, totals),
        returned_mark=say("intake.returned_mark", "ja"),
        of_build="made_from" in account,
        made_from=account.get("made_from", ""),
        look_again_on=words.day(date.fromisoformat(day)) if day else "",
        most_named=MOST_NAMED,
        most_places=MOST_PLACES,
        many=_MANY,
        gap=" " if language == "en" else "",
    )


class _Words:
    """Texts for the template, in the language of the page."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def say(self, key: str, **values: object) -> str:
        return say(f"account.{key}", self._language, **values)

    def count(self, name: str, number: int) -> str:
        """Return a number of files, rows or places as text."""
        return self.say(f"count_{name}", n=number)

    def day(self, day: date) -> str:
        return wareki(day) if self._language == "ja" else day.isoformat()


def _part(file: Mapping[str, Any], anchor: str, language: Language) -> FilePart:
    sheets = sheet_lines(file, language)
    groups = groups_of(file["problems"], anchor, language)
    names = ("rows_read", "rows_set_aside", "yen_read", "yen_set_aside")
    return FilePart(
        anchor=anchor,
        name=file["file"],
        fictional=bool(file["fictional"]),
        sheets=sheets,
        counts={name: sum(sheet.counts[name] for sheet in sheets) for name in names},
        places=places_of(file["problems"]),
        groups={
            severity: chosen
            for severity in SEVERITIES
            if (chosen := [group for group in groups if group.severity == severity])
        },
    )


def _kinds(parts: list[FilePart]) -> list[Kind]:
    """Return the kinds found in all files, the most severe and most frequent first."""
    by_kind: dict[tuple[str, str], list[tuple[FilePart, Group]]] = {}
    for part in parts:
        for severity, groups in part.groups.items():
            for group in groups:
                by_kind.setdefault((severity, group.code), []).append((part, group))
    kinds = [
        Kind(
            severity,
            code,
            places[0][1].name,
            sum(group.count for _, group in places),
            # Link to the first group of a file: reversed, so that it wins.
            {part.name: group.anchor for part, group in reversed(places)},
        )
        for (severity, code), places in by_kind.items()
    ]
    return sorted(kinds, key=lambda kind: (SEVERITIES.index(kind.severity), -kind.count, kind.code))


def _steps(account: Mapping[str, Any], totals: Totals) -> list[tuple[str, str]]:
    """Return the message keys of the steps: (name, what to do)."""
    if not (totals.places["set_aside"] or totals.places["warn"]):
        return []
    if "made_from" in account:
        return [(f"step_{name}", f"step_{name}_build") for name in ("mend", "back", "again")]
    return [(f"step_{name}", f"step_{name}_check") for name in ("mend", "check", "put")]


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(str(files(__package__))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("intake.html.j2")
