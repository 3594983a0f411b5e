"""The definitions of the record tables, column by column.

Intake reads files by these definitions, the store checks against them, and all higher layers rely
on them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

Kind = Literal["text", "term", "day", "month", "time", "count", "yen", "degree"]

# The pandas dtype of each kind of value. Times are stored as text, "18:30".
DTYPES: dict[Kind, str] = {
    "text": "str",
    "term": "str",
    "day": "datetime64[ns]",
    "month": "datetime64[ns]",
    "time": "str",
    "count": "Int64",
    "yen": "Int64",
    "degree": "Float64",
}


@dataclass(frozen=True)
class Column:
    """A column of a record table.

    Parameters
    ----------
    name
        Its name in the table.
    kind
        The kind of its values: free text, a term of a vocabulary, a day, a month (its first day), a
        time of day, a count of people or things, yen, or degrees of longitude or latitude.
    required
        Whether a row without a value is set aside.
    vocabulary
        For a term, the vocabulary that it must belong to.
    is_code
        For a text, whether it is only an identifier, such as a receipt number: it is masked, but
        never withheld.
    month_will_do
        For a day, whether a month without a day is accepted as its first day.
    sums
        For a count, whether it may be the sum of several columns of a sheet.
    may_be_open
        For a day, whether it is an end that may lie in the far future, which means no end.
    may_be_suppressed
        For a required count, whether a row is used without it if its author suppressed it; its mark
        then says so.
    of_source
        Whether it tells where the row comes from, not what it says.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    vocabulary: str = ""
    is_code: bool = False
    month_will_do: bool = False
    sums: bool = False
    may_be_open: bool = False
    may_be_suppressed: bool = False
    of_source: bool = False


ORIGIN = (
    Column("area_code", required=True),
    Column("fiscal_year", "count", required=True),
    Column("source_file", required=True),
    Column("source_sheet", required=True),
    Column("source_row", "count", required=True),
    # The cells that the values come from: "held_on=C;members_present=G".
    Column("source_cells", is_code=True, of_source=True),
    # Marks of values that readers must know about: "members_present=approximate;texts=withheld".
    Column("marks"),
)


@dataclass(frozen=True)
class Table:
    """A record table.

    Parameters
    ----------
    name
        Its name.
    own
        Its own columns, in addition to those of the origin.
    days
        The column with the date of the row, if any: it must fall in the fiscal year.
    """

    name: str
    own: tuple[Column, ...]
    days: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, those of the origin first."""
        return (*ORIGIN, *self.own)

    @property
    def content(self) -> list[str]:
        """The names of its own columns that tell what a row says, not where it comes from."""
        return [column.name for column in self.own if not column.of_source]

    def column(self, name: str) -> Column:
        """Return a column by name."""
        return next(column for column in self.columns if column.name == name)

    @cached_property
    def schema(self) -> "pa.DataFrameSchema":
        """The pandera schema that every such table satisfies."""
        # Imported here because pandera is slow to import, and reports only read checked tables.
        import pandera.pandas as pa  # noqa: PLC0415

        return pa.DataFrameSchema(
            {
                column.name: pa.Column(
                    DTYPES[column.kind],
                    nullable=not column.required or column.may_be_suppressed,
                    checks=pa.Check.ge(0) if column.kind == "count" else None,
                )
                for column in self.columns
            },
            checks=pa.Check(lambda frame: not self.lacking(frame)),
            strict=True,
            ordered=True,
            coerce=True,
            name=self.name,
        )

    def lacking(self, frame: pd.DataFrame) -> list[str]:
        """Return the required columns of which a row has neither a value nor the right to none."""
        return [
            column.name
            for column in self.columns
            if column.required
            and frame[column.name].hasnans
            and not (
                column.may_be_suppressed
                and _are_suppressed(frame[frame[column.name].isna()], column.name)
            )
        ]

    def frame(self, rows: list[dict[str, Any]]) -> pd.DataFrame:
        """Return a validated table built from rows.

        Parameters
        ----------
        rows
            Values by column name; absent columns become missing values.

        Raises
        ------
        pandera.errors.SchemaError
            When a value is invalid: intake must have set such a row aside.
        """
        names = [column.name for column in self.columns]
        return self.schema.validate(self._typed(pd.DataFrame(rows, columns=names, dtype=object)))

    def frame_of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a validated table built from a data frame with its columns and possibly others.

        Raises
        ------
        ValueError
            When a required value is missing, or a count is below 0.
        """
        names = [column.name for column in self.columns]
        typed = self._typed(frame[names].reset_index(drop=True))
        if lacking := self.lacking(typed):
            raise ValueError(self.name, *lacking)
        for column in self.columns:
            if column.kind == "count" and (typed[column.name] < 0).any():
                raise ValueError(self.name, column.name)
        return typed

    def _typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        for column in self.columns:
            dtype = pd.api.types.pandas_dtype(DTYPES[column.kind])
            if frame[column.name].dtype != dtype:
                frame[column.name] = frame[column.name].astype(dtype)
        return frame


def _are_suppressed(rows: pd.DataFrame, column: str) -> bool:
    """Return whether all rows are marked as such whose author suppressed a count."""
    marks = rows["marks"].fillna("").str.split(";")
    return all(f"{column}=suppressed" in several for several in marks)


def _table(name: str, *own: Column, days: str = "") -> Table:
    return Table(name, own, days)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "councils",
            Column("council_name", required=True),
            Column("seminar_on", "day", month_will_do=True),
            Column("preparatory_on", "day", month_will_do=True),
            Column("established_on", "day", month_will_do=True),
            Column("suspended_on", "day", month_will_do=True),
            Column("resumed_on", "day", month_will_do=True),
            Column("meeting_frequency"),
            Column("usual_venue"),
            Column("usual_time"),
            Column("secretariat"),
            Column("vision"),
        ),
        _table(
            "members",
            Column("organisation_type", "term", required=True, vocabulary="organisation_type"),
            Column("role_group", "term", vocabulary="role_group"),
            Column("members", "count", required=True, may_be_suppressed=True),
            Column("proxies", "count"),
        ),
        _table(
            "coordinators",
            Column("coordinator_id", required=True, is_code=True),
            Column("affiliation"),
            Column("appointed_on", "day", required=True, month_will_do=True),
            Column("ended_on", "day", month_will_do=True, may_be_open=True),
        ),
        _table(
            "meetings",
            Column("number", "count"),
            Column("kind", "term", required=True, vocabulary="meeting_kind"),
            Column("held_on", "day", required=True),
            Column("starts_at", "time"),
            Column("ends_at", "time"),
            Column("venue"),
            Column("members_present", "count"),
            Column("supporters_present", "count"),
            Column("others_present", "count", sums=True),
            Column("total_present", "count"),
            Column("topic"),
            Column("priority_field", "term", vocabulary="priority_field"),
            Column("cycle_step", "term", vocabulary="cycle_step"),
            Column("decisions"),
            days="held_on",
        ),
        _table(
            "activities",
            Column("activity_id", required=True, is_code=True),
            Column("name", required=True),
            Column("kind", "term", required=True, vocabulary="activity_kind"),
            Column("priority_field", "term", vocabulary="priority_field"),
            Column("care_domain", "term", vocabulary="care_domain"),
            Column("venue"),
            Column("lon", "degree"),
            Column("lat", "degree"),
            Column("run_by"),
            Column("started_on", "day", month_will_do=True),
            Column("ended_on", "day", month_will_do=True, may_be_open=True),
            Column("frequency", "term", vocabulary="frequency"),
        ),
        _table(
            "activity_months",
            Column("activity_id", required=True, is_code=True),
            Column("month", "month", required=True),
            Column("sessions", "count"),
            Column("attendances", "count"),
            Column("people", "count"),
            # Where the counts come from different rows, the row of each: "sessions=5;people=6".
            Column("source_rows", is_code=True, of_source=True),
            days="month",
        ),
        _table(
            "ideas",
            Column("raised_on", "day", month_will_do=True),
            Column("theme", required=True),
            Column("background"),
            Column("shared_information"),
            Column("findings"),
            Column("idea"),
            Column("status", "term", required=True, vocabulary="idea_status"),
            Column("priority_field", "term", vocabulary="priority_field"),
        ),
        _table(
            "ledger",
            Column("booked_on", "day", required=True),
            Column("direction", required=True),
            Column("purpose", "term", vocabulary="ledger_purpose"),
            Column("category", "term", required=True, vocabulary="ledger_category"),
            Column("amount_yen", "yen", required=True),
            Column("description"),
            Column("payee"),
            Column("receipt_number", is_code=True),
            days="booked_on",
        ),
        _table(
            "budgets",
            Column("purpose", "term", required=True, vocabulary="ledger_purpose"),
            Column("category", "term", required=True, vocabulary="ledger_category"),
            Column("amount_yen", "yen", required=True),
        ),
        _table(
            "goals",
            Column("text", required=True),
            Column("set_on", "day", month_will_do=True),
            Column("status", "term", vocabulary="goal_status"),
        ),
        _table(
            "population",
            Column("as_of", "day", required=True),
            Column("population", "count", required=True),
            Column("households", "count"),
            Column("population_65plus", "count"),
            Column("population_75plus", "count"),
            # Of figures added up from neighbourhoods: the survey, "census" or "register", and all
            # rows that they come from, "3-6, 12".
            Column("survey", is_code=True),
            Column("source_rows", is_code=True, of_source=True),
            # The name of the file as pages may show it, with personal data masked.
            Column("file_name", is_code=True),
        ),
        _table(
            "payments",
            Column("paid_on", "day", required=True),
            Column("kind", "term", required=True, vocabulary="payment_kind"),
            Column("first_month", "month", required=True),
            Column("months", "count", required=True),
            Column("amount_yen", "yen", required=True),
            Column("note"),
            days="first_month",
        ),
    )
}
