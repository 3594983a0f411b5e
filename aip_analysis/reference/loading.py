"""Loading of data/reference: all mistakes in its files are told at once."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from aip_analysis.reference.agreement import check_agreement
from aip_analysis.reference.codebook import Codebook, Measure
from aip_analysis.reference.csv_tables import COLUMNS, OPTIONAL, read_csv
from aip_analysis.reference.mistakes import Mistakes
from aip_analysis.reference.rows import iter_rows
from aip_analysis.reference.rules import Rules
from aip_analysis.reference.toml_tables import (
    TomlFile,
    is_amount,
    is_positive,
    is_table,
    is_text,
    is_texts,
    is_texts_by_key,
    read_toml,
)
from aip_analysis.reference.vocabulary import Term, Vocabulary
from aip_analysis.reference.ward import Ward

RULES = ("allowance_yen_per_month", "allowance_yen_per_year", "coordinator_yen_per_month")
CHECKS = (
    *("history_rows", "history_times", "most_people", "most_yen", "gathering_metres"),
    *("silent_months", "large_change_percent"),
)
SETTINGS = (
    *("code", "name", "name_en", "programme", "programme_en", "plane_crs", "geographic_crs"),
    "credit",
)


def load_ward(folder: Path) -> Ward:
    """Read a reference folder.

    Parameters
    ----------
    folder
        data/reference, or another municipality's folder with the same structure.

    Raises
    ------
    InputRefusedError
        When a file is missing, lacks a column or a key, has one that is not known, or disagrees
        with another. The error names all mistakes of all files.
    """
    mistakes = Mistakes()
    there = [name for name in COLUMNS if name not in OPTIONAL or (folder / name).is_file()]
    read = {name: read_csv(folder / name, mistakes) for name in there}
    settings = _settings(read_toml(folder / "ward.toml", mistakes), mistakes)
    rules = _rules(read_toml(folder / "rules.toml", mistakes), mistakes)
    checks = _checks(read_toml(folder / "checks.toml", mistakes), mistakes)
    mistakes.raise_any()
    tables = {name: table for name, table in read.items() if table is not None}
    ward = Ward(
        folder=folder,
        settings=settings,
        areas=tables["areas.csv"],
        blocks=tables["blocks.csv"],
        chome=tables["chome.csv"],
        outline=tables["outline.csv"],
        headings=tables["headings.csv"],
        surnames=_surnames(tables["surnames.csv"]),
        vocabularies=_vocabularies(tables["vocabularies.csv"]),
        rules=rules,
        codebook=_codebook(tables["codebook.csv"]),
        checks=checks,
        tiles=tables.get("tiles.csv"),
        questions=tables.get("questions.csv"),
    )
    check_agreement(ward, mistakes)
    mistakes.raise_any()
    return ward


def _settings(file: TomlFile | None, mistakes: Mistakes) -> dict[str, str | list[str]]:
    if file is None:
        return {}
    needed = dict.fromkeys(SETTINGS, is_text)
    optional = {
        "credit_en": is_text,
        "name_kana": is_text,
        "area_prefixes": is_texts,
        "area_suffixes": is_texts,
    }
    file.check_keys((), needed, optional, mistakes)
    return dict(file.content)


def _checks(file: TomlFile | None, mistakes: Mistakes) -> dict[str, float]:
    if file is None:
        return {}
    file.check_keys((), dict.fromkeys(CHECKS, is_positive), {}, mistakes)
    return dict(file.content)


def _rules(file: TomlFile | None, mistakes: Mistakes) -> dict[int, Rules]:
    if file is None:
        return {}
    found = Mistakes()
    years = [year for year in file.content if re.fullmatch("[0-9]{4}", year)]
    file.check_keys((), {}, dict.fromkeys(years or ["2025"], is_table), found)
    needed, optional = dict.fromkeys(RULES, is_amount), {"categories": is_texts_by_key}
    for year in years:
        if is_table(file.content[year]):
            file.check_keys((year,), needed, optional, found)
    mistakes.found += found.found
    return {} if found.found else {int(year): _rules_of(year, file.content) for year in years}


def _rules_of(year: str, content: Mapping[str, Any]) -> Rules:
    block = dict(content[year])
    categories = {name: tuple(codes) for name, codes in block.pop("categories", {}).items()}
    return Rules(fiscal_year=int(year), categories=categories, **block)


def _vocabularies(table: pd.DataFrame) -> dict[str, Vocabulary]:
    terms: dict[str, list[Term]] = {}
    for row in iter_rows(table):
        term = Term(
            code=row.code,
            ja=row.ja,
            en=row.en,
            synonyms=_parts(row.synonyms),
            traits=frozenset(_parts(row.traits)),
            readings=_parts(row.kana),
        )
        terms.setdefault(row.vocabulary, []).append(term)
    return {name: Vocabulary(name, tuple(words)) for name, words in terms.items()}


def _surnames(table: pd.DataFrame) -> frozenset[str]:
    readings = {part for cell in table["kana"] for part in _parts(cell)}
    return frozenset({*table["surname"], *readings} - {""})


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _codebook(table: pd.DataFrame) -> Codebook:
    columns = COLUMNS["codebook.csv"].split()
    numbered = table[columns].astype({"decimals": int}).fillna({"rounded_to": 0.0})
    found_by = numbered.assign(
        readings=table["kana"].map(_parts), synonyms=table["synonyms"].map(_parts)
    )
    return Codebook(tuple(Measure(*row) for row in found_by.itertuples(index=False)))
