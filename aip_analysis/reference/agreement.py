"""Whether the tables of data/reference agree with each other."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError
from aip_analysis.reference.mistakes import Mistakes
from aip_analysis.reference.vocabulary import first_duplicate
from aip_analysis.reference.ward import Ward

# The allowed words in the columns of questions.csv.
QUESTION_WORDS = {
    "states": {"at_work", "preparing", "suspended"},
    "when": {"at_least", "changed", "below_block", "otherwise"},
    "needs": {"records", "year"},
}
# The vocabularies that the program uses -> traits that at least one of their terms must have.
VOCABULARIES: dict[str, tuple[str, ...]] = {
    "activity_kind": ("gathering",),
    "care_domain": (),
    "council_step": (),
    "cycle_step": (),
    "frequency": ("weekly", "monthly"),
    "goal_status": (),
    "idea_status": ("carried_out",),
    "ledger_category": ("income", "expense", "grant"),
    "ledger_purpose": (),
    "meeting_kind": ("council", "preparation"),
    "organisation_type": (),
    "payment_kind": ("allowance", "coordinator"),
    "priority_field": (),
    "role_group": (),
    "unit": (),
}


def check_agreement(ward: Ward, mistakes: Mistakes) -> None:
    """Check the tables of a ward against each other, and add a mistake for each disagreement."""
    folder = ward.folder
    for name, keys in (
        ("areas.csv", ward.areas["area_code"]),
        ("areas.csv", ward.areas["area"]),
        ("blocks.csv", ward.blocks["block_code"]),
        ("codebook.csv", ward.codebook.codes),
    ):
        _check_unique(folder / name, keys, mistakes)
    for file, table, column, known in (
        ("areas.csv", ward.areas, "block_code", ward.blocks["block_code"]),
        ("chome.csv", ward.chome, "area_code", ward.areas["area_code"]),
        ("blocks.csv", ward.blocks, "block_code", ward.areas["block_code"]),
        ("areas.csv", ward.areas, "area_code", ward.chome["area_code"]),
    ):
        with mistakes.collected():
            _check_known(folder / file, table, column, known)
    with mistakes.collected():
        _check_shares(folder / "chome.csv", ward.chome)
    if ward.questions is not None:
        with mistakes.collected():
            _check_questions(folder / "questions.csv", ward.questions)
    if ward.tiles is not None:
        with mistakes.collected():
            _check_tiles(folder / "tiles.csv", ward.tiles, ward.areas)
    _check_vocabularies(ward, mistakes)


def _check_vocabularies(ward: Ward, mistakes: Mistakes) -> None:
    """Check that vocabularies are there, and that rules and codebook use only their terms."""
    file = ward.folder / "vocabularies.csv"
    for name, traits in VOCABULARIES.items():
        vocabulary = ward.vocabularies.get(name)
        if vocabulary is None:
            mistakes.add("reference.column", file=file, column=name)
            continue
        _check_unique(file, (f"{name},{code}" for code in vocabulary.codes), mistakes)
        for trait in traits:
            if not vocabulary.with_trait(trait):
                mistakes.add("reference.column", file=file, column=f"{name}: {trait}")
    if mistakes.found:
        return
    with mistakes.collected():
        _check_codebook(ward)
    _check_categories(ward, mistakes)


def _check_codebook(ward: Ward) -> None:
    """Check that measures have known units, and that rates are made of known measures."""
    units = ward.vocabularies["unit"].codes
    for measure in ward.codebook:
        file, row = ward.folder / "codebook.csv", measure.code
        if measure.unit not in units:
            _refuse(file, row=row, column="unit", found=measure.unit)
        for column in ("numerator", "denominator"):
            part = getattr(measure, column)
            if part and part not in ward.codebook.codes:
                _refuse(file, row=row, column=column, found=part)


def _check_categories(ward: Ward, mistakes: Mistakes) -> None:
    """Check that the rules name only known purposes and categories."""
    purposes = ward.vocabularies["ledger_purpose"].codes
    known = ward.vocabularies["ledger_category"].codes
    for rules in ward.rules.values():
        place = f"[{rules.fiscal_year}.categories]"
        at = {"file": ward.folder / "rules.toml", "table": place}
        for purpose, categories in rules.categories.items():
            if purpose not in purposes:
                choices = "、".join(purposes)
                mistakes.add("reference.word", **at, found=purpose, choices=choices)
            for category in categories:
                if category not in known:
                    choices = "、".join(known)
                    mistakes.add("reference.word", **at, found=category, choices=choices)


def _check_unique(file: Path, keys: Iterable[str], mistakes: Mistakes) -> None:
    twice = first_duplicate(keys)
    if twice is not None:
        mistakes.add("reference.twice", file=file, value=twice)


def _check_shares(file: Path, chome: pd.DataFrame) -> None:
    """Check that the shares of each neighbourhood add up to 1."""
    shares = chome.groupby("key_code")["share"].sum()
    wrong = shares[(shares - 1).abs() > 1e-6]  # noqa: PLR2004 -- shares are written with decimals
    if len(wrong):
        raise InputRefusedError("reference.share", file=file, key=wrong.index[0], sum=wrong.iloc[0])


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
