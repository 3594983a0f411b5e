"""The TOML files of data/reference: each key is known, and has a value of the right kind."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aip_analysis.reference.mistakes import Mistakes

Keys = tuple[str, ...]
_TABLE = re.compile(r"\s*\[+([^\]]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")


def is_text(value: object) -> bool:
    """Return whether a value is a text that is not empty."""
    return isinstance(value, str) and bool(value.strip())


def is_texts(value: object) -> bool:
    """Return whether a value is a list of texts."""
    return isinstance(value, list) and all(is_text(part) for part in value)


def is_table(value: object) -> bool:
    """Return whether a value is a table."""
    return isinstance(value, dict)


def is_texts_by_key(value: object) -> bool:
    """Return whether a value is a table of lists of texts."""
    return isinstance(value, dict) and all(is_texts(part) for part in value.values())


def is_positive(value: object) -> bool:
    """Return whether a value is a number above 0."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def is_amount(value: object) -> bool:
    """Return whether a value is a whole number of 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that was read.

    Parameters
    ----------
    path
        The file.
    content
        Its keys and values.
    lines
        The line of each key and table, by the keys that lead to it.
    """

    path: Path
    content: Mapping[str, Any]
    lines: Mapping[Keys, int]

    def check_keys(
        self,
        table: Keys,
        needed: Mapping[str, Callable[[object], bool]],
        optional: Mapping[str, Callable[[object], bool]],
        mistakes: Mistakes,
    ) -> None:
        """Add a mistake for each key of a table that is missing, unknown, or has a wrong value.

        Parameters
        ----------
        table
            The keys that lead to the table; empty for the top of the file.
        needed, optional
            The keys that it must have, and those that it may have -> whether a value is right.
        mistakes
            Where mistakes are added.
        """
        values: Any = self.content
        for key in table:
            values = values[key]
        known = {**needed, **optional}
        for key, value in values.items():
            at = {"file": self.path, "line": self.line((*table, key)), "name": key}
            if key not in known:
                mistakes.add("reference.unknown_key", **at, known="、".join(known))
            elif not known[key](value):
                mistakes.add("reference.key_value", **at, found=value)
        for key in needed:
            if key not in values:
                at = {"file": self.path, "line": self.line(table), "name": key}
                mistakes.add("reference.missing_key", **at)

    def line(self, keys: Keys) -> int:
        """Return the line of a key or table; of the table around it if it is written otherwise."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def read_toml(path: Path, mistakes: Mistakes) -> TomlFile | None:
    """Return a TOML file; None, and a mistake, if it cannot be read."""
    if not path.is_file():
        mistakes.add("reference.missing", file=path)
        return None
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return TomlFile(path, tomllib.loads(text), _lines(text))
    except UnicodeDecodeError:
        mistakes.add("reference.unreadable", file=path)
    except (ValueError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else len(text.splitlines())
        mistakes.add("reference.toml", file=path, line=line)
    return None


def _lines(text: str) -> dict[Keys, int]:
    """Return the lines of keys and tables, as far as they are written one a line."""
    table: Keys = ()
    lines: dict[Keys, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = _parts(head[1])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            parts = _parts(key[1])
            for depth in range(1, len(parts) + 1):
                lines.setdefault((*table, *parts[:depth]), number)
    return lines


def _parts(dotted: str) -> Keys:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
