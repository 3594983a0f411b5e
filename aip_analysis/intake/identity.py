"""Which area and fiscal year a table's rows belong to: from its titles, sheet, file and folder."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aip_analysis.intake.values import folded, read_fiscal_year
from aip_analysis.ward import FiscalYear, Ward

_SEPARATORS = re.compile(r"[\s_＿・,，、：:/／【】\[\]（）()「」『』-]+")
_YEAR_FOLDER = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Identity:
    """The area and fiscal year of a table, or why they are not known.

    Parameters
    ----------
    area_code
        Empty where no title, sheet or file name tells; rows must then name their area themselves.
    year
        The fiscal year; a year of no records where none was told.
    area_problem, year_problem
        The code of what is wrong, or empty.
    areas, years
        What was told, for the message.
    """

    area_code: str
    year: FiscalYear
    area_problem: str = ""
    year_problem: str = ""
    areas: str = ""
    years: str = ""


def identify(titles: Sequence[str], sheet: str, names: Sequence[str], ward: Ward) -> Identity:
    """Tell the area and the fiscal year of a table.

    Two tellings that differ are no telling: the rows are set aside until somebody decides.

    Parameters
    ----------
    titles
        The texts above the table.
    sheet
        The sheet's name.
    names
        The file's name without its ending, and the folders that it lies in, nearest first. A folder
        tells the area only where nothing nearer does.
    ward
        Whose areas they are.
    """
    stem, *folders = names or [""]
    areas = _areas((*titles, sheet, stem), ward) or _areas(folders, ward)
    told = {year for text in (*titles, stem) if (year := read_fiscal_year(text))}
    years = told | _folder_years(folders)
    choices = "、".join(ward.places[f"area-{code}"].ja for code in sorted(areas))
    return Identity(
        next(iter(areas)) if len(areas) == 1 else "",
        min(years) if years else FiscalYear(1),
        "" if len(areas) == 1 else "area_disagrees" if areas else "no_area",
        "" if len(years) == 1 else "year_disagrees" if years else "no_year",
        choices,
        "、".join(str(year.year) for year in sorted(years)),
    )


def _areas(texts: Iterable[str], ward: Ward) -> set[str]:
    return {code for text in texts for code in _areas_in(text, ward)}


def _areas_in(text: str, ward: Ward) -> set[str]:
    parts = [part for part in _SEPARATORS.split(text) if part and not part.isdecimal()]
    found = [area for part in (text, *parts) if (area := ward.find_place("area", part))]
    if not found:
        found = [
            area for name in _run_together(text, ward) if (area := ward.find_place("area", name))
        ]
    return {area.code for area in found}


def _run_together(text: str, ward: Ward) -> list[str]:
    """Find names that a word such as 地区 follows, in a title written without blanks."""
    names = sorted((place.ja for place in ward.places_of("area")), key=len, reverse=True)
    told = ward.settings.get("area_suffixes", [])
    suffixes = "|".join(re.escape(each) for each in ([told] if isinstance(told, str) else told))
    if not suffixes:
        return []
    pattern = "|".join(re.escape(name) for name in names)
    before = rf"(?:^|年度|{re.escape(ward.setting('name'))})"
    return re.findall(rf"{before}((?:{pattern})(?:{suffixes}))", folded(text))


def _folder_years(folders: Iterable[str]) -> set[FiscalYear]:
    """Give the year that the nearest folder tells: 2025, 令和7年度."""
    for name in folders:
        if _YEAR_FOLDER.fullmatch(name):
            return {FiscalYear(int(name))}
        told = read_fiscal_year(name)
        if told:
            return {told}
    return set()
