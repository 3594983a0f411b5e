"""A table as reports have it, of measures or of an analyst's own numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from aip_analysis.charts.maps.map_labels import block_name
from aip_analysis.charts.style.number_format import number, unit_label
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import is_at_least, lack_text, marked, state_text
from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.reference import Place
from aip_analysis.reference.units import about
from aip_analysis.tables import Cell, Table, table_html
from aip_analysis.workbench.drawings.chart_texts import (
    Texts,
    at_work_notes,
    fictional_mark,
    name_of_parts,
    place_name,
    where_of,
)
from aip_analysis.workbench.drawings.own_charts import common_period, named_together
from aip_analysis.workbench.drawings.plotted import Plotted, Source

STYLE = """
.aip-table table{border-collapse:collapse;border-top:1.5px solid;border-bottom:1.5px solid;
font-variant-numeric:tabular-nums}
.aip-table caption{caption-side:top;text-align:left;font-weight:600;padding:.3em 0;color:inherit}
.aip-table table :is(th,td){padding:.25em .9em;border:0;text-align:left;font-weight:400}
.aip-table table thead th{border-bottom:1px solid;font-weight:600;vertical-align:bottom;
word-break:normal;word-break:auto-phrase;white-space:normal;max-width:11em}
.aip-table tbody tr{background:none;border-bottom:1px solid rgba(128,128,128,.25)}
.aip-table table :is(.number,td[data-value]){text-align:right}
.aip-table td{white-space:nowrap}
.aip-table table .part th{font-weight:600;padding-top:.7em}
.aip-table table .sum :is(th,td){font-weight:600}
.aip-table p{margin:.35em 0;font-size:.9em}
"""


@dataclass(frozen=True)
class ReportTable:
    """A table that shows itself as in a report: signs, words where there is no figure, sums.

    ``frame`` has its numbers for calculations; ``wb.save`` writes it to Excel, CSV or HTML.

    Parameters
    ----------
    title, subtitle
        What it shows; where, when and from which data.
    table
        The table.
    notes
        Sentences below it.
    language
        The language of its texts.
    """

    title: str
    subtitle: str
    table: Table
    notes: tuple[str, ...]
    language: Language

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a plain frame: numbers where there are, missing where there are none."""
        return frame_of(self.table)

    def _repr_html_(self) -> str:
        return self.html()

    def html(self) -> str:
        """Return it as HTML with its own style."""
        title, subtitle = (html_text(text, self.language) for text in (self.title, self.subtitle))
        head = f"<p><b>{title}</b><br>{subtitle}</p>"
        body = head + table_html(self.table, name=self.title, language=self.language)
        below = "".join(f"<p>{html_text(note, self.language)}</p>" for note in self.notes)
        inside = f'<div class="aip-table" lang="{self.language}">{body}{below}</div>'
        return f"<style>{STYLE}</style>{inside}"

    def __repr__(self) -> str:
        return "\n".join([self.title, self.subtitle, str(self.frame), *self.notes])


def frame_of(table: Table) -> pd.DataFrame:
    """Return a table as a frame, with the row heads as its index."""
    values = [
        [cell.value if at in table.numeric else cell.text for at, cell in enumerate(row) if at]
        for row in table.rows
    ]
    index = pd.Index([row[0].text for row in table.rows], name=table.headers[0])
    frame = pd.DataFrame(values, index=index, columns=list(table.headers[1:]))
    numbers = {table.headers[at]: "Float64" for at in table.numeric if at}
    return frame.astype(numbers).convert_dtypes()


@dataclass(frozen=True)
class Column:
    """A column: figures of a measure, with its head, and those of blocks and the ward as sums.

    ``lacking`` has the number of areas that a figure of a block or the ward does without, by place.
    """

    head: str
    plotted: Plotted
    year: int
    sums: Mapping[str, Figure]
    lacking: Mapping[str, int]

    def figure(self, place: Place) -> Figure:
        """Return the figure of a place of the table, or of a sum."""
        return {**self.sums, **self.plotted.figures}[place.key]


def column_of(source: Source, plotted: Plotted, year: int, *, with_year: bool) -> Column:
    """Return a column of figures of a year, or of an analyst's own numbers, without sums."""
    measure, language = plotted.measure, source.language
    name = measure.label(language)
    if with_year and plotted.period:
        name = say("drawings.of_year", language, measure=name, year=plotted.period)
    unit = unit_label(measure.unit, source.ward, language)
    head = name + say("charts.in_unit", language, unit=unit) if unit else name
    if not plotted.counted:
        return Column(head, plotted, year, {}, {})
    above = (*source.ward.places_of("block"), source.ward.whole)
    return Column(
        head,
        plotted,
        year,
        {place.key: source.figure(measure, place, year) for place in above},
        {place.key: source.areas_lacking(measure, place, year) for place in above},
    )


def place_table(
    source: Source, columns: Sequence[Column], places: Sequence[Place], texts: Texts
) -> ReportTable:
    """Return a table with a row per place, by block, with sums if there are figures of them."""
    language, plotted = source.language, [column.plotted for column in columns]
    rows, sums, parts = _rows(source, columns, places)
    level = plotted[0].level
    heads = (say(f"workbench.level_{level}", language), *(column.head for column in columns))
    table = Table(heads, rows, frozenset(range(1, len(heads))), sums, parts=parts)
    names = list(dict.fromkeys(own.measure.label(language) for own in plotted))
    mark = fictional_mark(source, plotted)
    line = (where_of(source, level, places), common_period(plotted), mark)
    at_work = at_work_notes(
        source,
        (
            (
                name_of_parts(place.name(language), column.head if len(columns) > 1 else ""),
                column.plotted.measure,
                place,
                column.year,
            )
            for column in columns
            if column.plotted.counted
            for place in places
            if column.figure(place).known
        ),
    )
    notes = (texts.note, *at_work, *dict.fromkeys(note for own in plotted for note in own.notes))
    return ReportTable(
        texts.title or named_together(names, language),
        "　".join(filter(None, line)),
        table,
        tuple(filter(None, notes)),
        language,
    )


def _rows(
    source: Source, columns: Sequence[Column], places: Sequence[Place]
) -> tuple[tuple[tuple[Cell, ...], ...], frozenset[int], tuple[tuple[int, str], ...]]:
    """Return the rows, which of them are sums, and where the parts of the blocks begin."""
    ward, language = source.ward, source.language
    with_sums = all(column.sums for column in columns)
    rows: list[tuple[Cell, ...]] = []
    sums: set[int] = set()
    parts: list[tuple[int, str]] = []
    for block, own in _groups(source, places):
        if block:
            parts.append((len(rows), block_name(block, language)))
        rows += [_row(source, place, columns) for place in own]
        if block and with_sums and set(own) == set(ward.areas_of(block)):
            sums.add(len(rows))
            rows.append(_row(source, block, columns))
    level = places[0].level
    if with_sums and level != "ward" and len(places) == len(ward.places_of(level)):
        if parts:
            parts.append((len(rows), ward.whole.name(language)))
        sums.add(len(rows))
        rows.append(_row(source, ward.whole, columns))
    return tuple(rows), frozenset(sums), tuple(parts)


def _groups(source: Source, places: Sequence[Place]) -> list[tuple[Place | None, list[Place]]]:
    """Return areas by block, if they are of several; any other places in one group."""
    if any(place.level != "area" for place in places):
        return [(None, list(places))]
    by_block = {
        block: own
        for block in source.ward.places_of("block")
        if (own := [place for place in places if source.ward.block_of(place) == block])
    }
    return list(by_block.items()) if len(by_block) > 1 else [(None, list(places))]


def _row(source: Source, place: Place, columns: Sequence[Column]) -> tuple[Cell, ...]:
    language = source.language
    name = place_name(source, place)
    head = name if place.level == columns[0].plotted.level else source.ward.label(place, language)
    cells = (_cell(column, place, source) for column in columns)
    return (Cell(head), *cells)


def _cell(column: Column, place: Place, source: Source) -> Cell:
    """Return a figure as a cell, whose unit is in the head; or the word why there is none."""
    figure, plotted, language = column.figure(place), column.plotted, source.language
    measure = plotted.measure
    code, key = (measure.code, place.key) if plotted.counted else ("", "")
    if figure.value is None:
        state = state_text(figure.state, language)
        return Cell(say(f"states.{figure.state}", language), None, code, key, state=state)
    text = number(figure.value, measure.decimals)
    if not is_at_least(figure):
        text = about(measure, text, language)
    text = marked(text, figure, language)
    lack = lack_text(figure, language)
    without = column.lacking.get(key, 0)
    if without:
        sign = say("states.lacking_sign", language)
        text = text if text.endswith(sign) else text + sign
        missing = say("states.lack_areas", language, number=without)
        lack = say("states.between", language).join(filter(None, (lack, missing)))
    unit = unit_label(measure.unit, source.ward, language)
    state = source.at_work(measure, place, column.year) if plotted.counted else ""
    return Cell(text, figure.value, code, key, unit=unit, state=state, lack=lack)
