"""Awkward notebooks as readable source: a file per notebook, with cells separated by ``# %%``.

The files end in .ipy, as scripts in the language of IPython do: magics are not Python.

A notebook begins with sentences on what is awkward in it. Lines there that begin with ``#:`` are
TOML with the settings of its run; they are the fields of `Awkward`. A cell begins with a line such
as

    # %%
    # %% [markdown]
    # %% tags: parameters, raises-exception

Lines of Markdown and raw cells are prefixed with ``# ``.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
FOLDER: Final = Path(__file__).parent
CELL: Final = re.compile(r"^# %%(?: \[(?P<kind>markdown|raw)\])?(?: tags: (?P<tags>.+))?$")
AT_ONCE: Final = 7
KERNEL: Final = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


@dataclass(frozen=True)
class Awkward:
    """A notebook, and the settings of its run."""

    name: str
    cells: list[Json]
    # The exception that papermill raises: its class, and the exception of the cell, if any.
    raises: str = ""
    parameters: dict[str, Json] = field(default_factory=dict)
    # Environment variables of the papermill process; {folder} is the folder of the run.
    environment: dict[str, str] = field(default_factory=dict)
    # Further arguments for papermill.
    arguments: dict[str, Json] = field(default_factory=dict)
    # Files present in the folder of the run beforehand.
    files: dict[str, str] = field(default_factory=dict)
    # Whether it ends early, or would not behave the same after others in one process.
    alone: bool = False
    # Whether another one by day shows nearly the same.
    night: bool = False

    def notebook(self) -> Json:
        """Return the notebook in nbformat 4.5."""
        return {
            "cells": self.cells,
            "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }


def names() -> list[str]:
    """Return the names of all awkward notebooks."""
    return sorted(file.stem for file in FOLDER.glob("*.ipy"))


def together() -> Iterator[Awkward]:
    """Yield all of them as few runs: those that run to their end are combined.

    Starting a kernel takes longer than running most of them.
    """
    calm = []
    for name in names():
        awkward = read(name)
        if awkward.alone or awkward != Awkward(name, awkward.cells):
            yield awkward
        else:
            calm.append(awkward)
    for first in range(0, len(calm), AT_ONCE):
        group = calm[first : first + AT_ONCE]
        cells = [
            cell | {"id": f"{member.name.replace('_', '-')}-{cell['id']}"}
            for member in group
            for cell in member.cells
        ]
        yield Awkward(" ".join(member.name for member in group), cells)


def read(name: str) -> Awkward:
    """Read one by its name."""
    return parsed(name, (FOLDER / f"{name}.ipy").read_text(encoding="utf-8"))


def parsed(name: str, source: str) -> Awkward:
    """Return the notebook that a source describes."""
    head, *bodies = _parts(source.splitlines())
    settings = [line.removeprefix("#:").strip() for line in head if line.startswith("#:")]
    return Awkward(
        name,
        [_cell(number, *body) for number, body in enumerate(bodies, 1)],
        **tomllib.loads("\n".join(settings)),
    )


def _parts(lines: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if CELL.match(line):
            parts.append([])
        parts[-1].append(line)
    return parts


def _cell(number: int, mark: str, *lines: str) -> Json:
    match = CELL.match(mark)
    assert match is not None
    kind = match["kind"] or "code"
    texts = (
        lines if kind == "code" else [line.removeprefix("#").removeprefix(" ") for line in lines]
    )
    metadata = {"tags": match["tags"].split(", ")} if match["tags"] else {}
    cell = {
        "id": f"cell-{number:02}",
        "cell_type": kind,
        "metadata": metadata,
        "source": "\n".join(texts).strip("\n"),
    }
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})
