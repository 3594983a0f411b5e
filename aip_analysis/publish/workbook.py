"""The tables of a page as a workbook: contents, what must be known, a sheet a table, definitions.

Texts are texts, whatever they look like: no formula and no link is made of one. The same tables
give the same bytes.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter

from aip_analysis.messages import Language, say
from aip_analysis.publish.data_tables import DataTable
from aip_analysis.publish.data_words import DataWords
from aip_analysis.publish.frame import PageWords
from aip_analysis.publish.shown_tables import Shown

FONT = "游ゴシック"
# The page's own table of definitions says less than the sheet of them.
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
Heads = list[str]
Rows = Iterable[Sequence[Shown]]


def workbook_bytes(
    tables: Sequence[DataTable], words: PageWords, data: DataWords, csv: str
) -> bytes:
    """Make the workbook of a page.

    Parameters
    ----------
    tables
        Its tables.
    words, data
        What stands around its sections, and what is known of its figures.
    csv
        The name of the file that holds the figures as CSV.
    """
    book = _Book(words.language)
    told = [table for table in tables if table.shown.name != DEFINITIONS]
    about, definitions = (say(f"beside.{name}", words.language) for name in ("about", DEFINITIONS))
    book.reserve(say("beside.contents", words.language), about, definitions)
    names = [book.name(table.shown.label or table.shown.title) for table in told]
    book.write(say("beside.contents", words.language), *_contents(book, told, names))
    book.write(about, *_about(words, csv))
    for name, table in zip(names, told, strict=True):
        book.write(name, table.heads(words.language), table.rows(words.language))
    book.write(definitions, *_definitions(data, words.language))
    return book.bytes(words)


def _contents(
    book: "_Book", tables: Sequence[DataTable], names: Sequence[str]
) -> tuple[Heads, Rows]:
    """List the sheets."""
    language = book.language
    heads = ("sheet", "code", "title", "rows", "source")
    prefix = say("report.source", language, source="")
    rows = [
        (name, table.shown.name, table.shown.title, len(table.shown.rows), table.shown.source)
        for name, table in zip(names, tables, strict=True)
    ]
    return [say(f"beside.contents_{head}", language) for head in heads], [
        _texts(say("beside.about", language), "about", say("beside.contents_of_about", language)),
        *(
            (*_texts(name, code, title), Shown(count), Shown(source.removeprefix(prefix)))
            for name, code, title, count, source in rows
        ),
        _texts(
            say(f"beside.{DEFINITIONS}", language),
            DEFINITIONS,
            say("beside.contents_of_definitions", language),
        ),
    ]


def _about(words: PageWords, csv: str) -> tuple[Heads, Rows]:
    """Tell what the workbook is about, and how to read its cells."""
    language = words.language
    credit, *records = words.footer
    known = {
        "report": words.title,
        "period": words.subtitle,
        "programme": words.programme,
        "data": say("page.fictional" if words.fictional else "beside.recorded", language),
        "records": "".join(records),
        "credit": credit,
        "csv": say("beside.about_csv_text", language, file=csv),
    }
    signs = ("missing", "not_applicable", "blank", "numbers", "texts")
    known |= {name: say(f"beside.about_{name}_text", language) for name in signs}
    return [say("beside.about_item", language), say("beside.about_text", language)], [
        _texts(say(f"beside.about_{name}", language), text) for name, text in known.items()
    ]


def _definitions(data: DataWords, language: Language) -> tuple[Heads, Rows]:
    """Define the figures."""
    names = ("label", "unit", "text", "numerator", "denominator", "official", "source")
    heads = [say("beside.code", language)]
    heads += [say(f"beside.definition_{name}", language) for name in names]
    return heads, [
        _texts(each.code, *(getattr(each, name) for name in names)) for each in data.definitions
    ]


def _texts(*texts: str) -> tuple[Shown, ...]:
    return tuple(map(Shown, texts))


@dataclass
class _Book:
    """A workbook being written."""

    language: Language
    _stream: io.BytesIO = field(default_factory=io.BytesIO)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # The writer adds to what it is given: a second workbook must not find that.
        looks = {"default_format_properties": {"font_name": FONT}}
        self._book = xlsxwriter.Workbook(self._stream, _OPTIONS | looks)
        self._head = self._book.add_format({"bold": True, "bg_color": "#E7ECF2", "num_format": "@"})
        self._text = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._numbers: dict[int, Any] = {}

    def reserve(self, *names: str) -> None:
        """Keep names of sheets from being given to tables."""
        self._names |= {name.casefold() for name in names}

    def name(self, wanted: str) -> str:
        """Give a sheet's name that Excel takes and no other sheet has."""
        plain = _FORBIDDEN.sub(" ", wanted).strip()[:_LONGEST_NAME] or "-"
        name, count = plain, 1
        while name.casefold() in self._names:
            count += 1
            behind = f" {count}"
            name = plain[: _LONGEST_NAME - len(behind)] + behind
        self._names.add(name.casefold())
        return name

    def write(self, name: str, heads: Heads, rows: Rows) -> None:
        """Write a table on a sheet of its own, its heads in the first row."""
        sheet = self._book.add_worksheet(name)
        widths = [_NARROWEST] * len(heads)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            widths[column] = max(widths[column], _width(head))
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell.value, str):
                    if cell.value:
                        sheet.write_string(place, column, cell.value, self._text)
                        widths[column] = max(widths[column], _width(cell.value))
                else:
                    value = plain_number(cell.value)
                    sheet.write_number(place, column, value, self._number(cell.decimals))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def bytes(self, words: PageWords) -> bytes:
        """End the workbook and give its bytes."""
        told = {
            "title": f"{words.title} {words.subtitle}",
            "subject": words.programme,
            "comments": say("page.fictional", self.language) if words.fictional else "",
            # The day that it was made would make its bytes differ from run to run.
            "created": datetime(2000, 1, 1),  # noqa: DTZ001 -- Excel knows no time zones
        }
        self._book.set_properties(told)
        self._book.close()
        return self._stream.getvalue()

    def _number(self, decimals: int) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        if decimals not in self._numbers:
            shown = "#,##0." + "0" * decimals if decimals else "#,##0"
            self._numbers[decimals] = self._book.add_format({"num_format": shown, "valign": "top"})
        return self._numbers[decimals]


def plain_number(value: float) -> float | int:
    """Give a number without the noise of binary fractions; a whole one as an integer."""
    rounded = float(f"{value:.{_DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _width(text: str) -> int:
    """Give the width of a text in letters: a letter of three bytes is as wide as two."""
    return (len(text) + len(text.encode())) // 2
