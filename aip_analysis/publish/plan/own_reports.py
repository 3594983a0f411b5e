"""An office's own reports: further notebooks beside those of the areas, blocks and the ward.

A notebook in ``notebooks/reports`` says in its metadata which places it is for and what its report
is called::

    "aip": {"report": {"levels": ["area"], "title": {"ja": "集いの場", "en": "Places to meet"}}}

``places`` may restrict it to some places. The name of its file is part of the names of its pages.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from aip_analysis.errors import AipError, InputRefusedError
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.plan.edition import LEVELS, select_places
from aip_analysis.reference import Level, Place, Ward

FOLDER = Path("notebooks", "reports")
PARAMETERS = "parameters"
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST_NAME = 40
# Names with a meaning of their own, in this folder or in that of the pages.
TAKEN = frozenset({*get_args(Level), "index"})
# The parameter of notebooks for places of several levels.
ANY_PLACE = "place"


@dataclass(frozen=True)
class OwnReport:
    """A report that an office added.

    Parameters
    ----------
    name
        The name of its notebook without the extension.
    notebook
        The path of its notebook.
    titles
        Its title by language.
    places
        The places that it is made for, in the order of the ward.
    parameter
        The name of the parameter that gets the place; empty if there is only the ward.
    """

    name: str
    notebook: Path
    titles: Mapping[Language, str]
    places: tuple[Place, ...]
    parameter: str

    def slug(self, place: Place) -> str:
        """Return the file name of its page about a place, without the extension."""
        return f"{place.slug}-{self.name}"


@dataclass(frozen=True)
class OwnReports:
    """The own reports of an office.

    Parameters
    ----------
    reports
        Those that can be made, in the order of their names.
    refused
        Why others cannot be made, by the names of their notebooks without the extension.
    """

    reports: tuple[OwnReport, ...] = ()
    refused: Mapping[str, AipError] = field(default_factory=dict)

    def of(self, place: Place) -> list[OwnReport]:
        """Return the reports about a place."""
        return [report for report in self.reports if place in report.places]


def find_own_reports(home: Path, ward: Ward) -> OwnReports:
    """Return the own reports of an office; a notebook that is no report yet harms no other.

    Parameters
    ----------
    home
        The workbench's folder.
    ward
        The ward, whose places they are about.
    """
    reports, refused = [], dict[str, AipError]()
    for file in sorted((home / FOLDER).glob("*.ipynb")):
        if file.stem not in LEVELS:
            try:
                reports.append(_read(file, ward))
            except AipError as error:
                refused[file.stem] = error
    return OwnReports(tuple(reports), refused)


def check_name(name: str, file: Path | str) -> None:
    """Raise an error unless a name can be that of a report.

    Raises
    ------
    InputRefusedError
        If it cannot.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME or name in TAKEN:
        raise InputRefusedError("own_reports.bad_name", file=file, most=LONGEST_NAME)


def _read(file: Path, ward: Ward) -> OwnReport:
    check_name(file.stem, file)
    content = _content(file)
    about = content["metadata"].get("aip", {}).get("report")
    if not isinstance(about, dict):
        raise InputRefusedError("own_reports.not_described", file=file)
    if not any(PARAMETERS in _tags(cell) for cell in content["cells"]):
        raise InputRefusedError("own_reports.no_parameters", file=file)
    levels = _levels(about.get("levels"), file)
    places = _places(about.get("places", []), levels, ward, file)
    parameter = levels[0] if len(levels) == 1 else ANY_PLACE
    return OwnReport(
        name=file.stem,
        notebook=file,
        titles=_titles(about.get("title"), file),
        places=places,
        parameter="" if parameter == "ward" else parameter,
    )


def _content(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        content["metadata"].get("aip", {}).get("report")
        [_tags(cell) for cell in content["cells"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputRefusedError("publish.notebook_unreadable", file=file) from error
    return dict(content)


def _tags(cell: Mapping[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def _levels(given: Any, file: Path) -> list[Level]:  # noqa: ANN401 -- whatever was typed
    listed = given if isinstance(given, list) else [given]
    unknown = [one for one in listed if one not in LEVELS]
    if unknown or not listed:
        raise InputRefusedError(
            "own_reports.bad_levels",
            file=file,
            given=", ".join(map(str, unknown)),
            choices="、".join(LEVELS),
        )
    return [level for level in LEVELS if level in listed]


def _titles(given: Any, file: Path) -> dict[Language, str]:  # noqa: ANN401 -- as above
    titles = given if isinstance(given, dict) else {"ja": given}
    first = titles.get("ja")
    if not (isinstance(first, str) and first.strip()):
        raise InputRefusedError("own_reports.no_title", file=file)
    return {language: str(titles.get(language) or first).strip() for language in LANGUAGES}


def _places(given: Any, levels: list[Level], ward: Ward, file: Path) -> tuple[Place, ...]:  # noqa: ANN401 -- as above
    names = tuple(map(str, given if isinstance(given, list) else [given]))
    only = levels[0] if len(levels) == 1 else None
    try:
        chosen = select_places(ward, names, only)
    except AipError as error:
        raise InputRefusedError("own_reports.bad_places", file=file, reason=error) from error
    return tuple(place for place in chosen if place.level in levels)
