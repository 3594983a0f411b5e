"""The records of an invented region: those of the sample for one tile, repeated for all others.

The first 18 areas have what the sample generator writes for them, read by the intake like any
files. Every other area has the records of the area at the same position in the first tile, with its
own codes and names, its activities moved to its location, and its people and yen multiplied by how
much livelier it is. Days, words and the number of rows stay the same: the density is that of the
sample, whatever the number of areas.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from aip_analysis.intake import read_raw
from aip_analysis.records import SOURCE_COLUMNS, TABLES, Records, Table
from aip_analysis.reference import load_ward
from aip_analysis.sample import load_scenario, write_samples
from bench.region_map import TILE, corner
from bench.region_names import area_name
from bench.region_reference import area_code, liveliness, write_reference

Indexes = npt.NDArray[np.integer]
SOURCE = "架空の記録"
# Identifiers that contain the code of their area.
IDENTIFIERS = {"activity_id", "coordinator_id"}
# Columns that grow with the liveliness of an area. Allowances and budgets are the same for all.
GROWING = {
    "meetings": ("members_present", "supporters_present", "others_present", "total_present"),
    "activity_months": ("attendances", "people"),
    "ledger": ("amount_yen",),
    "population": ("population", "households", "population_65plus", "population_75plus"),
}


def region_records(areas: int) -> Records:
    """Return the records of a region with this number of areas; the same for every call."""
    sample = sample_records()
    tables = {name: repeated(table, sample[name], areas) for name, table in TABLES.items()}
    used = sum(len(table) for table in tables.values())
    origin = {"file": SOURCE, "sha256": "", "fictional": True, "rows_read": used, "rows_used": used}
    return Records(tables, pd.DataFrame([origin]).reindex(columns=SOURCE_COLUMNS, fill_value=0))


def sample_records() -> Records:
    """Return the sample generator's records of the first tile, read by the intake."""
    with tempfile.TemporaryDirectory(prefix="aip-tile-") as folder:
        reference, raw = Path(folder, "reference"), Path(folder, "raw")
        write_reference(reference, TILE, 1)
        ward = load_ward(reference)
        write_samples(ward, raw)
        return read_raw(raw, ward, today=load_scenario().until).records


def repeated(table: Table, sample: pd.DataFrame, areas: int) -> pd.DataFrame:
    """Return the rows of the first tile repeated for all areas.

    Parameters
    ----------
    table
        The record table.
    sample
        Its rows for the first tile.
    areas
        Number of areas; the last tile may have fewer than 18.

    Returns
    -------
    DataFrame
        The columns of the table, tile after tile in the order of ``sample``.
    """
    tiles = -(-areas // TILE)
    rows = sample.iloc[np.tile(np.arange(len(sample)), tiles)]
    places = {area_code(place): place for place in range(TILE)}
    models = rows["area_code"].map(places).to_numpy(dtype=np.int64)
    own = models + TILE * np.repeat(np.arange(tiles), len(sample))
    there = own < areas
    rows, models, own = rows[there].reset_index(drop=True), models[there], own[there]
    _rename(table, rows, models, own)
    _grow(table, rows, models, own)
    if table.name == "activities":
        _move(rows, models, own)
    return table.frame_of(rows)


def _rename(table: Table, rows: pd.DataFrame, models: Indexes, own: Indexes) -> None:
    """Replace the code and name of its model by each area's own, in place."""
    codes = _of_each(area_code, own)
    names = _of_each(lambda index: area_name(index).ja, own)
    for column in table.own:
        if column.kind == "text":
            words = codes if column.name in IDENTIFIERS else names
            rows[column.name] = pd.Series(
                [
                    text.replace(old, new) if isinstance(text, str) else text
                    for text, old, new in zip(
                        rows[column.name], words[models], words[own], strict=True
                    )
                ],
                dtype="str",
            )
    rows["area_code"] = pd.Series(codes[own], dtype="str")
    rows["source_file"] = SOURCE
    rows["source_row"] = np.arange(1, len(rows) + 1)


def _grow(table: Table, rows: pd.DataFrame, models: Indexes, own: Indexes) -> None:
    """Multiply numbers by how much livelier areas are than their models; income stays unchanged."""
    lively = _of_each(liveliness, own).astype(float)
    for column in GROWING.get(table.name, ()):
        grown = (rows[column].astype("Float64") * (lively[own] / lively[models])).round()
        if column == "amount_yen":
            grown = grown.where(rows["direction"] == "expense", rows[column])
        rows[column] = grown.astype("Int64")


def _move(rows: pd.DataFrame, models: Indexes, own: Indexes) -> None:
    """Move activities from the area of their model to the same spots of their own area."""
    corners = _of_each(corner, own).astype(float)
    shift = corners[own] - corners[models]
    for place, name in enumerate(("lon", "lat")):
        rows[name] = (rows[name] + shift[:, place]).round(5)


def _of_each(make: Callable[[int], object], own: Indexes) -> npt.NDArray[np.object_]:
    """Return the value of ``make`` for every area up to the last of ``own``, computed once each."""
    return np.array([make(index) for index in range(int(own.max()) + 1)], dtype=object)
