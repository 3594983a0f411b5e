"""Writing of the inputs of cases with the programs that offices use, reproducible bytewise."""

import csv
import io
import re
import zipfile
from functools import singledispatch
from pathlib import PurePosixPath

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake_corpus.making.inputs import Archive, Book, Page, Raw, Text, grid, typed
from tests.intake_corpus.making.office import converted

_THEN = (2026, 4, 1, 9, 0, 0)
_STAMPS = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z)?(?=</)")
_WORK = re.compile(rb"<meta:editing-duration>[^<]*</meta:editing-duration>")
_ABOUT = ("docProps/core.xml", "meta.xml")


@singledispatch
def content(source: object) -> bytes:
    """Return the bytes of an input."""
    raise TypeError(source)


@content.register
def _text(source: Text) -> bytes:
    rows = grid(source.table)
    width = max(map(len, rows))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=source.separator, lineterminator=source.newline)
    writer.writerows([*row, *[""] * (width - len(row))] if source.even else row for row in rows)
    mark = "\ufeff" if source.encoding.startswith("utf-16") else ""
    return (mark + stream.getvalue()).encode(source.encoding)


@content.register
def _book(source: Book) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in source.pages:
        _fill(book.create_sheet(page.name), page)
    stream = io.BytesIO()
    book.save(stream)
    workbook = steady(stream.getvalue())
    ending = PurePosixPath(source.path).suffix
    if ending == ".xlsx":
        return workbook
    other = converted(workbook, ending.removeprefix("."))
    return steady(other) if zipfile.is_zipfile(io.BytesIO(other)) else other


def _fill(sheet: Worksheet, page: Page) -> None:
    for number, row in enumerate(grid(page.table), start=1):
        for place, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, place, typed(text))
                cell.alignment = Alignment(wrap_text="\n" in text)
    for span in page.merged:
        sheet.merge_cells(span)
    for number in page.hidden_rows:
        sheet.row_dimensions[number].hidden = True
    for letters in page.hidden_columns:
        sheet.column_dimensions[letters].hidden = True
    if page.hidden:
        sheet.sheet_state = "veryHidden" if page.hidden == "very" else "hidden"


@content.register
def _raw(source: Raw) -> bytes:
    return source.make()


@content.register
def _archive(source: Archive) -> bytes:
    """Return a zip; names that are not UTF-8 replace placeholders of the same length."""
    stream = io.BytesIO()
    names: dict[bytes, bytes] = {}
    with zipfile.ZipFile(stream, "w") as archive:
        for place, member in enumerate(source.members):
            name = member.path
            if source.encoding != "utf-8":
                encoded = name.encode(source.encoding)
                name = f"member{place}".ljust(len(encoded), "_")
                names[name.encode()] = encoded
            _add(archive, zipfile.ZipInfo(name, _THEN), content(member))
    written = stream.getvalue()
    for placeholder, encoded in names.items():
        written = written.replace(placeholder, encoded)
    return written


def steady(archived: bytes, changed: dict[str, bytes] | None = None) -> bytes:
    """Return a document's archive rewritten with fixed times.

    Parameters
    ----------
    archived
        The document.
    changed
        Parts to add or to replace.
    """
    changed = dict(changed or {})
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archived)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for part in old.infolist():
            text = changed.pop(part.filename, None) or old.read(part)
            if part.filename in _ABOUT:
                text = _WORK.sub(b"", _STAMPS.sub(b"2026-04-01T09:00:00Z", text))
            about = zipfile.ZipInfo(part.filename, _THEN)
            about.compress_type = part.compress_type
            _add(new, about, text)
        for name, text in changed.items():
            _add(new, zipfile.ZipInfo(name, _THEN), text)
    return stream.getvalue()


def part_of(archived: bytes, name: str) -> bytes:
    """Return a part of a document's archive."""
    with zipfile.ZipFile(io.BytesIO(archived)) as archive:
        return archive.read(name)


def _add(archive: zipfile.ZipFile, about: zipfile.ZipInfo, text: bytes) -> None:
    if not about.compress_type and not about.filename.startswith("mimetype"):
        about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    about.create_system = 3
    archive.writestr(about, text)
