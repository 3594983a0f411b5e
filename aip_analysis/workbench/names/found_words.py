"""What a word may mean: measures, places, years, terms, record tables and their columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.messages import say
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.spellings import Spelled, Spellings, joined
from aip_analysis.workbench.names.spelled_names import (
    spelled_columns,
    spelled_levels,
    spelled_measures,
    spelled_tables,
    spelled_terms,
)
from aip_analysis.workbench.names.typed_names import LEVELS, Names
from aip_analysis.workbench.names.typed_years import TypedYears

COLUMNS = ["kind", "name", "code", "use"]


@dataclass(frozen=True)
class Use:
    """How something is used.

    Parameters
    ----------
    kind
        What it is: ``measure``, ``place``, ``term`` …
    line
        The line or the argument that asks for it.
    """

    kind: str
    line: str


def found_words(names: Names, text: str) -> pd.DataFrame:
    """Return everything that a word may mean, and how to ask for it.

    Parameters
    ----------
    names
        What there is to be named.
    text
        A name in any spelling, or a part of one.

    Returns
    -------
    DataFrame
        kind, name, code, use (a line, or an argument): what has this name, then what has it as a
        part of its name.

    Raises
    ------
    UsageError
        When it means nothing; the message names what is near.
    """
    known = list(_known(names))
    same = [*_year(names, text), *(one for spellings in known for one in spellings.exact(text))]
    parts = [one for spellings in known for one in spellings.parts(text)]
    found = list(dict.fromkeys([*same, *parts]))
    if not found:
        nearest = Spellings(one for spellings in known for one in spellings).nearest(text)
        key = "names.near_word" if nearest else "names.unknown_word"
        raise UsageError(key, given=text, nearest=joined(nearest))
    rows = [
        (say(f"names.kind_{one.thing.kind}", names.language), one.name, one.code, one.thing.line)
        for one in found
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _known(names: Names) -> Iterator[Spellings[Use]]:
    """Return everything that has a name, kind by kind."""
    ward, language = names.ward, names.language
    measures = spelled_measures([*ward.codebook, *names.own], language)
    yield _used("measure", 'wb.measures("{name}")', measures)
    yield _used("place", 'wb.page("{name}")', names.places.every)
    yield _used("level", 'level="{code}"', spelled_levels(LEVELS, language))
    yield _used("table", 'wb.records("{name}")', spelled_tables(names.records.tables, language))
    for table in TABLES.values():
        columns = spelled_columns(ward, table.name, table.content, language)
        yield _used("column", f'wb.records("{table.name}")["{{code}}"]', columns)
        for column in table.own:
            if column.vocabulary:
                rows = f'wb.records("{table.name}").query("{column.name} == \'{{name}}\'")'
                terms = spelled_terms(ward.vocabularies[column.vocabulary], language)
                yield _used("term", rows, terms)


def _year(names: Names, text: str) -> list[Spelled[Use]]:
    """Return the fiscal year on record that a word means, if any."""
    year = TypedYears(names.records.fiscal_years).one(text)
    if year not in names.records.fiscal_years:
        return []
    label = FiscalYear(year).short_label(names.language)
    return [Spelled(Use("year", f"years={year}"), label, str(year), (label,))]


def _used(kind: str, line: str, spelled: Iterable[Spelled[Any]]) -> Spellings[Use]:
    return Spellings(
        Spelled(
            Use(kind, line.replace("{name}", one.name).replace("{code}", one.code)),
            one.name,
            one.code,
            one.spellings,
            one.synonyms,
        )
        for one in spelled
    )
