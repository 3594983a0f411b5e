"""The charts of a page as JSON in which nothing long occurs twice, and as still pictures.

What several charts of a page have in common, such as the look of all charts or of all places on a
map, is written once, as a *part*, and each chart refers to it: ``{"$part": 3}``. Fields next to the
reference are added to the part. Outlines are in the page as SVG paths, as readers without
JavaScript see them in the still pictures; charts refer to them: ``{"$path": 5}`` stands for the
coordinates ``x`` and ``y`` of the path ``o5``, and ``{"$rings": [x, y, radius]}`` for the corners
of a circle. The script of the page resolves all references before it draws.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from aip_analysis.charts.svg import Ring, Shared, path_of, render_svg, rings_of

MARK = "$part"
PATH = "$path"
RINGS = "$rings"
# Fields that a trace or a note does not share with others of the same look: positions and texts.
OWN = frozenset({"x", "y", "text", "hovertext", "name", "xaxis", "yaxis", "xshift", "yshift"})
# Below this many characters, a reference to a part costs more than writing it again.
LEAST = 48
_NUMBERS = {int, float, bool}


@dataclass(slots=True)
class _Value:
    """A value of a chart that is long enough to be a part, as it was read.

    Parameters
    ----------
    text
        The complete value as JSON.
    items
        The items of a list, if these may be or contain parts.
    fields
        The fields of an object.
    rings, path
        The position of an object, if it consists of circles or of an outline.
    look
        The look of an object that has a position: its fields except those of ``OWN``.
    """

    text: str
    items: "Sequence[_Value | str]" = ()
    fields: "dict[str, _Value | str] | None" = None
    rings: Sequence[Ring] = ()
    path: str = ""
    look: "_Value | str" = ""

    def __str__(self) -> str:
        return self.text


class ChartData:
    """The charts of a page, with what they have in common as parts.

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

    def chart_json(self, figure: Any) -> str:  # noqa: ANN401 -- any value of JSON
        """Return a chart of the page as JSON, safe within a script element."""
        return safe(next(self._write(value) for own, value in self._charts if own is figure))

    def parts_json(self) -> str:
        """Return the parts that the charts written so far refer to, as JSON."""
        return safe(f"[{','.join(self._written)}]")

    def static_svg(self, figure: Any) -> str:  # noqa: ANN401 -- as above
        """Return a chart of the page as a picture that needs no script."""
        return render_svg(figure, self._shared)

    def outlines_svg(self) -> str:
        """Return the outlines and hatchings that charts and pictures so far refer to, as SVG."""
        return self._shared.all()

    def _read(self, value: Any) -> _Value | str:  # noqa: ANN401 -- as above
        """Read a value and count each long value in it; a short one is returned as its text."""
        if isinstance(value, dict) and value:
            result = self._read_object(value)
        elif _may_have_parts(value):
            items = [self._inside(item) for item in value]
            result = _Value(f"[{','.join(map(str, items))}]", items)
        else:
            result = _Value(_plain(value))
        if len(result.text) < LEAST:
            return result.text
        self._counts[result.text] += 1
        return result

    def _read_object(self, value: dict[str, Any]) -> _Value:
        """Read an object; if it has a position, also its outline or circles, and its look."""
        rings: Sequence[Ring] = ()
        path = ""
        look: _Value | str = ""
        if "x" in value and "y" in value:
            rings = rings_of(value["x"], value["y"])
            path = "" if rings else path_of(value["x"], value["y"])
            look = self._read({key: item for key, item in value.items() if key not in OWN})
        fields = {key: self._inside(item) for key, item in value.items()}
        inside = [f"{self._key(key)}:{field}" for key, field in fields.items()]
        return _Value(f"{{{','.join(inside)}}}", (), fields, rings, path, look)

    def _inside(self, value: Any) -> _Value | str:  # noqa: ANN401 -- as above
        """Read a value within another; most are too short to be parts and are handled at once."""
        kind = type(value)
        if kind is str:
            text = encode_basestring(value)
            return text if len(text) < LEAST else self._read(value)
        if value is None or kind in _NUMBERS:
            return _plain(value)
        return self._read(value)

    def _write(self, value: _Value | str, *, whole: bool = False) -> str:
        """Return a value as JSON, with references to the parts that occur more than once."""
        if isinstance(value, str):
            return value
        if not whole and self._counts[value.text] > 1:
            return f'{{"{MARK}":{self._number(value)}}}'
        if value.fields:
            return self._object(value, value.fields)
        if value.items:
            return f"[{','.join([self._write(item) for item in value.items])}]"
        return value.text

    def _object(self, value: _Value, fields: "dict[str, _Value | str]") -> str:
        """Return an object as JSON, with references to its outline and its look, if any."""
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
            f"{self._key(key)}:{self._write(field)}"
            for key, field in fields.items()
            if key not in left_out
        ]
        return f"{{{','.join(inside)}}}"

    def _key(self, key: Any) -> str:  # noqa: ANN401 -- as above
        """Return a key as JSON, cached: the same few occur thousands of times."""
        if key not in self._keys:
            self._keys[key] = _plain(key)
        return self._keys[key]

    def _number(self, value: _Value) -> int:
        """Return the number of a part; the first time, write it after the parts within it."""
        if value.text not in self._numbers:
            written = self._write(value, whole=True)
            self._numbers[value.text] = len(self._written)
            self._written.append(written)
        return self._numbers[value.text]


def _may_have_parts(value: Any) -> bool:  # noqa: ANN401 -- any value of JSON
    """Return whether a value is a list whose items may be or contain parts, as its first does."""
    if not (isinstance(value, list | tuple) and value):
        return False
    return isinstance(value[0], dict) or (isinstance(value[0], str) and len(value[0]) >= LEAST)


def safe(text: str) -> str:
    """Escape JSON so that it neither ends its script element nor opens a comment there.

    Browsers react only to ``</script``, ``<!--`` and ``<script``; the thousands of line breaks
    (``<br>``) in plotly's texts are left as they are.
    """
    return _UNSAFE.sub("\\\\u003c", text)


_UNSAFE = re.compile(r"<(?=[/!sS])")


# One encoder for all values: json.dumps would create one for each of thousands.
_plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
