"""What a block tells programs: its table as plain data, with its number, title and source."""

import json
from collections.abc import Iterable
from typing import Any

from aip_analysis.tables.data import table_data


def tables_json(blocks: Iterable[Any]) -> str:
    """Give the tables of some blocks of a section as one text of JSON; no text without tables.

    One text, not values within values: a notebook's outputs go through many hands, and each would
    copy every cell of every table.

    Parameters
    ----------
    blocks
        Blocks with a name, a source and a table, and what they are called: a subject, a caption
        or a heading.
    """
    told = [_told(block) for block in blocks if hasattr(block, "table")]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def _told(block: Any) -> dict[str, Any]:  # noqa: ANN401 -- any block that has a table
    named = (getattr(block, name, "") for name in ("subject", "caption", "heading"))
    label = getattr(block, "label", "")
    return {
        "name": block.name,
        "label": label,
        "title": next(filter(None, named), block.name).removeprefix(label).lstrip(" :　"),
        "source": block.source,
        **table_data(block.table),
    }
