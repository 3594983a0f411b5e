"""Residents by area on 1 April: the census extrapolated with an invented, smooth drift."""

import csv
import io
from typing import TYPE_CHECKING

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.sample.council_workbook import headings
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "as_of", "area_code", "population", "households", "population_65plus", "population_75plus",
)  # fmt: skip
COUNTS = COLUMNS[2:]
# The spring from which the census is extrapolated, and bounds of each count's yearly change.
CENSUS = 2016
DRIFT = {"population": (-0.003, 0.006), "households": (0.002, 0.011)}
# Bounds of the yearly growth of the share of the old among all, and of the oldest among the old.
AGEING, AGEING_75 = (0.001, 0.005), (0.008, 0.016)


def population_file(ward: Ward, year: FiscalYear, chance: SeededRandom) -> bytes:
    """Return the residents of all areas as a file like those of open data: UTF-8 with BOM."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([corpus("sheets")["fictional"]])
    writer.writerow(headings(ward, "population", *COLUMNS))
    census = ward.chome[list(COUNTS)].fillna(0).mul(ward.chome["share"], axis=0)
    sums = census.groupby(ward.chome["area_code"]).sum()
    for row in ward.areas.to_dict("records"):
        code = row["area_code"]
        counts = _counts(sums.loc[code], year, chance, code)
        writer.writerow([year.first_day.isoformat(), row["area"], *counts])
    return text.getvalue().encode("utf-8-sig")


def _counts(
    census: "pd.Series[float]", year: FiscalYear, chance: SeededRandom, code: str
) -> list[int]:
    """Extrapolate the census of an area to a year: all residents, households, 65+, 75+."""
    rng = chance.of("population", code)
    steps = year.year - CENSUS
    population, households = (
        census[name] * (1 + rng.uniform(*DRIFT[name])) ** steps for name in COUNTS[:2]
    )
    old = census["population_65plus"] / max(1, census["population"])
    oldest = census["population_75plus"] / max(1, census["population_65plus"])
    old = min(0.6, old * (1 + rng.uniform(*AGEING)) ** steps)
    oldest = min(0.75, oldest * (1 + rng.uniform(*AGEING_75)) ** steps)
    noise = chance.of("population", code, year.year).uniform(-0.0006, 0.0006)
    people = round(population * (1 + noise))
    return [
        people,
        round(households * (1 + noise)),
        round(people * old),
        round(people * old * oldest),
    ]
