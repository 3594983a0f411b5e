"""Comparison of the outcomes of two runs.

Only values that differ between any two runs of the standard engine are normalised beforehand.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Final

from tests.notebooks.awkward.reading import Json
from tests.notebooks.awkward.runs import Outcome

# (pattern, replacement). Each differs with the process or the moment.
TEXTS: Final = (
    # ipykernel names the file of a cell by the process and the source; only the former is replaced.
    (re.compile(r"(?<=/ipykernel_)\d+(?=/)"), "<process>"),
    # Objects without a better representation show their address in memory.
    (re.compile(r"\b0x[0-9a-f]{6,16}\b|(?<= object at )[0-9a-f]{6,16}\b"), "<address>"),
    # A kernel and its client connect through a file with a random name, which is in sys.argv.
    (re.compile(r"('-f',\s+')[^']+\.json(?=')"), r"\1<meeting place>"),
)
# papermill records when each cell and the notebook were run, and for how long.
MOMENTS: Final = ("start_time", "end_time")
DURATION: Final = "duration"
# papermill inserts cells with random identifiers.
PUT_IN: Final = frozenset({"injected-parameters", "papermill-error-cell-tag"})
# The recursion depth available depends on the number of frames of the engine below the cell.
TOO_DEEP: Final = "RecursionError"
ABSENT: Final = "<absent>"
LONGEST: Final = 300


def differences(one: Outcome, other: Outcome) -> list[str]:
    """Return each place where two outcomes differ, with the values of both."""
    return list(_differing("", normal(one), normal(other)))


def normal(outcome: Outcome) -> Json:
    """Return an outcome without the values that differ between any two runs."""
    return _plain(
        {
            "raised": _raised(outcome.raised),
            "notebook": _notebook(outcome.notebook) if outcome.notebook else None,
            "files": outcome.files,
        }
    )


def _raised(raised: list[Json]) -> list[Json]:
    """Return what was raised with repeated frames removed from a traceback, its last item."""
    return [*raised[:-1], _once(raised[-1])] if TOO_DEEP in raised else raised


def _notebook(notebook: Json) -> Json:
    cells = [_cell(cell, number) for number, cell in enumerate(notebook["cells"])]
    return notebook | {
        "metadata": _timed(notebook["metadata"]),
        # By identifier, so that an additional cell in one of them does not shift all that follow.
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
    """Return each frame of a traceback once, in the order of its first call."""
    return list(dict.fromkeys(frames))


def _timed(metadata: Json) -> Json:
    """Return metadata with placeholders for moments; other values stay, so that they show."""
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
    # nbclient records when the messages of a cell arrived; without a kernel there are none.
    metadata.pop("execution", None)
    return metadata


def _moment(value: Json) -> Json:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return "<moment>"


def _merged(outputs: list[Json]) -> list[Json]:
    """Return outputs with adjacent messages of a stream merged: their number depends on timing."""
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
    """Return a text that nbformat has split into lines as one; JSON data stay unchanged."""
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
    """Return a value as text, a long one cut to the surroundings of the first difference."""
    text, against = repr(value), repr(other)
    pairs = zip_longest(text, against)
    first = next((at for at, (one, two) in enumerate(pairs) if one != two), 0)
    start = max(0, first - LONGEST // 3)
    cut = text[start : start + LONGEST]
    return f"{'...' if start else ''}{cut}{'...' if start + LONGEST < len(text) else ''}"
