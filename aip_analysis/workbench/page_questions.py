"""What leads from exploring to a page: reports, their charts, files, widgets to choose with."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aip_analysis.charts import is_large
from aip_analysis.files import find_home
from aip_analysis.workbench.chart_questions import ChartQuestions
from aip_analysis.workbench.names.typed_arguments import typed_arguments
from aip_analysis.workbench.names.typed_names import Typed

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from aip_analysis.charts.maps import View
    from aip_analysis.report import Page
    from aip_analysis.workbench.drawings.saving import Saved
    from aip_analysis.workbench.widgets.explorer import Explorer
    from aip_analysis.workbench.widgets.notebook_form import NotebookForm

# What an explorer shows at first.
FIRST_MEASURE = "meetings"


class PageQuestions(ChartQuestions):
    """The questions of a workbench that are answered with a part of a report, or a file."""

    @typed_arguments
    def page(self, place: Typed | None = None, year: Typed | None = None) -> "Page":
        """Return the report of a place: its sections show themselves, and can be taken apart.

        Parameters
        ----------
        place
            An area, a block or the ward; the ward by default.
        year
            The year; the newest complete one by default.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such place or year; the message names the choices.

        Examples
        --------
        >>> wb.page("舟渡", 2025).money()
        >>> wb.page("舟渡", 2025).money().chart("spending_by_month")
        """
        # Imported here, as below, because the sections of reports take long to load.
        from aip_analysis.report import Page  # noqa: PLC0415

        where = self.ward.whole if place is None else self._names.place(place)
        key = (where.key, self._names.year(year))
        if key not in self._pages:
            page = Page(self.figures, where, key[1], self.language)
            # Charts and tables are numbered as they are made: here, all in the order of the report.
            page.sections()
            self._pages[key] = page
        return self._pages[key]

    @cached_property
    def _pages(self) -> dict[tuple[str, int], "Page"]:
        """The pages asked for so far: a page remembers the numbers of its charts."""
        return {}

    @typed_arguments
    def chart(
        self,
        chart: Typed,
        *,
        area: Typed | None = None,
        block: Typed | None = None,
        year: Typed | None = None,
    ) -> "go.Figure":
        """Return a chart of a report, with a title, so that it stands alone on a slide.

        Parameters
        ----------
        chart
            Its name, such as ``"attendance"``; its number, ``"図3"`` or 3; or words of what it
            shows. A wrong one is answered with the charts that there are.
        area, block
            The area or the block; the ward by default.
        year
            The year; the newest complete one by default.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such chart, place or year; the message names the nearest.

        Examples
        --------
        >>> wb.chart("attendance", area="徳丸")
        >>> wb.save(wb.chart("図3", area="徳丸", year=2025), "徳丸.svg")
        """
        from aip_analysis.workbench.drawings.report_charts import chart_of_page  # noqa: PLC0415

        page = self.page(self._place(area, block).key, year)
        return chart_of_page(self._source, page, chart)

    @typed_arguments
    def save(self, what: object, path: str | Path, width: int = 960) -> "Saved":
        """Write a chart, a table or a section to a file, and tell where it is.

        Parameters
        ----------
        what
            A chart; a frame or a table; a section of a report.
        path
            The file. Its ending says the format: ``.png``, ``.svg`` or ``.html`` for a chart,
            ``.xlsx``, ``.csv`` or ``.html`` for a table, ``.html`` or ``.xlsx`` for a section. An
            existing file is replaced.
        width
            The width of a chart in pixels; a PNG has two for one.

        Raises
        ------
        UsageError
            When it cannot be written in this format, or there is no such folder.
        ToolMissingError
            When there is no Japanese font, or no browser for a chart that needs one.

        Examples
        --------
        >>> wb.save(wb.map("会議"), "会議.png")
        >>> wb.save(wb.table(["会議", "出席"]), "会議.xlsx")
        """
        # Imported here because what it knows of reports takes long to load.
        from aip_analysis.workbench.drawings.saving import save  # noqa: PLC0415

        return save(what, path, width, self.language)

    @typed_arguments
    def explore(  # noqa: PLR0913 -- what is seen at first, as of a map
        self,
        measure: Typed = FIRST_MEASURE,
        year: Typed | None = None,
        *,
        level: Typed | None = None,
        area: Typed | None = None,
        block: Typed | None = None,
        since: Typed | None = None,
        view: "View" = "map",
    ) -> "Explorer":
        """Return an explorer, in JupyterLab: a linked map, chart, table and sentence.

        Measure, years, level, place and map are chosen from lists; a click on a place of the map
        or on a row of the table chooses it, too. It gives the code that makes what is seen, and
        writes it to ``notebooks/results`` as pictures and tables. Parameters, which say what is
        seen at first, are those of ``map``.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, year, place, level or view; the message names the
            choices.

        Examples
        --------
        >>> explorer = wb.explore("会議", 2025, area="舟渡")
        >>> print(explorer.code)
        wb.map("会議", 2025, area="舟渡")
        wb.line("会議", area="舟渡")
        wb.table("会議", 2025)
        """
        # Imported here because only this explorer needs the widgets.
        from aip_analysis.workbench.widgets.explored_view import Choice  # noqa: PLC0415
        from aip_analysis.workbench.widgets.explorer import Explorer  # noqa: PLC0415
        from aip_analysis.workbench.widgets.explorer_offers import Offers  # noqa: PLC0415

        place = self._place(area, block)
        shown = place.level if place.level != "ward" else "block" if is_large(self.ward) else "area"
        wanted = shown if level is None else self._level(level)
        self._maps.check_drawing(wanted, view)
        offers = Offers(self._source, [*self.ward.codebook, *self.own_measures])
        before = None if since is None else self._names.year(since)
        choice = Choice(self._measure(measure), self._names.year(year), wanted, place, before, view)
        return Explorer(self, offers, offers.read(choice.codes), self.home or Path.cwd())

    @typed_arguments
    def form(self, notebook: str | Path) -> "NotebookForm":
        """Return a form over the parameters of a notebook, which runs it, in JupyterLab.

        The executed notebook is written to ``notebooks/results``. A notebook of
        ``notebooks/reports`` can be made a page as well. The form says the commands that do the
        same in a terminal.

        Parameters
        ----------
        notebook
            The name of a notebook below ``notebooks``, or the path of any other; it has a cell
            with the tag ``parameters``.

        Raises
        ------
        UsageError
            When there is no such notebook, or it has no parameters.

        Examples
        --------
        >>> form = wb.form("area.ipynb")
        >>> form.fill(fiscal_year=2025)
        >>> form.publish_command
        'aip publish --kind area --only ... --fiscal-year 2025'
        """
        # Imported here because only this form needs papermill and widgets.
        from aip_analysis.workbench.widgets.notebook_form import NotebookForm  # noqa: PLC0415
        from aip_analysis.workbench.widgets.notebook_parameters import Choices  # noqa: PLC0415

        choices = Choices(self.ward, self.fiscal_years, self.language)
        return NotebookForm(str(notebook), self.home or find_home(), choices)
