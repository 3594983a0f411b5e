"""The tables of blocks as plain data for programs, with number, title and source."""

import json
from collections.abc import Iterable
from typing import Any

from aip_analysis.tables.plain_data import table_data


def tables_json(blocks: Iterable[Any]) -> str:
    """Return the tables of some blocks of a section as one JSON string; empty without tables.

    One string, not nested values: a notebook's outputs pass through many steps, each of which would
    copy every cell of every table.

    Parameters
    ----------
    blocks
        Blocks with a name, a source, a table, and a title: a subject, a caption or a heading.
        Blocks without a table are skipped.
    """
    tables = [_block_data(block) for block in blocks if hasattr(block, "table")]
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")) if tables else ""


def _block_data(block: Any) -> dict[str, Any]:  # noqa: ANN401 -- any block that has a table
    titles = (getattr(block, name, "") for name in ("subject", "caption", "heading"))
    label = getattr(block, "label", "")
    return {
        "name": block.name,
        "label": label,
        "title": next(filter(None, titles), block.name).removeprefix(label).lstrip(" :　"),
        "source": block.source,
        **table_data(block.table),
    }
