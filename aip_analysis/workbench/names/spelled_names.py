"""Everything but places and years that an analyst names, with its spellings."""

from collections.abc import Iterable

from aip_analysis.messages import LANGUAGES, Language, say
from aip_analysis.records import TABLES
from aip_analysis.reference import Level, Measure, Term, Ward, iter_rows
from aip_analysis.reference.spellings import Spelled, Spellings

# The rows of headings.csv that hold for every table.
_EVERY_TABLE = "*"


def words_of(key: str) -> tuple[str, ...]:
    """Return the words that the catalogue has under a key, those of both languages."""
    return tuple(word for language in LANGUAGES for word in say(key, language).split("|"))


def spelled_measures(measures: Iterable[Measure], language: Language) -> Spellings[Measure]:
    """Return measures by code, official code, name and reading."""
    return Spellings(
        Spelled(
            measure,
            measure.label(language),
            measure.code,
            (measure.code, measure.ja, measure.en, measure.official_code, *measure.readings),
            measure.synonyms,
        )
        for measure in measures
    )


def spelled_terms(terms: Iterable[Term], language: Language) -> Spellings[Term]:
    """Return the terms of a vocabulary by code, label, reading and synonym."""
    return Spellings(
        Spelled(
            term,
            term.label(language),
            term.code,
            (term.code, term.ja, term.en, *term.readings),
            term.synonyms,
        )
        for term in terms
    )


def spelled_tables(tables: Iterable[str], language: Language) -> Spellings[str]:
    """Return record tables by code, and by what pages, sheets and people call them."""
    return Spellings(
        Spelled(
            table,
            say(f"account.table_{table}", language),
            table,
            (table, *words_of(f"account.table_{table}")),
            words_of(f"names.table_{table}"),
        )
        for table in tables
    )


def spelled_columns(
    ward: Ward, table: str, columns: Iterable[str] | None, language: Language
) -> Spellings[str]:
    """Return columns of a record table by name, and by the headings of headings.csv."""
    headings = {
        row.column: row
        for row in reversed(list(iter_rows(ward.headings)))
        if row.table in {table, _EVERY_TABLE}
    }
    names = columns or [column.name for column in TABLES[table].columns]
    spelled = []
    for name in names:
        if row := headings.get(name):
            label = row.en if language == "en" else row.ja
            synonyms = tuple(word for word in row.synonyms.split("|") if word)
            spelled.append(Spelled(name, label, name, (name, row.ja, row.en), synonyms))
        else:
            spelled.append(Spelled(name, name, name, (name,)))
    return Spellings(spelled)


def spelled_levels(levels: Iterable[Level], language: Language) -> Spellings[Level]:
    """Return levels by what people call them."""
    return Spellings(
        Spelled(
            level,
            say(f"names.level_{level}", language).split("|")[0],
            level,
            (level, *words_of(f"names.level_{level}")),
        )
        for level in levels
    )
