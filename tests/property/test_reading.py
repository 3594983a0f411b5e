"""Values written in any usual way are read back the same, and every row is accounted for."""

import csv
import io
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from aip_analysis.intake import Intake, check_files
from aip_analysis.intake.values import read_day, read_yen
from aip_analysis.reference import FiscalYear, load_ward
from aip_analysis.reference.calendar import era_year, wareki
from tests.office_files import rows

# A case that writes a file and reads it takes a third of a second.
FEW = settings(max_examples=settings().max_examples // 4)
WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
LETTERS = {"令和": "R", "平成": "H", "昭和": "S", "大正": "T", "明治": "M"}
SERIAL_START = date(1899, 12, 30)

days = st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 12, 31))


def written_days(day: date) -> list[str]:
    era, number = era_year(day)
    weekday = "月火水木金土日"[day.weekday()]
    return [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        wareki(day),
        wareki(day).translate(FULL_WIDTH),
        f"{wareki(day)}（{weekday}）",
        f"{day.year}年（{era}{number}年）{day.month}月{day.day}日（{weekday}曜日）",
        f"{LETTERS[era]}{number}.{day.month}.{day.day}",
    ]


@given(day=days)
def test_a_day_is_read_in_every_notation(day: date) -> None:
    for written in (*written_days(day), (day - SERIAL_START).days):
        assert read_day(written, FiscalYear(2025)).value == day
        assert not read_day(written, FiscalYear(2025)).code


@given(offset=st.integers(min_value=0, max_value=364))
def test_a_day_without_a_year_lies_in_the_fiscal_year(offset: int) -> None:
    day = date(2025, 4, 1) + timedelta(days=offset)
    assert read_day(f"{day.month}月{day.day}日", FiscalYear(2025)).value == day
    assert read_day(f"{day.month}/{day.day}", FiscalYear(2025)).value == day


@given(yen=st.integers(min_value=-(10**9), max_value=10**9))
def test_an_amount_is_read_in_every_notation(yen: int) -> None:
    digits = f"{abs(yen):,}"
    minus = "△" if yen < 0 else ""
    for written in (
        f"{minus}{digits}",
        f"{minus}{digits}円",
        f"{minus}¥{digits}",
        f"{minus}{digits}".translate(FULL_WIDTH),
        f"({digits})" if yen < 0 else digits,
    ):
        assert read_yen(written) == yen


lines = st.lists(
    st.tuples(
        st.dates(min_value=date(2025, 3, 1), max_value=date(2026, 4, 30)),
        st.sampled_from(["広報費", "行事費", "交際費", ""]),
        st.integers(min_value=0, max_value=10**6),
        st.integers(min_value=0, max_value=10**6),
    ),
    max_size=12,
)


@FEW
@given(lines=lines, encoding=st.sampled_from(["cp932", "utf-8", "utf-8-sig", "utf-16"]))
def test_rows_and_yen_always_add_up(lines: list[tuple[date, str, int, int]], encoding: str) -> None:
    table: list[list[object]] = [
        ["日付", "科目", "収入", "支出"],
        *([wareki(day), *rest] for day, *rest in lines),
    ]
    intake = read("12舟渡_令和7年度_出納帳.csv", as_text(table, encoding, ","))
    (sheet,) = intake.sheets
    assert sheet.balances
    assert sheet.rows_read == len(lines) + 1
    assert sheet.yen_read == sum(income + expense for _, _, income, expense in lines)
    # Derived from the rule: a known word, a day of the year, and an amount on one side only.
    good = [
        (income or expense)
        for day, category, income, expense in lines
        if category in {"広報費", "行事費"}
        and date(2025, 4, 1) <= day <= date(2026, 3, 31)
        and bool(income) != bool(expense)
    ]
    assert [row["amount_yen"] for row in rows(intake, "ledger")] == good


def as_text(table: Sequence[Sequence[Any]], encoding: str, separator: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(table)
    return stream.getvalue().encode(encoding)


def as_workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    for name, table in sheets.items():
        page = book.add_worksheet(name)
        for place, row in enumerate(table):
            page.write_row(place, 0, row)
    book.close()
    return stream.getvalue()


def read(name: str, content: bytes) -> Intake:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "2025" / name
        file.parent.mkdir()
        file.write_bytes(content)
        intake = check_files([file], WARD)
    assert all(sheet.balances for sheet in intake.sheets)
    return intake


KINDS = {"定例会": "regular", "臨時会": "extraordinary", "部会": "working_group"}
HEADS = {
    "number": ["回", "回数", "第○回"],
    "kind": ["種別", "会議種別", "種　別"],
    "held_on": ["開催日", "日時", "開 催 日", "日程"],
    "members_present": ["構成員出席", "構成員", "出席者数（構成員）"],
    "topic": ["議題", "テーマ", "話し合った内容"],
}
words = st.text(alphabet="あいうえおかきくけこサシスセソ茶話体操相談", min_size=1, max_size=12)
meetings = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.integers(min_value=1, max_value=200),
            "kind": st.sampled_from(sorted(KINDS)),
            "held_on": st.dates(min_value=date(2025, 4, 1), max_value=date(2026, 3, 31)),
            # A meeting that nobody attended was not held: see meetings-nobody-came.
            "members_present": st.integers(min_value=1, max_value=40),
            "topic": words,
        }
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row["held_on"],
)


@FEW
@given(data=st.data(), table=meetings)
def test_a_table_comes_back_the_same_from_any_layout(
    data: st.DataObject, table: list[dict[str, Any]]
) -> None:
    def pick(choices: Sequence[Any]) -> Any:  # noqa: ANN401 -- whatever is chosen from
        return data.draw(st.sampled_from(list(choices)))

    order = data.draw(st.permutations(list(HEADS)))
    heads = [pick(HEADS[name]) for name in order]
    body: list[list[Any]] = []
    for row in table:
        written = {
            "number": pick([row["number"], f"第{row['number']}回", str(row["number"])]),
            "kind": pick([row["kind"], f" {row['kind']}　"]),
            "held_on": pick(written_days(row["held_on"])),
            "members_present": pick([row["members_present"], f"{row['members_present']}名"]),
            "topic": row["topic"],
        }
        if pick([False, False, True]):
            body.append([])
        body.append([written[name] for name in order])
    above = pick([[], [["令和7年度　舟渡支え合い会議"]], [["会議記録"], [], ["令和7年度"]]])
    below = pick([[], [["※ 代理を含みます"]], [[], ["以上"]]])
    if pick([False, True]) and len(body) > 2:
        body.insert(len(body) // 2, list(heads))
    whole = [*above, heads, *body, *below]
    kind = pick(["xlsx", "csv", "tsv", "two"])
    if kind == "xlsx":
        content, name = as_workbook({"会議記録": whole}), "12舟渡_令和7年度.xlsx"
    elif kind == "two":
        goals = [[], ["目標の一覧"], ["目標", "状況"], ["声をかけ合う", "取組中"]]
        content, name = as_workbook({"記録": [*whole, *goals]}), "12 舟渡_R7年度.xlsx"
    else:
        encoding = pick(["cp932", "utf-8", "utf-8-sig", "utf-16"])
        separator = "," if kind == "csv" else "\t"
        content, name = as_text(whole, encoding, separator), f"第2層(舟渡)_FY2025.{kind}"
    intake = read(name, content)
    expected = [row | {"kind": KINDS[row["kind"]]} for row in table]
    records = [{name: row[name] for name in HEADS} for row in rows(intake, "meetings")]
    assert records == expected
    assert len(rows(intake, "goals")) == (kind == "two")
    assert {row["area_code"] for row in rows(intake, "meetings")} == {"12"}
    assert not [problem for problem in intake.problems if problem.severity == "set_aside"]
