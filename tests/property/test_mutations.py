"""Files changed at random: nothing raises, and every row that can be read is accounted for."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import MergedCell

from aip_analysis.intake import check_files
from aip_analysis.reference import Ward

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw" / "2025"
PIECES = [
    *("", None, 0, -1, 1e300, "合計", "小計", "※", "令和7年度", "令和99年99月99日", "△", "千円"),
    *("舟渡", "蓮根", "日付", "科目", "回", "開催日", "項目", "内容", "4月", "=1+1", "\x07", "〃"),
    *("元の行", "a | b | 1 | c", "🍵", "\u3000", "-", "x", "第0回", "25:99", "1,2,3", "x" * 40_000),
]
WORKBOOKS = ("12", "03", "18")
SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.night) for seed in range(6, 60))]


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
    return bytes(changed[: chance.randint(1, len(changed))] if chance.random() < 0.1 else changed)


def recelled(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook with cells changed, headings included, and some merged or moved."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for _ in range(chance.randint(0, 12)):
            row = chance.randint(
                1, min(8, sheet.max_row) if chance.random() < 0.6 else sheet.max_row
            )
            cell = sheet.cell(row, chance.randint(1, sheet.max_column + 2))
            piece = chance.choice(PIECES)
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
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def retold(content: bytes, chance: random.Random) -> bytes:
    """Return a text with cells changed, in another encoding, possibly a wrong one."""
    text = content.decode("utf-8-sig" if content.startswith(b"\xef") else "cp932")
    table = [line.split(",") for line in text.splitlines()]
    for _ in range(chance.randint(1, 30)):
        row = chance.choice(table)
        row[chance.randrange(len(row))] = str(chance.choice(PIECES))
    chance.shuffle(table) if chance.random() < 0.2 else None
    joined = "\r\n".join(chance.choice([",", ",", "\t"]).join(row) for row in table)
    encoding = chance.choice(["cp932", "utf-8", "utf-8-sig", "utf-16", "euc_jp", "utf-16-le"])
    return joined.encode(encoding, errors="replace")


def sources() -> list[tuple[str, bytes, Callable[[bytes, random.Random], bytes]]]:
    books = [next(RAW.glob(f"{code}*.xlsx")) for code in WORKBOOKS]
    texts = sorted(RAW.glob("*.csv"))
    return [
        *((file.name, file.read_bytes(), recelled) for file in books),
        *((file.name, file.read_bytes(), flipped) for file in books),
        *((file.name, file.read_bytes(), retold) for file in texts),
        *((file.name, file.read_bytes(), flipped) for file in texts),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_raises_and_every_row_is_accounted_for(
    seed: int, tmp_path: Path, ward: Ward
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- chosen by chance, not secret
    every = sources()
    assert len(every) == 10
    for number, (name, content, change) in enumerate(every):
        file = tmp_path / str(number) / name
        file.parent.mkdir()
        file.write_bytes(change(content, chance))
        intake = check_files([file], ward)
        assert [problem for problem in intake.problems if problem.code == "file_fault"] == []
        assert [sheet for sheet in intake.sheets if not sheet.balances] == []
        used = sum(sheet.rows_used for sheet in intake.sheets)
        assert intake.sheets or intake.refused
        # Every row set aside has a location, or belongs to a table or sheet that has one.
        aside = sum(sheet.rows_set_aside for sheet in intake.sheets)
        reasons = [problem for problem in intake.problems if problem.severity == "set_aside"]
        assert not aside or reasons
        places = {
            (row["source_sheet"], row["source_row"])
            for table in intake.records.tables.values()
            for _, row in table[["source_sheet", "source_row"]].iterrows()
        }
        assert len(places) <= used
