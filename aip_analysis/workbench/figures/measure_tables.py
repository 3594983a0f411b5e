"""Tables of figures: one row a figure, by place, year or month, or two years side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.measures.comparing.changes import Change
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, state_text
from aip_analysis.messages import Language, say
from aip_analysis.messages.months import month_name
from aip_analysis.records.some_months import WHOLE_YEAR, Months
from aip_analysis.reference import FiscalYear, Measure, Place, Ward
from aip_analysis.reference.calendar import MONTHS
from aip_analysis.reference.units import unit_label
from aip_analysis.workbench.figures.figure_status import FigureStatus, Part
from aip_analysis.workbench.figures.groups import MONTH, Group
from aip_analysis.workbench.figures.measure_figures import MeasureFigures
from aip_analysis.workbench.lists.frame_display import ATTRS, described

PLACE = ["place_code", "place", "block", "fiscal_year"]
MEASURE = ["measure", "name"]
VALUE = ["value", "unit", "status"]
COMPARED = ["before", "after", "change", "percent", "unit", "status"]
_PERCENT = "percent"
_Row = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """What a table is to show.

    Parameters
    ----------
    measures, places, years
        The measures, places and fiscal years.
    months
        The months of each year.
    """

    measures: Sequence[Measure]
    places: Sequence[Place]
    years: Sequence[int]
    months: Months = WHOLE_YEAR


class MeasureTables:
    """Makes tables of figures.

    Parameters
    ----------
    figures
        The figures of measures.
    language
        The language of names and words.
    """

    def __init__(self, figures: MeasureFigures, language: Language) -> None:
        self._figures = figures
        self._ward: Ward = figures.whole.ward
        self._language = language
        self._status = FigureStatus(figures, language)

    def tidy(self, asked: Asked) -> pd.DataFrame:
        """Return one row for each place, year and measure: ``PLACE``, ``MEASURE``, ``VALUE``."""
        rows = [
            self._row(measure, place, year, asked.months)
            for place in asked.places
            for year in asked.years
            for measure in asked.measures
        ]
        return self._described(_frame(rows, [*PLACE, *MEASURE, *VALUE]), asked)

    def by(
        self, asked: Asked, heads: Mapping[str, str], groups: Mapping[str, list[Group]]
    ) -> pd.DataFrame:
        """Return the same with the parts of each figure, by columns of its records.

        Parameters
        ----------
        heads
            The columns by which it is taken apart, with what they are called. One that is called
            as another of the table, such as status, becomes record_status.
        groups
            The parts, by the code of the measure.
        """
        taken = {*PLACE, *MEASURE, *VALUE}
        heads = {f"record_{name}" if name in taken else name: head for name, head in heads.items()}
        rows = [
            self._row(measure, place, year, asked.months, group)
            | dict(zip(heads, group.labels, strict=True))
            for place in asked.places
            for year in asked.years
            for measure in asked.measures
            for group in groups[measure.code]
        ]
        frame = self._described(_frame(rows, [*PLACE, *heads, *MEASURE, *VALUE]), asked)
        frame.attrs[ATTRS]["heads"] |= heads
        return frame

    def by_month(self, asked: Asked, *, as_days: bool) -> pd.DataFrame:
        """Return the same with a row for each month, which is a period of its own.

        Parameters
        ----------
        as_days
            Whether months are their first days, rather than names.
        """
        rows = [
            self._row(measure, place, year, Months(day.month, day.month), of_month=True)
            | {MONTH: pd.Timestamp(day) if as_days else month_name(day.month, self._language)}
            for place in asked.places
            for year in asked.years
            for measure in asked.measures
            for day in asked.months.of(year)
        ]
        return self._described(_frame(rows, [*PLACE, MONTH, *MEASURE, *VALUE]), asked)

    def wide(self, tidy: pd.DataFrame, asked: Asked) -> pd.DataFrame:
        """Return a tidy table with a column for each measure, in the order asked for."""
        codes = [measure.code for measure in asked.measures]
        keys = [name for name in tidy.columns if name not in {*MEASURE, *VALUE}]
        cells = tidy.set_index([*keys, "measure"])["value"].unstack("measure", sort=False)  # noqa: PD010 -- keys may be missing
        status = _statuses(tidy, keys)
        frame = cells[codes].reset_index().assign(status=status)
        frame.columns.name = None
        return self._described(frame, asked)

    def compared(self, asked: Asked) -> pd.DataFrame:
        """Return one row for each place and measure with its figures of two years, the later first.

        A change is given where both figures are of the same areas and months, and whatever they
        leave out cannot be the reason.
        """
        years = (asked.years[0], asked.years[1])
        rows = [
            self._place(place)
            | self._names(measure)
            | self._compared(measure, place, years, asked.months)
            for place in asked.places
            for measure in asked.measures
        ]
        columns = ["place_code", "place", "block", *MEASURE, *COMPARED]
        return self._described(_frame(rows, columns), asked)

    def check_months(self, measures: Iterable[Measure]) -> None:
        """Raise if a measure has no months.

        Raises
        ------
        UsageError
            When the records of one tell nothing of months.
        """
        one = Months(MONTHS, MONTHS)
        for measure in measures:
            if not self._figures.has_months(measure, one):
                name = measure.label(self._language)
                raise UsageError("figure_tables.no_months", given=name)

    def period(self, asked: Asked) -> str:
        """Return the years and months of a table: 令和6年度・令和7年度、4月〜10月."""
        years = [FiscalYear(year).short_label(self._language) for year in sorted(asked.years)]
        text = years[0] if len(years) == 1 else self._say("years", first=years[0], last=years[-1])
        if asked.months.are_all:
            return text
        first, last = (
            month_name(month, self._language) for month in (asked.months.first, asked.months.last)
        )
        months = first if first == last else self._say("month_range", first=first, last=last)
        return self._say("period", years=text, months=months)

    def _row(
        self,
        measure: Measure,
        place: Place,
        year: int,
        months: Months,
        group: Group | None = None,
        *,
        of_month: bool = False,
    ) -> _Row:
        only = group.only if group else ()
        figure = self._figures.figure(measure, place, year, months, only)
        part: Part = "month" if of_month else "part" if group else "whole"
        status = self._status.of(measure, place, year, figure, months, part)
        value: _Row = {"fiscal_year": year, "value": figure.value, "status": status}
        return self._place(place) | self._names(measure) | value

    def _place(self, place: Place) -> _Row:
        block = self._ward.block_of(place) if place.level == "area" else place
        return {
            "place_code": place.key,
            "place": place.name(self._language),
            "block": "" if place.level == "ward" else block.name(self._language),
        }

    def _names(self, measure: Measure) -> _Row:
        return {
            "measure": measure.code,
            "name": measure.label(self._language),
            "unit": unit_label(self._ward, measure, self._language),
        }

    def _compared(
        self, measure: Measure, place: Place, years: tuple[int, int], months: Months
    ) -> _Row:
        change = self._figures.change(measure, place, years, months)
        after, before = change.now.value, change.before.value
        row: _Row = {"before": before, "after": after, "change": None, "percent": None}
        if change.is_claimed and after is not None and before is not None:
            row["change"] = after - before
            at_work = {self._status.months_at_work(place, year, months) for year in years}
            is_even = len(at_work) == 1 or not self._figures.grows(measure)
            if before > 0 and measure.unit != _PERCENT and is_even:
                row["percent"] = 100 * (after - before) / before
        running = (years[1], months)
        parts = [
            "" if self._is_in_title(measure, months) else self._status.period(measure, *running),
            *self._why_not(change),
            *(
                self._of_year(year, figure, self._fewer_months(measure, place, year, months))
                for year, figure in zip(years, (change.now, change.before), strict=True)
            ),
        ]
        if place.level != "area" and change.areas and not change.is_of_all:
            parts.append(self._say("in_common", number=change.areas))
        return row | {"status": self._say("between").join(filter(None, parts))}

    def _is_in_title(self, measure: Measure, months: Months) -> bool:
        """Return whether the title of the table tells the months of a figure."""
        return not months.are_all and self._figures.has_months(measure, months)

    def _fewer_months(self, measure: Measure, place: Place, year: int, months: Months) -> str:
        if not self._figures.grows(measure):
            return ""
        if place.level == "area" and self._status.months_at_work(place, year, months) is None:
            return self._say("at_work_unknown")
        return self._status.fewer_months(place, year, months)

    def _why_not(self, change: Change) -> Iterator[str]:
        if change.reason and change.reason != "nothing_in_common":
            yield self._say(f"not_compared_{change.reason}")
        elif change.reason and change.now.known and change.before.known:
            yield self._say("not_compared_ended")

    def _of_year(self, year: int, figure: Figure, at_work: str) -> str:
        """Return what there is to say of the figure of one of two years."""
        lacks = [at_work, lack_text(figure, self._language)] if figure.known else []
        told = self._say("between").join(filter(None, lacks))
        text = told or state_text(figure.state, self._language)
        label = FiscalYear(year).short_label(self._language)
        return self._say("of_one_year", year=label, text=text) if text else ""

    def _described(self, frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
        names = self._say("between").join(one.label(self._language) for one in asked.measures)
        measures = {measure.code: measure for measure in asked.measures}
        wide = {code: one for code, one in measures.items() if code in frame}
        heads = {name: self._say(f"head_{name}") for name in frame.columns if name in _HEADS}
        # Measures with other decimals in one column are shown with as many as each number needs.
        decimals = {one.decimals for one in asked.measures}
        numbers = [name for name in ("value", "before", "after", "change") if name in frame]
        return described(
            frame,
            title=self._say("title", measures=names, period=self.period(asked)),
            heads=heads | {code: one.label(self._language) for code, one in wide.items()},
            units={code: unit_label(self._ward, one, self._language) for code, one in wide.items()},
            decimals={code: one.decimals for code, one in wide.items()}
            | (dict.fromkeys(numbers, *decimals) if len(decimals) == 1 else {})
            | ({"percent": 1} if "percent" in frame else {}),
        )

    def _say(self, name: str, **values: object) -> str:
        return say(f"figure_tables.{name}", self._language, **values)


_HEADS = {*PLACE, *MEASURE, *VALUE, *COMPARED, MONTH}


def _frame(rows: list[_Row], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    numbers = [name for name in ("value", "before", "after", "change", "percent") if name in frame]
    return frame.astype(dict.fromkeys(numbers, "Float64"))


def _statuses(tidy: pd.DataFrame, keys: list[str]) -> list[str]:
    """Return the status of each row of a wide table: each once, with the names it belongs to."""
    texts = []
    for _key, rows in tidy.groupby(keys, sort=False, dropna=False):
        told = rows[rows["status"] != ""]
        if len(told) == len(rows) and len({*told["status"]}) == 1:
            texts.append(str(told["status"].iloc[0]))
        else:
            pairs = zip(told["name"], told["status"], strict=True)
            texts.append("；".join(f"{name}：{status}" for name, status in pairs))
    return texts
