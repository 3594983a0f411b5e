"""Open the page of an area, a block or the ward; parameters are checked before anything else."""

import ast
from collections.abc import Sequence

from IPython.core.getipython import get_ipython

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.messages import LANGUAGES
from aip_analysis.report.page import Page
from aip_analysis.store import load_records
from aip_analysis.ward import Place, Ward, load_ward
from aip_analysis.ward.home import find_home

# How papermill begins the cell with the parameters that it was given.
INJECTED = "# Parameters"


def open_area(area: str, fiscal_year: int | str, lang: str = "ja") -> Page:
    """Open an area's page.

    Parameters
    ----------
    area
        Its name or code.
    fiscal_year
        The calendar year of its April.
    lang
        ``"ja"`` or ``"en"``.

    Raises
    ------
    UsageError
        When a parameter is not known; the message names the choices.
    NothingToDoError
        When there are no records of the year.
    """
    _refuse_unknown(("area", "fiscal_year", "lang"))
    ward = load_ward(find_home() / "data" / "reference")
    return _page(ward, ward.place_named("area", str(area)), fiscal_year, lang)


def open_block(block: str, fiscal_year: int | str, lang: str = "ja") -> Page:
    """Open a block's page: parameters and errors as for an area."""
    _refuse_unknown(("block", "fiscal_year", "lang"))
    ward = load_ward(find_home() / "data" / "reference")
    return _page(ward, ward.place_named("block", str(block)), fiscal_year, lang)


def open_ward(fiscal_year: int | str, lang: str = "ja") -> Page:
    """Open the page of the whole ward: parameters and errors as for an area."""
    _refuse_unknown(("fiscal_year", "lang"))
    ward = load_ward(find_home() / "data" / "reference")
    return _page(ward, ward.whole, fiscal_year, lang)


def _page(ward: Ward, place: Place, fiscal_year: int | str, lang: str) -> Page:
    if lang not in LANGUAGES:
        raise UsageError("errors.unknown_language", given=lang)
    if not str(fiscal_year).isdecimal():
        raise UsageError("errors.bad_year", given=fiscal_year)
    records = load_records(find_home() / "data" / "processed")
    records.check_year(int(fiscal_year))
    return Page(Figures(records, ward), place, int(fiscal_year), lang)


def _refuse_unknown(known: Sequence[str]) -> None:
    """Refuse a parameter that the notebook does not have.

    papermill passes any name on; a misspelt one would leave the notebook's own default in place
    and publish the wrong area without a word.
    """
    shell = get_ipython()
    history = shell.user_ns.get("In", []) if shell else []
    for source in history:
        if source.startswith(INJECTED):
            for name in _assigned(source):
                if name not in known:
                    raise UsageError(
                        "errors.unknown_parameter", given=name, choices="、".join(known)
                    )


def _assigned(source: str) -> list[str]:
    return [
        target.id
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
