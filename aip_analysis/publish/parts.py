"""The charts of a page as JSON in which nothing long stands twice.

The outlines of a map, the look of all charts: what several charts of a page have in common is
written once, as a *part*, and each chart says which part belongs there: ``{"$part": 3}``. The
script of the page puts the parts in before it draws.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MARK = "$part"
# Below so many letters, naming a part costs more than writing it again.
LEAST = 48


@dataclass
class Parts:
    """The parts of a page's charts.

    Parameters
    ----------
    figures
        All charts of the page, as plain values.
    """

    figures: list[Any]
    _texts: dict[int, str] = field(init=False, default_factory=dict)
    _counts: "Counter[str]" = field(init=False, default_factory=Counter)
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

    def _read(self, value: Any) -> str:  # noqa: ANN401 -- as above
        """Write a value in full, and count each longer one within it."""
        if isinstance(value, dict) and value:
            inside = (f"{_plain(key)}:{self._read(each)}" for key, each in value.items())
            text = f"{{{','.join(inside)}}}"
        elif _listed(value):
            text = f"[{','.join(self._read(each) for each in value)}]"
        else:
            text = _plain(value)
        self._texts[id(value)] = text
        if len(text) >= LEAST:
            self._counts[text] += 1
        return text

    def _write(self, value: Any, *, whole: bool = False) -> str:  # noqa: ANN401 -- as above
        """Write a value, parts named instead of written where they stand more than once."""
        text = self._texts[id(value)]
        if len(text) < LEAST:
            return text
        if not whole and self._counts[text] > 1:
            return f'{{"{MARK}":{self._number(text, value)}}}'
        if isinstance(value, dict) and value:
            inside = (f"{_plain(key)}:{self._write(each)}" for key, each in value.items())
            return f"{{{','.join(inside)}}}"
        if _listed(value):
            return f"[{','.join(self._write(each) for each in value)}]"
        return text

    def _number(self, text: str, value: Any) -> int:  # noqa: ANN401 -- as above
        """Give the number of a part; the first time, write it, its own parts before it."""
        if text not in self._numbers:
            written = self._write(value, whole=True)
            self._numbers[text] = len(self._written)
            self._written.append(written)
        return self._numbers[text]


def _listed(value: Any) -> bool:  # noqa: ANN401 -- any value of JSON
    """Tell whether a value is a list of what may hold parts, as its first entry is."""
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict)


def safe(text: str) -> str:
    """Keep JSON from ending the script element that it stands in."""
    return text.replace("<", "\\u003c")


# One encoder for all: json.dumps would make one for each of thousands of values.
_plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
