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
from aip_analysis.publish.attachments.machine_readable import DataTable
from aip_analysis.publish.attachments.report_workbook import plain_number
from aip_analysis.publish.plan.jobs import AttachmentMetadata, PageTexts

# Excel reads a CSV as UTF-8 if it begins with this byte order mark.
MARK = "\ufeff"
FIGURES = "figures"


def csv_bytes(tables: Sequence[DataTable], words: PageTexts, data: AttachmentMetadata) -> bytes:
    """Return the CSV of a page; parameters as for its workbook."""
    language = words.language
    names = ("year", "report_code", "report", "label", "name", "title")
    heads = [say(f"attachments.csv_{name}", language) for name in names]
    heads += [say(f"attachments.{name}", language) for name in ("part", "under")]
    heads += [say(f"attachments.csv_{name}", language) for name in ("row", "second", "column")]
    heads.append(say("attachments.code", language))
    heads += [
        say(f"attachments.csv_{name}", language) for name in ("place", "figure_year", "value")
    ]
    heads.append(say("attachments.unit", language))
    heads += [say(f"attachments.csv_{name}", language) for name in ("source", "data")]
    kind = say("attachments.fictional" if words.fictional else "attachments.recorded", language)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heads)
    report = (str(data.fiscal_year), data.place, data.label)
    prefix = say("report.source", language, source="")
    for table in tables:
        shown = table.shown
        if shown.kind == FIGURES:
            source = shown.source.removeprefix(prefix)
            begin = (*report, shown.label, shown.name, shown.title)
            writer.writerows((*begin, *line, source, kind) for line in _lines(table))
    return (MARK + stream.getvalue()).encode()


def _lines(table: DataTable) -> Iterator[tuple[str, ...]]:
    """Yield part, row head above, row, second label, column, measure, place, year, value, unit."""
    shown = table.shown
    # If a second column of words precedes the numbers, only both together identify a row.
    has_second = len(shown.heads) > 1 and 1 not in shown.numeric
    for row, cells in enumerate(shown.rows):
        second = str(cells[1].value) if has_second else ""
        labels = (shown.part_of(row), shown.under[row], str(cells[0].value), second)
        for column in sorted(shown.numeric):
            cell = cells[column]
            if cell.value == "":
                continue
            value = cell.value if isinstance(cell.value, str) else str(plain_number(cell.value))
            year = str(cell.fiscal_year) if cell.fiscal_year else ""
            figure = (cell.measure or table.code(row), cell.place, year, value)
            yield (*labels, shown.heads[column], *figure, table.unit(row, column))
