"""Any table with names or codes of places, as values by place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.messages import say
from aip_analysis.reference import Level, Place
from aip_analysis.workbench.names.typed_names import LEVELS, Names

# Columns of the workbench's own tables that hold places, the surest first.
PLACE_COLUMNS = ("place_code", "area_code", "block_code", "place", "area", "block")
# Their columns of numbers that are no value of a place.
KEY_COLUMNS = ("fiscal_year", "month", "block", *PLACE_COLUMNS)
VALUE = "value"
# What a row of a sum is called, unless a place is called so.
_SUM = re.compile(r".*計|総数|(grand |sub)?-?totals?|sum", re.IGNORECASE)


@dataclass(frozen=True)
class PlaceValues:
    """The values of a table, by place.

    Parameters
    ----------
    level
        The level of its places.
    values
        Key of a place -> its value, for every place of the level in the ward's order; missing where
        the table has none.
    name
        The name of the column or Series; None if it has none.
    missing
        The places of the level without a value.
    left_out
        The names in rows that were left out, as written: totals, subtotals of blocks, and rows
        without a name.
    """

    level: Level
    values: pd.Series
    name: str | None
    missing: tuple[Place, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class PlacedRows:
    """Which place each row of a table is about.

    Parameters
    ----------
    level
        The level of the places.
    keys
        The key of each row's place; None for a row that is left out.
    left_out
        The names in rows that are left out, as written.
    unknown
        Texts that name no place, as written, where these are allowed.
    """

    level: Level
    keys: tuple[str | None, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def by_place(data: pd.Series | pd.DataFrame, names: Names, value: str | None = None) -> PlaceValues:
    """Return the values of a Series or frame by place.

    Parameters
    ----------
    data
        A table with names or codes of areas, or of blocks, in its index or in a column, in any
        spelling. Rows of totals are left out.
    names
        Who is meant by a name.
    value
        The column of the values; by default, ``value`` or the only column of numbers.

    Raises
    ------
    UsageError
        When no column holds places, a name is unknown, a place stands in several rows, or a value
        is no number; the message names the row or the choices.
    """
    frame = data.to_frame(VALUE if data.name is None else data.name) \
        if isinstance(data, pd.Series) else data  # fmt: skip
    column = frame.columns[0] if isinstance(data, pd.Series) else _value_column(frame, value)
    texts = _texts_of_places(frame, names, column)
    placed = placed_rows(texts, names)
    _check_doubles(placed, names)
    numbers = _numbers(frame[column], str(column))
    places = names.ward.places_of(placed.level)
    found = {
        key: number for key, number in zip(placed.keys, numbers, strict=True) if key is not None
    }
    name = None if isinstance(data, pd.Series) and data.name is None else str(column)
    values = pd.Series(
        [found.get(place.key, pd.NA) for place in places],
        index=pd.Index([place.key for place in places], name="place_code"),
        dtype="Float64",
        name=name,
    )
    missing = tuple(place for place in places if pd.isna(values[place.key]))
    unnamed = any(not text and number is not None
                  for text, number in zip(texts, numbers, strict=True))  # fmt: skip
    left_out = (*placed.left_out, say("record_lists.unnamed", names.language)) if unnamed \
        else placed.left_out  # fmt: skip
    return PlaceValues(placed.level, values, name, missing, left_out)


def placed_rows(texts: Sequence[str], names: Names, *, strict: bool = True) -> PlacedRows:
    """Return which place each text names; all of one level, and rows of totals left out.

    Areas go before blocks, and these before the ward: a row of the ward below rows of areas is a
    total, a row of a block among them a subtotal.

    Parameters
    ----------
    texts
        The texts, one for each row.
    names
        Who is meant by a name.
    strict
        Whether a text that names no place is an error; otherwise its row has no key.

    Raises
    ------
    UsageError
        When a text names no place; the message says in which row, and what is near.
    """
    level = _level_of(texts, names)
    keys: list[str | None] = []
    left_out, unknown = [], []
    for row, text in enumerate(texts, start=1):
        place = None
        if _is_total(text, names, level):
            left_out += [text] if text else []
        else:
            try:
                place = _place_of(level, text, names, row)
            except UsageError:
                if strict:
                    raise
                unknown.append(text)
        keys.append(place.key if place else None)
    return PlacedRows(level, tuple(keys), tuple(left_out), tuple(unknown))


def place_column(frame: pd.DataFrame, names: Names) -> str | None:
    """Return the column of a frame that holds places; None if none does.

    It is a column of places of the workbench's own, or one of whose texts, apart from totals, more
    than half are names of places. Of several, one of areas goes first.
    """
    own = [name for name in PLACE_COLUMNS if name in frame.columns]
    others = [name for name in frame.columns if name not in own and not _is_number(frame[name])]
    held = {
        name: level
        for name in (*own, *others)
        if (level := _level_held(texts_of(frame[name]), names, codes=name in own))
    }
    return min(held, key=lambda name: LEVELS.index(held[name]), default=None)


def _value_column(frame: pd.DataFrame, value: str | None) -> str:
    numeric = [
        str(name) for name in frame.columns if _is_number(frame[name]) and name not in KEY_COLUMNS
    ]
    if value is not None:
        if value not in frame.columns:
            choices = "、".join(numeric)
            raise UsageError("record_lists.no_such_value", given=value, choices=choices)
        return value
    if VALUE in frame.columns:
        return VALUE
    if len(numeric) == 1:
        return numeric[0]
    key = "record_lists.several_values" if numeric else "record_lists.no_values"
    raise UsageError(key, choices="、".join(numeric))


def _texts_of_places(frame: pd.DataFrame, names: Names, value: str) -> list[str]:
    index = texts_of(frame.index.to_series())
    own = frame.index.name in PLACE_COLUMNS
    if not isinstance(frame.index, pd.RangeIndex) and _level_held(index, names, codes=own):
        return index
    words = frame.drop(columns=value)
    column = place_column(words, names)
    if column is None:
        raise UsageError("record_lists.no_places", example=names.ward.places_of("area")[0].ja)
    # What has no place may have its name in another column: 合計.
    others = [texts_of(words[other]) for other in words if not _is_number(words[other])]
    return [
        text or next((other[row] for other in others if other[row]), "")
        for row, text in enumerate(texts_of(words[column]))
    ]


def texts_of(column: pd.Series) -> list[str]:
    """Return the cells of a column as texts: empty for a missing one, 12 for 12.0."""
    return ["" if pd.isna(cell) else _text(cell) for cell in column]


def _text(cell: object) -> str:
    # A column of codes with an empty cell is one of floats.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _level_held(texts: Sequence[str], names: Names, *, codes: bool) -> Level | None:
    """Return the level of the places that texts name; None if more than half of them name none.

    Parameters
    ----------
    codes
        Whether texts of digits alone may be codes of places, not any numbers.
    """
    told = [text for text in texts if text and not _SUM.fullmatch(text)]
    level = _level_of(told, names)
    found = [text for text in told if names.find_place(text, level)]
    plausible = codes or any(not text.isdecimal() for text in told)
    return level if plausible and len(found) * 2 > len(told) else None


def _level_of(texts: Sequence[str], names: Names) -> Level:
    """Return the level of most places that are named; where two are equal, the lower one."""
    counts = {level: sum(names.find_place(text, level) is not None for text in texts if text)
              for level in LEVELS}  # fmt: skip
    return max(LEVELS, key=lambda level: counts[level])


def _is_total(text: str, names: Names, level: Level) -> bool:
    """Return whether a row with a text is none of a place of the level, but a sum of several."""
    if not text or _SUM.fullmatch(text):
        return names.find_place(text, level) is None
    above = LEVELS[LEVELS.index(level) + 1 :]
    return names.find_place(text, level) is None and any(
        names.find_place(text, other) for other in above
    )


def _place_of(level: Level, text: str, names: Names, row: int) -> Place:
    found = names.find_place(text, level)
    if found is not None:
        return found
    try:
        return names.place_of(level, text)
    except UsageError as error:
        raise UsageError("record_lists.place_in_row", row=row, reason=str(error)) from error


def _check_doubles(placed: PlacedRows, names: Names) -> None:
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(placed.keys, start=1):
        if key is not None:
            rows.setdefault(key, []).append(row)
    doubles = {key: own for key, own in rows.items() if len(own) > 1}
    if doubles:
        language = names.language
        listed = say("record_lists.between", language).join(
            say("record_lists.double", language, name=names.ward.places[key].name(language),
                rows="・".join(str(row) for row in own))
            for key, own in list(doubles.items())[:_MOST_NAMED]
        )  # fmt: skip
        raise UsageError("record_lists.doubles", count=len(doubles), listed=listed)


# Doubles that a message lists.
_MOST_NAMED = 3


def _numbers(column: pd.Series, name: str) -> list[float | None]:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = column.notna() & numbers.isna()
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        found = column.iloc[row]
        raise UsageError("record_lists.no_number", column=name, row=row + 1, found=found)
    return [None if pd.isna(number) else float(number) for number in numbers]
