"""Words that hold a place until something is decided: （検討中） below 目標 is no goal."""

import re
from collections.abc import Iterator

from aip_analysis.intake.conversion.parsed_table import ParsedTable, RowProblems
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.amounts import is_nothing
from aip_analysis.intake.values.days import CLOSE, OPEN

_UNDECIDED = re.compile(
    r"未(?:定|決定?|設定|記入|作成|策定)|(?:検討|調整|準備|協議|相談|作成|策定|確認|記入)(?:中|予定)"
    r"|後日(?:決定|記入|設定)"
)
_AROUND = re.compile(rf"^(?:{OPEN}|[※*・])+|(?:{CLOSE}|[。.])+$")


def undecided_texts(table: ParsedTable) -> Iterator[RowProblems]:
    """Yield the rows whose text, which a record needs, says nothing or that it is not decided."""
    needed = (own.name for own in table.definition.own if own.required and own.kind == "text"
              and not own.is_code)  # fmt: skip
    for name in needed:
        column = table.columns.get(name)
        if column is not None:
            rows = column.rows_where([_says_nothing(str(value)) for value in column.values])
            yield RowProblems("undecided", "set_aside", name, rows)


def _says_nothing(text: str) -> bool:
    bare = _AROUND.sub("", folded(text))
    return (
        bool(_UNDECIDED.fullmatch(bare))
        or is_nothing(bare.removeprefix("特に"))
        or not any(letter.isalnum() for letter in bare)
    )
