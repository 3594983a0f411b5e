"""What leads from exploring to a page: sections of reports, and widgets to choose with."""

from typing import TYPE_CHECKING

from aip_analysis.workbench.drawings import Drawings

if TYPE_CHECKING:
    from aip_analysis.workbench.map_chooser import MapChooser


class PageQuestions(Drawings):
    """The questions of a workbench that are answered with a part of a report."""

    def choose_map(self) -> "MapChooser":
        """Return a map whose measure, years and display are chosen from lists, in JupyterLab.

        Its attribute ``figure`` is the figure last drawn.
        """
        # Imported here because only this chooser needs the widgets.
        from aip_analysis.workbench.map_chooser import MapChooser  # noqa: PLC0415

        return MapChooser(self._maps)
