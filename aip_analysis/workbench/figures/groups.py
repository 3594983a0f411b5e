"""The columns by which a count can be taken apart, or restricted to one term: kind, weekday ..."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.measures.counting.counts import COUNTS, contributions
from aip_analysis.measures.part_figures import WEEKDAY, PartFigures
from aip_analysis.messages import Language, say
from aip_analysis.records import TABLES, Column
from aip_analysis.records.some_months import WHOLE_YEAR
from aip_analysis.reference.vocabulary import plain
from aip_analysis.workbench.figures.formulas import Counted, Formula, Only, changed, counts_of

# A count can be taken apart by its months, too, each counted as a period of its own.
MONTH = "month"
_DAYS = range(7)
# A column of texts with more different ones is a list, and no way to take a count apart.
_MOST_TEXTS = 60
Value = str | int | None


@dataclass(frozen=True)
class Group:
    """The rows of a count with certain values in some columns.

    Parameters
    ----------
    only
        The columns, with the value in each.
    labels
        The values as people read them.
    """

    only: Only
    labels: tuple[str, ...]


class Groups:
    """The columns of the rows of counts, and what stands in them.

    Parameters
    ----------
    figures
        The figures.
    language
        The language of labels.
    """

    def __init__(self, figures: Figures, language: Language) -> None:
        self._part = PartFigures(figures, WHOLE_YEAR)
        self._ward = figures.ward
        self._language = language

    def columns(self, table: str) -> dict[str, Column]:
        """Return the columns of a record table that can be asked for; of an activity, its own too.

        Of these, the day of the week has no column of the record table: its name is ``WEEKDAY``.
        """
        own = [*TABLES[table].own]
        if table == "activity_months":
            own += TABLES["activities"].own
        columns = {
            column.name: column
            for column in own
            if column.kind in {"term", "text"} and not (column.of_source or column.is_code)
        }
        days = TABLES[table].days
        if days and TABLES[table].column(days).kind == "day":
            columns[WEEKDAY] = Column(WEEKDAY, "count")
        return columns

    def column(self, formula: Formula, typed: str) -> str:
        """Return the column of the counts of a formula that is meant, or ``MONTH``.

        Raises
        ------
        UsageError
            When none of them has it; the message names those that there are.
        """
        wanted = plain(typed)
        if wanted in _words("month", self._language):
            return MONTH
        tables = dict.fromkeys(each.table for each in counts_of(formula))
        for table in tables:
            for name in self.columns(table):
                if wanted in self._spellings(table, name):
                    return name
        raise UsageError("figure_tables.no_such_group", given=typed, choices=self._choices(tables))

    def groups(self, formula: Formula, columns: list[str]) -> list[Group]:
        """Return the groups of a formula by some columns.

        By one column: every term that the rows of any area and year have, in the order of the
        vocabulary, and then rows without a term; by several: every combination that they have.
        """
        having = [each for each in counts_of(formula) if {*columns} <= {*self.columns(each.table)}]
        for each in having:
            if each.count is not None and each.count.how == "balance":
                raise UsageError("figure_tables.no_sum", given=self._name(each.code))
        found = pd.concat([self._values(each, columns) for each in having]).drop_duplicates()
        there = set(found.itertuples(index=False, name=None))
        by_column = [
            self._ordered(having[0].table, name, {line[at] for line in there})
            for at, name in enumerate(columns)
        ]
        for name, labels in zip(columns, by_column, strict=True):
            if len(labels) > _MOST_TEXTS:
                given = self._head(having[0].table, name)
                raise UsageError("figure_tables.too_many_groups", given=given, number=len(labels))
        return [
            Group(
                tuple(zip(columns, values, strict=True)),
                tuple(labels[value] for labels, value in zip(by_column, values, strict=True)),
            )
            for values in product(*by_column)
            if len(columns) == 1 or values in there
        ]

    def restricted(self, formula: Formula, only: Only) -> Formula:
        """Return a formula of the rows with certain terms.

        A count whose records have no such column, such as residents, stays whole.
        """

        def restrict(counted: Counted) -> Counted:
            known = self.columns(counted.table)
            own = tuple(pair for pair in only if pair[0] in known)
            return Counted(counted.code, (*counted.only, *own)) if own else counted

        return changed(formula, restrict)

    def term(self, formula: Formula, typed: str) -> Only:
        """Return the column and the value that a term in square brackets stands for.

        Raises
        ------
        UsageError
            When there is no such term, or several columns have it; the message names the choices.
        """
        column, _, value = typed.replace("＝", "=").rpartition("=")
        counts = counts_of(formula)
        names = [self.column(formula, column)] if column else None
        found: dict[str, Value] = {}
        for table in dict.fromkeys(each.table for each in counts):
            for name in names or self.columns(table):
                match = self._value(table, name, value)
                if match is not None:
                    found.setdefault(name, match)
        if len(found) == 1:
            self._check_counted(formula, *found.items())
            return tuple(found.items())
        tables = dict.fromkeys(each.table for each in counts)
        if not found:
            choices = say("states.note_between", self._language).join(self._terms(counts))
            raise UsageError("figure_tables.no_such_term", given=typed, choices=choices)
        heads = [self._head(next(iter(tables)), name) for name in found]
        choices = "、".join(f"[{head}={value}]" for head in heads)
        raise UsageError("figure_tables.several_columns", given=value, choices=choices)

    def counting(self, table: str, column: str, value: Value) -> list[str]:
        """Return the counts that count rows of a table with a value in a column."""
        return [
            code
            for code, count in COUNTS.items()
            if count.table == table
            and self._values(Counted(code), [column])[column].isin([value]).any()
        ]

    def counting_word(self, typed: str) -> tuple[str, str] | None:
        """Return a count, and the label of the term that it counts, of which the code is typed.

        It is what somebody means who writes ``working_groups`` where measures are named.
        """
        wanted = plain(typed).replace("_", "").removesuffix("s")
        for table in TABLES:
            for column in self.columns(table).values():
                terms = self._ward.vocabularies[column.vocabulary] if column.vocabulary else ()
                for term in terms:
                    spellings = (term.code, term.en, term.ja, *term.synonyms)
                    words = {plain(word).replace("_", "").removesuffix("s") for word in spellings}
                    if wanted in words and (codes := self.counting(table, column.name, term.code)):
                        return codes[0], term.label(self._language)
        return None

    def _check_counted(self, formula: Formula, pair: tuple[str, Value]) -> None:
        """Raise if the counts of a formula never count such rows, and others do."""
        column, value = pair
        counts = [each for each in counts_of(formula) if column in self.columns(each.table)]
        others = {code for each in counts for code in self.counting(each.table, column, value)}
        if others and not others & {each.code for each in counts}:
            first = next(code for code in COUNTS if code in others)
            (label,) = self._ordered(COUNTS[first].table, column, {value}).values()
            names = "、".join(dict.fromkeys(self._name(each.code) for each in counts))
            better = f"{self._name(first)}[{label}]"
            if not any(self._values(each, [column])[column].notna().any() for each in counts):
                head = self._head(counts[0].table, column)
                raise UsageError(
                    "figure_tables.never_recorded", names=names, head=head, better=better
                )
            raise UsageError("figure_tables.never_counted", names=names, term=label, better=better)

    def head(self, formula: Formula, column: str) -> str:
        """Return what a column is called."""
        if column == MONTH:
            return say("figure_tables.head_month", self._language)
        tables = [each.table for each in counts_of(formula) if column in self.columns(each.table)]
        return self._head(tables[0], column) if tables else column

    def _head(self, table: str, column: str) -> str:
        if column == WEEKDAY:
            return say("figure_tables.head_weekday", self._language)
        found = self._headings(table, column)
        return str(found[self._language].iloc[0]) if len(found) else column

    def _headings(self, table: str, column: str) -> pd.DataFrame:
        headings = self._ward.headings
        tables = {table, "activities"} if table == "activity_months" else {table}
        return headings[headings["table"].isin(tables) & (headings["column"] == column)]

    def _spellings(self, table: str, column: str) -> set[str]:
        """Return the spellings of a column, and the words of its code: ``field``, ``domain``."""
        if column == WEEKDAY:
            return _words("weekday", self._language)
        words = {column, *column.split("_")}
        for row in self._headings(table, column).itertuples(index=False):
            words |= {str(row.ja), str(row.en), *str(row.synonyms).split("|")}
        return {plain(word) for word in words if word}

    def _values(self, counted: Counted, columns: list[str]) -> pd.DataFrame:
        """Return what stands in columns of the rows that a count counts, in any area and year."""
        if counted.count is None:
            return pd.DataFrame(columns=columns)
        rows = contributions(self._part.rows(counted.table, wide=True), counted.count)
        values = rows[columns].drop_duplicates().astype(object)
        return values.where(values.notna(), None)

    def _ordered(self, table: str, column: str, values: set[Value]) -> dict[Value, str]:
        """Return what stands in a column with its labels, in order; rows without it last."""
        labels: dict[Value, str] = {}
        about = self.columns(table)[column]
        if column == WEEKDAY:
            labels = {day: self._weekday(day) for day in _DAYS}
        elif about.vocabulary:
            terms = self._ward.vocabularies[about.vocabulary].labels(self._language)
            labels = {code: label for code, label in terms.items() if code in values}
        else:
            labels = {text: str(text) for text in sorted(map(str, values - {None}))}
        if None in values:
            labels[None] = say("figure_tables.no_term", self._language)
        return labels

    def _weekday(self, day: int) -> str:
        return say(f"figure_tables.weekday_{day}", self._language)

    def _value(self, table: str, column: str, typed: str) -> Value:
        """Return the value in a column that is meant; None if there is none."""
        about = self.columns(table).get(column)
        if about is None:
            return None
        if column == WEEKDAY:
            spellings = (say(f"figure_tables.words_{day}", self._language) for day in _DAYS)
            return next((day for day, words in zip(_DAYS, spellings, strict=True)
                         if plain(typed) in map(plain, words.split("|"))), None)  # fmt: skip
        if about.vocabulary:
            term = self._ward.vocabularies[about.vocabulary].find(typed)
            return term.code if term else None
        return None

    def _choices(self, tables: Mapping[str, None]) -> str:
        names = [self._head(table, name) for table in tables for name in self.columns(table)]
        return say("figure_tables.between", self._language).join(dict.fromkeys(names))

    def _terms(self, counts: Iterable[Counted]) -> list[str]:
        """Return the terms that the counted rows have, by column: 種別：定例会、臨時会."""
        between = say("states.between", self._language)
        listed: dict[str, None] = {}
        for each in counts:
            for column in self.columns(each.table).values():
                if not column.vocabulary:
                    continue
                values = set(self._values(each, [column.name])[column.name]) - {None}
                labels = self._ordered(each.table, column.name, values).values()
                head = self._head(each.table, column.name)
                if labels:
                    figures = between.join(labels)
                    line = say("states.note_group", self._language, group=head, figures=figures)
                    listed[line] = None
        return list(listed)

    def _name(self, code: str) -> str:
        return self._ward.codebook[code].label(self._language)


def _words(name: str, language: Language) -> set[str]:
    """Return the spellings of the columns that no record table has."""
    return {
        name,
        *(plain(word) for word in say(f"figure_tables.words_{name}", language).split("|")),
    }
