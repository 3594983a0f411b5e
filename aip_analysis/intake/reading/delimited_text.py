"""Read delimiter-separated text files into sheets: encoding, separator, cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from aip_analysis.intake.reading.encoded_sheet import EMPTY, Cell, Codes, EncodedColumn, Sheet
from aip_analysis.intake.reading.packages import MOST_ROWS
from aip_analysis.intake.reading.sources import UnreadableError
from aip_analysis.intake.reading.swallowed_lines import quoted_rows

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ENCODINGS = ("utf-8", "cp932")
SEPARATORS = {".csv": ",\t;", ".tsv": "\t,;"}
# Texts longer than this use the faster reader.
LARGE = 1_000_000
_HEAD = 64
_SAMPLE = 40
# Apart from tabs and line ends, texts contain no byte below the blank; 1A ends some old ones.
_CONTROL = bytes(code for code in range(32) if code not in b"\t\r\n\f\x1a")
_ZERO_SHARE = 0.2
# ="01" and "=""01""": a text that a spreadsheet program must not make a number or a day of.
_GUARDED = re.compile(
    r'(?<![^,;\t\r\n])(?:="(?P<bare>[^"\r\n]*)"|"=""(?P<quoted>[^"\r\n]*)""")(?=[,;\t\r\n]|\Z)'
)


def read_text(content: bytes, ending: str, display_path: str) -> Sheet:
    """Read a CSV or TSV.

    Raises
    ------
    UnreadableError
        If it is not a text in an encoding that offices use, or has too many rows.
    """
    text = _unguarded(decoded(content))
    separator = _separator(text, SEPARATORS[ending])
    sheet = None
    if len(text) > LARGE:
        sheet = _read_large(text, separator, display_path)
    if sheet is None:
        rows, swallowed = quoted_rows(text, separator)
        _refuse_too_many(len(rows))
        sheet = replace(Sheet.of_rows(display_path, "", rows), swallowed=tuple(swallowed))
    return sheet


def decoded(content: bytes) -> str:
    """Return a file's text decoded from UTF-8, UTF-16, or CP932 as written by Windows.

    Raises
    ------
    UnreadableError
        If it is not a text in one of these encodings.
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _text(content, encoding)
    head = content[:4000]
    if head.count(0) > len(head) * _ZERO_SHARE:
        order = "le" if head[1::2].count(0) >= head[::2].count(0) else "be"
        return _text(content, f"utf-16-{order}")
    if len(content.translate(None, _CONTROL)) < len(content):
        raise UnreadableError("not_text")
    for encoding in ENCODINGS:
        try:
            return _text(content, encoding)
        except UnreadableError:
            continue
    raise UnreadableError("not_text")


def _unguarded(text: str) -> str:
    """Return a text in which cells such as ="01" are quoted texts like others."""
    if '="' not in text:
        return text
    return _GUARDED.sub(lambda cell: f'"{cell["bare"] or cell["quoted"] or ""}"', text)


def _text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("not_text") from error
    if "\0" in text:
        raise UnreadableError("not_text")
    return text.removesuffix("\x1a")


def _separator(text: str, candidates: str) -> str:
    """Return the separator that splits most lines into the same number of cells."""
    sample = text[:20_000]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample

    def regularity(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _rows(sample, separator)[:_SAMPLE] if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(candidates, key=regularity)


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(_reader(text, separator))
    except csv.Error:
        # An unbalanced quotation mark: then quotation marks are ordinary characters.
        return [line.split(separator) for line in text.splitlines()]


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        raise UnreadableError("too_many_rows")


def _read_large(text: str, separator: str, display_path: str) -> Sheet | None:
    """Read the first rows one by one and the rest in bulk; None if the rest is uneven.

    Neither is done where a cell has several lines and separators: it may have swallowed rows.
    """
    lines = _Lines(text)
    try:
        head = list(islice(csv.reader(lines, delimiter=separator), _HEAD))
    except csv.Error:
        return None
    rest = text[lines.taken :]
    width = max(len(row) for row in head)
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(rest.encode()),
            read_options=arrow_csv.ReadOptions(
                column_names=[str(place) for place in range(width)], block_size=1 << 24
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values='"' in rest, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={
                    str(place): pa.dictionary(pa.int32(), pa.string()) for place in range(width)
                },
                strings_can_be_null=False,
            ),
            # Arrow's own allocator takes twice as long to join the many chunks.
            memory_pool=pa.system_memory_pool(),
        )
    except pa.ArrowInvalid:
        return None
    if _may_have_swallowed(table, separator) or any(
        "\n" in cell and separator in cell for row in head for cell in row
    ):
        return None
    _refuse_too_many(len(head) + table.num_rows)
    table = table.unify_dictionaries().combine_chunks()
    encoded_columns = [
        _joined([row[place] if place < len(row) else "" for row in head], table.column(place))
        for place in range(width)
    ]
    return Sheet(display_path, "", len(head) + table.num_rows, encoded_columns)


def _may_have_swallowed(table: pa.Table, separator: str) -> bool:
    """Return whether a cell has several lines and separators, as rows within a cell would."""
    return any(
        pc.any(
            pc.and_(
                pc.match_substring(chunk.dictionary, "\n"),
                pc.match_substring(chunk.dictionary, separator),
            )
        ).as_py()
        for column in table.columns
        for chunk in column.chunks
    )


@dataclass
class _Lines:
    """Iterator over the lines of a text; splitting a long text would double its memory.

    Parameters
    ----------
    text
        The text.
    taken
        The position up to which lines have been consumed.
    """

    text: str
    taken: int = 0

    def __iter__(self) -> Iterator[str]:
        while self.taken < len(self.text):
            start, newline = self.taken, self.text.find("\n", self.taken)
            self.taken = newline + 1 or len(self.text)
            yield self.text[start : self.taken]


def _joined(head: list[str], rest: pa.ChunkedArray) -> EncodedColumn:
    """Return the encoded of a column: the cells of the first rows, then those of the rest."""
    values: list[Cell] = []
    tail: Codes = np.empty(0, dtype=np.int32)
    if len(rest):
        array = rest.chunk(0)
        values = array.dictionary.to_pylist()
        tail = array.indices.to_numpy(zero_copy_only=False).astype(np.int32)
        blank = np.array([not str(value).strip() for value in values], dtype=np.bool_)
        if blank.any():
            tail = np.where(blank[tail], np.int32(EMPTY), tail)
    known: dict[Cell, int] = {}
    if head:
        in_head = set(head)
        known = {value: code for code, value in enumerate(values) if value in in_head}
    number = _numbering(known, values)
    codes = np.array([number(cell) for cell in head], dtype=np.int32)
    return EncodedColumn(np.concatenate([codes, tail]), values)


def _numbering(known: dict[Cell, int], values: list[Cell]) -> Callable[[str], int]:
    def number(cell: str) -> int:
        if not cell.strip():
            return EMPTY
        if cell not in known:
            known[cell] = len(values)
            values.append(cell)
        return known[cell]

    return number
