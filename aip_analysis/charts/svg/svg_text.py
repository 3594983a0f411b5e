"""Text and numbers in a picture: plotly's markup, lines of text and their width, short numbers."""

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aip_analysis.charts.style.label_wrapping import width_in_ems

# As multiples of the font size: line height; extent of letters above and below the baseline; how
# far the baseline lies below their middle.
LINE = 1.3
ABOVE = 0.9
BELOW = 0.25
MIDDLE = 0.35
# Default font size in pixels; the style sheet sets it.
SIZE = 12
# Initial values of attributes that are not set.
UNSET = {"font-weight": "400", "text-anchor": "start", "stroke": "none", "stroke-width": "0"}
_MARKS = re.compile(r"<(/?)(br|b)\s*/?>", re.IGNORECASE)
# Width of a plot in the units of paths that are stretched to the available width.
UNITS = 1000


@dataclass(frozen=True)
class Word:
    """A text of one or more lines at a position in the picture.

    Parameters
    ----------
    x, y
        Its position as SVG; ``y`` is that of its first line.
    text
        The text, with plotly's markup for bold letters and line breaks.
    style
        Attributes: ``font-size``, ``fill``, ``text-anchor`` and others.
    place
        Further attributes of this text alone, as markup, such as an offset.
    drop
        Pixels by which it is placed below its position.
    """

    x: str
    y: str
    text: str
    style: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    drop: str = "0"


def words_svg(words: Sequence[Word], ink: str) -> str:
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
    names = list(dict.fromkeys(name for word in words for name in word.style))
    common = {
        name: Counter(word.style.get(name, "") for word in words).most_common(1)[0][0]
        for name in names
    }
    inside = "".join(_text(word, common) for word in words)
    defaults = {"fill": ink, "font-size": str(SIZE)}
    changed = {name: value for name, value in common.items() if defaults.get(name) != value}
    if drop != "0":
        changed["transform"] = f"translate(0,{drop})"
    style = svg_attributes(changed)
    return f"<g{style}>{inside}</g>" if style else inside


def svg_attributes(style: Mapping[str, str]) -> str:
    """Return attributes as markup; those without a value are left out."""
    return "".join(f' {name}="{value}"' for name, value in style.items() if value)


def _text(word: Word, common: Mapping[str, str]) -> str:
    own = {
        # A word without a value must not inherit that of its group.
        name: word.style.get(name, "") or UNSET[name]
        for name, value in common.items()
        if word.style.get(name, "") != value
    }
    first, *rest = marked_lines(word.text)
    lines = "".join(f'<tspan x="{word.x}" dy="{LINE}em">{line}</tspan>' for line in rest)
    return f'<text x="{word.x}" y="{word.y}"{word.place}{svg_attributes(own)}>{first}{lines}</text>'


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
    return max(width_in_ems(html.unescape(_MARKS.sub("", line))) for line in lines)


def short(value: float, decimals: int = 2) -> str:
    """Return a number with at most a few decimals, without trailing zeros: 3, 3.5, -0.25."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float, decimals: int = 2) -> str:
    """Return a fraction of the width or height as a percentage: 0.125 is 12.5%; 0 has no sign."""
    text = short(100 * share, decimals)
    return text if text == "0" else f"{text}%"
