"""The figures of a page as CSV: one figure per line, whatever table it belongs to.

There is one long file and not one per table: the files of all reports have the same columns, so
they can be concatenated, sorted and filtered as they are, and a double click opens them. Lists of
records are left out: they contain no figures, and what people wrote never becomes a field that a
spreadsheet might interpret as a formula. The workbook has them.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from aip_analysis.messages import say
from aip_analysis.publish.attachments.machine_readable import DataTable, is_blank
from aip_analysis.publish.attachments.report_workbook import plain_number
from aip_analysis.publish.plan.data_texts import DataTexts
from aip_analysis.publish.plan.page_texts import PageTexts

# Excel reads a CSV as UTF-8 if it begins with this byte order mark.
MARK = "\ufeff"
FIGURES = "figures"


def csv_bytes(tables: Sequence[DataTable], words: PageTexts, data: DataTexts) -> bytes:
    """Return the CSV of a page; parameters as for its workbook."""
    language = words.language
    names = ("year", "report_code", "report", "label", "name", "title")
    heads = [say(f"beside.csv_{name}", language) for name in names]
    heads += [say(f"beside.{name}", language) for name in ("part", "under")]
    heads += [say(f"beside.csv_{name}", language) for name in ("row", "second", "column")]
    heads.append(say("beside.code", language))
    heads += [say(f"beside.csv_{name}", language) for name in ("place", "figure_year", "value")]
    heads.append(say("beside.unit", language))
    heads += [say(f"beside.csv_{name}", language) for name in ("source", "data")]
    kind = say("beside.fictional" if words.fictional else "beside.recorded", language)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heads)
    report = (str(data.fiscal_year), data.place, data.label)
    prefix = say("report.source", language, source="")
    for table in tables:
        if table.table.kind == FIGURES:
            source = table.source.removeprefix(prefix)
            begin = (*report, table.label, table.name, table.title)
            writer.writerows((*begin, *line, source, kind) for line in _lines(table))
    return (MARK + stream.getvalue()).encode()


def _lines(page_table: DataTable) -> Iterator[tuple[str, ...]]:
    """Yield part, row head above, row, second label, column, measure, place, year, value, unit."""
    table = page_table.table
    # If a second column of words precedes the numbers, only both together identify a row.
    has_second = len(table.heads) > 1 and 1 not in table.numeric
    for row, cells in enumerate(table.rows):
        second = cells[1].text if has_second else ""
        labels = (page_table.part_of(row), cells[0].under, cells[0].text, second)
        for column in sorted(table.numeric):
            cell = cells[column]
            if is_blank(cell):
                continue
            value = cell.text if cell.value is None else str(plain_number(cell.value))
            year = str(cell.fiscal_year) if cell.fiscal_year else ""
            figure = (cell.measure or page_table.code(row), cell.place, year, value)
            yield (*labels, table.heads[column], *figure, page_table.unit(row, column))
