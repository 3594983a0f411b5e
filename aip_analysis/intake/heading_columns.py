"""Whether headings.csv names only tables and columns that intake knows."""

from aip_analysis.intake.layout import FORM
from aip_analysis.intake.layout.known_headings import ANY_TABLE
from aip_analysis.intake.privacy import PUBLIC, WITHHELD
from aip_analysis.records import TABLES
from aip_analysis.reference import Ward
from aip_analysis.reference.mistakes import Mistakes

# Columns that only sheets have: intake makes the columns of records from them.
_OF_SHEETS = {
    ANY_TABLE: (
        *("area_code", "fiscal_year", "in_month", "in_day", "weekday"),
        *("correction_of", "correction_step", "reason"),
        *(PUBLIC, WITHHELD),
    ),
    FORM: ("label", "value"),
    "meetings": ("hours",),
    "activity_months": ("item",),
    "ledger": ("income_yen", "expense_yen", "balance_yen"),
}


def check_heading_columns(ward: Ward) -> None:
    """Check that each heading means a column of a table.

    Raises
    ------
    InputRefusedError
        If there are others; the error names all of them.
    """
    known = {name: {column.name for column in table.columns} for name, table in TABLES.items()}
    for name, columns in _OF_SHEETS.items():
        known.setdefault(name, set()).update(columns)
    mistakes = Mistakes()
    rows = zip(ward.headings["table"], ward.headings["column"], strict=True)
    for row, (table, column) in enumerate(rows, 2):
        if column not in known.get(table, ()):
            file = ward.folder / "headings.csv"
            mistakes.add("reference.heading", file=file, row=row, table=table, column=column)
    mistakes.raise_any()
