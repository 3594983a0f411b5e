"""Workbooks and texts changed at random: in their bytes, cells, headings, days and names."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell

RAW = Path(__file__).parents[2] / "data" / "raw"
Mutation = Callable[[bytes, random.Random], bytes]
PIECES: list[Any] = [
    *("", None, 0, -1, 1e300, "合計", "小計", "※", "令和7年度", "令和99年99月99日", "△", "千円"),
    *("舟渡", "蓮根", "日付", "科目", "回", "開催日", "項目", "内容", "4月", "=1+1", "\x07", "〃"),
    *("元の行", "a | b | 1 | c", "🍵", "\u3000", "-", "x", "第0回", "25:99", "1,2,3", "x" * 32_000),
    *(
        "例",
        "中止",
        "以上",
        "単位：千円",
        "（単位：円）",
        "12.000",
        "1,2,00",
        "一万二千円",
        "前期繰越",
    ),
    *("取消", "訂正", "\ufeff", "\u202e逆", "9" * 400, "1e999", "nan", "TRUE", True, "#REF!", "'"),
]
DAYS: list[Any] = [
    *("9999/12/31", "9999-12-31", "2915/4/1", "1900/1/0", "0000-00-00", "0001-01-01", "1867/12/31"),
    *("令和0年4月1日", "明治元年1月1日", "平成99年12月31日", "2025/2/30", "R7.13.1", "20251301"),
    *(99999999, 0, -1, 2_958_465, 2_958_466, 60, 1e10, "2025-04-01T25:00:00", "4月31日", "13月"),
]
NAMES = (
    *(
        "x" * 28,
        "'引用'",
        "🍵" * 15,
        "=1+1",
        "CON",
        "出納帳",
        "記入例",
        "目次",
        "1",
        " ",
        "a|b",
        "%41",
    ),
    *("舟渡", "令和6年度", "Sheet1", "sheet1", "集計", "\u202e", "🏳️‍🌈"),
)
ENCODINGS = ("cp932", "utf-8", "utf-8-sig", "utf-16", "euc_jp", "utf-16-le", "iso2022_jp", "utf-32")


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return content with bytes changed, dropped, repeated or cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        place = chance.randrange(max(1, len(changed)))
        match chance.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + chance.randint(1, 200)]
            case 2:
                changed[place:place] = changed[place : place + chance.randint(1, 200)]
            case _:
                changed[place:place] = bytes(chance.randrange(256) for _ in range(4))
    return bytes(changed[: chance.randint(0, len(changed))] if chance.random() < 0.1 else changed)


def flipped_part(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook whose package is whole, with bytes changed in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([name for name in parts if name.endswith(".xml")])
    part = bytearray(parts[name])
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(max(1, len(part)))
        part[place : place + chance.randint(0, 3)] = chance.choice(
            [
                b"",
                b"<",
                b'"',
                b"&#0;",
                b"9" * 12,
                b"XFD1048576",
                b"<c/>",
                b"<row/>",
                b"\xff",
                b" t='s'",
            ]
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for other, text in parts.items():
            package.writestr(other, bytes(part) if other == name else text)
    return stream.getvalue()


def recelled(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook with cells changed, headings included, and some merged or moved."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for _ in range(chance.randint(0, 12)):
            row = chance.randint(
                1, min(8, sheet.max_row) if chance.random() < 0.6 else sheet.max_row
            )
            cell = sheet.cell(row, chance.randint(1, sheet.max_column + 2))
            piece = chance.choice([*PIECES, *DAYS])
            # Control characters and the hidden parts of merged cells cannot be written.
            if piece != "\x07" and not isinstance(cell, MergedCell):
                cell.value = piece
        if chance.random() < 0.3:
            sheet.insert_rows(chance.randint(1, sheet.max_row), chance.randint(1, 3))
        if chance.random() < 0.3:
            sheet.delete_cols(chance.randint(1, sheet.max_column))
        if chance.random() < 0.3:
            top, left = chance.randint(1, 8), chance.randint(1, 4)
            sheet.merge_cells(
                start_row=top, start_column=left, end_row=top + 2, end_column=left + 1
            )
        if chance.random() < 0.2:
            sheet.sheet_state = "hidden"
    return _saved(book)


def redated(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook with days that nobody can have meant, as texts and as serial numbers."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if chance.random() < 0.04 and not isinstance(cell, MergedCell):
                    cell.value = chance.choice(DAYS)
                    if isinstance(cell.value, (int, float)):
                        cell.number_format = "yyyy/m/d"
    return _saved(book)


def reheaded(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook with headings exchanged, repeated, removed or changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    heads = [cell.value for sheet in book.worksheets for cell in sheet[4] if cell.value]
    for sheet in book.worksheets:
        for cell in sheet[4]:
            if chance.random() < 0.25:
                text = str(chance.choice(heads))
                cell.value = chance.choice(
                    [text, None, text[::-1], f"{text}{text}", f"{text}(千円)"]
                )
        if chance.random() < 0.3:
            for place, cell in enumerate(list(sheet[4]), 1):
                sheet.cell(chance.randint(5, max(5, sheet.max_row)), place).value = cell.value
        if chance.random() < 0.3:
            sheet.delete_rows(chance.randint(1, 4))
    return _saved(book)


def renamed(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook whose sheets have other names, in another order."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        if chance.random() < 0.5:
            sheet.title = chance.choice(NAMES)
        book.move_sheet(sheet, chance.randint(-2, 2))
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def retold(content: bytes, chance: random.Random) -> bytes:
    """Return a text with cells changed, in another encoding, possibly a wrong one."""
    text = content.decode("utf-8-sig" if content.startswith(b"\xef") else "cp932")
    table = [line.split(",") for line in text.splitlines()]
    for _ in range(chance.randint(1, 30)):
        row = chance.choice(table)
        row[chance.randrange(len(row))] = str(chance.choice([*PIECES, *DAYS, '"', 'a"b', '"\n']))
    chance.shuffle(table) if chance.random() < 0.2 else None
    joined = "\r\n".join(chance.choice([",", ",", "\t"]).join(row) for row in table)
    return joined.encode(chance.choice(ENCODINGS), errors="replace")


OF_BOOKS: tuple[Mutation, ...] = (
    *(recelled, recelled, redated, reheaded, renamed, flipped, flipped_part),
)
OF_TEXTS: tuple[Mutation, ...] = (retold, retold, flipped)


def mutant(seed: int) -> tuple[str, str, bytes]:
    """Return the mutation, the name and the content of the mutant of a seed."""
    chance = random.Random(f"mutant {seed}")  # noqa: S311 -- chosen by chance, not secret
    text = chance.random() < 0.25
    file = chance.choice(sorted(RAW.glob("20??/*.csv" if text else "20??/*.xlsx")))
    change = chance.choice(OF_TEXTS if text else OF_BOOKS)
    return change.__name__, f"{file.parent.name}/{file.name}", change(file.read_bytes(), chance)
