"""Places of activities, and estimates of residents living far from a gathering place (通いの場)."""

from decimal import Decimal

import numpy as np
import pandas as pd
import shapely

from aip_analysis.geography import to_plane_points
from aip_analysis.geography.residents import Homes, homes_at_points, homes_of
from aip_analysis.measures.counting.counted_rows import ACTIVITY as KEYS
from aip_analysis.measures.rollup import AREA_YEAR, count_by
from aip_analysis.messages.numbers import rounded
from aip_analysis.records import Records
from aip_analysis.reference import Codebook, Ward

POINT = ["lon", "lat"]
PLANE = ["x", "y"]
WHAT = ["name", "kind", *POINT]
# Spots per batch of points: creating those of a whole region at once would fill the memory.
AT_ONCE = 50_000


def activity_places(records: Records, months: pd.DataFrame, ward: Ward) -> pd.DataFrame:
    """Return the activities held in each year, where they are, and which are gathering places.

    Parameters
    ----------
    months
        The result of ``counted_months``.
    ward
        The ward, for its plane.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, activity_id, name, kind, gathering (bool: counted in F6), lon, lat
        (degrees; both missing where either is not recorded), x, y (the same in plane metres). One
        row per activity and year: as many as the measure ``activities`` counts.
    """
    held = months.loc[months["first"], [*KEYS, "monthly"]].sort_values(KEYS)
    about = records["activities"].drop_duplicates(KEYS)[[*KEYS, *WHAT]]
    table = held.rename(columns={"monthly": "gathering"}).merge(about, how="left", on=KEYS)
    table[POINT] = table[POINT].where(table[POINT].notna().all(axis=1))
    table = table.reset_index(drop=True)
    points = to_plane_points(ward, table[POINT]).geometry
    plane = pd.DataFrame({"x": points.x, "y": points.y}).reindex(table.index)
    return table[[*KEYS, "name", "kind", "gathering", *POINT]].join(plane)


def unplaced(places: pd.DataFrame) -> pd.DataFrame:
    """Count the gathering places without coordinates: area_code, fiscal_year, places.

    Parameters
    ----------
    places
        The result of ``activity_places``.
    """
    return count_by(places[places["gathering"] & places["lon"].isna()], [], "places")


def placed_gathering(places: pd.DataFrame) -> pd.DataFrame:
    """Return the gathering places with coordinates: those that the estimates are made from.

    Parameters
    ----------
    places
        The result of ``activity_places``.
    """
    return places[places["gathering"] & places["lon"].notna()]


def far_pieces(places: pd.DataFrame, ward: Ward) -> pd.DataFrame:
    """Estimate where residents aged 65 or over live far from every gathering place.

    Parameters
    ----------
    places
        The result of ``activity_places``.
    ward
        The source of the homes and of the distance in metres beyond which a gathering place is far:
        ``gathering_metres`` of checks.toml.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, key_code (of a 町丁目); spread: the share, 0 to 1, of the area's
        residents who live there and far, if they live evenly spread over their 町丁目; at_points:
        the same if all of them live at its point. There is no row for a year in which no gathering
        place has coordinates.
    """
    return far_from(placed_gathering(places), ward, ward.checks["gathering_metres"])


def far_from(known: pd.DataFrame, ward: Ward, metres: float) -> pd.DataFrame:
    """Estimate where residents aged 65 or over live farther than some metres from every place.

    Parameters
    ----------
    known
        The places: fiscal_year, x, y (plane metres).
    ward
        The source of the homes.
    metres
        The distance, in a straight line.

    Returns
    -------
    DataFrame
        As of ``far_pieces``; there is no row for a year without a place.
    """
    years = np.unique(known["fiscal_year"].to_numpy(dtype=int))
    spread, at_points = (
        _far(homes, known, years, metres) for homes in (homes_of(ward), homes_at_points(ward))
    )
    keys = [*AREA_YEAR, "key_code"]
    table = (
        spread.rename("spread")
        .reset_index()
        .merge(at_points.rename("at_points").reset_index(), how="left", on=keys)
    )
    return table.astype({"fiscal_year": "Int64"})


def far_shares(pieces: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of residents aged 65 or over who live far, summed by area.

    Parameters
    ----------
    pieces
        The result of ``far_pieces``.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, spread, at_points.
    """
    return pieces.groupby(AREA_YEAR)[["spread", "at_points"]].sum().reset_index()


def annual(shares: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Estimate how many residents aged 65 or over live far from every gathering place of the ward.

    Parameters
    ----------
    shares
        The result of ``far_shares``.
    population
        Columns area_code, fiscal_year, population_65plus (people).

    Returns
    -------
    DataFrame
        area_code, fiscal_year, far_65plus (people, not yet rounded: see ``rounded_estimates``).
    """
    table = shares.merge(population, how="inner", on=AREA_YEAR)
    people = (table["spread"] * table["population_65plus"]).astype("Float64")
    return table[AREA_YEAR].assign(far_65plus=people)


def rounded_estimates(figures: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return figures with the estimates as coarse as the codebook says, each rounded once.

    Parameters
    ----------
    figures
        A column per measure, a row per place and year.
    """
    steps = {measure.code: measure.rounded_to for measure in codebook if measure.rounded_to}
    return figures.assign(
        **{
            code: figures[code].map(lambda value, step=step: to_step(value, step), "ignore")
            for code, step in steps.items()
            if code in figures
        }
    )


def to_step(value: float, step: float) -> float:
    """Return the multiple of a step that is next to a value; a half is rounded up."""
    return float(rounded(Decimal(str(value)) / Decimal(str(step)))) * step


def method_gap(shares: pd.DataFrame) -> pd.DataFrame:
    """Return by how much an area's estimate depends on how residents are placed.

    Returns
    -------
    DataFrame
        place (the ward), fiscal_year, points: the largest difference of both methods, in percentage
        points, of any area.
    """
    gap = 100 * (shares["spread"] - shares["at_points"]).abs()
    largest = gap.groupby(shares["fiscal_year"]).max().rename("points").reset_index()
    return largest.assign(place="ward")[["place", "fiscal_year", "points"]]


def _far(homes: Homes, known: pd.DataFrame, years: np.ndarray, metres: float) -> pd.Series:
    """Return the shares of an area's residents who live far, by area, year and 町丁目."""
    far = 1 - _near(homes, known, years, metres)
    shares = {
        int(year): np.bincount(homes.piece, homes.share * row, len(homes.pieces))
        for year, row in zip(years, far, strict=True)
    }
    by_piece = pd.concat(
        [homes.pieces.assign(fiscal_year=year, share=share) for year, share in shares.items()]
        or [homes.pieces.iloc[:0].assign(fiscal_year=0, share=0.0)]
    )
    return by_piece.groupby([*AREA_YEAR, "key_code"])["share"].sum()


def _near(homes: Homes, known: pd.DataFrame, years: np.ndarray, metres: float) -> np.ndarray:
    """Return the share of each home's square near one of the places: (years, homes), 0 to 1."""
    near = np.zeros((len(years), len(homes.x)), dtype=np.float32)
    # Most places stay where they are from year to year, so each spot is measured only once.
    spots = known[PLANE].drop_duplicates().reset_index(drop=True)
    held = known.merge(spots.reset_index(names="spot"), on=PLANE)
    held_in = np.zeros((len(spots), len(years)), dtype=bool)
    held_in[held["spot"], np.searchsorted(years, held["fiscal_year"].to_numpy(dtype=int))] = True
    points = shapely.points(spots["x"], spots["y"])
    tree = shapely.STRtree(points)
    for start in range(0, len(homes.x), AT_ONCE):
        part = shapely.points(homes.x[start : start + AT_ONCE], homes.y[start : start + AT_ONCE])
        home, spot = tree.query(part, predicate="dwithin", distance=metres + homes.step)
        # A square that the circle crosses is partly near.
        beyond = shapely.distance(part[home], points[spot]) - metres
        covered = np.clip(0.5 - beyond / homes.step, 0, 1).astype(np.float32)
        for year, row in enumerate(near):
            seen = held_in[spot, year]
            np.maximum.at(row, start + home[seen], covered[seen])
    return near
