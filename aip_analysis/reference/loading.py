"""Loading of data/reference, with checks that its tables agree with each other."""

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

from aip_analysis.errors import InputRefusedError
from aip_analysis.reference.codebook import Codebook, Measure
from aip_analysis.reference.rows import iter_rows
from aip_analysis.reference.rules import Rules
from aip_analysis.reference.vocabulary import Term, Vocabulary, first_duplicate
from aip_analysis.reference.ward import Ward

COLUMNS = {
    "areas.csv": (
        "area_code area kana romaji block_code block_confidence block_confirmed council_established"
    ),
    "blocks.csv": "block_code block kana romaji",
    "chome.csv": (
        "key_code chome area_code share area_confidence population households population_65plus"
        " population_75plus land_m2 lon lat"
    ),
    "outline.csv": "lon lat",
    "vocabularies.csv": "vocabulary code ja en synonyms traits",
    "headings.csv": "table column ja en synonyms",
    "surnames.csv": "surname kana",
    "codebook.csv": (
        "code ja en definition_ja definition_en unit decimals topic numerator denominator"
        " official_code audience source_ja source_en"
    ),
    "tiles.csv": "area_code column row",
    "questions.csv": "code states figure when value needs",
}
# Optional files.
OPTIONAL = {"tiles.csv", "questions.csv"}
NUMBERS = {
    "chome.csv": (
        "share population households population_65plus population_75plus land_m2 lon lat"
    ),
    "outline.csv": "lon lat",
    "codebook.csv": "decimals",
    "tiles.csv": "column row",
    "questions.csv": "value",
}
# The allowed words in the columns of questions.csv.
QUESTION_WORDS = {
    "states": {"at_work", "preparing", "suspended"},
    "when": {"at_least", "changed", "below_block", "otherwise"},
    "needs": {"records", "year"},
}
RULES = ("allowance_yen_per_month", "allowance_yen_per_year", "coordinator_yen_per_month")
CHECKS = (
    *("history_rows", "history_times", "gathering_metres"),
    *("silent_months", "aside_percent"),
)
SETTINGS = ("code", "name", "name_en", "programme", "programme_en", "plane_crs", "geographic_crs")


def load_ward(folder: Path) -> Ward:
    """Read a reference folder.

    Parameters
    ----------
    folder
        data/reference, or another municipality's folder with the same structure.

    Raises
    ------
    InputRefusedError
        When a file is missing, lacks a column, or disagrees with another.
    """
    there = (name for name in COLUMNS if name not in OPTIONAL or (folder / name).is_file())
    tables = {name: _table(folder / name) for name in there}
    ward = Ward(
        folder=folder,
        settings=_settings(folder / "ward.toml"),
        areas=tables["areas.csv"],
        blocks=tables["blocks.csv"],
        chome=tables["chome.csv"],
        outline=tables["outline.csv"],
        headings=tables["headings.csv"],
        surnames=_surnames(tables["surnames.csv"]),
        vocabularies=_vocabularies(tables["vocabularies.csv"]),
        rules=_rules(folder / "rules.toml"),
        codebook=_codebook(tables["codebook.csv"]),
        checks=_checks(folder / "checks.toml"),
        tiles=tables.get("tiles.csv"),
        questions=tables.get("questions.csv"),
    )
    _check(ward)
    return ward


def _table(file: Path) -> pd.DataFrame:
    if not file.is_file():
        raise InputRefusedError("reference.missing", file=file)
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputRefusedError("reference.unreadable", file=file) from error
    for column in COLUMNS[file.name].split():
        if column not in table:
            raise InputRefusedError("reference.column", file=file, column=column)
    for column in NUMBERS.get(file.name, "").split():
        numbers = pd.to_numeric(table[column], errors="coerce")
        wrong = table.index[numbers.isna() & (table[column] != "")]
        if len(wrong):
            _refuse(file, row=int(wrong[0]) + 2, column=column, found=table.loc[wrong[0], column])
        table[column] = numbers
    return table


def _toml(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise InputRefusedError("reference.missing", file=file)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputRefusedError("reference.unreadable", file=file) from error


def _settings(file: Path) -> dict[str, str | list[str]]:
    settings = _toml(file)
    for name in SETTINGS:
        if name not in settings:
            raise InputRefusedError("reference.column", file=file, column=name)
    return settings


def _checks(file: Path) -> dict[str, float]:
    checks = _toml(file)
    for name in CHECKS:
        value = checks.get(name)
        if not isinstance(value, (int, float)) or value <= 0:
            _refuse(file, row=name, column=name, found=value)
    return checks


def _rules(file: Path) -> dict[int, Rules]:
    rules = {}
    for year, block in _toml(file).items():
        amounts = {name: block.get(name) for name in RULES}
        for name, amount in amounts.items():
            if not isinstance(amount, int) or amount < 0:
                _refuse(file, row=f"[{year}]", column=name, found=amount)
        if not year.isdecimal():
            _refuse(file, row=f"[{year}]", column="[2025]", found=year)
        categories = {name: tuple(codes) for name, codes in block.get("categories", {}).items()}
        rules[int(year)] = Rules(fiscal_year=int(year), categories=categories, **amounts)
    return rules


def _vocabularies(table: pd.DataFrame) -> dict[str, Vocabulary]:
    terms: dict[str, list[Term]] = {}
    for row in iter_rows(table):
        term = Term(row.code, row.ja, row.en, _parts(row.synonyms), frozenset(_parts(row.traits)))
        terms.setdefault(row.vocabulary, []).append(term)
    return {name: Vocabulary(name, tuple(words)) for name, words in terms.items()}


def _surnames(table: pd.DataFrame) -> frozenset[str]:
    readings = {part for cell in table["kana"] for part in _parts(cell)}
    return frozenset({*table["surname"], *readings} - {""})


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _codebook(table: pd.DataFrame) -> Codebook:
    columns = COLUMNS["codebook.csv"].split()
    numbered = table[columns].astype({"decimals": int})
    return Codebook(tuple(Measure(*row) for row in numbered.itertuples(index=False)))


def _check(ward: Ward) -> None:
    """Check the tables against each other; raise on the first disagreement, with its place."""
    folder = ward.folder
    for name, keys in (
        ("areas.csv", ward.areas["area_code"]),
        ("areas.csv", ward.areas["area"]),
        ("blocks.csv", ward.blocks["block_code"]),
        ("codebook.csv", ward.codebook.codes),
    ):
        twice = first_duplicate(keys)
        if twice is not None:
            raise InputRefusedError("reference.twice", file=folder / name, value=twice)
    _check_known(folder / "areas.csv", ward.areas, "block_code", ward.blocks["block_code"])
    _check_known(folder / "chome.csv", ward.chome, "area_code", ward.areas["area_code"])
    _check_known(folder / "blocks.csv", ward.blocks, "block_code", ward.areas["block_code"])
    _check_known(folder / "areas.csv", ward.areas, "area_code", ward.chome["area_code"])
    shares = ward.chome.groupby("key_code")["share"].sum()
    wrong = shares[(shares - 1).abs() > 1e-6]  # noqa: PLR2004 -- shares are written with decimals
    if len(wrong):
        raise InputRefusedError(
            "reference.share",
            file=folder / "chome.csv",
            key=wrong.index[0],
            sum=wrong.iloc[0],
        )
    if ward.questions is not None:
        _check_questions(folder / "questions.csv", ward.questions)
    if ward.tiles is not None:
        _check_tiles(folder / "tiles.csv", ward.tiles, ward.areas)
    units = ward.vocabularies["unit"].codes
    for measure in ward.codebook:
        parts = {measure.numerator, measure.denominator} - {""}
        if measure.unit not in units or not parts <= set(ward.codebook.codes):
            _refuse(folder / "codebook.csv", row=measure.code, column="unit", found=measure.unit)


def _check_questions(file: Path, questions: pd.DataFrame) -> None:
    """Check that each rule states when it applies and to which councils."""
    twice = first_duplicate(questions["code"])
    if twice is not None:
        raise InputRefusedError("reference.twice", file=file, value=twice)
    for column, known in QUESTION_WORDS.items():
        strange = questions[column].map(lambda cell, known=known: not set(cell.split()) <= known)
        _refuse_first(file, questions, column, strange)
    _refuse_first(file, questions, "value", questions["value"].isna())


def _check_tiles(file: Path, tiles: pd.DataFrame, areas: pd.DataFrame) -> None:
    """Check that areas and tiles match one to one, and convert tile positions to integers."""
    _check_known(file, tiles, "area_code", areas["area_code"])
    for column in ("column", "row"):
        _refuse_first(file, tiles, column, tiles[column].isna() | (tiles[column] % 1 != 0))
        tiles[column] = tiles[column].astype(int)
    _refuse_first(file, tiles, "area_code", tiles["area_code"].duplicated())
    taken = tiles.duplicated(["column", "row"])
    if taken.any():
        second = tiles[taken].iloc[0]
        place = (second["column"], second["row"])
        holder = tiles[(tiles["column"] == place[0]) & (tiles["row"] == place[1])].iloc[0]
        raise InputRefusedError(
            "reference.tile_taken",
            file=file,
            row=int(taken.argmax()) + 2,
            tile=f"{place[0]}, {place[1]}",
            area=holder["area_code"],
        )
    without = areas[~areas["area_code"].isin(tiles["area_code"])]
    if len(without):
        area = without.iloc[0]
        raise InputRefusedError(
            "reference.tile_missing", file=file, area=f"{area['area_code']} {area['area']}"
        )


def _check_known(file: Path, table: pd.DataFrame, column: str, known: pd.Series) -> None:
    _refuse_first(file, table, column, ~table[column].isin(known))


def _refuse_first(file: Path, table: pd.DataFrame, column: str, wrong: pd.Series) -> None:
    if wrong.any():
        _refuse(
            file, row=int(wrong.argmax()) + 2, column=column, found=table[column][wrong].iloc[0]
        )


def _refuse(file: Path, *, row: object, column: str, found: object) -> None:
    raise InputRefusedError("reference.value", file=file, row=row, column=column, found=found)
