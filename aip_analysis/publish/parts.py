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
from dataclasses import dataclass, field
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


@dataclass
class Parts:
    """The parts of a page's charts.

    Parameters
    ----------
    figures
        All charts of the page, as plain values.
    """

    figures: list[Any]
    _shared: Shared = field(init=False, default_factory=Shared)
    _paths: dict[int, str] = field(init=False, default_factory=dict)
    _rings: dict[int, list[Ring]] = field(init=False, default_factory=dict)
    _looks: dict[int, dict[str, Any]] = field(init=False, default_factory=dict)
    _texts: dict[int, str] = field(init=False, default_factory=dict)
    _counts: "Counter[str]" = field(init=False, default_factory=Counter)
    _keys: dict[Any, str] = field(init=False, default_factory=dict)
    _numbers: dict[str, int] = field(init=False, default_factory=dict)
    _written: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for figure in self.figures:
            self._read(figure)

    def chart(self, figure: Any) -> str:  # noqa: ANN401 -- any value of JSON
        """Write a chart of the page as JSON, safe within a script element."""
        return safe(self._write(figure))

    def all(self) -> str:
        """Write the parts that the charts written so far ask for."""
        return safe(f"[{','.join(self._written)}]")

    def still(self, figure: Any) -> str:  # noqa: ANN401 -- as above
        """Draw a chart of the page as a picture that needs no script."""
        return picture(figure, self._shared)

    def outlines(self) -> str:
        """Write the outlines and hatchings that charts and pictures so far ask for, as SVG."""
        return self._shared.all()

    def _read(self, value: Any) -> str:  # noqa: ANN401 -- as above
        """Write a value in full, and count each longer one within it."""
        if isinstance(value, dict) and value:
            if "x" in value and "y" in value:
                self._read_place(value)
            inside = [f"{self._key(key)}:{self._inside(each)}" for key, each in value.items()]
            text = f"{{{','.join(inside)}}}"
        elif _listed(value):
            text = f"[{','.join([self._inside(each) for each in value])}]"
        else:
            text = _plain(value)
        self._texts[id(value)] = text
        if len(text) >= LEAST:
            self._counts[text] += 1
        return text

    def _inside(self, value: Any) -> str:  # noqa: ANN401 -- as above
        """Write a value within another; what is too short to be a part, as most is, not as one."""
        kind = type(value)
        if kind is str:
            text = encode_basestring(value)
            return text if len(text) < LEAST else self._read(value)
        if value is None or kind in _NUMBERS:
            return _plain(value)
        return self._read(value)

    def _read_place(self, value: dict[str, Any]) -> None:
        """Note the outline or the circles of what lies somewhere, and what it looks like."""
        rings = rings_of(value["x"], value["y"])
        path = "" if rings else path_of(value["x"], value["y"])
        if rings:
            self._rings[id(value)] = rings
        elif path:
            self._paths[id(value)] = path
        look = {key: each for key, each in value.items() if key not in OWN}
        self._looks[id(value)] = look
        self._read(look)

    def _write(self, value: Any, *, whole: bool = False) -> str:  # noqa: ANN401 -- as above
        """Write a value, parts named instead of written where they stand more than once."""
        text = self._texts.get(id(value)) or _plain(value)
        if len(text) < LEAST:
            return text
        if not whole and self._counts[text] > 1:
            return f'{{"{MARK}":{self._number(text, value)}}}'
        if isinstance(value, dict) and value:
            return self._object(value)
        if _listed(value):
            return f"[{','.join(self._write(each) for each in value)}]"
        return text

    def _object(self, value: dict[str, Any]) -> str:
        """Write an object with its outline and its look named, if it has them."""
        inside = []
        left_out: set[str] = set()
        if id(value) in self._rings:
            numbers = ",".join(str(part) for ring in self._rings[id(value)] for part in ring)
            inside.append(f'"{RINGS}":[{numbers}]')
            left_out |= {"x", "y"}
        elif id(value) in self._paths:
            inside.append(f'"{PATH}":{self._shared.outline(self._paths[id(value)])}')
            left_out |= {"x", "y"}
        look = self._looks.get(id(value))
        text = self._texts[id(look)] if look is not None else ""
        if len(text) >= LEAST and self._counts[text] > 1:
            inside.append(f'"{MARK}":{self._number(text, look)}')
            left_out |= set(look or ())
        inside += [
            f"{self._key(key)}:{self._write(each)}"
            for key, each in value.items()
            if key not in left_out
        ]
        return f"{{{','.join(inside)}}}"

    def _key(self, key: Any) -> str:  # noqa: ANN401 -- as above
        """Write a key: the same few, thousands of times."""
        if key not in self._keys:
            self._keys[key] = _plain(key)
        return self._keys[key]

    def _number(self, text: str, value: Any) -> int:  # noqa: ANN401 -- as above
        """Give the number of a part; the first time, write it, its own parts before it."""
        if text not in self._numbers:
            written = self._write(value, whole=True)
            self._numbers[text] = len(self._written)
            self._written.append(written)
        return self._numbers[text]


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
