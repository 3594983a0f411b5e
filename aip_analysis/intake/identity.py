"""Which area and fiscal year a sheet's rows belong to: from its titles, file and folder."""

import re
from dataclasses import dataclass
from pathlib import Path

from aip_analysis.intake.dates import read_fiscal_year
from aip_analysis.intake.sheets import Sheet
from aip_analysis.ward import FiscalYear, Ward

_SEPARATORS = re.compile(r"[\s_＿・,，、【】\[\]（）()]+")
_FOLDER = re.compile(r"\d{4}")


@dataclass(frozen=True)
class SheetIdentity:
    """The area and fiscal year of a sheet, or why they are not known.

    Parameters
    ----------
    area_code
        Empty where no title, sheet or file name tells; rows must then name their area themselves.
    year
        The fiscal year; a year of no records where none was told.
    area_problem, year_problem
        The code of what is wrong, or empty.
    found, expected
        What was found and expected, for the message.
    """

    area_code: str
    year: FiscalYear
    area_problem: str = ""
    year_problem: str = ""
    found: str = ""
    expected: str = ""

    @property
    def problem(self) -> str:
        """What keeps rows without an area of their own from being used."""
        return self.year_problem or self.area_problem


def identify(sheet: Sheet, titles: list[str], path: Path, ward: Ward) -> SheetIdentity:
    """Tell the area and the fiscal year of a sheet.

    Two tellings that differ are no telling: the rows are set aside until somebody decides.
    """
    texts = [*titles, sheet.name, path.stem]
    areas = {code for text in texts for code in _areas_in(text, ward)}
    told = [year for text in (*titles, path.stem) if (year := read_fiscal_year(text))]
    years = set(told) | _folder_year(path)
    year = min(years) if years else FiscalYear(1)
    code = next(iter(areas)) if len(areas) == 1 else ""
    if len(years) != 1:
        shown = "、".join(sorted(str(found.year) for found in years))
        return SheetIdentity(
            code, year, year_problem="year_disagrees" if years else "no_year", found=shown
        )
    if not code:
        names = "、".join(ward.places[f"area-{found}"].ja for found in sorted(areas))
        choices = "、".join(place.ja for place in ward.places_of("area"))
        problem = "area_disagrees" if areas else "no_area"
        return SheetIdentity("", year, area_problem=problem, found=names, expected=choices)
    return SheetIdentity(code, year)


def _areas_in(text: str, ward: Ward) -> set[str]:
    parts = [part for part in _SEPARATORS.split(text) if part and not part.isdecimal()]
    found = (ward.find_place("area", part) for part in (text, *parts))
    return {area.code for area in found if area}


def _folder_year(path: Path) -> set[FiscalYear]:
    name = path.parent.name
    return {FiscalYear(int(name))} if _FOLDER.fullmatch(name) else set()
