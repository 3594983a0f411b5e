import csv
import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest

from aip_analysis.errors import InputRefusedError
from aip_analysis.reference import Ward, load_ward
from aip_analysis.sample import load_scenario, write_samples
from tests.home import ROOT
from tests.town import write_town

SHEETS = [
    "基本情報",
    "会議記録",
    "活動",
    "活動実績",
    "出納帳",
    "構成員",
    "コーディネーター",
    "できること",
    "予算",
    "目標",
]
ABOVE = 4
FICTIONAL = "架空のサンプルデータ"
UNTIL = date(2026, 10, 31)

# The committed sample of the ward, in which every gap is.
RAW = ROOT / "data" / "raw"

Rows = list[tuple[object, ...]]
Places = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    return load_ward(write_town(tmp_path_factory.mktemp("town") / "reference"))


@pytest.fixture(scope="module")
def raw(town: Ward, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    write_samples(town, folder)
    return folder


@pytest.fixture(scope="module")
def sheets(raw: Path) -> dict[str, dict[str, Rows]]:
    """Return every sheet of every workbook: file -> sheet -> rows below the headings."""
    by_file = {}
    for file in sorted(raw.glob("*/*.xlsx")):
        book = openpyxl.load_workbook(file)
        by_file[f"{file.parent.name}/{file.name}"] = {
            sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book
        }
    return by_file


def number(cell: object) -> int:
    plain = unicodedata.normalize("NFKC", str(cell)).replace("△", "-")
    return int(re.sub(r"[^0-9-]", "", plain))


def kanji_day(cell: object) -> date:
    """Read a day in any of the spellings of the samples, without using the package."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    text = unicodedata.normalize("NFKC", str(cell)).replace(" ", "").replace("元年", "1年")
    match = re.match(r"(令和|平成|R|H)(\d+)[年.](\d+)[月.](\d+)", text)
    assert match, cell
    era, *parts = match.groups()
    year, month, day = map(int, parts)
    return date(year + (2018 if era in ("令和", "R") else 1988), month, day)


def payments(raw: Path, year: int) -> list[dict[str, str]]:
    (file,) = (raw / str(year)).glob("運営費等支払一覧_*.csv")
    content = file.read_bytes()
    assert b"\r\n" in content
    title, rest = content.decode("cp932").split("\r\n", 1)
    assert title.startswith(FICTIONAL)
    return list(csv.DictReader(io.StringIO(rest)))


def profiles(sheets: dict[str, dict[str, Rows]], year: int) -> dict[str, dict[object, object]]:
    return {
        name: {row[0]: row[1] for row in book["基本情報"][ABOVE:]}
        for name, book in sheets.items()
        if name.startswith(f"{year}/")
    }


def test_the_same_seed_gives_the_same_bytes(town: Ward, tmp_path: Path) -> None:
    until = date(2024, 6, 30)
    for name in ("one", "two"):
        write_samples(town, tmp_path / name, seed=7, fiscal_years=(2023, 2024), until=until)
    one, two = (
        {
            file.relative_to(tmp_path / name): file.read_bytes()
            for file in (tmp_path / name).rglob("*")
            if file.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two
    assert len(one) > 10


def test_another_seed_gives_other_records(town: Ward, tmp_path: Path) -> None:
    write_samples(town, tmp_path / "one", seed=7, fiscal_years=(2023,), until=UNTIL)
    write_samples(town, tmp_path / "two", seed=8, fiscal_years=(2023,), until=UNTIL)
    (one,) = (tmp_path / "one" / "2023").glob("01*.xlsx")
    two = tmp_path / "two" / "2023" / one.name
    assert one.read_bytes() != two.read_bytes()


def test_adding_a_year_changes_nothing_in_the_others(town: Ward, raw: Path, tmp_path: Path) -> None:
    write_samples(town, tmp_path, fiscal_years=(2025,), until=UNTIL)
    files = [file for file in (tmp_path / "2025").rglob("*") if file.is_file()]
    assert any(file.parts[-3] == "text" for file in files)
    for file in files:
        assert file.read_bytes() == (raw / file.relative_to(tmp_path)).read_bytes()


def test_files_are_reported_in_order_and_nothing_half_written_stays(
    town: Ward, tmp_path: Path
) -> None:
    seen: list[Path] = []
    old = tmp_path / "2023" / "地域別人口_令和5年度.csv"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    (old.parent / "mine.txt").write_text("mine", encoding="utf-8")
    written = write_samples(town, tmp_path, fiscal_years=(2023,), until=UNTIL, progress=seen.append)
    assert written == seen
    assert FICTIONAL in old.read_text(encoding="utf-8-sig")
    assert {*written, old.parent / "mine.txt"} == {
        file for file in tmp_path.rglob("*") if file.is_file()
    }


def test_a_year_without_rules_is_refused(town: Ward, tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="2019"):
        write_samples(town, tmp_path, fiscal_years=(2019,), until=UNTIL)


def test_every_sheet_is_there_and_says_that_it_is_fictional(
    sheets: dict[str, dict[str, Rows]],
) -> None:
    assert len(sheets) > 20
    for name, book in sheets.items():
        assert list(book) == SHEETS
        for rows in book.values():
            assert "年度" in str(rows[0][0]), name
            assert str(rows[1][0]).startswith(FICTIONAL)
            assert not any(rows[2])
            assert rows[3][0]


def test_headings_are_those_of_the_reference_folder(
    town: Ward, sheets: dict[str, dict[str, Rows]]
) -> None:
    known = set(town.headings["ja"]) | {f"{month}月" for month in range(1, 13)}
    known |= {"項目", "内容", "合計"}
    for book in sheets.values():
        for rows in book.values():
            assert {heading for heading in rows[3] if heading} <= known


def test_each_balance_follows_from_the_line_above(sheets: dict[str, dict[str, Rows]]) -> None:
    for name, book in sheets.items():
        balance = income = expense = 0
        *lines, total = book["出納帳"][ABOVE:] or [()]
        for line in lines:
            income += number(line[4] or 0)
            expense += number(line[5] or 0)
            balance += number(line[4] or 0) - number(line[5] or 0)
            assert number(line[6]) == balance, name
        if total:
            assert (total[0], number(total[4]), number(total[5])) == ("合計", income, expense)
            receipts = [number(line[8]) for line in lines if line[5]]
            assert receipts == list(range(1, len(receipts) + 1))


def test_the_grants_booked_are_the_allowances_paid(
    raw: Path, sheets: dict[str, dict[str, Rows]]
) -> None:
    for year in range(2022, 2027):
        paid: dict[str, int] = {}
        for row in payments(raw, year):
            sent = (raw / str(year)).glob(f"*{row['地域']}_*.xlsx")
            if row["支払種別"] == "運営費" and any(sent):
                paid[row["地域"]] = paid.get(row["地域"], 0) + int(row["支払額"])
        booked = {}
        for name, book in sheets.items():
            if not name.startswith(f"{year}/"):
                continue
            area = re.sub(r".*/\d\d(.*)_令和.*", r"\1", name)
            lines = [line for line in book["出納帳"][ABOVE:] if line[2] == "運営費交付"]
            if lines:
                booked[area] = sum(number(line[4]) for line in lines)
        assert booked == paid
        # 40,000 yen for each of twelve months, but 450,000 at most; half a year by 31 October.
        assert max(paid.values()) == 450_000


def test_compensation_is_paid_in_the_next_month_for_months_with_a_coordinator(
    raw: Path, sheets: dict[str, dict[str, Rows]]
) -> None:
    rows = [row for row in payments(raw, 2025) if row["支払種別"] == "コーディネーター報酬"]
    assert {row["支払額"] for row in rows} == {"70000"}
    march = [row for row in rows if row["対象開始月"] == "令和8年3月"]
    assert march
    assert {row["支払日"][:7] for row in march} == {"2026/04"}
    for name, book in sheets.items():
        if name.startswith("2025/"):
            area = re.sub(r".*/\d\d(.*)_令和.*", r"\1", name)
            days = [kanji_day(row[2]) for row in book["コーディネーター"][ABOVE:]]
            months = [row for row in rows if row["地域"] == area]
            first = min(days, default=date.max)
            expected = 12 if first <= date(2025, 4, 1) else None
            assert bool(months) == bool(days)
            assert expected is None or len(months) == expected


def test_meetings_are_numbered_on_from_year_to_year(sheets: dict[str, dict[str, Rows]]) -> None:
    last: dict[str, int] = {}
    for name, book in sheets.items():
        area = name[5:7]
        if not any(other.startswith(f"{int(name[:4]) - 1}/{area}") for other in sheets):
            # Nothing was sent the year before.
            last.pop(area, None)
        for row in book["会議記録"][ABOVE:]:
            assert (row[0] is not None) == (row[1] == "定例会")
            if row[0] is not None:
                assert number(row[0]) == last.get(area, number(row[0]) - 1) + 1
                last[area] = number(row[0])
        if name.startswith("2025/01"):
            # Set up in July 2019 with 0.87 meetings a month: 81 months to March 2026.
            assert last["01"] == round(0.87 * 81)


def test_results_agree_with_themselves(sheets: dict[str, dict[str, Rows]]) -> None:
    months = 0
    for name, book in sheets.items():
        rows = book["活動実績"][ABOVE:]
        for three in zip(rows[0::3], rows[1::3], rows[2::3], strict=True):
            assert [row[2] for row in three] == ["実施回数", "延べ人数", "実人数"]
            for sessions, attendances, people in zip(*(row[3:15] for row in three), strict=True):
                assert (sessions is None) == (attendances is None), name
                months += bool(sessions)
                if people is not None:
                    assert 0 <= number(people) <= number(attendances)
                    assert bool(people) == bool(sessions)
    assert months > 200


def test_every_word_is_in_its_vocabulary_but_the_two_on_purpose(
    town: Ward, sheets: dict[str, dict[str, Rows]]
) -> None:
    places = [
        ("会議記録", 1, "meeting_kind"), ("会議記録", 10, "priority_field"),
        ("会議記録", 11, "cycle_step"), ("活動", 2, "activity_kind"),
        ("活動", 3, "priority_field"), ("活動", 4, "care_domain"), ("活動", 11, "frequency"),
        ("出納帳", 1, "ledger_purpose"), ("出納帳", 2, "ledger_category"),
        ("構成員", 0, "organisation_type"), ("構成員", 1, "role_group"),
        ("できること", 6, "idea_status"), ("予算", 1, "ledger_category"),
        ("目標", 2, "goal_status"),
    ]  # fmt: skip
    strange = [
        (sheet, row[place])
        for book in sheets.values()
        for sheet, place, vocabulary in places
        for row in book[sheet][ABOVE:]
        if row[place] is not None
        and row[0] != "合計"
        and town.vocabularies[vocabulary].find(str(row[place])) is None
    ]
    assert sorted(sheet for sheet, _ in strange) == ["出納帳", "活動"]


def named_in_readme(folder: Path) -> tuple[Places, Places]:
    """Return file, sheet and row of all that is wrong on purpose, and of all that is missing."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    tables = text.split("| ファイル / File |")[1:]
    wrong, missing = (
        re.findall(r"^\| `(.+?)` \| (.+?) \| (\S+) \| .+ \| .+ \|$", table, flags=re.MULTILINE)
        for table in tables
    )
    return wrong, missing


def gap(name: str, sheet: str) -> tuple[Rows, Rows]:
    """Return the rows above the one of a gap in the committed sample, and those from it on."""
    _, missing = named_in_readme(RAW)
    (place,) = ((file, row) for file, own, row in missing if own == sheet and name in file)
    rows = list(openpyxl.load_workbook(RAW / place[0])[sheet].iter_rows(values_only=True))
    return rows[: int(place[1]) - 1], rows[int(place[1]) - 1 :]


def test_the_readme_names_every_gap() -> None:
    _, missing = named_in_readme(RAW)
    assert sorted((file[5:7], sheet) for file, sheet, _row in missing) == [
        ("04", "会議記録"),
        ("05", "構成員"),
        ("06", "会議記録"),
        ("07", "活動"),
        ("09", "活動実績"),
        ("15", "—"),
        ("16", "出納帳"),
        ("17", "会議記録"),
    ]


def test_a_meeting_with_suppressed_attendance_and_one_without_its_supporters() -> None:
    _, (hidden, *others) = gap("04仲町", "会議記録")
    assert hidden[6:9] == ("x", "x", "x")
    assert not [row for row in others if "x" in row]
    _, (blank, *_) = gap("06大谷口", "会議記録")
    assert [cell is None for cell in blank[6:9]] == [False, True, False]


def test_a_number_of_a_meeting_is_skipped() -> None:
    above, (after, *others) = gap("17徳丸", "会議記録")
    before = [number(row[0]) for row in above[ABOVE:] if row[0] is not None][-1]
    assert number(after[0]) == before + 2
    rest = [number(row[0]) for row in (after, *others) if row[0] is not None]
    assert rest == list(range(before + 2, before + 2 + len(rest)))


def test_what_is_suppressed_does_not_follow_from_a_total() -> None:
    _, (seats, *rest) = gap("05富士見", "構成員")
    assert seats[2] == "x"
    assert rest[-1][0] == "合計"
    assert rest[-1][2] == "x"
    _, results = gap("09志村坂上", "活動実績")
    sessions, attendances, people = results[:3]
    months = [month for month in range(3, 15) if sessions[month] == "x"]
    assert len(months) == 1
    for row, total in ((sessions, "x"), (attendances, "x"), (people, None)):
        assert row[months[0]] == "x"
        assert row[15] == total


def test_an_activity_of_an_unknown_kind_has_results(ward: Ward) -> None:
    _, (activity, *_) = gap("07常盤台", "活動")
    assert ward.vocabularies["activity_kind"].find(str(activity[2])) is None
    (file,) = (RAW / "2025").glob("07*.xlsx")
    results = openpyxl.load_workbook(file)["活動実績"].iter_rows(values_only=True)
    own = [row[3:15] for row in results if row[0] == activity[0]]
    assert own[0] == (1,) * 12
    assert own[1] == own[2]
    assert all(isinstance(count, int) and count > 0 for count in own[1])


def test_nothing_is_sent_and_nothing_spent_in_earlier_years() -> None:
    _, missing = named_in_readme(RAW)
    (absent,) = (file for file, sheet, _row in missing if sheet == "—")
    assert not (RAW / absent).exists()
    name = absent.rsplit("/", maxsplit=1)[1][:4]
    assert len(list(RAW.glob(f"*/{name}*.xlsx"))) == len(list(RAW.glob("*/01*.xlsx"))) - 1
    (file,) = (file for file, sheet, _row in missing if sheet == "出納帳")
    rows = openpyxl.load_workbook(RAW / file)["出納帳"].iter_rows(values_only=True)
    lines = list(rows)[ABOVE:-1]
    assert all(row[4] and row[5] is None for row in lines)
    assert lines


def test_gaps_change_nothing_else(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = replace(load_scenario(), gaps=())
    module = import_module("aip_analysis.sample.write_samples")
    monkeypatch.setattr(module, "load_scenario", lambda: whole)
    write_samples(ward, tmp_path, fiscal_years=(2023, 2025))
    _, missing = named_in_readme(RAW)
    gaps = {file for file, _sheet, _row in missing if file[:4] == "2025"}
    changed = {
        file.relative_to(tmp_path).as_posix()
        for file in tmp_path.glob("20*/*.*")
        if not (other := RAW / file.relative_to(tmp_path)).exists()
        or file.read_bytes() != other.read_bytes()
    }
    assert changed == gaps | {file for file, sheet, _row in missing if sheet == "—"}


def test_the_readme_names_the_rows_that_are_wrong(
    town: Ward, raw: Path, sheets: dict[str, dict[str, Rows]]
) -> None:
    rows, _ = named_in_readme(raw)
    assert sorted(sheet for _, sheet, _ in rows) == ["会議記録", "出納帳", "活動"]
    for file, sheet, line in rows:
        row = sheets[file][sheet][int(line) - 1]
        year = int(file[:4])
        if sheet == "会議記録":
            assert not date(year, 4, 1) <= kanji_day(row[2]) <= date(year + 1, 3, 31)
        elif sheet == "出納帳":
            assert town.vocabularies["ledger_category"].find(str(row[2])) is None
        else:
            assert town.vocabularies["activity_kind"].find(str(row[2])) is None
            results = sheets[file]["活動実績"][ABOVE:]
            assert row[0] not in [result[0] for result in results]


def test_every_other_meeting_lies_in_its_fiscal_year(sheets: dict[str, dict[str, Rows]]) -> None:
    outside = 0
    for name, book in sheets.items():
        year = int(name[:4])
        last = min(date(year + 1, 3, 31), UNTIL)
        for row in book["会議記録"][ABOVE:]:
            outside += not date(year, 4, 1) <= kanji_day(row[2]) <= last
        for row in book["出納帳"][ABOVE:-1]:
            assert date(year, 4, 1) <= kanji_day(row[0]) <= last
    assert outside == 1


def test_the_parts_are_played(sheets: dict[str, dict[str, Rows]]) -> None:
    last = {name[5:7]: profile for name, profile in profiles(sheets, 2026).items()}
    preparing = [code for code, profile in last.items() if profile["設置日"] is None]
    suspended = [code for code, profile in last.items() if profile["休止開始日"] is not None]
    established = {
        code: kanji_day(profile["設置日"])
        for code, profile in last.items()
        if profile["設置日"] is not None
    }
    assert len(preparing) == 1
    assert len(suspended) == 1
    months = [day.strftime("%Y-%m") for day in established.values()]
    assert {"2023-09", "2024-11"} <= set(months)
    assert established["01"].strftime("%Y-%m") == "2019-07"
    for name, book in sheets.items():
        code = name[5:7]
        if code in preparing:
            assert [
                book[sheet][ABOVE:] for sheet in ("出納帳", "構成員", "コーディネーター", "予算")
            ] == [[]] * 4
            kinds = {row[1] for row in book["会議記録"][ABOVE:]}
            assert kinds <= {"セミナー", "準備会"}
    away = [
        kanji_day(row[2])
        for name, book in sheets.items()
        if name[5:7] in suspended
        for row in book["会議記録"][ABOVE:]
    ]
    assert not [day for day in away if date(2024, 10, 1) <= day < date(2025, 7, 1)]
    assert [day for day in away if day >= date(2025, 7, 1)]


def test_nobody_knows_the_future(sheets: dict[str, dict[str, Rows]]) -> None:
    for name, book in sheets.items():
        last = min(date(int(name[:4]) + 1, 3, 31), UNTIL)
        days = [row[1] for row in book["基本情報"][ABOVE:][1:6]]
        days += [cell for row in book["コーディネーター"][ABOVE:] for cell in row[2:4]]
        days += [cell for row in book["活動"][ABOVE:] for cell in row[9:11]]
        assert all(kanji_day(cell) <= last for cell in days if cell is not None), name


def test_one_council_spends_more_than_it_has_and_one_nothing(
    sheets: dict[str, dict[str, Rows]],
) -> None:
    balances = {
        name: (number(book["出納帳"][-1][5]), number(book["出納帳"][-1][6]))
        for name, book in sheets.items()
        if len(book["出納帳"]) > ABOVE
    }
    over = [name for name, (_, balance) in balances.items() if balance < 0]
    nothing = [name for name, (expense, _) in balances.items() if expense == 0]
    assert [name[:4] for name in over] == ["2025"]
    assert [name[:4] for name in nothing] == ["2023"]


def test_a_budget_is_at_most_the_allowance(sheets: dict[str, dict[str, Rows]]) -> None:
    for book in sheets.values():
        rows = book["予算"][ABOVE:]
        if rows:
            assert sum(number(row[2]) for row in rows[:-1]) == number(rows[-1][2]) <= 450_000


def test_residents_of_a_shared_chome_are_shared(raw: Path) -> None:
    (file,) = (raw / "2022").glob("地域別人口_*.csv")
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    title, *lines = content.decode("utf-8-sig").splitlines()
    assert title.startswith(FICTIONAL)
    rows = {row["地域名"]: row for row in csv.DictReader(lines)}
    assert list(rows) == ["みなと", "かわべ", "えきまえ", "さかのうえ", "もりのした"]
    # 2,500 and 0.6 of 3,000 at the census; six years on, at most 0.3 % less or 0.6 % more each.
    assert 4300 * 0.98 < int(rows["かわべ"]["総人口"]) < 4300 * 1.04
    for row in rows.values():
        oldest, old, everybody = (int(row[key]) for key in ("75歳以上", "65歳以上", "総人口"))
        assert oldest < old < everybody
