"""Hold the shapes of a file against chome.csv: by code, else by name."""

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import pandas as pd

from aip_analysis.boundary.columns import same_code
from aip_analysis.boundary.names import bare_name
from aip_analysis.boundary.reading import Shapes
from aip_analysis.errors import InputRefusedError
from aip_analysis.ward import Ward, rows

# Digits of a municipality's code at the beginning of a code.
MUNICIPALITY = 5
NAMED = 5

Kind = Literal["missing", "stray", "renamed", "by_name", "far_point"]


@dataclass(frozen=True)
class Note:
    """Something in which a file and chome.csv differ.

    Parameters
    ----------
    kind
        ``missing``: no shape for a 町丁目 of chome.csv; ``stray``: a shape of the municipality that
        chome.csv does not know; ``renamed``: same code, another name; ``by_name``: found by its
        name, for the code is another; ``far_point``: its point lies off its shape.
    code
        The code in chome.csv, of a stray shape that in the file.
    ours, theirs
        The name in chome.csv and in the file; empty where there is none.
    """

    kind: Kind
    code: str
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True)
class Match:
    """The shapes of a file that belong to 町丁目 of chome.csv.

    Parameters
    ----------
    table
        Columns key_code, chome (the name in chome.csv), geometry (in the file's own coordinates),
        one row a shape: a 町丁目 may have several.
    shapes
        The file.
    notes
        Where file and chome.csv differ.
    water, elsewhere
        How many shapes were left out as water areas and as other municipalities'.
    """

    table: gpd.GeoDataFrame
    shapes: Shapes
    notes: tuple[Note, ...]
    water: int
    elsewhere: int

    def of(self, kind: Kind) -> list[Note]:
        """Give the notes of a kind."""
        return [note for note in self.notes if note.kind == kind]

    @property
    def matched(self) -> int:
        """How many 町丁目 have a shape."""
        return int(self.table["key_code"].nunique())


def match_shapes(ward: Ward, shapes: Shapes) -> Match:
    """Find the shapes of each 町丁目 of chome.csv.

    Raises
    ------
    InputRefusedError
        When chome.csv has a 町丁目 twice for one area, or when not one shape belongs to it.
    """
    ours = _ours(ward)
    table = shapes.table[~shapes.table["water"]]
    by_code = table["code"].map(dict(zip(ours["code"], ours["key_code"], strict=True)))
    mine = by_code.notna() | _mine(ward, ours, table)
    table, by_code = table[mine], by_code[mine]
    left = ours[~ours["key_code"].isin(by_code)].drop_duplicates("bare", keep=False)
    bare = table["name"].map(lambda name: bare_name(name, ward.setting("name")))
    by_name = bare.map(dict(zip(left["bare"], left["key_code"], strict=True)))
    key = by_code.astype(object).where(by_code.notna(), by_name.astype(object))
    found = table.assign(key_code=key, bare=bare, by_name=by_code.isna())
    known = found.dropna(subset="key_code").merge(
        ours[["key_code", "chome", "bare"]], on="key_code", suffixes=("", "_ours")
    )
    if known.empty:
        raise _wrong_municipality(ward, shapes)
    return Match(
        gpd.GeoDataFrame(known[["key_code", "chome", "geometry"]], crs=shapes.table.crs),
        shapes,
        tuple(_notes(ours, found, known)),
        water=int(shapes.table["water"].sum()),
        elsewhere=int((~mine).sum()),
    )


def refuse_unmatched(ward: Ward, match: Match) -> None:
    """Refuse a file that lacks a 町丁目 of chome.csv or holds one that chome.csv lacks."""
    missing, stray = match.of("missing"), match.of("stray")
    if missing:
        raise InputRefusedError(
            "boundaries.missing",
            file=match.shapes.file,
            names="、".join(note.ours for note in missing[:NAMED]),
            count=len(missing),
        )
    if stray:
        raise InputRefusedError(
            "boundaries.stray",
            file=ward.folder / "chome.csv",
            names="、".join(f"{note.theirs} {note.code}".strip() for note in stray[:NAMED]),
            count=len(stray),
        )


def _ours(ward: Ward) -> pd.DataFrame:
    """Give the 町丁目 of chome.csv: columns key_code, chome, code, bare."""
    twice = ward.chome[ward.chome.duplicated(["key_code", "area_code"])]
    if len(twice):
        raise InputRefusedError(
            "boundaries.repeated",
            file=ward.folder / "chome.csv",
            row=int(twice.index[0]) + 2,
            name=twice["chome"].iloc[0],
            key=twice["key_code"].iloc[0],
        )
    ours = ward.chome[["key_code", "chome"]].drop_duplicates("key_code")
    bare = ours["chome"].map(lambda name: bare_name(name, ward.setting("name")))
    return ours.assign(code=same_code(ours["key_code"]), bare=bare)


def _mine(ward: Ward, ours: pd.DataFrame, table: gpd.GeoDataFrame) -> pd.Series:
    """Tell which shapes are this municipality's; those without a code are taken to be."""
    codes = {ward.setting("code")[:MUNICIPALITY], *ours["code"].str[:MUNICIPALITY]}
    mine: pd.Series = table["city"].isin({"", *codes})
    return mine


def _notes(ours: pd.DataFrame, found: gpd.GeoDataFrame, known: pd.DataFrame) -> list[Note]:
    missing = ours[~ours["key_code"].isin(known["key_code"])]
    stray = found[found["key_code"].isna()].drop_duplicates(["code", "name"])
    once = known.drop_duplicates(["key_code", "bare"])
    by_name = once[once["by_name"]]
    renamed = once[~once["by_name"] & (once["bare"] != "") & (once["bare"] != once["bare_ours"])]
    return [
        *(Note("missing", row.key_code, ours=row.chome) for row in rows(missing)),
        *(Note("stray", row.code, theirs=row.name) for row in rows(stray)),
        *(Note("renamed", row.key_code, row.chome, row.name) for row in rows(renamed)),
        *(Note("by_name", row.key_code, row.chome, row.name) for row in rows(by_name)),
    ]


def _wrong_municipality(ward: Ward, shapes: Shapes) -> InputRefusedError:
    cities = [city for city in shapes.table["city"].unique() if city][:NAMED]
    names = [name for name in shapes.table["name"].unique() if name][:NAMED]
    return InputRefusedError(
        "boundaries.wrong_municipality",
        file=shapes.file,
        found="、".join([*cities, *names]),
        name=ward.setting("name"),
        code=ward.setting("code")[:MUNICIPALITY],
    )
