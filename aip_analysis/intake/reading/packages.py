"""Inspect a workbook's package before opening it: size, macros, links, bare formulas."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from aip_analysis.intake.reading.number_formats import (
    Shown,
    ShownCells,
    shown_cells,
    shown_formats,
)
from aip_analysis.intake.reading.sources import MOST_UNPACKED, UnreadableError
from aip_analysis.intake.reading.stray_cells import column_number, extent_of, without_cells
from aip_analysis.intake.reading.struck_cells import Places, StruckText

# The limit of Excel itself.
MOST_ROWS = 1_048_576
# A sheet is read as a rectangle: two cells far apart would exhaust the memory.
MOST_CELLS = 40_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The first record of a workbook in the older format, and the record after it if it is encrypted.
_BEGINS, _LOCKED, _NEAR = b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x2f\x00", 40
_ADDRESS = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(?=\d)')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
# A formula without a value; one of type str has the empty text as its value.
_FORMULA = re.compile(
    rb'<(?:\w+:)?c (?![^>]*\bt="str")[^>]*?r="([A-Z]{1,3}\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# A cell whose value is an error: #REF!, #N/A.
_FAULT = re.compile(rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?r="([A-Z]{1,3}\d+)"')
# More columns than a table has: then a sheet may have stray cells.
_WIDE = 256
# Records of an xlsb: a row, and cells with a value; each begins with its number in four bytes.
_ROW_RECORD, _CELL_RECORDS, _INTEGER = 0, range(2, 12), 4
_STYLES = "xl/styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_REPEATED_CELL = re.compile(rb'number-columns-repeated="(\d+)"[^>]*office:value-type')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Package:
    """The content of a workbook's package, as far as it matters before opening.

    Parameters
    ----------
    macros, links
        Whether it contains macros, and links to other workbooks. Macros are not run and links are
        not followed.
    bare_formulas
        Sheet name -> addresses of formulas without a value, and of cells whose value is an error.
    unread
        Sheet name -> why the sheet must not be opened.
    strays
        Sheet name -> addresses of cells far from all others.
    parts
        Parts of the package that have to be replaced before it is opened.
    shown
        Sheet name -> cells that show something else than their number.
    struck
        Sheet name -> (row, column) from 0 of the cells that are struck through.
    """

    macros: bool = False
    links: bool = False
    bare_formulas: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    strays: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, ShownCells] = field(default_factory=dict)
    struck: dict[str, Places] = field(default_factory=dict)


def inspect(content: bytes) -> Package:
    """Return what a workbook's package contains.

    Raises
    ------
    UnreadableError
        If it is password-protected, broken, or too large when unpacked.
    """
    if content.startswith(_OLE):
        begins = content.find(_BEGINS)
        if _ENCRYPTED in content or (begins >= 0 and _LOCKED in content[begins + 20 :][:_NEAR]):
            raise UnreadableError("file_encrypted")
        return Package()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _inspected(archive)
    except UnreadableError:
        raise
    except Exception as error:  # the archive module raises many kinds of errors
        raise UnreadableError("file_broken") from error


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook's package with some parts replaced."""
    if not parts:
        return content
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return stream.getvalue()


def _inspected(archive: zipfile.ZipFile) -> Package:
    members = archive.infolist()
    names = {member.filename for member in members}
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnreadableError("file_too_large")
    package = Package(
        macros=any(name.endswith("vbaProject.bin") for name in names),
        links=any("externalLinks/" in name for name in names),
    )
    if b"encryption-data" in (archive.read(_MANIFEST) if _MANIFEST in names else b""):
        raise UnreadableError("file_encrypted")
    if "content.xml" in names:
        _measure_open_document(archive.read("content.xml"))
    titles = _sheet_titles(archive) if "xl/workbook.xml" in names else {}
    formats = shown_formats(archive.read(_STYLES)) if _STYLES in names else {}
    struck = StruckText.of(archive)
    for name in names:
        _inspect_part(package, archive, name, titles.get(name, ""), formats, struck)
    return package


def _inspect_part(
    package: Package,
    archive: zipfile.ZipFile,
    name: str,
    title: str,
    formats: Mapping[int, Shown],
    struck: StruckText,
) -> None:
    """Note what a part of a package contains; ``title`` is the name of the sheet in it."""
    # Reading also verifies that a member is no larger than declared.
    if name.startswith("xl/worksheets/") and name.endswith(".bin"):
        _measure_binary_sheet(archive.read(name))
    if not name.endswith((".xml", ".rels")) or name == "content.xml":
        return
    text = archive.read(name)
    if name.startswith("xl/worksheets/") and b"sheetData" in text:
        _measure_sheet(package, name, title, text)
        package.shown[title] = shown_cells(text, formats)
        package.struck[title] = struck.cells_of(text)
        bare = _FORMULA.findall(text) if b"<f" in text or b":f" in text else []
        faults = _FAULT.findall(text) if b't="e"' in text else []
        if bare or faults:
            addresses = sorted({address.decode() for address in (*bare, *faults)})
            package.bare_formulas[title] = addresses


def _measure_sheet(package: Package, part: str, sheet: str, text: bytes) -> None:
    """Note a sheet that is too large to be opened, or has stray cells that must be cut off."""
    code = ""
    rows = max((int(row) for row in _ROW.findall(text, max(0, len(text) - 200_000))), default=0)
    columns = max((column_number(letters) for letters in set(_ADDRESS.findall(text))), default=0)
    if rows > MOST_ROWS:
        code = "too_many_rows"
    elif columns > _WIDE or rows * columns > MOST_CELLS:
        extent = extent_of(text, MOST_CELLS)
        if extent.rows * extent.columns > MOST_CELLS:
            code = "file_too_large"
        elif extent.strays:
            package.strays[sheet] = extent.strays
            package.parts[part] = without_cells(text, frozenset(extent.strays))
    if code and not sheet:
        raise UnreadableError(code)
    if code:
        package.unread[sheet] = code


def _measure_binary_sheet(content: bytes) -> None:
    """Refuse a sheet of an xlsb whose cells span too large a rectangle."""
    stream, rows, columns = io.BytesIO(content), 0, 0
    while record := stream.read(1):
        kind = (
            record[0] & 0x7F | (stream.read(1) or b"\0")[0] << 7 if record[0] & 0x80 else record[0]
        )
        body = stream.read(_varint(stream))
        if kind == _ROW_RECORD and len(body) >= _INTEGER:
            rows = int.from_bytes(body[:_INTEGER], "little") + 1
        elif kind in _CELL_RECORDS and len(body) >= _INTEGER:
            columns = max(columns, int.from_bytes(body[:_INTEGER], "little") + 1)
    if rows * columns > MOST_CELLS:
        raise UnreadableError("file_too_large")


def _varint(stream: io.BytesIO) -> int:
    """Return the length of a record: seven bits a byte, of up to four bytes."""
    size = 0
    for shift in range(0, 28, 7):
        byte = (stream.read(1) or b"\0")[0]
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return size


def _measure_open_document(text: bytes) -> None:
    cells = 0
    for rows, row in _REPEATED_ROW.findall(text):
        if b"office:value" in row or b"text:p" in row:
            widths = [int(width) for width in _REPEATED_CELL.findall(row)]
            cells += int(rows) * (sum(widths) + row.count(b"<table:table-cell"))
    if cells > MOST_CELLS:
        raise UnreadableError("file_too_large")


def _sheet_titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return part of the package -> name of the sheet in it."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 -- expat limits entity expansion
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- as above
    targets = {
        link.get("Id"): str(link.get("Target")).removeprefix("/xl/").removeprefix("./")
        for link in links
    }
    return {
        f"xl/{targets.get(sheet.get(_RELATION), '')}": str(sheet.get("name"))
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet")
    }
