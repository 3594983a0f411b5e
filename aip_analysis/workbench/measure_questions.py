"""Questions about what is counted: definitions, measures of one's own, rows behind a figure."""

from functools import cached_property

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.measures.figure import Figure
from aip_analysis.messages import say
from aip_analysis.reference import Measure, Place
from aip_analysis.reference.vocabulary import plain
from aip_analysis.workbench.base import WorkbenchBase
from aip_analysis.workbench.figures.codebook_table import codebook_table
from aip_analysis.workbench.figures.formula_text import FormulaText
from aip_analysis.workbench.figures.formulas import Formula, counts_of
from aip_analysis.workbench.figures.groups import Groups
from aip_analysis.workbench.figures.measure_figures import MeasureFigures
from aip_analysis.workbench.figures.measure_tables import Asked, MeasureTables
from aip_analysis.workbench.figures.own_measures import own_measure
from aip_analysis.workbench.figures.rows_table import rows_table
from aip_analysis.workbench.lists.frame_display import described
from aip_analysis.workbench.names.found_words import COLUMNS, found_words
from aip_analysis.workbench.names.typed_arguments import typed_arguments
from aip_analysis.workbench.names.typed_names import Typed

# What a name with a term has: 活動[体操], in either width.
_TERMS = frozenset("[［")


class MeasureQuestions(WorkbenchBase):
    """The questions of a workbench about measures: what they mean, and what they rest on."""

    @cached_property
    def _groups(self) -> Groups:
        return Groups(self.figures, self.language)

    @cached_property
    def _measure_figures(self) -> MeasureFigures:
        return MeasureFigures(self.figures, self._groups)

    @cached_property
    def _measure_tables(self) -> MeasureTables:
        return MeasureTables(self._measure_figures, self.language)

    def _measure(self, typed: Typed) -> Measure:
        """Return a measure by any of its names, also with a term, as in ``sessions[体操]``."""
        text = str(typed)
        if not _TERMS.intersection(text):
            return self._measure_named(typed)
        read = FormulaText(text, self._formula_named, self._groups).read()
        unit = self.ward.codebook[counts_of(read)[0].code].unit
        return own_measure((text, text), read, text, self.ward, unit=unit, decimals=None)

    def _measure_named(self, typed: Typed) -> Measure:
        """Return a measure by its name.

        Raises
        ------
        UsageError
            When there is none; for a kind of what a measure counts, the message says how it is
            written: 会場費 is ``支出[会場費]``.
        """
        try:
            return self._names.measure(typed)
        except UsageError:
            if (found := self._groups.counting_word(str(typed))) is None:
                raise
            code, term = found
            better = f"{self.ward.codebook[code].label(self.language)}[{term}]"
            raise UsageError(
                "figure_tables.term_in_formula", given=typed, better=better, term=term
            ) from None

    def _figure(self, measure: Measure, place: Place, fiscal_year: int) -> Figure:
        """Return a figure of a measure of the codebook, or of one that the analyst defined."""
        return self._measure_figures.figure(measure, place, fiscal_year)

    @typed_arguments
    def find(self, word: str) -> pd.DataFrame:
        """Return what a word may mean: measures, places, terms, record tables and columns.

        Parameters
        ----------
        word
            A name, or a part of one: kanji, kana, romaji, a code.

        Returns
        -------
        DataFrame
            kind, name, code, use: a line that asks for it.

        Raises
        ------
        UsageError
            When it means nothing; the message names what is near.

        Examples
        --------
        >>> wb.find("たいそう")["name"].tolist()
        ['体操']
        """
        heads = {name: say(f"names.head_{name}", self.language) for name in COLUMNS}
        return described(found_words(self._names, word), heads=heads)

    @typed_arguments
    def codebook(self, name: Typed | None = None) -> pd.DataFrame:
        """Return what measures mean: definition, unit, source, what is divided, official code.

        Parameters
        ----------
        name
            A measure by any of its names; all measures by default, those that you defined last.

        Returns
        -------
        DataFrame
            A row for each measure, with its code as index: name, definition, unit, source,
            numerator, denominator, official_code, topic.

        Raises
        ------
        UsageError
            When there is no such measure; the message names the nearest.

        Examples
        --------
        >>> wb.codebook("出席")["unit"].item()
        '人'
        """
        measures = [*self.ward.codebook, *self.own_measures]
        if name is not None:
            measures = [self._measure(name)]
        return codebook_table(self.ward, measures, self.language)

    @typed_arguments
    def define(
        self,
        name: str,
        formula: str,
        unit: str = "",
        *,
        label: str | None = None,
        decimals: int | None = None,
    ) -> pd.DataFrame:
        """Define a measure of your own, which is then known everywhere by its name.

        Parameters
        ----------
        name
            Its name, such as 集会率. The same name again replaces it.
        formula
            Measures by any of their names, numbers, ``+ - * /`` and brackets. A term in square
            brackets counts only the rows that have it: ``sessions[体操]``, ``spending[会場費]``,
            ``meetings_other[部会]``; where several columns have it, ``[種類=生活支援]``. A rate of
            a block or the ward is the sums divided by the sums, over the areas that have all of
            them, never a mean of rates.
        unit
            Its unit: 回, 人, ％, 回／月 ... A quotient in percent is multiplied by 100, unless the
            formula does so.
        label
            What it is called in tables and charts; its name by default.
        decimals
            The decimals shown; by default none for a sum; of a rate one in ％ or in a unit that
            counts, such as 人, and two in any other.

        Returns
        -------
        DataFrame
            Its row of ``codebook()``. A note says how to keep it for good, in codebook.csv.

        Raises
        ------
        UsageError
            When the formula is not understood, or a name is wrong or taken.

        Examples
        --------
        >>> rate = wb.define("集会率", "(会議 + その他の会合[部会]) / 運営月数", unit="回／月")
        >>> float(wb.measures("集会率", area="舟渡", years=2025)["value"].round(2).item())
        1.08
        """
        spellings = {plain(name), plain(label or name)}
        for measure in self.ward.codebook:
            if spellings & {plain(measure.code), plain(measure.ja), plain(measure.en)}:
                raise UsageError("figure_tables.name_taken", given=name, code=measure.code)
        read = FormulaText(formula, self._formula_named, self._groups).read()
        measure = own_measure(
            (name, label or name),
            read,
            formula,
            self.ward,
            unit=unit,
            decimals=decimals,
        )
        self.own_measures[:] = [one for one in self.own_measures if one.code != name]
        self.own_measures.append(measure)
        return codebook_table(self.ward, [measure], self.language)

    @typed_arguments
    def rows_behind(
        self,
        measure: Typed,
        place: Typed | None = None,
        year: Typed | None = None,
        *,
        area: Typed | None = None,
        block: Typed | None = None,
    ) -> pd.DataFrame:
        """Return the rows that a figure counts, each with its place in the files.

        Parameters
        ----------
        measure
            A measure by any of its names.
        place
            An area, a block or the ward; ``area=`` or ``block=`` do as well. The whole ward by
            default.
        year
            The fiscal year; the newest complete one by default.

        Returns
        -------
        DataFrame
            area, part (of a rate), measure, table, file, sheet, row, cell (of the number that the
            row adds; empty where it adds one, or an amount by the rules), activity_id, month,
            months, value (what the row adds to the figure), lack (伏せ字 for a suppressed number,
            空欄, or 保留 for a row set aside). Rows that are lacking as a whole stand at the end,
            without a value; one with a blank cell beside others keeps what these add. A note says
            what the rows come to.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, place or year, or both an area and a block are named;
            the message names the nearest.

        Examples
        --------
        >>> wb.rows_behind("出席", "12", 2025)["cell"].iloc[0]
        'G5+I5'
        """
        if place is not None and (area is not None or block is not None):
            raise UsageError("workbench.area_and_block")
        whose = self._names.place(place) if place is not None else self._place(area, block)
        asked = Asked([self._measure(measure)], [whose], [self._names.year(year)])
        return rows_table(self._measure_figures, asked, self.language)

    def _formula(self, measure: Measure) -> Formula:
        """Return the formula of a measure that is computed from its counts.

        Raises
        ------
        UsageError
            When it is an estimate, which counts no rows.
        """
        if measure.is_estimate:
            raise UsageError("figure_tables.estimate", given=measure.label(self.language))
        return self._measure_figures.formula(measure)

    def _formula_named(self, name: str) -> Formula:
        """Return the formula of a measure that is named in a formula."""
        measure = self._measure(name)
        if measure.is_estimate and not measure.is_rate:
            return self._measure_figures.formula(measure)
        return self._formula(measure)
