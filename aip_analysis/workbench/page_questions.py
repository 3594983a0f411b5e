"""What leads from exploring to a page: sections of reports, and widgets to choose with."""

from pathlib import Path
from typing import TYPE_CHECKING

from aip_analysis.files import find_home
from aip_analysis.workbench.drawings import Drawings

if TYPE_CHECKING:
    from aip_analysis.workbench.map_chooser import MapChooser
    from aip_analysis.workbench.notebook_form import NotebookForm


class PageQuestions(Drawings):
    """The questions of a workbench that are answered with a part of a report."""

    def choose_map(self) -> "MapChooser":
        """Return a map whose measure, years and display are chosen from lists, in JupyterLab.

        Its attribute ``figure`` is the figure last drawn.
        """
        # Imported here because only this chooser needs the widgets.
        from aip_analysis.workbench.map_chooser import MapChooser  # noqa: PLC0415

        return MapChooser(self._maps)

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
        from aip_analysis.workbench.notebook_form import NotebookForm  # noqa: PLC0415
        from aip_analysis.workbench.notebook_parameters import Choices  # noqa: PLC0415

        choices = Choices(self.ward, self.fiscal_years, self.language)
        return NotebookForm(str(notebook), self.home or find_home(), choices)
