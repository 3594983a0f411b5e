"""A home of hard cases: rare situations that a report must handle correctly.

The sample's records of a fiscal year are changed for a few areas, so that each case is on the page
of one area; blocks and the ward combine them.
"""

import csv
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from aip_analysis.records import TABLES
from aip_analysis.records.store import load_records, save_records
from tests.home import NEWEST_COMPLETE, Home

YEAR = NEWEST_COMPLETE
RUNNING = YEAR + 1
# The area of each case; ABOVE_THE_ALLOWANCE and PREPARING are cases of the sample itself.
ABOVE_THE_ALLOWANCE, PREPARING = "03", "10"
LONG_PLACE, NO_SPENDING, LONG_NAMES, NO_RECORDS, STARTED, ENDED, FEWEST, NO_ACTIVITIES, MOST = (
    *("09", "11", "12", "13", "14", "15", "16", "17", "18"),
)
SUSPENDED = "08"
PLACE = "見晴らしが丘ニュータウン東部第一"
LONG = "高齢者も子どもも障がいのある人もない人もみんなで支え合う暮らしの場をつくる"
UNBROKEN = "Supercalifragilisticexpialidocious" * 3
Frame = pd.DataFrame
Tables = dict[str, Frame]


def make_hard(home: Home) -> None:
    """Change the built records of a home so that they contain the hard cases."""
    records = load_records(home.processed)
    tables = {name: records[name].copy() for name in TABLES}
    for change in (suspend, start, end, long_names, fewest, most, take_away):
        change(tables)
    typed = {name: table.frame_of(tables[name]) for name, table in TABLES.items()}
    save_records(replace(records, tables=typed), home.processed)
    rename(home)


def of(table: Frame, area: str) -> pd.Series:
    """Return a mask of the rows of an area in the year."""
    return (table["area_code"] == area) & (table["fiscal_year"] == YEAR)


def keep(tables: Tables, name: str, area: str, condition: Callable[[Frame], pd.Series]) -> None:
    """Keep only the rows of an area that match the condition."""
    table = tables[name]
    tables[name] = table[~of(table, area) | condition(table)].reset_index(drop=True)


def suspend(tables: Tables) -> None:
    councils, day = tables["councils"], pd.Timestamp(YEAR, 10, 1)
    councils.loc[of(councils, SUSPENDED), "suspended_on"] = day
    councils.loc[of(councils, SUSPENDED), "resumed_on"] = pd.NaT
    keep(tables, "meetings", SUSPENDED, lambda table: table["held_on"] < day)


def start(tables: Tables) -> None:
    councils, day = tables["councils"], pd.Timestamp(YEAR, 11, 10)
    councils.loc[of(councils, STARTED), "established_on"] = day
    keep(tables, "meetings", STARTED, lambda table: table["held_on"] >= day)
    keep(tables, "ledger", STARTED, lambda table: table["booked_on"] >= day)


def end(tables: Tables) -> None:
    day = pd.Timestamp(YEAR, 9, 1)
    for name, column in (
        ("meetings", "held_on"),
        ("activity_months", "month"),
        ("ledger", "booked_on"),
    ):
        table = tables[name]
        tables[name] = table[~of(table, ENDED) | (table[column] < day)].reset_index(drop=True)


def long_names(tables: Tables) -> None:
    for name, columns in {
        "councils": ("council_name", "vision", "usual_venue", "secretariat"),
        "meetings": ("topic", "decisions", "venue"),
        "activities": ("name", "venue", "run_by"),
        "ideas": ("theme", "background", "findings", "idea"),
        "goals": ("text",),
    }.items():
        table = tables[name]
        rows = of(table, LONG_NAMES)
        for column in columns:
            table.loc[rows, column] = f"{LONG * 3}（{UNBROKEN}）"


def fewest(tables: Tables) -> None:
    """Leave a council with one meeting, of which nothing but the day is recorded."""
    for name in TABLES:
        if name not in {"councils", "meetings", "population"}:
            keep(tables, name, FEWEST, lambda table: ~of(table, FEWEST))
    meetings = tables["meetings"]
    first = meetings[of(meetings, FEWEST) & (meetings["kind"] == "regular")].index[0]
    keep(tables, "meetings", FEWEST, lambda table: table.index == first)
    meetings = tables["meetings"]
    unknown = [*(column.name for column in TABLES["meetings"].own if not column.required)]
    meetings.loc[of(meetings, FEWEST), unknown] = pd.NA


def most(tables: Tables) -> None:
    for name, times in (("meetings", 6), ("ledger", 20), ("ideas", 12), ("goals", 10)):
        table = tables[name]
        own = table[of(table, MOST)]
        tables[name] = pd.concat([table, *[own] * (times - 1)], ignore_index=True)
    for name in ("activities", "activity_months"):
        table = tables[name]
        own = table[of(table, MOST)]
        copies = [own.assign(activity_id=own["activity_id"] + f"-{turn}") for turn in range(1, 12)]
        tables[name] = pd.concat([table, *copies], ignore_index=True)


def take_away(tables: Tables) -> None:
    keep(tables, "ledger", NO_SPENDING, lambda table: table["direction"] == "income")
    for name in TABLES:
        keep(tables, name, NO_RECORDS, lambda table: ~of(table, NO_RECORDS))
    for name in ("activities", "activity_months"):
        keep(tables, name, NO_ACTIVITIES, lambda table: ~of(table, NO_ACTIVITIES))


def rename(home: Home) -> None:
    """Rename an area to the longest name allowed."""
    file = home.reference / "areas.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["area_code"] == LONG_PLACE:
            row |= {"area": PLACE, "romaji": "miharashigaoka-newtown-tobu-daiichi"}
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
