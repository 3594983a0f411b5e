"""What came of two runs, held against each other.

Only what differs between any two runs of the standard engine is made equal beforehand.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Final

from tests.notebooks.awkward.reading import Json
from tests.notebooks.awkward.runs import Outcome

# (what to look for, what to put there). Each differs with the process or the moment.
TEXTS: Final = (
    # ipykernel names the file of a cell after the process and the source; the latter is kept.
    (re.compile(r"(?<=/ipykernel_)\d+(?=/)"), "<process>"),
    # Objects are told by their addresses in memory where they have no better representation.
    (re.compile(r"\b0x[0-9a-f]{6,16}\b|(?<= object at )[0-9a-f]{6,16}\b"), "<address>"),
    # A kernel and its client meet at a file named by chance, which sys.argv tells.
    (re.compile(r"('-f',\s+')[^']+\.json(?=')"), r"\1<meeting place>"),
)
# papermill notes when each cell and the notebook were run, and for how long.
MOMENTS: Final = ("start_time", "end_time")
DURATION: Final = "duration"
# papermill puts cells in, with identities made by chance.
PUT_IN: Final = frozenset({"injected-parameters", "papermill-error-cell-tag"})
# How deep a function can call itself depends on how many calls of the engine stand below the cell.
TOO_DEEP: Final = "RecursionError"
ABSENT: Final = "<absent>"
LONGEST: Final = 300


def differences(one: Outcome, other: Outcome) -> list[str]:
    """Tell each place where two outcomes differ, and what stands there in each."""
    return list(_differing("", normal(one), normal(other)))


def normal(outcome: Outcome) -> Json:
    """Give an outcome without what differs between any two runs."""
    return _plain(
        {
            "raised": _raised(outcome.raised),
            "notebook": _notebook(outcome.notebook) if outcome.notebook else None,
            "files": outcome.files,
        }
    )


def _raised(raised: list[Json]) -> list[Json]:
    """Where papermill tells of an error in a cell, the last thing it tells is the traceback."""
    return [*raised[:-1], _once(raised[-1])] if TOO_DEEP in raised else raised


def _notebook(notebook: Json) -> Json:
    cells = [_cell(cell, number) for number, cell in enumerate(notebook["cells"])]
    return notebook | {
        "metadata": _timed(notebook["metadata"]),
        # By their identities, so that a cell more in one of two does not move all that follow.
        "cells": {cell["id"]: cell for cell in cells},
        "order of cells": [cell["id"] for cell in cells],
    }


def _cell(cell: Json, number: int) -> Json:
    put_in = PUT_IN.intersection(cell["metadata"].get("tags", []))
    named = f"{min(put_in)} {'first' if number == 0 else 'later'}" if put_in else cell["id"]
    cell = cell | {"id": named, "metadata": _timed(cell["metadata"])}
    if "outputs" in cell:
        cell |= {"outputs": [_shortened(output) for output in _merged(cell["outputs"])]}
    return cell


def _shortened(output: Json) -> Json:
    if output.get("ename") == TOO_DEEP:
        return output | {"traceback": _once(output["traceback"])}
    return output


def _once(frames: list[str]) -> list[str]:
    """Give each frame of a traceback once, in the order of its first call."""
    return list(dict.fromkeys(frames))


def _timed(metadata: Json) -> Json:
    """Put a word for each moment; what is no moment is kept, so that it shows."""
    metadata = dict(metadata)
    if "papermill" in metadata:
        metadata["papermill"] = {
            name: _moment(value)
            if name in MOMENTS
            else "<seconds>"
            if name == DURATION and isinstance(value, float)
            else value
            for name, value in metadata["papermill"].items()
        }
    # nbclient notes when the messages of a cell came; without a kernel there are none.
    metadata.pop("execution", None)
    return metadata


def _moment(value: Json) -> Json:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return "<moment>"


def _merged(outputs: list[Json]) -> list[Json]:
    """Join neighbours of one stream: into how many messages a stream is cut is up to a clock."""
    merged: list[Json] = []
    for output in outputs:
        before = merged[-1] if merged else {}
        if output["output_type"] == "stream" and output["name"] == before.get("name"):
            merged[-1] = before | {"text": _text(before["text"]) + _text(output["text"])}
        else:
            merged.append(output)
    return merged


def _text(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _joined(name: str, value: Json) -> Json:
    """Join a text that nbformat has cut into its lines; data that are JSON it leaves alone."""
    is_text = name in {"text", "source"} or ("/" in name and not name.endswith("json"))
    return _text(value) if is_text and isinstance(value, list) else value


def _plain(value: Json) -> Json:
    if isinstance(value, str):
        for pattern, word in TEXTS:
            value = pattern.sub(word, value)
        return value
    if isinstance(value, dict):
        return {name: _plain(_joined(name, one)) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _differing(place: str, one: Json, other: Json) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            yield from _differing(f"{place}.{name}", one.get(name, ABSENT), other.get(name, ABSENT))
    elif isinstance(one, list) and isinstance(other, list):
        pairs = zip_longest(one, other, fillvalue=ABSENT)
        for number, (first, second) in enumerate(pairs):
            yield from _differing(f"{place}[{number}]", first, second)
    elif type(one) is not type(other) or one != other:
        yield f"{place}: {_shown(one, other)} != {_shown(other, one)}"


def _shown(value: Json, other: Json) -> str:
    """Give a value as text; of a long one, what stands around the first difference."""
    text, against = repr(value), repr(other)
    pairs = zip_longest(text, against)
    first = next((at for at, (one, two) in enumerate(pairs) if one != two), 0)
    start = max(0, first - LONGEST // 3)
    cut = text[start : start + LONGEST]
    return f"{'...' if start else ''}{cut}{'...' if start + LONGEST < len(text) else ''}"
