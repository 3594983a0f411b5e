"""Every number in a sentence, compared with figures calculated independently from the records.

Sentences are made by filling in texts of the catalogue. The values filled in are recorded; for each
placeholder of a text the measure that belongs there is listed here, and its figure comes from
``tests/integration/record_arithmetic.py``. A placeholder that is not listed may contain any figure
of the same place, its block or the ward in the same fiscal year or the one before, and nothing
else.
"""

import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from aip_analysis import narrative
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import LANGUAGES, Language, entries, say
from aip_analysis.narrative import Facts
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.report import Page
from aip_analysis.report.blocks import Card, CardsBlock, TableBlock
from tests.home import Home
from tests.integration.places_in_texts import ASKED, COMPARED, HOLDS, HOLDS_HERE, PARTS
from tests.integration.record_arithmetic import Arithmetic, read_csv
from tests.sentences import told

NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS = (2022, 2023, 2024, 2025, 2026)
# Numbers for an age, for meeting once a week or month, for tiers, for five years from now.
LITERAL = {"65", "1", "2", "5"}

# What stands in brackets after a figure: what it lacks, and the figure of the year before.
BRACKETS = {"compared", "lacks"}
BEFORE = re.compile(
    r"前年度(?:は(?:記録のある分で|\d+か月の運営で)?|の)(?P<ja>[\d,.]+)"
    r"|(?P<en>[\d,.]+)%? last year|last year's (?P<refused>[\d,.]*\d)"
)
SAME = re.compile("前年度と同じ|the same as last year")
IN_COMMON = re.compile(
    r"両年に記録のある|同じ\d+地域|with records of both years|the same(?: \d+)? areas?\b"
)
LACKING = {
    "suppressed": re.compile(r"(\d+)(?:回分|団体|か月分)の(?:人数|数)は伏せ"),
    "held": re.compile(r"ほかに(?:活動の記録|出納帳の)?(\d+)(?:回分|行|件分)"),
    "skipped": re.compile(r"番号が(\d+)つ"),
}

DAY = re.compile(
    r"令和(?P<era>元|\d+)年(?P<month>\d+)月(?:(?P<day>\d+)日)?"
    r"|(?P<year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    r"|(?P<name>[A-Z][a-z]{2})[a-z]* (?P<named_year>\d{4})"
)


@dataclass
class Filled:
    """The values filled in: key of the text, name of the placeholder, and the words inserted."""

    entries: list[tuple[str, str, str]] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def say(self, key: str, language: Language, /, **values: object) -> str:
        """Return a text as the catalogue does, and record the values filled in."""
        text = say(key, language, **values)
        template = entries(language)[key]
        for name, value in values.items():
            if f"{{{name}" in template and (str(value) not in self.made or name in BRACKETS):
                self.entries.append((key, name, str(value)))
        self.made.add(text)
        return text


def modules() -> list[ModuleType]:
    submodules = pkgutil.walk_packages(narrative.__path__, f"{narrative.__name__}.")
    homes = [import_module(module.name) for module in submodules]
    return [home for home in homes if hasattr(home, "say")]


@cache
def figures_of(home: Home) -> Figures:
    return Figures(load_records(home.processed), load_ward(home.reference))


@cache
def arithmetic_of(home: Home) -> Arithmetic:
    return Arithmetic(home.folder / "data")


@cache
def decimals(reference: Path) -> dict[str, int]:
    rows = read_csv(reference / "codebook.csv")
    return {row["code"]: int(row["decimals"]) for row in rows}


def written(value: float | None, places: int = 0) -> str:
    """Return a number with thousands separators, rounded half away from zero."""
    if value is None:
        return "—"
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(str(float(value))).quantize(step, rounding=ROUND_HALF_UP):,}"


@dataclass(frozen=True)
class Expected:
    """The numbers that the sentences of a place and year may contain."""

    home: Home
    key: str
    year: int

    def figure(self, measure: str, *, before: bool = False, key: str = "") -> str:
        values = _figures(self.home, key or self.key, self.year - before)
        if measure == "far":
            # An estimate: tests/integration/test_distance.py checks it by another method.
            return written(self.estimate("far_65plus"))
        if measure == "share_far":
            return written(self.estimate("share_far_65plus"))
        like = "execution_rate" if measure == "share_unspent" else measure
        return written(values.get(measure), decimals(self.home.reference).get(like, 0))

    def estimate(self, measure: str) -> float | None:
        figures = figures_of(self.home)
        return figures.value(figures.ward.places[self.key], self.year, measure)

    def holds(self, text: str, name: str) -> str | None:
        """Return the number that belongs in a placeholder of a text, or None if none is listed."""
        arithmetic = arithmetic_of(self.home)
        used, files, aside, _reasons = arithmetic.origins(self.key, self.year)
        areas = arithmetic.areas_of(self.key)
        joint = arithmetic.joint(self.key, self.year)
        there = {area for members in joint.values() for area in members}
        checks = tomllib.loads((self.home.reference / "checks.toml").read_text(encoding="utf-8"))
        other = {
            "month": str(arithmetic.last_month[self.year].month),
            "areas": str(len(areas)),
            "metres": written(checks["gathering_metres"]),
            "used": written(used),
            "files": written(files),
            "aside": written(aside),
            "there": str(len(there)),
        }
        if text in {"together.one_kind", "together.some"} and name == "count":
            return str(len(joint))
        if text.startswith("narrative.far") and name in {"people", "share"}:
            return self.figure("far" if name == "people" else "share_far")
        if text.startswith("narrative.far_basis") and name in {"placed", "unplaced"}:
            return self.of_all_places(name)
        if text in COUNTED_HERE and name in COUNTED_HERE[text][0]:
            return COUNTED_HERE[text][1](self, name)
        file, _, asked = text.partition(".")
        if file == "questions" and name in {"value", "before", "block", "far", "share"}:
            return self.asked(ASKED.get(asked.removesuffix("_one"), ""), name)
        measure = HOLDS_HERE.get((text, name), HOLDS.get(name))
        return self.figure(measure) if measure else other.get(name) or None

    def recorded(self) -> str:
        """Return the number of areas of which anything was received."""
        return str(len(arithmetic_of(self.home).areas_of(self.key)) - int(self.unrecorded()))

    def paid_beyond(self) -> str:
        """Return to how many areas compensation was paid that have none due on record."""
        areas = arithmetic_of(self.home).areas_of(self.key)
        figures = [_figures(self.home, f"area-{area}", self.year) for area in areas]
        return str(
            sum(bool(one["compensation_paid"]) and one["compensation"] is None for one in figures)
        )

    def with_figure(self, measure: str) -> str:
        """Return the number of areas of the place that have a figure of a measure."""
        areas = arithmetic_of(self.home).areas_of(self.key)
        known = [_figures(self.home, f"area-{area}", self.year)[measure] for area in areas]
        return str(sum(value is not None for value in known))

    def without_months(self) -> str:
        """Return the number of areas without a month of an activity on record."""
        arithmetic = arithmetic_of(self.home)
        areas = arithmetic.areas_of(self.key)
        kept = [arithmetic.rows("activity_months", area, self.year) for area in areas]
        return str(sum(not rows for rows in kept))

    def unrecorded(self) -> str:
        """Return the number of areas of which nothing was received."""
        arithmetic = arithmetic_of(self.home)
        areas = arithmetic.areas_of(self.key)
        return str(sum(not arithmetic.recorded(area, self.year) for area in areas))

    def due_months(self, name: str) -> str:
        """Return for how many months an allowance is, or in how many the council was suspended."""
        (area,) = arithmetic_of(self.home).areas_of(self.key)
        due = len(arithmetic_of(self.home).months_standing(area, self.year))
        at_work = len(arithmetic_of(self.home).months_at_work(area, self.year))
        return str(due if name == "months" else due - at_work)

    def without_purpose(self) -> str:
        """Return what was spent without a stated purpose."""
        values = _figures(self.home, self.key, self.year)
        whole, *parts = (
            values[code] or 0 for code in ("spending", "spending_running", "spending_project")
        )
        return written(whole - sum(parts))

    def most_spent(self) -> str:
        """Return the amount of the month in which most was spent."""
        arithmetic = arithmetic_of(self.home)
        by_month: dict[tuple[int, int], float] = {}
        for area in arithmetic.areas_of(self.key):
            for row in arithmetic.rows("ledger", area, self.year):
                if row["direction"] == "expense":
                    month = (row["booked_on"].year, row["booked_on"].month)
                    by_month[month] = by_month.get(month, 0) + row["amount_yen"]
        return written(max(by_month.values()))

    def of_all_places(self, name: str) -> str:
        """Return how many gathering places of the ward have a recorded position, or have none."""
        whole = _figures(self.home, "ward", self.year)
        unplaced = whole["unplaced"] or 0
        return written(unplaced if name == "unplaced" else (whole["f6"] or 0) - unplaced)

    def asked(self, measure: str, name: str) -> str | None:
        """Return the number that belongs in a placeholder of a question."""
        if name in {"far", "share"}:
            return self.figure("far" if name == "far" else "share_65plus")
        block = f"block-{arithmetic_of(self.home).blocks[self.key.removeprefix('area-')]}"
        if not measure:
            return None
        key = block if name == "block" else ""
        return self.figure(measure, before=name == "before", key=key)

    def nowhere(self, words: str) -> str:
        """Return the days and numbers that no record supports for this place and these years."""
        days = [_ymd(match) for match in DAY.finditer(words)]
        odd = [day for day in days if not any(known[: len(day)] == day for known in self.days())]
        numbers = set(NUMBER.findall(DAY.sub("", words))) - self.any_of()
        return f"from nowhere: {odd} {sorted(numbers)}" if odd or numbers else ""

    def days(self) -> set[tuple[int, ...]]:
        """Return the days of councils' histories and of residents, and the months on record."""
        arithmetic = arithmetic_of(self.home)
        columns = ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
        known = [
            row[column]
            for area in arithmetic.areas_of(self.key)
            for row in arithmetic.rows("councils", area, self.year)
            for column in columns
            if row[column]
        ]
        known += [
            row["as_of"]
            for area in arithmetic.areas_of(self.key)
            for row in arithmetic.rows("population", area, self.year)
        ]
        return {(day.year, day.month, day.day) for day in (*known, *arithmetic.months(self.year))}

    def any_of(self) -> set[str]:
        """Return every number allowed in a placeholder that is not listed."""
        codes = decimals(self.home.reference)
        block = arithmetic_of(self.home).blocks.get(self.key.removeprefix("area-"), "")
        places = {self.key, "ward", *([f"block-{block}"] if block else [])}
        known = {
            self.figure(code, before=before, key=key)
            for code in codes
            for before in (False, True)
            for key in places
            if self.year - before in YEARS
        }
        return known | LITERAL | {str(number) for number in range(32)}


Holds = Callable[[Expected, str], str]
# Numbers that are no measure: the texts, their placeholders, and how each is worked out.
COUNTED_HERE: dict[str, tuple[set[str], Holds]] = {
    "narrative.spending_peak": ({"amount"}, lambda expected, _: expected.most_spent()),
    "narrative.for_rest": ({"amount"}, lambda expected, _: expected.without_purpose()),
    "narrative.residents_of": (
        {"areas"}, lambda expected, _: expected.with_figure("population")
    ),
    "narrative.far_without": ({"areas"}, lambda expected, _: expected.without_months()),
    "summary.rate_of": ({"areas"}, lambda expected, _: expected.with_figure("execution_rate")),
    **dict.fromkeys(
        ("together.all_recorded", "together.some_recorded"),
        ({"areas"}, lambda expected, _: expected.recorded()),
    ),
    "narrative.paid_beyond": ({"areas"}, lambda expected, _: expected.paid_beyond()),
    "summary.unrecorded": ({"count"}, lambda expected, _: expected.unrecorded()),
    **dict.fromkeys(
        ("summary.recorded_everywhere", "summary.recorded_somewhere"),
        ({"areas"}, lambda expected, _: expected.with_figure("councils_established")),
    ),
    **dict.fromkeys(
        ("summary.due_months", "summary.due_months_suspended"),
        ({"months", "suspended"}, lambda expected, name: expected.due_months(name)),
    ),
}  # fmt: skip


def _ymd(match: re.Match[str]) -> tuple[int, ...]:
    """Return year, month and, if present, day of a matched day or month."""
    part = match.groupdict()
    if part["name"]:
        return int(part["named_year"]), MONTHS.index(part["name"]) + 1
    if part["year"]:
        return int(part["year"]), int(part["iso_month"]), int(part["iso_day"])
    year = 2019 if part["era"] == "元" else 2018 + int(part["era"])
    return (year, int(part["month"]), *([int(part["day"])] if part["day"] else []))


@cache
def _figures(home: Home, key: str, year: int) -> dict[str, float | None]:
    return arithmetic_of(home).figures(key, year)


def wrong(expected: Expected, filled: Filled, language: Language) -> Iterator[str]:
    """Yield a message for each value filled in that does not belong there."""
    for text, name, words in dict.fromkeys(filled.entries):
        if NUMBER.search(words) and not PARTS.match(text):
            fault = _fault(expected, text, name, words)
            if fault:
                yield f"{expected.key} {expected.year} {language} {text}.{name}: {words}: {fault}"


def _fault(expected: Expected, text: str, name: str, words: str) -> str:
    numbers = NUMBER.findall(words)
    if name == "year":
        # 令和7年度, FY2025: the calendar year 2025, or the seventh year since 2019.
        right = {str(expected.year), str(expected.year - 2018)}
        return "" if numbers[-1] in right else "another year"
    if name in BRACKETS:
        return _lacks(expected, words) or _compared(expected, text, words)
    belongs = expected.holds(text, name)
    if belongs is not None:
        return "" if numbers == [belongs] else f"not {belongs}"
    return expected.nowhere(words)


def _compared(expected: Expected, text: str, words: str) -> str:
    """Return how the figure of the year before differs from the records."""
    measure = COMPARED.get(text, "")
    if not measure or IN_COMMON.search(words):
        return ""
    told = [group for match in BEFORE.finditer(words) for group in match.groups() if group]
    if not told and not SAME.search(words):
        return ""
    before = expected.figure(measure, before=True)
    if told and told != [before]:
        return f"last year {before}"
    same = before == expected.figure(measure)
    return "" if same or not SAME.search(words) else "not the same as last year"


def _lacks(expected: Expected, words: str) -> str:
    """Return which number of what a figure leaves out is that of no figure of the place."""
    stated = arithmetic_of(expected.home).stated(expected.key, expected.year).values()
    wrong_lacks = [
        match.group()
        for kind, pattern in LACKING.items()
        for match in pattern.finditer(words)
        if int(match.group(1)) not in {figure.lacks.get(kind) for figure in stated}
    ]
    return f"left out: {wrong_lacks}" if wrong_lacks else ""


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_a_sentence_is_what_the_records_give(
    built: Home, monkeypatch: pytest.MonkeyPatch, language: Language, year: int
) -> None:
    figures = figures_of(built)
    faults, checked = [], 0
    for key, place in figures.ward.places.items():
        filled = Filled()
        for module in modules():
            monkeypatch.setattr(module, "say", filled.say)
        sentences = list(told(Facts(RecordedFigures(figures), place, year, language)))
        assert sentences
        faults += list(wrong(Expected(built, key, year), filled, language))
        checked += sum(bool(NUMBER.search(words)) for _text, _name, words in filled.entries)
    assert faults == []
    # 18 areas, 4 blocks and the ward, each with dozens of numbers.
    assert checked > 23 * 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_brings_numbers_of_its_own(language: Language) -> None:
    files = {"lacks", "narrative", "questions", "summary", "together"}
    brought = {
        key: numbers
        for key, text in entries(language).items()
        if key.partition(".")[0] in files
        and (numbers := set(NUMBER.findall(re.sub(r"\{[^}]*\}", "", text))) - LITERAL)
    }
    assert brought == {}


def cards(home: Home, key: str, year: int) -> list[Card]:
    figures = figures_of(home)
    page = Page(figures, figures.ward.places[key], year, "ja")
    blocks = [block for block in page.areas().blocks if isinstance(block, CardsBlock)]
    return [card for block in blocks for card in block.cards]


# The measures on a card, by the label of their line.
ON_CARDS = {
    "会議": ("meetings", "rhythm"),
    "準備段階の会合": ("meetings_preparation",),
    "出席": ("attendance", "1", "attendance_per_meeting"),
    "活動": ("activities", "attendances"),
    "できること": ("ideas", "ideas_carried_out"),
    "支出": ("spending", "execution_rate"),
}


@pytest.mark.parametrize("year", [2022, 2025, 2026])
def test_the_figures_on_cards(built: Home, year: int) -> None:
    ward = figures_of(built).ward
    by_slug = {place.slug: place.key for place in ward.places.values()}
    place_cards = cards(built, "ward", year)
    assert [by_slug[card.page] for card in place_cards] == [
        f"area-{code:02}" for code in range(1, 19)
    ]
    for card in place_cards:
        expected = Expected(built, by_slug[card.page], year)
        for label, text in card.facts:
            whole = [
                code if code.isdecimal() else expected.figure(code) for code in ON_CARDS[label]
            ]
            numbers = [number for number in whole if number != "—"]
            assert NUMBER.findall(text) in (numbers, numbers[:1]), f"{card.title} {label}: {text}"
            assert numbers or text == "—", f"{card.title} {label}: {text}"


def test_the_squares_on_a_card_are_its_meetings(built: Home) -> None:
    arithmetic = arithmetic_of(built)
    for card in cards(built, "block-3", 2025):
        code = card.page.split("-")[1]
        meetings = [
            row
            for row in arithmetic.rows("meetings", code, 2025)
            if row["kind"] in arithmetic.traits["council"]
        ]
        assert card.picture.count("M") == len(meetings) + 1
        by_month = dict.fromkeys((4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3), 0)
        for row in meetings:
            by_month[row["held_on"].month] += 1
        labels = [f"{month}月{count}回" for month, count in by_month.items() if count]
        assert f"会議の回数。{'、'.join(labels)}" in card.picture


@pytest.mark.parametrize("key", ["block-1", "block-4", "ward"])
@pytest.mark.parametrize("year", YEARS)
def test_each_joint_meeting_is_told_once(built: Home, key: str, year: int) -> None:
    figures = figures_of(built)
    joint = arithmetic_of(built).joint(key, year)
    page = Page(figures, figures.ward.places[key], year, "ja")
    tables = [block for block in page.together().blocks if isinstance(block, TableBlock)]
    lines = [[cell.text for cell in row] for table in tables for row in table.table.rows]
    kinds = {"liaison": "連絡会", "joint_training": "合同研修会"}
    names = {row["area_code"]: row["area"] for row in read_csv(built.reference / "areas.csv")}
    expected = [
        [
            f"{day.month}月{day.day}日",
            kinds[kind],
            venue,
            "、".join(names[code] for code in sorted(areas)),
            str(len(areas)),
        ]
        for (day, kind, venue), areas in sorted(joint.items())
    ]
    assert [[line[0], line[1], *line[3:6]] for line in lines] == expected
