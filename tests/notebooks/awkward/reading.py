"""Awkward notebooks, kept as readable source: a file a notebook, its cells parted by ``# %%``.

The files end in .ipy, as scripts in the language of IPython do: magics are no Python.

A notebook begins with sentences on what is awkward in it. Lines there that begin with ``#:`` are
TOML and say how it is run; `Awkward` tells their names. A cell begins with a line such as

    # %%
    # %% [markdown]
    # %% tags: parameters, raises-exception

Lines of Markdown and raw cells stand behind ``# ``.
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
    """A notebook, and how it is run."""

    name: str
    cells: list[Json]
    # What papermill raises: the class, and the exception of the cell, if there is one.
    raises: str = ""
    parameters: dict[str, Json] = field(default_factory=dict)
    # Variables of whoever runs papermill; {folder} is the folder of the run.
    environment: dict[str, str] = field(default_factory=dict)
    # Further arguments for papermill.
    arguments: dict[str, Json] = field(default_factory=dict)
    # Files that lie in the folder of the run beforehand.
    files: dict[str, str] = field(default_factory=dict)
    # Whether it ends half-way, or would not be the same behind others in one process.
    alone: bool = False

    def notebook(self) -> Json:
        """Give the notebook in the format 4.5."""
        return {
            "cells": self.cells,
            "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }


def names() -> list[str]:
    """Give the names of all awkward notebooks."""
    return sorted(file.stem for file in FOLDER.glob("*.ipy"))


def together() -> Iterator[Awkward]:
    """Yield all of them in few runs: those that run to their end one after the other in one.

    To start a kernel takes longer than to run most of them.
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
            cell | {"id": f"{each.name.replace('_', '-')}-{cell['id']}"}
            for each in group
            for cell in each.cells
        ]
        yield Awkward(" ".join(each.name for each in group), cells)


def read(name: str) -> Awkward:
    """Read one by its name."""
    return parsed(name, (FOLDER / f"{name}.ipy").read_text(encoding="utf-8"))


def parsed(name: str, source: str) -> Awkward:
    """Give the notebook that a source describes."""
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
    found = CELL.match(mark)
    assert found is not None
    kind = found["kind"] or "code"
    texts = (
        lines if kind == "code" else [line.removeprefix("#").removeprefix(" ") for line in lines]
    )
    metadata = {"tags": found["tags"].split(", ")} if found["tags"] else {}
    cell = {
        "id": f"cell-{number:02}",
        "cell_type": kind,
        "metadata": metadata,
        "source": "\n".join(texts).strip("\n"),
    }
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})
