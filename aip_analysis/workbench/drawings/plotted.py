"""What a chart, a map or a table of the workbench shows: figures of one measure by place.

They are figures of the records, or an analyst's own numbers; what is drawn of them is the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.measures import Figures
from aip_analysis.measures.comparing.areas_without import areas_lacking
from aip_analysis.measures.figure import Figure
from aip_analysis.messages import Language, say
from aip_analysis.messages.months import month_name
from aip_analysis.records.some_months import WHOLE_YEAR, Months
from aip_analysis.reference import FiscalYear, Level, Measure, Place, Ward
from aip_analysis.reference.calendar import MONTHS
from aip_analysis.workbench.figures.figure_status import FigureStatus
from aip_analysis.workbench.figures.measure_figures import MeasureFigures
from aip_analysis.workbench.figures.own_measures import OwnMeasure
from aip_analysis.workbench.lists.frame_display import ATTRS
from aip_analysis.workbench.names.typed_names import Names, Typed

# What an analyst may draw: a measure by name, or numbers by place.
Shown = Typed | pd.Series | pd.DataFrame
MOST_DECIMALS = 2
PERCENT = "percent"
# Names in a note; of more, the number of the others is given.
MOST_LISTED = 6


@dataclass(frozen=True)
class Plotted:
    """Figures of a measure.

    Parameters
    ----------
    measure
        The measure, with its name, unit and decimals.
    level
        The level of the places.
    figures
        Key of a place -> its figure.
    period
        When it is from; empty for numbers of which that is not known.
    fictional
        Whether it comes from fictional records.
    shaded
        Whether a map shades places by it; otherwise it has circles.
    notes
        What has to be said of it.
    """

    measure: Measure
    level: Level
    figures: Mapping[str, Figure]
    period: str = ""
    fictional: bool = False
    shaded: bool = False
    notes: tuple[str, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether it is a measure, counted from records, and not an analyst's own numbers."""
        return bool(self.measure.topic)

    def of(self, places: Sequence[Place]) -> dict[str, Figure]:
        """Return the figures of some places, by their keys."""
        return {place.key: self.figures[place.key] for place in places}

    @property
    def known(self) -> list[float]:
        """The values that there are."""
        return [figure.value for figure in self.figures.values() if figure.value is not None]

    def by_code(self) -> dict[str, Figure]:
        """Return the figures by the codes of their places, as maps take them."""
        return {key.partition("-")[2]: figure for key, figure in self.figures.items()}


@dataclass(frozen=True)
class Source:
    """Where plotted figures come from.

    Parameters
    ----------
    measured
        The figures of measures, of the codebook and of one's own.
    names
        Who is meant by a name.
    measure
        The door to measures, those that the analyst defined among them.
    language
        The language of names and labels.
    months
        The months of each year that figures are of.
    """

    measured: MeasureFigures
    names: Names
    measure: Callable[[Typed], Measure]
    language: Language
    months: Months = WHOLE_YEAR

    @property
    def figures(self) -> Figures:
        """The figures of the codebook and of whole years."""
        return self.measured.whole

    @property
    def ward(self) -> Ward:
        """The ward."""
        return self.figures.ward

    @property
    def fictional(self) -> bool:
        """Whether the records are fictional."""
        return self.figures.records.fictional

    @property
    def mark(self) -> str:
        """What is said of fictional records; empty if they are real."""
        return say("attachments.fictional", self.language) if self.fictional else ""

    def figure(self, measure: Measure, place: Place, year: int) -> Figure:
        """Return the figure of a measure in these months of a year."""
        return self.measured.figure(measure, place, year, self.months)

    def at_work(self, measure: Measure, place: Place, year: int) -> str:
        """Return for how many months the council of an area was at work; empty if all the time."""
        status = FigureStatus(self.measured, self.language)
        return status.at_work(measure, place, year, self.months)

    def elapsed(self, year: int) -> tuple[date, ...]:
        """Return the elapsed ones of these months of a year."""
        return self.measured.part(self.months).records.months(year)

    def is_complete(self, year: int) -> bool:
        """Return whether all of these months of a year have elapsed."""
        return self.measured.part(self.months).records.is_complete(year)

    def plotted(self, shown: Shown, level: Level | None, year: int, unit: str = "") -> Plotted:
        """Return what is to be drawn, for every place of a level.

        Parameters
        ----------
        shown
            A measure by name, or a Series or frame with names or codes of places.
        level
            The level; by default, areas, or the level of the analyst's own numbers.
        year
            The fiscal year of a measure.
        unit
            The unit of the analyst's own numbers.
        """
        if isinstance(shown, pd.Series | pd.DataFrame):
            return self.own(shown, unit)
        measure = self.measure(shown)
        wanted = level or "area"
        figures = {
            place.key: self.figure(measure, place, year) for place in self.ward.places_of(wanted)
        }
        return Plotted(
            measure,
            wanted,
            figures,
            self.period(year, measure),
            self.fictional,
            measure.is_rate or _any_below_zero(figures),
            self.formula_notes([measure]),
        )

    def formula_notes(self, measures: Sequence[Measure]) -> tuple[str, ...]:
        """Return how measures of the analyst's own are counted, unless their names say so."""
        return tuple(
            say("drawings.formula", self.language, name=name, formula=measure.text)
            for measure in measures
            if isinstance(measure, OwnMeasure)
            and (name := measure.label(self.language)) != measure.text
        )

    def period(self, year: int, measure: Measure | None = None) -> str:
        """Return a fiscal year, with its months if they are not all: 令和8年度（4月〜10月）."""
        label = FiscalYear(year).short_label(self.language)
        months = self.elapsed(year)
        if not months or len(months) == MONTHS or (measure and not self._has_months(measure)):
            return label
        first, last = (month_name(day.month, self.language) for day in (months[0], months[-1]))
        key = "drawings.so_far" if first != last else "drawings.one_month"
        return say(key, self.language, year=label, first=first, last=last)

    def _has_months(self, measure: Measure) -> bool:
        """Return whether a measure grows with the months, and can be told of some of them."""
        return self.measured.grows(measure) and (
            self.months.are_all or self.measured.has_months(measure, self.months)
        )

    def of_month(self, measure: Measure, place: Place, day: date) -> Figure:
        """Return the figure of a measure in one month, given by its first day."""
        year = FiscalYear.of(day).year
        return self.measured.figure(measure, place, year, Months(day.month, day.month))

    def areas_lacking(self, measure: Measure, place: Place, year: int) -> int:
        """Return how many areas of a block or the ward should have a figure, and do not."""
        return areas_lacking(
            self.figures, place, year, lambda area: self.figure(measure, area, year)
        )

    def own(
        self, data: pd.Series | pd.DataFrame, unit: str = "", value: str | None = None
    ) -> Plotted:
        """Return an analyst's own numbers by place; ``value`` is their column if there are several.

        Raises
        ------
        UsageError
            As for ``place_frame.by_place``.
        """
        # Imported here because what knows rows of totals takes long to load.
        from aip_analysis.workbench.lists.place_frame import PLACE_COLUMNS, by_place  # noqa: PLC0415

        read = by_place(data, self.names, value)
        numbers = read.values.to_dict()  # noqa: PD011 -- a field of that name
        known = [float(number) for number in numbers.values() if pd.notna(number)]
        about = _about(data, read.name, self.language)
        measure = own_measure(
            about.name or say("drawings.own_numbers", self.language),
            self._unit(unit or about.unit),
            known,
        )
        figures = {
            str(key): Figure(None, "not_kept") if pd.isna(number) else Figure.of(float(number))
            for key, number in numbers.items()
        }
        notes = []
        if read.missing:
            names = [place.name(self.language) for place in read.missing]
            notes.append(say("drawings.no_value", self.language, places=self.listed(names)))
        if read.left_out:
            named = _texts_without_place(data, PLACE_COLUMNS)
            unnamed = say("record_lists.unnamed", self.language)
            left_out = [text for text in read.left_out if not named or text != unnamed]
            texts = self.listed(list(dict.fromkeys([*left_out, *named])))
            notes.append(say("drawings.left_out_rows", self.language, rows=texts))
        whole = measure.decimals == 0 and measure.unit != PERCENT
        return Plotted(
            measure,
            read.level,
            figures,
            self.period(about.year) if about.year else "",
            bool(data.attrs.get(ATTRS, {}).get("recorded")) and self.fictional,
            not whole or _any_below_zero(figures),
            tuple(notes),
        )

    def _unit(self, typed: str) -> str:
        """Return the code of a unit where the vocabulary has it, or the unit as it was typed."""
        term = self.ward.vocabularies["unit"].find(typed) if typed else None
        return term.code if term else typed

    def listed(self, names: Sequence[str], between: str = "") -> str:
        """Return names in a list; of many, the first ones and the number of the others."""
        between = between or say("states.between", self.language)
        if len(names) <= MOST_LISTED:
            return between.join(names)
        first = between.join(names[: MOST_LISTED - 1])
        return say(
            "drawings.and_more", self.language, first=first, more=len(names) - MOST_LISTED + 1
        )


def own_measure(name: str, unit: str, values: Sequence[float]) -> Measure:
    """Return a measure for an analyst's own numbers, with as many decimals as they need."""
    decimals = next(
        (
            number
            for number in range(MOST_DECIMALS)
            if all(round(value, number) == round(value, 6) for value in values)
        ),
        MOST_DECIMALS,
    )
    return Measure(
        code="own",
        ja=name,
        en=name,
        definition_ja="",
        definition_en="",
        unit=unit,
        decimals=decimals,
        rounded_to=0,
        topic="",
        numerator="",
        denominator="",
        official_code="",
        source_ja="",
        source_en="",
    )


@dataclass(frozen=True)
class _About:
    """What a table of one's own says of its numbers; empty and 0 where it says nothing."""

    name: str
    unit: str
    year: int


def _about(data: pd.Series | pd.DataFrame, column: str | None, language: Language) -> _About:
    """Return what a table says of its numbers: in its attributes, or in columns of one value."""
    attrs: dict[str, Any] = data.attrs.get(ATTRS, {})
    heads, units = attrs.get("heads", {}), attrs.get("units", {})
    name, unit = str(heads.get(column, column or "")), str(units.get(column, ""))
    if isinstance(data, pd.Series):
        return _About(name, unit, 0)
    own_name = _only(data, "name") if language == "ja" or "measure" not in data else ""
    year = _only(data, "fiscal_year")
    return _About(
        own_name or _only(data, "measure") or name,
        _only(data, "unit") or unit,
        int(year) if year.isdecimal() else 0,
    )


def _texts_without_place(data: pd.Series | pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return the texts of rows whose columns of places are empty, such as 合計 of an office."""
    if isinstance(data, pd.Series):
        return []
    own = [name for name in columns if name in data]
    rows = data[data[own].isna().all(axis=1)] if own else data.iloc[:0]
    found = ([cell for cell in row if isinstance(cell, str)] for row in rows.to_numpy(dtype=object))
    return [texts[0] for texts in found if texts]


def _only(frame: pd.DataFrame, column: str) -> str:
    """Return the one text of a column; empty if the frame has no such column, or it has several."""
    values = list(frame[column].dropna().unique()) if column in frame else []
    return str(values[0]) if len(values) == 1 else ""


def _any_below_zero(figures: Mapping[str, Figure]) -> bool:
    return any(figure.value is not None and figure.value < 0 for figure in figures.values())
