"""Text in a picture: plotly's markup for it, its lines, and its width."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# As multiples of the font size: line height; extent of letters above and below the baseline; how
# far the baseline lies below their middle.
LINE = 1.3
ABOVE = 0.9
BELOW = 0.25
MIDDLE = 0.35
# Width of a Latin letter or digit as a multiple of the font size: the mean of names and numbers.
LATIN = 0.58
# Default font size in pixels; the style sheet sets it.
SIZE = 12

# Initial values of attributes that are not set.
UNSET = {"font-weight": "400", "text-anchor": "start", "stroke": "none", "stroke-width": "0"}

_MARKS = re.compile(r"<(/?)(br|b)\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A text of one or more lines at a position in the picture.

    Parameters
    ----------
    x, y
        Its position as SVG; ``y`` is that of its first line.
    text
        The text, with plotly's markup for bold letters and line breaks.
    look
        Attributes: ``font-size``, ``fill``, ``text-anchor`` and others.
    place
        Further attributes of this text alone, as markup, such as an offset.
    drop
        Pixels by which it is placed below its position.
    """

    x: str
    y: str
    text: str
    look: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    drop: str = "0"


def written(words: Sequence[Word], ink: str) -> str:
    """Return words as SVG in groups, with the attributes that most of them share written once.

    Parameters
    ----------
    ink
        Default colour of text.
    """
    by_drop: dict[str, list[Word]] = {}
    for word in words:
        if word.text:
            by_drop.setdefault(word.drop, []).append(word)
    return "".join(_group(alike, drop, ink) for drop, alike in by_drop.items())


def _group(words: Sequence[Word], drop: str, ink: str) -> str:
    names = list(dict.fromkeys(name for word in words for name in word.look))
    common = {
        name: Counter(word.look.get(name, "") for word in words).most_common(1)[0][0]
        for name in names
    }
    inside = "".join(_text(word, common) for word in words)
    defaults = {"fill": ink, "font-size": str(SIZE)}
    changed = {name: value for name, value in common.items() if defaults.get(name) != value}
    if drop != "0":
        changed["transform"] = f"translate(0,{drop})"
    look = attributes(changed)
    return f"<g{look}>{inside}</g>" if look else inside


def attributes(look: Mapping[str, str]) -> str:
    """Return attributes as markup; those without a value are left out."""
    return "".join(f' {name}="{value}"' for name, value in look.items() if value)


def _text(word: Word, common: Mapping[str, str]) -> str:
    own = {
        # A word without a value must not inherit that of its group.
        name: word.look.get(name, "") or UNSET[name]
        for name, value in common.items()
        if word.look.get(name, "") != value
    }
    first, *rest = marked_lines(word.text)
    lines = "".join(f'<tspan x="{word.x}" dy="{LINE}em">{line}</tspan>' for line in rest)
    return f'<text x="{word.x}" y="{word.y}"{word.place}{attributes(own)}>{first}{lines}</text>'


def marked_lines(text: str) -> list[str]:
    """Return the lines of a text as SVG: bold where it is marked bold, everything else escaped."""
    lines, bold, at = [""], False, 0
    for mark in _MARKS.finditer(text):
        lines[-1] += _run(text[at : mark.start()], bold=bold)
        at = mark.end()
        if mark.group(2).lower() == "br":
            lines.append("")
        else:
            bold = not mark.group(1)
    lines[-1] += _run(text[at:], bold=bold)
    return lines


def _run(text: str, *, bold: bool) -> str:
    plain = html.escape(html.unescape(text), quote=False)
    return f'<tspan font-weight="700">{plain}</tspan>' if bold and plain else plain


def count_lines(text: str) -> int:
    """Return the number of lines of a text."""
    return len(re.findall(r"<br\s*/?>", text, re.IGNORECASE)) + 1


def width_of(text: str) -> float:
    """Return the approximate width of a text (its widest line), as a multiple of its font size."""
    lines = re.split(r"<br\s*/?>", text, flags=re.IGNORECASE)
    return max(_ems(html.unescape(_MARKS.sub("", line))) for line in lines)


def _ems(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else LATIN for sign in line)
