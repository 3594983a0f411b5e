"""The CSV files of data/reference: which columns they have, and what may be in their cells."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError
from aip_analysis.reference.mistakes import Mistakes

# The columns of each file.
COLUMNS = {
    "areas.csv": (
        "area_code area kana romaji block_code block_confidence block_confirmed council_established"
    ),
    "blocks.csv": "block_code block kana romaji",
    "chome.csv": (
        "key_code chome area_code share area_confidence population households population_65plus"
        " population_75plus land_m2 lon lat"
    ),
    "outline.csv": "lon lat",
    "vocabularies.csv": "vocabulary code ja en synonyms traits",
    "headings.csv": "table column ja en synonyms",
    "surnames.csv": "surname kana",
    "codebook.csv": (
        "code ja en definition_ja definition_en unit decimals rounded_to topic numerator"
        " denominator official_code source_ja source_en"
    ),
    "tiles.csv": "area_code column row",
    "questions.csv": "code states figure when value needs",
}
# Optional files.
OPTIONAL = {"tiles.csv", "questions.csv"}
# Optional columns: readings in kana, and other names, by which something is found.
OPTIONAL_COLUMNS = {
    "vocabularies.csv": "kana",
    "codebook.csv": "kana synonyms",
}
# Columns whose cells must not be empty.
FILLED = {
    "areas.csv": "area_code area kana romaji block_code",
    "blocks.csv": "block_code block kana romaji",
    "chome.csv": "key_code chome area_code share",
    "outline.csv": "lon lat",
    "vocabularies.csv": "vocabulary code ja en",
    "headings.csv": "table column ja en",
    "codebook.csv": "code ja en unit decimals topic",
    "tiles.csv": "area_code column row",
    "questions.csv": "code figure value",
}


def is_reading(cell: str) -> bool:
    """Return whether a cell has nothing but readings in kana, with digits, divided by "|"."""
    return re.fullmatch(r"[\u3041-\u3096\u30a1-\u30fc0-9|]*", cell) is not None


_MOST_PEOPLE, _MOST_SQUARE_METRES = 100_000_000, 100_000_000_000
# Columns of numbers -> the least and the largest value.
NUMBERS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "chome.csv": {
        "share": (0, 1),
        "population": (0, _MOST_PEOPLE),
        "households": (0, _MOST_PEOPLE),
        "population_65plus": (0, _MOST_PEOPLE),
        "population_75plus": (0, _MOST_PEOPLE),
        "land_m2": (0, _MOST_SQUARE_METRES),
        "lon": (-180, 180),
        "lat": (-90, 90),
    },
    "outline.csv": {"lon": (-180, 180), "lat": (-90, 90)},
    "codebook.csv": {"decimals": (0, 9), "rounded_to": (0, 1_000_000)},
    "tiles.csv": {"column": (-9999, 9999), "row": (-9999, 9999)},
    "questions.csv": {"value": (-1e12, 1e12)},
}
# Columns of words -> whether a word is right. File names are made from codes and romaji.
WORDS: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    "areas.csv": {
        "area_code": str.isdecimal,
        "block_code": str.isdecimal,
        "romaji": lambda word: word.isascii() and word.replace("-", "").isalnum(),
        "block_confirmed": lambda word: word in {"yes", "no", ""},
    },
    "blocks.csv": {
        "block_code": str.isdecimal,
        "romaji": lambda word: word.isascii() and word.replace("-", "").isalnum(),
    },
    **{name: {"kana": is_reading} for name in OPTIONAL_COLUMNS},
}


def read_csv(file: Path, mistakes: Mistakes) -> pd.DataFrame | None:
    """Return a table of texts and numbers; None, and its mistakes, if it is not as it must be."""
    checked = Mistakes()
    with checked.collected():
        text = _text(file)
        lines = _lines_of_rows(text, file, checked)
        if not checked.found:
            table = pd.read_csv(
                io.StringIO(text), dtype=str, keep_default_na=False, index_col=False
            )
            for column in OPTIONAL_COLUMNS.get(file.name, "").split():
                if column not in table:
                    table[column] = ""
            cells = _Cells(file, table, lines, checked)
            cells.check_filled()
            cells.check_words()
            cells.convert_numbers()
    mistakes.found += checked.found
    return None if checked.found else table


def columns_in(file: Path) -> list[str]:
    """Return the headings of a file as it is, in its order, optional and unknown ones included."""
    return next(csv.reader(io.StringIO(_text(file), newline="")), [])


def _text(file: Path) -> str:
    if not file.is_file():
        raise InputRefusedError("reference.missing", file=file)
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefusedError("reference.unreadable", file=file) from error


def _lines_of_rows(text: str, file: Path, mistakes: Mistakes) -> list[int]:
    """Return the last line of each row; add mistakes for missing columns and uneven rows."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heads = next(reader, [])
        for column in COLUMNS[file.name].split():
            if column not in heads:
                mistakes.add("reference.column", file=file, column=column)
        lines = []
        for row in reader:
            if row:
                lines.append(reader.line_num)
            if row and len(row) != len(heads):
                at = {"file": file, "row": reader.line_num}
                mistakes.add("reference.uneven", **at, found=len(row), expected=len(heads))
    except csv.Error as error:
        raise InputRefusedError("reference.unreadable", file=file) from error
    return lines


@dataclass(frozen=True)
class _Cells:
    """The cells of a table that was read, with the line of each row."""

    file: Path
    table: pd.DataFrame
    lines: list[int]
    mistakes: Mistakes

    def check_filled(self) -> None:
        for column in FILLED.get(self.file.name, "").split():
            self._refuse(column, self.table[column].str.strip() == "")

    def check_words(self) -> None:
        for column, fits in WORDS.get(self.file.name, {}).items():
            empty = self.table[column].str.strip() == ""
            self._refuse(column, ~self.table[column].map(fits).astype(bool) & ~empty)

    def convert_numbers(self) -> None:
        for column, (least, most) in NUMBERS.get(self.file.name, {}).items():
            texts = self.table[column]
            numbers = pd.to_numeric(texts, errors="coerce")
            self._refuse(column, (texts != "") & ~numbers.between(least, most))
            self.table[column] = numbers

    def _refuse(self, column: str, wrong: "pd.Series[bool]") -> None:
        """Add a mistake for the first wrong cell of a column, which stands for the others."""
        if wrong.any():
            place = int(wrong.to_numpy().argmax())
            self.mistakes.add(
                "reference.value",
                file=self.file,
                row=self.lines[place],
                column=column,
                found=self.table[column].iloc[place],
            )
