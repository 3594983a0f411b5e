"""The workbook and the CSV of a page, made from the notebook that the page is rendered from.

The workbook has contents, remarks, one sheet per table, and definitions. Texts are texts, whatever
they look like: none is turned into a formula or a link.

The CSV has one figure per line, whatever table it belongs to; a missing figure has a line with an
empty value, and every line says in which state its figure is and which period it covers. There is
one long file and not one per table: the files of all reports have the same columns, so they can be
concatenated, sorted and filtered as they are, and a double click opens them. Lists of records are
left out: they contain no figures, and what people wrote never becomes a field that a spreadsheet
might interpret as a formula. The workbook has them.

The same tables give the same bytes.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import nbformat
import xlsxwriter

from aip_analysis.messages import Language, say
from aip_analysis.publish.attachments.machine_readable import (
    DataTable,
    data_tables,
    is_blank,
    state_of,
)
from aip_analysis.publish.plan.attached_files import CSV, WORKBOOK, attachment_name
from aip_analysis.publish.plan.jobs import AttachmentMetadata, PageTexts
from aip_analysis.tables import Cell

FONT = "游ゴシック"
# The code of the page's own table of definitions: it is left out, as the sheet of them says more.
DEFINITIONS = "definitions"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 8, 48
_A4 = 9
_DIGITS = 12
_DECIMALS = re.compile(r"\.(\d+)")
# Excel reads a CSV as UTF-8 if it begins with this byte order mark.
MARK = "\ufeff"
FIGURES = "figures"
Heads = list[str]
Rows = Iterable[Sequence[Cell]]


def data_files(
    notebook: nbformat.NotebookNode, slug: str, words: PageTexts, data: AttachmentMetadata
) -> dict[str, bytes]:
    """Return the workbook and the CSV of a page.

    Parameters
    ----------
    notebook
        The executed notebook, without cells that are only for the analyst.
    slug
        The file name of the page without its extension.
    words, data
        The texts around its sections, and what is known of its figures.

    Returns
    -------
    dict
        The contents of the files, by their names.
    """
    tables = data_tables(notebook, data)
    csv_name = attachment_name(slug, CSV)
    return {
        attachment_name(slug, WORKBOOK): _workbook_bytes(tables, words, data, csv_name),
        csv_name: _csv_bytes(tables, words, data),
    }


def _workbook_bytes(
    tables: Sequence[DataTable], words: PageTexts, data: AttachmentMetadata, csv_name: str
) -> bytes:
    """Return the workbook of a page, which names the file that contains the figures as CSV."""
    book = _Book(words.language)
    listed = [table for table in tables if table.name != DEFINITIONS]
    about, definitions = (
        say(f"attachments.{name}", words.language) for name in ("about", DEFINITIONS)
    )
    book.reserve(say("attachments.contents", words.language), about, definitions)
    names = [book.name(table.label or table.title) for table in listed]
    book.write(say("attachments.contents", words.language), *_contents(book, listed, names))
    book.write(about, *_about(words, csv_name))
    for name, table in zip(names, listed, strict=True):
        book.write(name, table.heads(words.language), table.rows(words.language))
    book.write(definitions, *_definitions(data, words.language))
    return book.bytes(words)


def _contents(
    book: "_Book", tables: Sequence[DataTable], names: Sequence[str]
) -> tuple[Heads, Rows]:
    """Return heads and rows of the list of sheets."""
    language = book.language
    heads = ("sheet", "code", "title", "rows", "source")
    prefix = say("report.source", language, source="")
    rows = [
        (name, table.name, table.title, len(table.table.rows), table.source)
        for name, table in zip(names, tables, strict=True)
    ]
    return [say(f"attachments.contents_{head}", language) for head in heads], [
        _texts(
            say("attachments.about", language),
            "about",
            say("attachments.contents_of_about", language),
        ),
        *(
            (*_texts(name, code, title), Cell(str(count), count), Cell(source.removeprefix(prefix)))
            for name, code, title, count, source in rows
        ),
        _texts(
            say(f"attachments.{DEFINITIONS}", language),
            DEFINITIONS,
            say("attachments.contents_of_definitions", language),
        ),
    ]


def _about(words: PageTexts, csv_name: str) -> tuple[Heads, Rows]:
    """Return heads and rows of the remarks on the workbook and on how to read its cells."""
    language = words.language
    credit, *records = words.footer
    texts = {
        "report": words.title,
        "period": words.subtitle,
        "programme": words.programme,
        "data": say("page.fictional" if words.fictional else "attachments.recorded", language),
        "records": "".join(records),
        "credit": credit,
        "csv": say("attachments.about_csv_text", language, file=csv_name),
    }
    signs = ("missing", "states", "lacks", "not_applicable", "blank", "numbers", "texts")
    texts |= {name: say(f"attachments.about_{name}_text", language) for name in signs}
    return [say("attachments.about_item", language), say("attachments.about_text", language)], [
        _texts(say(f"attachments.about_{name}", language), text) for name, text in texts.items()
    ]


def _definitions(data: AttachmentMetadata, language: Language) -> tuple[Heads, Rows]:
    """Return heads and rows of the definitions of the figures."""
    names = ("label", "unit", "text", "numerator", "denominator", "official", "source")
    heads = [say("attachments.code", language)]
    heads += [say(f"attachments.definition_{name}", language) for name in names]
    return heads, [
        _texts(definition.code, *(getattr(definition, name) for name in names))
        for definition in data.definitions
    ]


def _texts(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


@dataclass
class _Book:
    """A workbook being written."""

    language: Language
    _stream: io.BytesIO = field(default_factory=io.BytesIO)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # The writer modifies the options: a second workbook must not get these changes.
        fonts = {"default_format_properties": {"font_name": FONT}}
        self._book = xlsxwriter.Workbook(self._stream, _OPTIONS | fonts)
        self._head = self._book.add_format({"bold": True, "bg_color": "#E7ECF2", "num_format": "@"})
        self._text = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._numbers: dict[tuple[int, str], Any] = {}

    def reserve(self, *names: str) -> None:
        """Reserve names of sheets, so that they are not assigned to tables."""
        self._names |= {name.casefold() for name in names}

    def name(self, title: str) -> str:
        """Return a sheet name that Excel accepts and no other sheet has."""
        plain = _FORBIDDEN.sub(" ", title).strip()[:_LONGEST_NAME] or "-"
        name, count = plain, 1
        while name.casefold() in self._names:
            count += 1
            suffix = f" {count}"
            name = plain[: _LONGEST_NAME - len(suffix)] + suffix
        self._names.add(name.casefold())
        return name

    def write(self, name: str, heads: Heads, rows: Rows) -> None:
        """Write a table to a sheet of its own, with its heads in the first row."""
        sheet = self._book.add_worksheet(name)
        widths = [_NARROWEST] * len(heads)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            widths[column] = max(widths[column], _width(head))
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if cell.value is not None:
                    value = _plain_number(cell.value)
                    sheet.write_number(place, column, value, self._number_format(cell))
                elif cell.text:
                    sheet.write_string(place, column, cell.text, self._text)
                    widths[column] = max(widths[column], _width(cell.text))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def bytes(self, words: PageTexts) -> bytes:
        """Close the workbook and return its bytes."""
        properties = {
            "title": f"{words.title} {words.subtitle}",
            "subject": words.programme,
            "comments": say("page.fictional", self.language) if words.fictional else "",
            # The current date would make the bytes differ from run to run.
            "created": datetime(2000, 1, 1),  # noqa: DTZ001 -- Excel knows no time zones
        }
        self._book.set_properties(properties)
        self._book.close()
        return self._stream.getvalue()

    def _number_format(self, cell: Cell) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        """Return the format that shows as many decimals as the page does, and a unit of its own."""
        match = _DECIMALS.search(cell.text)
        look = (len(match[1]) if match else 0, cell.unit)
        if look not in self._numbers:
            decimals, unit = look
            number = ("#,##0." + "0" * decimals if decimals else "#,##0") + (unit and f'" {unit}"')
            self._numbers[look] = self._book.add_format({"num_format": number, "valign": "top"})
        return self._numbers[look]


def _csv_bytes(tables: Sequence[DataTable], words: PageTexts, data: AttachmentMetadata) -> bytes:
    """Return the CSV of a page."""
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
    ends = ("source", "data", "state", "period")
    heads += [say(f"attachments.csv_{name}", language) for name in ends]
    kind = say("attachments.fictional" if words.fictional else "attachments.recorded", language)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heads)
    report = (str(data.fiscal_year), data.place, data.label)
    prefix = say("report.source", language, source="")
    for table in tables:
        if table.table.kind == FIGURES:
            source = table.source.removeprefix(prefix)
            begin = (*report, table.label, table.name, table.title)
            for cell, line in _lines(table):
                period = data.periods.get(cell.fiscal_year or data.fiscal_year, "")
                writer.writerow((*begin, *line, source, kind, state_of(cell, language), period))
    return (MARK + stream.getvalue()).encode()


def _lines(page_table: DataTable) -> Iterator[tuple[Cell, tuple[str, ...]]]:
    """Yield each figure's cell, and what its line says of it.

    These are part, row head above, row, second label, column, measure, place, year, value (empty
    where there is none), unit.
    """
    table = page_table.table
    # If a second column of words precedes the numbers, only both together identify a row.
    has_second = len(table.headers) > 1 and 1 not in table.numeric
    for row, cells in enumerate(table.rows):
        second = cells[1].text if has_second else ""
        labels = (page_table.part_of(row), cells[0].under, cells[0].text, second)
        for column in sorted(table.numeric):
            cell = cells[column]
            if is_blank(cell):
                continue
            value = "" if cell.value is None else str(_plain_number(cell.value))
            year = str(cell.fiscal_year) if cell.fiscal_year else ""
            figure = (cell.measure or page_table.code(row), cell.place, year, value)
            line = (*labels, table.headers[column], *figure, page_table.unit(row, column))
            yield cell, line


def _plain_number(value: float) -> float | int:
    """Return a number without the noise of binary fractions; a whole one as an integer."""
    rounded = float(f"{value:.{_DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _width(text: str) -> int:
    """Return the width of a text in letters: a letter of three bytes is as wide as two."""
    return (len(text) + len(text.encode())) // 2
