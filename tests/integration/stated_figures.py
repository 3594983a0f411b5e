"""Every measure of any place and year with its state and what it lacks, from the record tables.

The definitions come from data/reference/codebook.csv; nothing of ``aip_analysis.measures`` is used.
A number is missing, suppressed, zero, or not there yet, and these four are never mixed up:

- A sum leaves out suppressed and blank cells, and says how many. If no cell has a number, or its
  table has no row of the year, there is no sum. A mean over months has nothing to say about months
  in which nobody counted.
- Rows set aside, and numbers of meetings that were jumped over, are counted beside the figure. The
  list of activities belongs to the figures of activities.
- A count without any row is zero only if rows of its kind are kept in the area at all, if anything
  was received of the year, and, for what a council does, if there was a council at work. Whom a
  list of the ward does not name has none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from tests.integration.record_tables import RecordTables, Row, month_end, suppressed

KINDS = ("members_present", "supporters_present", "others_present")
# Tables of what happens in an area. The others are often lists of the whole ward.
OWN = ("meetings", "activities", "activity_months", "ideas", "ledger", "budgets", "members", "goals")  # fmt: skip # noqa: E501
# Counts of what a council does, which are nothing before it is set up or while it is suspended.
OF_COUNCIL = {
    *("meetings", "meetings_counted", "months_in_operation", "allowance"),
    *("attendance", "attendance_members", "attendance_supporters", "attendance_others"),
    "attendance_counted",
}
OF_COUNCIL_MEETINGS = OF_COUNCIL - {"months_in_operation", "allowance"}
# The record table that a count is made from.
TABLE = {
    **dict.fromkeys(
        ("population", "households", "population_65plus", "population_75plus"), "population"
    ),
    **dict.fromkeys(
        (
            *("councils_established", "councils_preparing", "councils_suspended"),
            *("months_in_operation", "allowance"),
        ),
        "councils",
    ),
    **dict.fromkeys(("seats", "proxies"), "members"),
    **dict.fromkeys(("coordinators", "coordinator_months", "compensation"), "coordinators"),
    **dict.fromkeys((*OF_COUNCIL_MEETINGS, "meetings_preparation", "meetings_other"), "meetings"),
    **dict.fromkeys(
        ("activities", "sessions", "attendances", "f2", "f3", "f5", "f6"), "activity_months"
    ),
    **dict.fromkeys(("ideas", "ideas_carried_out"), "ideas"),
    "goals": "goals",
    **dict.fromkeys(
        (
            *("grant", "other_income", "spending", "spending_running", "spending_project"),
            *("unspent", "overspent"),
        ),
        "ledger",
    ),
    "budget": "budgets",
    **dict.fromkeys(("compensation_paid", "allowance_paid"), "payments"),
}
# Lists that may be those of the whole ward.
LISTS = {"councils", "coordinators", "population", "payments"}
RATES = {
    "share_65plus": ("population_65plus", "population", 100),
    "rhythm": ("meetings", "months_in_operation", 1),
    "attendance_per_meeting": ("attendance_counted", "meetings_counted", 1),
    "f1": ("f2", "population_65plus", 100),
    "f4": ("f5", "population_65plus", 100),
    "execution_rate": ("spending", "allowance", 100),
}
# Estimates from shapes: tests/integration/distance_oracle.py has them.
ESTIMATES = {"far_65plus", "share_far_65plus"}
SOME_REASON = "of several kinds"


@dataclass(frozen=True)
class Stated:
    """A figure, or why there is none.

    Parameters
    ----------
    value
        None if the records do not carry any.
    state
        "known", or the reason; ``SOME_REASON`` if the areas of a place have different ones.
    lacks
        What the value leaves out: the numbers of suppressed cells ("suppressed"), of blank cells
        and months ("blank"), of rows set aside ("held"), of numbers jumped over ("skipped").
    """

    value: float | None
    state: str = "known"
    lacks: dict[str, int] = field(default_factory=dict)

    def with_lack(self, kind: str, number: int) -> "Stated":
        lacks = {**self.lacks, kind: self.lacks.get(kind, 0) + number}
        return replace(self, lacks={kind: number for kind, number in lacks.items() if number})


NO_ROWS = Stated(None, "not_kept")


def half_up(value: float) -> int:
    return int(value + 0.5)


def total(rows: Iterable[Row], column: str) -> Stated:
    """Return the sum of a column: of no rows 0, of rows without any number nothing."""
    return added(
        Stated(None, "suppressed", {"suppressed": 1})
        if suppressed(row, column)
        else Stated(None, "not_kept", {"blank": 1})
        if row[column] is None
        else Stated(row[column])
        for row in rows
    )


def added(parts: Iterable[Stated]) -> Stated:
    """Return the sum of the parts that are known, with what all of them lack."""
    parts = list(parts)
    lacks = {
        kind: number
        for kind in ("suppressed", "blank", "held", "skipped")
        if (number := sum(part.lacks.get(kind, 0) for part in parts))
    }
    known = [part.value for part in parts if part.value is not None]
    if known or not parts:
        return Stated(sum(known), "known", lacks)
    state = "suppressed" if any(part.state == "suppressed" for part in parts) else "not_kept"
    return Stated(None, state, lacks)


def divided(above: Stated, below: Stated, factor: int) -> Stated:
    """Return a quotient, which lacks what either of its parts lacks, each kind once."""
    if above.value is None or below.value is None:
        return Stated(None, above.state if above.value is None else below.state)
    if not below.value:
        return Stated(None, "no_divisor")
    lacks = {
        kind: max(above.lacks.get(kind, 0), below.lacks.get(kind, 0))
        for kind in {*above.lacks, *below.lacks}
    }
    return Stated(factor * above.value / below.value, "known", lacks)


@dataclass(frozen=True)
class StatedFigures(RecordTables):
    """All figures of a home but the estimates from shapes."""

    def stated(self, key: str, year: int) -> dict[str, Stated]:
        """Return every measure of a place, by the codes of the codebook."""
        by_area = [self._area(area, year) for area in self.areas_of(key)]
        if key.startswith("area"):
            (own,) = by_area
            return own | {
                code: divided(own[above], own[below], factor)
                for code, (above, below, factor) in RATES.items()
            }
        figures = {code: _together(area[code] for area in by_area) for code in TABLE}
        for code, (above, below, factor) in RATES.items():
            both = [
                area
                for area in by_area
                if area[above].value is not None and area[below].value is not None
            ]
            figures[code] = (
                divided(
                    added(area[above] for area in both),
                    added(area[below] for area in both),
                    factor,
                )
                if both
                else Stated(None, SOME_REASON)
            )
        return figures

    def recorded(self, area: str, year: int) -> bool:
        """Return whether anything was received of what happened in an area in a year."""
        return any(self.rows(table, area, year) for table in OWN)

    def kept(self, table: str, area: str) -> bool:
        """Return whether an area has any row of a table in any year, used or set aside.

        Of a list, any row of any area will do.
        """
        areas = {code for code, _ in self.tables.get(table, {})}
        areas |= {code for name, code, _ in self.held if name == table}
        return bool(areas) if table in LISTS else area in areas

    def _area(self, area: str, year: int) -> dict[str, Stated]:
        counts = {
            **self._residents(area, year),
            **self._council(area, year),
            **self._coordinators(area, year),
            **self._meetings(area, year),
            **self._activities(area, year),
            **self._ideas_and_goals(area, year),
            **self._ledger(area, year),
            **self._other_money(area, year),
        }
        assert set(counts) == set(TABLE)
        return {code: self._judged(code, count, area, year) for code, count in counts.items()}

    def _judged(self, code: str, count: Stated, area: str, year: int) -> Stated:
        """Return a count of rows, or the reason for which their absence is not zero."""
        table = TABLE[code]
        if not self.recorded(area, year) and (table in OWN or not self.rows(table, area, year)):
            return Stated(None, "unrecorded")
        if code in OF_COUNCIL and count.value == 0:
            if not self.is_set_up(area, year):
                return Stated(None, "not_yet")
            if not self.months_at_work(area, year):
                return Stated(None, "suspended")
        if not self.kept(table, area):
            return Stated(None, "not_kept")
        of = (table, "activities") if table == "activity_months" else (table,)
        held = sum(self.held.get((each, area, year), 0) for each in of)
        skipped = self._skipped(area, year) if code in OF_COUNCIL_MEETINGS else 0
        return count.with_lack("held", held).with_lack("skipped", skipped)

    def _skipped(self, area: str, year: int) -> int:
        """Return how many numbers of council meetings are jumped over, but for rows set aside.

        A year before of which nothing was received leaves no gap in this one.
        """
        numbered = [
            row
            for each in (year - 1, year)
            for row in self._of_council(area, each)
            if row["number"] is not None
        ]
        numbered.sort(key=lambda row: (row["held_on"], row["source_row"]))
        jumps = sum(
            max(0, int(row["number"] - before["number"]) - 1)
            for before, row in pairwise(numbered)
            if int(row["fiscal_year"]) == year
        )
        return max(0, jumps - self.held.get(("meetings", area, year), 0))

    def _residents(self, area: str, year: int) -> dict[str, Stated]:
        rows = self.rows("population", area, year)
        rows = sorted(rows, key=lambda row: abs((row["as_of"] - date(year, 4, 1)).days))[:1]
        return {code: total(rows, code) for code, table in TABLE.items() if table == "population"}

    def _course(self, area: str, year: int) -> Row:
        rows = self.rows("councils", area, year)
        days = ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
        return rows[-1] if rows else dict.fromkeys(days)

    def last_day(self, year: int) -> date:
        return month_end(self.months(year)[-1])

    def is_set_up(self, area: str, year: int) -> bool:
        set_up = self._course(area, year)["established_on"]
        return set_up is not None and set_up <= self.last_day(year)

    def is_suspended(self, area: str, day: date, year: int) -> bool:
        row = self._course(area, year)
        away, back = row["suspended_on"], row["resumed_on"]
        return away is not None and away <= day and (back is None or day < back)

    def months_standing(self, area: str, year: int) -> list[date]:
        """Return the months since a council was set up."""
        set_up = self._course(area, year)["established_on"]
        return [month for month in self.months(year) if set_up and month_end(month) >= set_up]

    def months_at_work(self, area: str, year: int) -> list[date]:
        """Return the months since a council was set up, but those of which it worked no day."""
        return [
            month
            for month in self.months_standing(area, year)
            if not all(
                self.is_suspended(area, month + timedelta(day), year)
                for day in range((month_end(month) - month).days + 1)
            )
        ]

    def _council(self, area: str, year: int) -> dict[str, Stated]:
        row, last = self._course(area, year), self.last_day(year)
        begun = [day for day in (row["seminar_on"], row["preparatory_on"]) if day and day <= last]
        set_up, away = self.is_set_up(area, year), self.is_suspended(area, last, year)
        standing = len(self.months_standing(area, year))
        due = standing * self.rule("allowance_yen_per_month", year)
        members = self.rows("members", area, year)
        return {
            "councils_established": Stated(int(set_up)),
            "councils_preparing": Stated(int(not set_up and bool(begun) and not away)),
            "councils_suspended": Stated(int(away)),
            "months_in_operation": Stated(len(self.months_at_work(area, year))),
            "allowance": Stated(min(due, self.rule("allowance_yen_per_year", year))),
            "seats": total(members, "members") if members else NO_ROWS,
            "proxies": total(members, "proxies") if members else NO_ROWS,
        }

    def _coordinators(self, area: str, year: int) -> dict[str, Stated]:
        last = self.last_day(year)
        terms = [
            (term["appointed_on"], term["ended_on"] or date.max)
            for term in self.rows("coordinators", area, year)
        ]
        served = sum(
            any(since <= month_end(month) and until >= month for since, until in terms)
            for month in self.months(year)
        )
        return {
            "coordinators": Stated(sum(since <= last <= until for since, until in terms)),
            "coordinator_months": Stated(served),
            "compensation": Stated(served * self.rule("coordinator_yen_per_month", year)),
        }

    def _of_council(self, area: str, year: int) -> list[Row]:
        kinds = self.traits["council"]
        return [row for row in self.rows("meetings", area, year) if row["kind"] in kinds]

    def _meetings(self, area: str, year: int) -> dict[str, Stated]:
        rows, council = self.rows("meetings", area, year), self._of_council(area, year)
        before = [row for row in rows if row["kind"] in self.traits["preparation"]]
        kept = [
            kind
            for kind in KINDS
            # In any year: one in which all of a kind are blank is no year without such people.
            if any(
                row[kind] is not None or suppressed(row, kind)
                for each in self.last_month
                for row in self._of_council(area, each)
            )
        ]
        present = [_present(row, kept) for row in council]
        attendance = added(present)
        # A meeting with a suppressed number leaves the mean, which lacks it as one, however many
        # cells it has; one with a blank kind of people counts with the others.
        counted = [
            one for one in present if one.value is not None and "suppressed" not in one.lacks
        ]
        hidden = sum("suppressed" in one.lacks for one in present)
        return {
            "meetings": Stated(len(council)),
            "meetings_preparation": Stated(len(before)),
            "meetings_other": Stated(len(rows) - len(council) - len(before)),
            "attendance_members": total(council, "members_present"),
            "attendance_supporters": total(council, "supporters_present"),
            "attendance_others": total(council, "others_present"),
            "attendance": attendance,
            "meetings_counted": Stated(len(counted)).with_lack("suppressed", hidden),
            "attendance_counted": added(counted).with_lack("suppressed", hidden),
        }

    def _activities(self, area: str, year: int) -> dict[str, Stated]:
        held: dict[str, list[Row]] = {}
        for row in self.rows("activity_months", area, year):
            counts = ("sessions", "attendances")
            if any(suppressed(row, count) or (row[count] or 0) > 0 for count in counts):
                held.setdefault(row["activity_id"], []).append(row)
        rows = [row for of_activity in held.values() for row in of_activity]
        blank = sum(self._blank_months(area, year, activity) for activity in held)
        figures = {
            "activities": Stated(len(held)),
            "sessions": total(rows, "sessions").with_lack("blank", blank),
            "attendances": total(rows, "attendances").with_lack("blank", blank),
        }
        for often, people, places in (("weekly", "f2", "f3"), ("monthly", "f5", "f6")):
            those = [name for name in held if name in self.gathering_places(area, year, often)]
            figures[places] = Stated(len(those))
            figures[people] = added(_usual(held[name]) for name in those)
        return figures

    def gathering_places(self, area: str, year: int, often: str) -> dict[str, Row]:
        """Return the listed gathering places that are to meet so often, held or not."""
        return {
            row["activity_id"]: row
            for row in self.rows("activities", area, year)
            if row["kind"] in self.traits["gathering"] and row["frequency"] in self.traits[often]
        }

    def _blank_months(self, area: str, year: int, activity: str) -> int:
        """Return the months so far of which an activity has no record though it was running."""
        about = [
            row for row in self.rows("activities", area, year) if row["activity_id"] == activity
        ]
        since = (about[-1]["started_on"] if about else None) or date.min
        until = (about[-1]["ended_on"] if about else None) or date.max
        recorded = {
            row["month"]
            for row in self.rows("activity_months", area, year)
            if row["activity_id"] == activity
        }
        return sum(
            month_end(month) >= since and month <= until and month not in recorded
            for month in self.months(year)
        )

    def _ideas_and_goals(self, area: str, year: int) -> dict[str, Stated]:
        ideas = self.rows("ideas", area, year)
        done = [row for row in ideas if row["status"] in self.traits["carried_out"]]
        return {
            "ideas": Stated(len(ideas)),
            "ideas_carried_out": Stated(len(done)),
            "goals": Stated(len(self.rows("goals", area, year))),
        }

    def _ledger(self, area: str, year: int) -> dict[str, Stated]:
        rows = self.rows("ledger", area, year)
        spent = [row for row in rows if row["direction"] == "expense"]
        income = [row for row in rows if row["direction"] == "income"]
        grants = [row for row in income if row["category"] in self.traits["grant"]]
        other = [row for row in income if row not in grants]
        grant = total(grants, "amount_yen")
        figures = {
            "grant": grant if rows else NO_ROWS,
            "other_income": total(other, "amount_yen") if rows else NO_ROWS,
        }
        if not spent:
            # Without a line of spending nobody knows whether nothing was spent.
            unknown = ("spending", "spending_running", "spending_project", "unspent", "overspent")
            return figures | dict.fromkeys(unknown, NO_ROWS)
        for purpose in ("running", "project"):
            of_purpose = [row for row in spent if row["purpose"] == purpose]
            figures[f"spending_{purpose}"] = total(of_purpose, "amount_yen")
        spending = total(spent, "amount_yen")
        left = (grant.value or 0) - (spending.value or 0)
        return figures | {
            "spending": spending,
            "unspent": Stated(max(left, 0)),
            "overspent": Stated(max(-left, 0)),
        }

    def _other_money(self, area: str, year: int) -> dict[str, Stated]:
        plan = self.rows("budgets", area, year)
        planned = [row for row in plan if row["category"] in self.traits["expense"]]
        paid = self.rows("payments", area, year)
        return {
            "budget": total(planned, "amount_yen") if plan else NO_ROWS,
            "compensation_paid": total(
                [row for row in paid if row["kind"] in self.traits["coordinator"]], "amount_yen"
            ),
            "allowance_paid": total(
                [row for row in paid if row["kind"] in self.traits["allowance"]], "amount_yen"
            ),
        }


def _present(row: Row, kept: list[str]) -> Stated:
    """Return who was present at a meeting: by kinds of people, else the number of all."""
    parts = total_of_cells(row, kept)
    if kept and parts.value is not None and not parts.lacks:
        return parts
    return Stated(row["total_present"]) if row["total_present"] is not None else parts


def total_of_cells(row: Row, columns: list[str]) -> Stated:
    """Return the sum of some cells of a row; without any column nothing is kept."""
    if not columns:
        return Stated(None, "not_kept")
    return added(total([row], column) for column in columns)


def _usual(months: list[Row]) -> Stated:
    """Return the mean of an activity's people over the months counted, rounded half up."""
    people = total(
        [row for row in months if row["people"] is not None or suppressed(row, "people")], "people"
    )
    counts = [row["people"] for row in months if row["people"] is not None]
    return replace(people, value=half_up(sum(counts) / len(counts)) if counts else None)


def _together(areas: Iterable[Stated]) -> Stated:
    """Return the sum over the areas that have a figure; if none has, their reason."""
    areas = list(areas)
    whole = added(areas)
    reasons = {area.state for area in areas}
    if whole.value is not None:
        return whole
    return replace(whole, state=reasons.pop() if len(reasons) == 1 else SOME_REASON)
