"""The context shared by the sections of a page: place, year, figures and numbering."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.maps import View
from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.narrative import Facts
from aip_analysis.reference import FiscalYear, Measure, Place, Ward
from aip_analysis.report.blocks import ChartBlock, Paragraphs, TableBlock
from aip_analysis.tables import Table

OF_WHOLE_YEARS = frozenset({"execution_rate"})


@dataclass(frozen=True)
class Context:
    """A page's place and year, and the figures and tables that it has numbered so far.

    A figure keeps its number when its cell is run again.

    Parameters
    ----------
    figures
        All figures, which log every read.
    view
        How its maps are drawn: as shapes or as tiles.
    """

    figures: RecordedFigures
    place: Place
    fiscal_year: int
    language: Language
    view: View = "map"
    _numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    # How often a caption was used in a run of a cell: analysts add charts in loops.
    own_turns: dict[tuple[int, str], int] = field(default_factory=dict)

    @property
    def ward(self) -> Ward:
        """The ward."""
        return self.figures.ward

    @property
    def about(self) -> str:
        """The place and the fiscal year: 見本地域　令和7年度（2025年度）."""
        year = FiscalYear(self.fiscal_year).label(self.language)
        return f"{self.ward.label(self.place, self.language)}　{year}"

    @cached_property
    def facts(self) -> Facts:
        """The facts that sentences are built from."""
        return Facts(self.figures, self.place, self.fiscal_year, self.language)

    def measure(self, code: str) -> Measure:
        """Return a measure of the codebook."""
        return self.ward.codebook[code]

    @property
    def months(self) -> tuple[date, ...]:
        """The elapsed months of this page's fiscal year."""
        return self.figures.months(self.fiscal_year)

    def of_period(self, codes: Iterable[str]) -> list[str]:
        """Return measures without those that only a whole year has, if it is still running.

        The allowance to date is no limit to what may be spent of the amount received.
        """
        return [code for code in codes if self.facts.complete or code not in OF_WHOLE_YEARS]

    def rows(self, name: str, *columns: str) -> pd.DataFrame:
        """Return columns of a table of figures, for this page's place and fiscal year."""
        return self.figures.rows_of(name, self.place, self.fiscal_year, *columns)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the report, with place and year filled in."""
        common = {
            "place": self.ward.label(self.place, self.language),
            "year": FiscalYear(self.fiscal_year).label(self.language),
        }
        return say(f"report.{key}", self.language, **(common | values))

    def paragraphs(self, sentences: list[str]) -> Paragraphs:
        """Return sentences as a block."""
        return Paragraphs(tuple(sentences), language=self.language)

    def chart(
        self,
        name: str,
        figure: go.Figure,
        table: Table,
        *,
        source: str | tuple[str, ...],
        finding: str = "",
        headline: str = "",
        **values: object,
    ) -> ChartBlock:
        """Return a chart block with its number, caption, alternative text, source and data.

        Parameters
        ----------
        headline
            The finding as a short clause without a full stop, used as the caption.
        finding
            Without a headline, a sentence for the alternative text. The caption is then the
            subject of the chart.
        """
        subject = self.say(f"chart_{name}", **values)
        number = self._number("figure", name)
        caption = self.say("figure", number=number, subject=headline or subject)
        if headline:
            finding = self.say("told", finding=headline)
        return ChartBlock(
            name=name,
            figure=figure,
            subject=subject,
            caption=caption,
            alternative=self.say("alternative", subject=subject, finding=finding),
            source=self.source(*_codes(source)),
            table=table,
            table_label=self.say("data_behind"),
            finding=headline,
            label=say("report.numbered_figure", self.language, number=number),
            language=self.language,
        )

    def table(
        self, name: str, table: Table, source: str | tuple[str, ...] = "", **values: object
    ) -> TableBlock:
        """Return a table block with its number, caption and source."""
        subject = self.say(f"table_{name}", **values)
        number = self._number("table", name)
        caption = self.say("table", number=number, subject=subject)
        source_text = self.source(*_codes(source)) if source else ""
        label = say("report.numbered_table", self.language, number=number)
        return TableBlock(name, caption, table, source_text, label, self.language)

    def area_list(self, make: Callable[[RecordedFigures, Place, int, Language], Table]) -> Table:
        """Return a list of an area's records of this page's year."""
        return make(self.figures, self.place, self.fiscal_year, self.language)

    def source(self, *measures: str) -> str:
        """Return the source line: the records that measures are counted from, each kind once."""
        codebook = self.ward.codebook
        return self.cite(codebook[code].source(self.language) for code in measures)

    def cite(self, sources: Iterable[str]) -> str:
        """Return the source line for names of sources, each once."""
        text = self.say("between").join(dict.fromkeys(sources))
        if self.figures.fictional:
            text = self.say("fictional_source", source=text)
        return self.say("source", source=text)

    def own_number(self, kind: str, key: str) -> int:
        """Return the number of a chart or table that an analyst added, counted with the others."""
        return self._number(kind, key)

    def _number(self, kind: str, name: str) -> int:
        numbers = self._numbers.setdefault(kind, {})
        return numbers.setdefault(name, len(numbers) + 1)


def _codes(source: str | tuple[str, ...]) -> tuple[str, ...]:
    return (source,) if isinstance(source, str) else source
