"""What a word may mean: measures, places, terms, record tables and their columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.messages import Language, say
from aip_analysis.records import TABLES
from aip_analysis.reference.spellings import Spellings, joined
from aip_analysis.workbench.names import Names
from aip_analysis.workbench.place_names import PlaceNames
from aip_analysis.workbench.spelled_names import (
    spelled_columns,
    spelled_measures,
    spelled_tables,
    spelled_terms,
)

COLUMNS = ["kind", "name", "code", "use"]
# How many near names a message tells.
_MOST = 3
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class _Answer:
    """What of one kind a word means, as rows, and what it is near."""

    rows: list[tuple[str, str, str, str]]
    near: list[str]


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
        kind, name, code, use (a line that asks for it).

    Raises
    ------
    UsageError
        When it means nothing; the message names what is near.
    """
    answers = list(_answers(names, text))
    rows = [row for answer in answers for row in answer.rows]
    near = list(dict.fromkeys(name for answer in answers for name in answer.near))
    if not rows and near:
        raise UsageError("names.near_word", given=text, nearest=joined(near[:_MOST]))
    if not rows:
        raise UsageError("names.unknown_word", given=text)
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(ignore_index=True)


def _answers(names: Names, text: str) -> Iterator[_Answer]:
    ward, language = names.ward, names.language
    measures = spelled_measures([*ward.codebook, *names.own], language)
    yield _answer("measure", 'wb.measures("{name}")', measures, text, language)
    places = PlaceNames(ward, language).every
    yield _answer("place", 'wb.page("{name}")', places, text, language)
    for vocabulary in ward.vocabularies.values():
        use = say("names.use_term", language, vocabulary=vocabulary.name)
        yield _answer("term", use, spelled_terms(vocabulary, language), text, language)
    tables = spelled_tables(names.records.tables, language)
    yield _answer("table", 'wb.records("{name}")', tables, text, language)
    for table in TABLES:
        use = f'wb.records("{table}")["{{code}}"]'
        columns = spelled_columns(ward, table, None, language)
        yield _answer("column", use, columns, text, language)


def _answer(
    kind: str, use: str, spellings: Spellings[Thing], text: str, language: Language
) -> _Answer:
    found = spellings.exact(text) or spellings.parts(text)
    label = say(f"names.kind_{kind}", language)
    rows = [
        (label, one.name, one.code, use.replace("{name}", one.name).replace("{code}", one.code))
        for one in found
    ]
    return _Answer(rows, [] if found else [str(one) for one in spellings.nearest(text)])
