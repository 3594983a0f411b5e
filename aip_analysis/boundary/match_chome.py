"""Match the shapes of a file with chome.csv: by code, else by name."""

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import pandas as pd

from aip_analysis.boundary.known_columns import normalize_codes
from aip_analysis.boundary.read_layer import Shapes
from aip_analysis.errors import InputRefusedError
from aip_analysis.reference import Ward, iter_rows
from aip_analysis.reference.chome_names import normalize_name

# Number of leading digits of a code that identify the municipality.
MUNICIPALITY = 5
NAMED = 5

Kind = Literal["missing", "stray", "renamed", "by_name", "far_point"]


@dataclass(frozen=True)
class Note:
    """A difference between a file and chome.csv.

    Parameters
    ----------
    kind
        ``missing``: no shape for a 町丁目 of chome.csv; ``stray``: a shape of the municipality that
        chome.csv does not list; ``renamed``: same code, another name; ``by_name``: matched by name
        because the code differs; ``far_point``: its point lies outside its shape.
    code
        The code in chome.csv; for a stray shape, the code in the file.
    ours, theirs
        The names in chome.csv and in the file; empty where there is none.
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
        one row per shape: a 町丁目 may have several.
    shapes
        The file.
    notes
        The differences between the file and chome.csv.
    water, elsewhere
        Number of shapes skipped because they are water areas, or belong to other municipalities.
    """

    table: gpd.GeoDataFrame
    shapes: Shapes
    notes: tuple[Note, ...]
    water: int
    elsewhere: int

    def of(self, kind: Kind) -> list[Note]:
        """Return the notes of a kind."""
        return [note for note in self.notes if note.kind == kind]

    @property
    def matched(self) -> int:
        """Number of 町丁目 that have a shape."""
        return int(self.table["key_code"].nunique())


def match_shapes(ward: Ward, shapes: Shapes) -> Match:
    """Return the shapes of a file matched with the 町丁目 of chome.csv.

    Raises
    ------
    InputRefusedError
        If chome.csv lists a 町丁目 twice for one area, or if no shape matches any 町丁目.
    """
    reference = _reference_rows(ward)
    table = shapes.table[~shapes.table["water"]]
    by_code = table["code"].map(dict(zip(reference["code"], reference["key_code"], strict=True)))
    own = by_code.notna() | _own_shapes(ward, reference, table)
    table, by_code = table[own], by_code[own]
    unmatched = reference[~reference["key_code"].isin(by_code)].drop_duplicates("bare", keep=False)
    bare = table["name"].map(lambda name: normalize_name(name, ward.setting("name")))
    by_name = bare.map(dict(zip(unmatched["bare"], unmatched["key_code"], strict=True)))
    key = by_code.astype(object).where(by_code.notna(), by_name.astype(object))
    candidates = table.assign(key_code=key, bare=bare, by_name=by_code.isna())
    matched = candidates.dropna(subset="key_code").merge(
        reference[["key_code", "chome", "bare"]], on="key_code", suffixes=("", "_ours")
    )
    if matched.empty:
        raise _wrong_municipality(ward, shapes)
    return Match(
        gpd.GeoDataFrame(matched[["key_code", "chome", "geometry"]], crs=shapes.table.crs),
        shapes,
        tuple(_notes(reference, candidates, matched)),
        water=int(shapes.table["water"].sum()),
        elsewhere=int((~own).sum()),
    )


def refuse_unmatched(ward: Ward, match: Match) -> None:
    """Raise InputRefusedError if a 町丁目 of chome.csv has no shape, or a shape no 町丁目."""
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


def _reference_rows(ward: Ward) -> pd.DataFrame:
    """Return the 町丁目 of chome.csv: columns key_code, chome, code, bare."""
    twice = ward.chome[ward.chome.duplicated(["key_code", "area_code"])]
    if len(twice):
        raise InputRefusedError(
            "boundaries.repeated",
            file=ward.folder / "chome.csv",
            row=int(twice.index[0]) + 2,
            name=twice["chome"].iloc[0],
            key=twice["key_code"].iloc[0],
        )
    reference = ward.chome[["key_code", "chome"]].drop_duplicates("key_code")
    bare = reference["chome"].map(lambda name: normalize_name(name, ward.setting("name")))
    return reference.assign(code=normalize_codes(reference["key_code"]), bare=bare)


def _own_shapes(ward: Ward, reference: pd.DataFrame, table: gpd.GeoDataFrame) -> pd.Series:
    """Return a mask of this municipality's shapes; shapes without a code count as its own."""
    codes = {ward.setting("code")[:MUNICIPALITY], *reference["code"].str[:MUNICIPALITY]}
    own: pd.Series = table["city"].isin({"", *codes})
    return own


def _notes(
    reference: pd.DataFrame, candidates: gpd.GeoDataFrame, matched: pd.DataFrame
) -> list[Note]:
    missing = reference[~reference["key_code"].isin(matched["key_code"])]
    stray = candidates[candidates["key_code"].isna()].drop_duplicates(["code", "name"])
    once = matched.drop_duplicates(["key_code", "bare"])
    by_name = once[once["by_name"]]
    renamed = once[~once["by_name"] & (once["bare"] != "") & (once["bare"] != once["bare_ours"])]
    return [
        *(Note("missing", row.key_code, ours=row.chome) for row in iter_rows(missing)),
        *(Note("stray", row.code, theirs=row.name) for row in iter_rows(stray)),
        *(Note("renamed", row.key_code, row.chome, row.name) for row in iter_rows(renamed)),
        *(Note("by_name", row.key_code, row.chome, row.name) for row in iter_rows(by_name)),
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
