"""Area and fiscal year of a table's rows, inferred from titles, sheet, file and folder names.

What is nearest to the rows counts: their own titles, then those above them on the sheet, the name
of the sheet, of the file, of the folders. A name farther away must not contradict it; a title that
a nearer one replaces may.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aip_analysis.intake.area_names import AreaNames, areas_in, councils_in
from aip_analysis.intake.values.fiscal_years import read_fiscal_years
from aip_analysis.reference import FiscalYear, Ward

Years = frozenset[int]
# The placeholder of a year that is unknown.
NO_YEAR = 1


@dataclass(frozen=True)
class Identity:
    """The area and fiscal year of a table, or why they are unknown.

    Parameters
    ----------
    area_code
        Empty if no title, sheet or file name contains it; rows must then name their area.
    year
        The fiscal year; a placeholder that no record has, if none was found.
    area_problem, year_problem
        The code of the problem, or empty.
    areas, years
        All areas and years found, for the message.
    area_stated
        Whether a title, the sheet or the file names the area, not only a folder.
    """

    area_code: str
    year: FiscalYear
    area_problem: str = ""
    year_problem: str = ""
    areas: str = ""
    years: str = ""
    area_stated: bool = False


def identify(
    titles: Sequence[Sequence[str]], sheet: str, names: Sequence[str], ward: Ward
) -> Identity:
    """Return the area and the fiscal year of a table.

    If sources contradict each other, or name several, neither counts: rows are set aside until
    somebody decides.

    Parameters
    ----------
    titles
        The texts above the table, in groups, nearest first.
    sheet
        The sheet's name.
    names
        The file's name without its extension, and the folders that contain it, nearest first. A
        folder determines the area only if nothing nearer does.
    ward
        The ward that the areas belong to.
    """
    stem, *folders = names or [""]
    stated = _stated_areas(titles, (sheet, stem), ward)
    unknown = _names_unknown_council(titles, ward)
    code, area_problem, areas = _area(
        [AreaNames()] if unknown else stated or [areas_in(folders, ward)]
    )
    year, year_problem, years = _year(titles, (sheet, stem), folders)
    return Identity(
        code,
        FiscalYear(year or NO_YEAR),
        area_problem,
        year_problem,
        "、".join(ward.places[f"area-{area}"].ja for area in sorted(areas)),
        "、".join(map(str, sorted(years))),
        bool(code and stated),
    )


def _stated_areas(
    titles: Sequence[Sequence[str]], names: Sequence[str], ward: Ward
) -> list[AreaNames]:
    """Return what titles and names say of the area, nearest first.

    Of the titles, only the nearest that name an area: those above them are replaced by them.
    """
    in_titles = [found for texts in titles if (found := areas_in(texts, ward)).codes]
    in_names = [found for name in names if (found := areas_in([name], ward)).codes]
    return [*in_titles[:1], *in_names]


def _names_unknown_council(titles: Sequence[Sequence[str]], ward: Ward) -> bool:
    """Return whether the nearest titles with a council's name have one of no area of the ward.

    It counts only if titles above them name the council of an area: else a name such as
    生活支援協議体 may stand for that of the file.
    """
    councils = [names for texts in titles if (names := _councils(texts, ward))]
    known = [bool(areas_in(names, ward).codes) for names in councils]
    return len(known) > 1 and not known[0] and any(known)


def _councils(texts: Iterable[str], ward: Ward) -> frozenset[str]:
    return frozenset[str]().union(*(councils_in(text, ward) for text in texts))


def _area(found: Sequence[AreaNames]) -> tuple[str, str, frozenset[str]]:
    """Return the area, the code of the problem, and all areas found."""
    nearest, *others = found
    every = nearest.codes.union(*(other.codes for other in others))
    if not nearest.codes:
        return "", "no_area", every
    if nearest.several:
        return "", "several_areas", nearest.codes
    (code,) = nearest.codes
    if not all(other.allows(code) for other in others):
        return "", "area_disagrees", every
    return code, "", every


def _year(
    titles: Sequence[Sequence[str]], names: Sequence[str], folders: Sequence[str]
) -> tuple[int, str, Years]:
    """Return the fiscal year, the code of the problem, and all years found."""
    groups = (_years(texts) for texts in titles)
    nearest_titles = next((years for years in groups if years), Years())
    in_names = [read_fiscal_years(name, is_name=True) for name in names]
    found = [years for years in (nearest_titles, *in_names, _folder_years(folders)) if years]
    if not found:
        return 0, "no_year", Years()
    nearest, *others = found
    every = nearest.union(*others)
    if len(nearest) > 1:
        return 0, "several_years", nearest
    (year,) = nearest
    if any(year not in other for other in others):
        return 0, "year_disagrees", every
    return year, "", every


def _years(texts: Iterable[str]) -> Years:
    return Years().union(*(read_fiscal_years(text) for text in texts))


def _folder_years(folders: Iterable[str]) -> Years:
    """Return the year given by the nearest folder that has one: 2025, 令和7年度."""
    return next(_years_of_folders(folders), Years())


def _years_of_folders(folders: Iterable[str]) -> Iterator[Years]:
    for name in folders:
        years = read_fiscal_years(name, is_name=True)
        if years:
            yield years
