"""The charts of a page as JSON in which nothing long stands twice, and as still pictures.

The look of all charts, of all places on a map: what several charts of a page have in common is
written once, as a *part*, and each chart says which part belongs there: ``{"$part": 3}``. What
stands beside the part is added to it. Outlines stand in the page as paths of SVG, for readers
without JavaScript look at them in the still pictures; charts name them: ``{"$path": 5}`` stands for
the places ``x`` and ``y`` of the path ``o5``, and ``{"$rings": [x, y, radius]}`` for the corners of
a circle. The script of the page puts all in before it draws.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from aip_analysis.still import Ring, Shared, path_of, picture, rings_of

MARK = "$part"
PATH = "$path"
RINGS = "$rings"
# What a trace or a note does not have in common with others that look like it: where it is, words.
OWN = frozenset({"x", "y", "text", "hovertext", "name", "xaxis", "yaxis", "xshift", "yshift"})
# Below so many letters, naming a part costs more than writing it again.
LEAST = 48
_NUMBERS = {int, float, bool}


@dataclass(slots=True)
class _Value:
    """A value of a chart that is long enough to be a part, as it was read.

    Parameters
    ----------
    text
        The whole of it as JSON.
    items
        What a list holds, where that may be or hold parts.
    fields
        What an object holds.
    rings, path
        Where an object lies, if it lies on circles or on an outline.
    look
        What an object that lies somewhere looks like: its fields but for its own.
    """

    text: str
    items: "Sequence[_Value | str]" = ()
    fields: "dict[str, _Value | str] | None" = None
    rings: Sequence[Ring] = ()
    path: str = ""
    look: "_Value | str" = ""

    def __str__(self) -> str:
        return self.text


class Parts:
    """The parts of a page's charts.

    Parameters
    ----------
    figures
        All charts of the page, as plain values.
    """

    def __init__(self, figures: list[Any]) -> None:
        self._shared = Shared()
        self._counts: Counter[str] = Counter()
        self._keys: dict[Any, str] = {}
        self._numbers: dict[str, int] = {}
        self._written: list[str] = []
        self._charts = [(figure, self._read(figure)) for figure in figures]

    def chart(self, figure: Any) -> str:  # noqa: ANN401 -- any value of JSON
        """Write a chart of the page as JSON, safe within a script element."""
        return safe(next(self._write(value) for own, value in self._charts if own is figure))

    def all(self) -> str:
        """Write the parts that the charts written so far ask for."""
        return safe(f"[{','.join(self._written)}]")

    def still(self, figure: Any) -> str:  # noqa: ANN401 -- as above
        """Draw a chart of the page as a picture that needs no script."""
        return picture(figure, self._shared)

    def outlines(self) -> str:
        """Write the outlines and hatchings that charts and pictures so far ask for, as SVG."""
        return self._shared.all()

    def _read(self, value: Any) -> _Value | str:  # noqa: ANN401 -- as above
        """Read a value, and count each longer one within it; of a shorter one give the text."""
        if isinstance(value, dict) and value:
            found = self._read_object(value)
        elif _listed(value):
            items = [self._inside(each) for each in value]
            found = _Value(f"[{','.join(map(str, items))}]", items)
        else:
            found = _Value(_plain(value))
        if len(found.text) < LEAST:
            return found.text
        self._counts[found.text] += 1
        return found

    def _read_object(self, value: dict[str, Any]) -> _Value:
        """Read an object; of what lies somewhere also the outline or the circles, and its look."""
        rings: Sequence[Ring] = ()
        path = ""
        look: _Value | str = ""
        if "x" in value and "y" in value:
            rings = rings_of(value["x"], value["y"])
            path = "" if rings else path_of(value["x"], value["y"])
            look = self._read({key: each for key, each in value.items() if key not in OWN})
        fields = {key: self._inside(each) for key, each in value.items()}
        inside = [f"{self._key(key)}:{each}" for key, each in fields.items()]
        return _Value(f"{{{','.join(inside)}}}", (), fields, rings, path, look)

    def _inside(self, value: Any) -> _Value | str:  # noqa: ANN401 -- as above
        """Read a value within another; what is too short to be a part, as most is, at once."""
        kind = type(value)
        if kind is str:
            text = encode_basestring(value)
            return text if len(text) < LEAST else self._read(value)
        if value is None or kind in _NUMBERS:
            return _plain(value)
        return self._read(value)

    def _write(self, value: _Value | str, *, whole: bool = False) -> str:
        """Write a value, parts named instead of written where they stand more than once."""
        if isinstance(value, str):
            return value
        if not whole and self._counts[value.text] > 1:
            return f'{{"{MARK}":{self._number(value)}}}'
        if value.fields:
            return self._object(value, value.fields)
        if value.items:
            return f"[{','.join([self._write(each) for each in value.items])}]"
        return value.text

    def _object(self, value: _Value, fields: "dict[str, _Value | str]") -> str:
        """Write an object with its outline and its look named, if it has them."""
        inside = []
        left_out: set[str] = set()
        if value.rings:
            numbers = ",".join(str(part) for ring in value.rings for part in ring)
            inside.append(f'"{RINGS}":[{numbers}]')
            left_out |= {"x", "y"}
        elif value.path:
            inside.append(f'"{PATH}":{self._shared.outline(value.path)}')
            left_out |= {"x", "y"}
        look = value.look
        if isinstance(look, _Value) and self._counts[look.text] > 1:
            inside.append(f'"{MARK}":{self._number(look)}')
            left_out |= set(look.fields or ())
        inside += [
            f"{self._key(key)}:{self._write(each)}"
            for key, each in fields.items()
            if key not in left_out
        ]
        return f"{{{','.join(inside)}}}"

    def _key(self, key: Any) -> str:  # noqa: ANN401 -- as above
        """Write a key: the same few, thousands of times."""
        if key not in self._keys:
            self._keys[key] = _plain(key)
        return self._keys[key]

    def _number(self, value: _Value) -> int:
        """Give the number of a part; the first time, write it, its own parts before it."""
        if value.text not in self._numbers:
            written = self._write(value, whole=True)
            self._numbers[value.text] = len(self._written)
            self._written.append(written)
        return self._numbers[value.text]


def _listed(value: Any) -> bool:  # noqa: ANN401 -- any value of JSON
    """Tell whether a value is a list of what may be or hold parts, as its first entry is."""
    if not (isinstance(value, list | tuple) and value):
        return False
    return isinstance(value[0], dict) or (isinstance(value[0], str) and len(value[0]) >= LEAST)


def safe(text: str) -> str:
    """Keep JSON from ending the script element that it stands in, or from opening a comment there.

    A browser looks out for ``</script``, ``<!--`` and ``<script`` alone; the line breaks of
    plotly's texts, by the thousand, may stay as they are.
    """
    return _GRAVE.sub("\\\\u003c", text)


_GRAVE = re.compile(r"<(?=[/!sS])")


# One encoder for all: json.dumps would make one for each of thousands of values.
_plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
