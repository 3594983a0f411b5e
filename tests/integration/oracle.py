"""Figures of an area and a fiscal year, calculated from the raw files independently of the library.

Nothing of the library is used here: the definitions come from data/reference/codebook.csv, the
file layouts from docs/raw-files.md. It parses the spellings of the sample files, and no others.

A figure is None where the files do not carry any: nothing was sent, there was no council at work,
the area never kept such a sheet, or a rate has no denominator.
"""

import calendar
import csv
import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

import openpyxl

Cell: TypeAlias = str | int | float | dt.datetime | dt.time | None
Row: TypeAlias = dict[str, Cell]

ERAS = {"平成": 1988, "H": 1988, "令和": 2018, "R": 2018}
DATE = re.compile(r"(平成|令和|H|R)(元|\d+)[年.](\d+)[月.](\d+)日?")
WEEKLY = {"週1回以上", "毎週", "週1回", "週2回", "毎日"}
CARRIED_OUT = {"試行", "試行中", "実施", "実施済", "実施中", "継続", "継続中"}
MONTHLY = WEEKLY | {"月1回以上", "毎月", "月1回", "月2回", "隔週"}
GATHERING = {"体操", "サロン", "居場所", "会食"}
OTHER_ACTIVITIES = {"見守り", "生活支援", "移動支援", "講座", "広報", "情報マップ"}
CATEGORIES = {"会場費", "事務費", "調査研究費", "広報費", "行事費"}
# Sheets of what happens in an area: a file with none of their rows says nothing about the year.
OWN = ("会議記録", "活動", "活動実績", "できること", "出納帳", "予算", "構成員", "目標")
KINDS = ("構成員出席", "協力員出席", "その他出席")
HIDDEN = "x"
OF_COUNCIL = ("meetings", "meetings_counted", "attendance", "attendance_counted", "allowance")
SHEETS = {
    "構成員": ("seats",),
    "会議記録": ("meetings", "meetings_counted", "attendance", "attendance_counted"),
    "活動実績": ("activities", "attendances", "f2", "f3", "f5", "f6"),
    "できること": ("ideas", "ideas_carried_out"),
    "出納帳": ("spending", "unspent", "overspent"),
}
RATES = {
    "share_65plus": ("population_65plus", "population", 100),
    "rhythm": ("meetings", "months_in_operation", 1),
    "attendance_per_meeting": ("attendance_counted", "meetings_counted", 1),
    "f1": ("f2", "population_65plus", 100),
    "f4": ("f5", "population_65plus", 100),
    "execution_rate": ("spending", "allowance", 100),
}
MONTHS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


def number(cell: Cell) -> float | None:
    """Read numbers like 12, 12名 or 1,236円; None if nothing was recorded, or it is hidden by x."""
    if cell is None or isinstance(cell, int | float):
        return cell
    digits = re.sub(r"[^\d.-]", "", unicodedata.normalize("NFKC", str(cell)))
    return float(digits) if digits else None


def amount(cell: Cell) -> float:
    return number(cell) or 0


def day(cell: Cell) -> dt.date | None:
    """Read a date as Excel stores it, or in wareki: 令和 7 年 4 月 8 日(火), R7.4.8."""
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return cell.date()
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(cell)))
    match = DATE.match(text)
    assert match, cell
    era, year, month, date = match.groups()
    return dt.date(ERAS[era] + (1 if year == "元" else int(year)), int(month), int(date))


def half_up(value: float) -> int:
    return int(value + 0.5)


def _table(sheet: Iterable[tuple[Cell, ...]]) -> Iterator[Row]:
    """Yield the rows below the headings, without the line of sums."""
    headings: list[str] = []
    for cells in sheet:
        filled = [cell for cell in cells if cell is not None]
        if headings and filled and cells[0] != "合計":
            yield dict(zip(headings, cells, strict=False))
        elif not headings and len(filled) > 1:
            headings = [str(cell) for cell in cells]


@dataclass(frozen=True)
class Oracle:
    """Figures of an area according to the raw files of a fiscal year.

    Parameters
    ----------
    data
        The folder that contains ``raw`` and ``reference``.
    code, area
        The area's number and name.
    year
        A complete fiscal year.
    """

    data: Path
    code: str
    area: str
    year: int

    @property
    def sheets(self) -> dict[str, list[Row]]:
        return sheets_of(self.data / "raw" / str(self.year), self.code)

    @property
    def is_recorded(self) -> bool:
        """Whether anything was sent about what happened in the year."""
        return any(self.rows(sheet) for sheet in OWN)

    def keeps(self, sheet: str) -> bool:
        """Return whether the area has any row on a sheet in any year."""
        folders = [folder for folder in (self.data / "raw").iterdir() if folder.is_dir()]
        return any(sheets_of(folder, self.code).get(sheet) for folder in folders)

    @cached_property
    def months(self) -> list[tuple[dt.date, dt.date]]:
        """Return the first and last days of the year's months."""
        firsts = [dt.date(self.year, month, 1) for month in range(4, 13)]
        firsts += [dt.date(self.year + 1, month, 1) for month in range(1, 4)]
        return [
            (first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
            for first in firsts
        ]

    def rows(self, sheet: str) -> list[Row]:
        return self.sheets.get(sheet, [])

    def profile(self, item: str) -> dt.date | None:
        cells = {row["項目"]: row["内容"] for row in self.rows("基本情報")}
        return day(cells.get(item))

    def months_established(self) -> list[tuple[dt.date, dt.date]]:
        since = self.profile("設置日")
        return [month for month in self.months if since and month[1] >= since]

    def months_in_operation(self) -> int:
        away, back = self.profile("休止開始日"), self.profile("再開日")
        return sum(
            not (away and away <= first and (back is None or back > last))
            for first, last in self.months_established()
        )

    def meetings(self) -> list[Row]:
        first, last = self.months[0][0], self.months[-1][1]
        counted = [row for row in self.rows("会議記録") if row["種別"] in {"定例会", "臨時会"}]
        return [row for row in counted if first <= (day(row["開催日"]) or dt.date.min) <= last]

    def counted(self) -> list[float]:
        """Return all present at each meeting with any number of people and none that is hidden."""
        cells = [[row[kind] for kind in KINDS] for row in self.meetings()]
        return [
            sum(amount(cell) for cell in kinds)
            for kinds in cells
            if HIDDEN not in kinds and any(number(cell) is not None for cell in kinds)
        ]

    def activities(self) -> dict[str, Row]:
        """Return the activities of a known kind that were held at least once."""
        known = GATHERING | OTHER_ACTIVITIES
        return {
            str(row["活動番号"]): row
            for row in self.rows("活動")
            if row["種類"] in known and any(self.results(str(row["活動番号"]), "実施回数"))
        }

    def results(self, activity: str, item: str) -> list[float | None]:
        """Return an activity's twelve numbers of sessions, attendances or people."""
        for row in self.rows("活動実績"):
            if row["活動番号"] == activity and row["項目"] == item:
                return [number(row[month]) for month in MONTHS]
        return []

    def gathering_places(self, often: set[str]) -> list[str]:
        return [
            name
            for name, row in self.activities().items()
            if row["種類"] in GATHERING and row["頻度"] in often
        ]

    def participants(self, often: set[str]) -> int:
        total = 0
        for name in self.gathering_places(often):
            months = zip(self.results(name, "実施回数"), self.results(name, "実人数"), strict=True)
            people = [count for sessions, count in months if sessions and count is not None]
            total += half_up(sum(people) / len(people)) if people else 0
        return total

    def coordinators(self, first: dt.date, last: dt.date) -> int:
        """Return the number of coordinators in office on any day between two."""
        terms = [(day(row["委嘱日"]), day(row["解嘱日"])) for row in self.rows("コーディネーター")]
        return sum(
            since is not None and since <= last and (until is None or until >= first)
            for since, until in terms
        )

    def spending(self) -> float:
        return sum(amount(row["支出"]) for row in self.rows("出納帳") if row["科目"] in CATEGORIES)

    def received(self) -> float:
        return sum(
            amount(row["収入"]) for row in self.rows("出納帳") if row["科目"] == "運営費交付"
        )

    def rule(self, name: str) -> int:
        rules = tomllib.loads((self.data / "reference" / "rules.toml").read_text(encoding="utf-8"))
        return int(rules[str(self.year)][name])

    def allowance(self) -> int:
        monthly, yearly = self.rule("allowance_yen_per_month"), self.rule("allowance_yen_per_year")
        return min(monthly * len(self.months_established()), yearly)

    def residents(self, heading: str) -> int:
        (file,) = (self.data / "raw" / str(self.year)).glob("地域別人口*.csv")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
        column = rows[1].index(heading)
        (row,) = (row for row in rows[2:] if row[1] == self.area)
        return int(row[column])

    def payments(self) -> list[dict[str, str]]:
        """Return the payments for months of this year to the area, in whichever year they are."""
        own = []
        for file in (self.data / "raw").glob("*/運営費等支払一覧*.csv"):
            with file.open(encoding="cp932", newline="") as lines:
                rows = list(csv.reader(lines))
            payments = [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]
            firsts = [first for first, _ in self.months]
            own += [
                payment
                for payment in payments
                if payment["地域"] == self.area and day(f"{payment['対象開始月']}1日") in firsts
            ]
        return own

    def compensation_paid(self) -> float:
        paid = [row for row in self.payments() if row["支払種別"] == "コーディネーター報酬"]
        assert {row["対象月数"] for row in paid} <= {"1"}
        return sum(amount(row["支払額"]) for row in paid)

    def paid_lines(self) -> list[Row]:
        """Return the lines of the cash book with spending, of whatever category."""
        return [row for row in self.rows("出納帳") if number(row["支出"]) is not None]

    def figures(self) -> dict[str, float | None]:
        """Return the figures by the codebook's codes."""
        residents = {
            "population": self.residents("総人口"),
            "households": self.residents("世帯数"),
            "population_65plus": self.residents("65歳以上"),
            "population_75plus": self.residents("75歳以上"),
        }
        figures = {**residents, **self._counts(), "compensation_paid": self.compensation_paid()}
        unknown = self._unknown()
        known = {code: None if code in unknown else value for code, value in figures.items()}
        rates = {
            code: ratio(known[above], known[below], factor)
            for code, (above, below, factor) in RATES.items()
        }
        return known | rates

    def _counts(self) -> dict[str, float]:
        meetings, spending, received = self.meetings(), self.spending(), self.received()
        appointed = sum(self.coordinators(first, last) > 0 for first, last in self.months)
        last = self.months[-1][1]
        counted = self.counted()
        return {
            "months_in_operation": self.months_in_operation(),
            "allowance": self.allowance(),
            "seats": sum(amount(row["構成員数"]) for row in self.rows("構成員")),
            "coordinators": self.coordinators(last, last),
            "coordinator_months": appointed,
            "meetings": len(meetings),
            "attendance": sum(amount(row[kind]) for row in meetings for kind in KINDS),
            "meetings_counted": len(counted),
            "attendance_counted": sum(counted),
            "activities": len(self.activities()),
            "attendances": sum(
                count or 0 for name in self.activities() for count in self.results(name, "延べ人数")
            ),
            "f2": self.participants(WEEKLY),
            "f3": len(self.gathering_places(WEEKLY)),
            "f5": self.participants(MONTHLY),
            "f6": len(self.gathering_places(MONTHLY)),
            "ideas": len(self.rows("できること")),
            "ideas_carried_out": sum(row["状況"] in CARRIED_OUT for row in self.rows("できること")),
            "spending": spending,
            "unspent": max(received - spending, 0),
            "overspent": max(spending - received, 0),
            "compensation": self.rule("coordinator_yen_per_month") * appointed,
        }

    def _unknown(self) -> set[str]:
        """Return the counts of which the files carry nothing, which is not the same as 0."""
        if not self.is_recorded:
            return {*self._counts(), *(() if self.payments() else ("compensation_paid",))}
        unknown = {
            code for sheet, codes in SHEETS.items() if not self.keeps(sheet) for code in codes
        }
        if not self.rows("構成員"):
            unknown.add("seats")
        if not self.paid_lines():
            unknown |= {"spending", "unspent", "overspent"}
        if not self.months_in_operation():
            counts = self._counts()
            codes = (*OF_COUNCIL, "months_in_operation")
            unknown |= {code for code in codes if not counts[code]}
        return unknown


def ratio(above: float | None, below: float | None, factor: int) -> float | None:
    return factor * above / below if above is not None and below else None


@cache
def sheets_of(folder: Path, code: str) -> dict[str, list[Row]]:
    """Return the rows below the headings of an area's workbook in the folder of a year."""
    files = list(folder.glob(f"{code}*.xlsx"))
    if not files:
        return {}
    (file,) = files
    book = openpyxl.load_workbook(file, read_only=True)
    return {sheet.title: list(_table(sheet.iter_rows(values_only=True))) for sheet in book}


def areas(data: Path) -> list[tuple[str, str, str]]:
    """Return code, name and block of every area."""
    with (data / "reference" / "areas.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [(row["area_code"], row["area"], row["block_code"]) for row in csv.DictReader(lines)]
