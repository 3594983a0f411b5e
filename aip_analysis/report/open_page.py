"""Opening of the page of an area, a block or the ward; parameters are checked first.

The page's reads go into the outputs of the notebook, for the publisher of the page.
"""

import ast
import os
from collections.abc import Sequence
from functools import partial

from IPython.core.getipython import get_ipython
from IPython.display import display

from aip_analysis.errors import UsageError
from aip_analysis.files import find_home
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.measures.reads import reads_to_json
from aip_analysis.measures.stored_figures import load_figures
from aip_analysis.messages import LANGUAGES
from aip_analysis.reference import Place
from aip_analysis.report.page import Page

# The first line of the cell in which papermill injects its parameters.
INJECTED = "# Parameters"
# Environment variable with the build of the records to read, if the caller has chosen one: a run
# of many reports makes them all from the same records, even if there are newer ones by now.
BUILD = "AIP_BUILD"


def open_area(area: str, fiscal_year: int | str, lang: str = "ja") -> Page:
    """Return an area's page.

    Parameters
    ----------
    area
        The name or code of the area.
    fiscal_year
        The calendar year of its April.
    lang
        ``"ja"`` or ``"en"``.

    Raises
    ------
    UsageError
        When a parameter is invalid; the message names the choices.
    NothingToDoError
        When there are no records of the year.
    """
    _refuse_unknown(("area", "fiscal_year", "lang"))
    figures = load_figures(find_home(), os.environ.get(BUILD))
    return _page(figures, figures.ward.place_named("area", str(area)), fiscal_year, lang)


def open_block(block: str, fiscal_year: int | str, lang: str = "ja") -> Page:
    """Return a block's page; parameters and errors as for an area."""
    _refuse_unknown(("block", "fiscal_year", "lang"))
    figures = load_figures(find_home(), os.environ.get(BUILD))
    return _page(figures, figures.ward.place_named("block", str(block)), fiscal_year, lang)


def open_ward(fiscal_year: int | str, lang: str = "ja") -> Page:
    """Return the page of the whole ward; parameters and errors as for an area."""
    _refuse_unknown(("fiscal_year", "lang"))
    figures = load_figures(find_home(), os.environ.get(BUILD))
    return _page(figures, figures.ward.whole, fiscal_year, lang)


def open_place(place: str, fiscal_year: int | str, lang: str = "ja") -> Page:
    """Return the page of an area, a block or the ward; errors as for an area.

    Parameters
    ----------
    place
        Its key, such as ``"area-12"``, the name or code of an area, the name of a block, or
        ``"ward"``.
    fiscal_year, lang
        As for an area.
    """
    _refuse_unknown(("place", "fiscal_year", "lang"))
    figures = load_figures(find_home(), os.environ.get(BUILD))
    ward = figures.ward
    known = ward.places.get(place) or ward.find_place("area", place)
    known = known or ward.find_place("block", place) or ward.place_named("area", place)
    return _page(figures, known, fiscal_year, lang)


def _page(figures: Figures, place: Place, fiscal_year: int | str, lang: str) -> Page:
    if lang not in LANGUAGES:
        raise UsageError("report.unknown_language", given=lang)
    if not str(fiscal_year).isdecimal():
        raise UsageError("report.bad_year", given=fiscal_year)
    figures.records.check_year(int(fiscal_year))
    page = Page(figures, place, int(fiscal_year), lang)
    _note_reads(page.context.figures)
    return page


def _note_reads(figures: RecordedFigures) -> None:
    """Register a hook that ends every cell of the notebook with a note of its reads, if any.

    The note contains all reads, whichever of them the cell shows: a section may be taken apart and
    shown by hand. It is display data with nothing to display; the reads are in its metadata, so any
    engine passes them on, and JupyterLab shows nothing extra.
    """
    shell = get_ipython()
    if shell:
        shell.events.register("post_execute", partial(_display_reads, figures))


def _display_reads(figures: RecordedFigures) -> None:
    reads = figures.take_reads()
    if reads:
        display(  # type: ignore[no-untyped-call]
            {}, raw=True, metadata={"aip": {"reads": reads_to_json(reads)}}
        )


def _refuse_unknown(known: Sequence[str]) -> None:
    """Raise if papermill injected a parameter that the notebook does not have.

    papermill passes any name on; a misspelt one would leave the notebook's own default in place
    and silently publish the wrong area.
    """
    shell = get_ipython()
    history = shell.user_ns.get("In", []) if shell else []
    for source in history:
        if source.startswith(INJECTED):
            for name in _assigned(source):
                if name not in known:
                    raise UsageError(
                        "report.unknown_parameter", given=name, choices="、".join(known)
                    )


def _assigned(source: str) -> list[str]:
    return [
        target.id
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
