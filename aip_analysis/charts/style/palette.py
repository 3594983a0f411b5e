"""The colours of all charts: a colour has the same meaning wherever it is used.

The colours of every set differ in lightness, so that they survive greyscale print, and stay
distinguishable for readers with deuteranopia or protanopia; tests check the distances. Red for low
values is not among them.
"""

import math

# Text and lines.
INK = "#1B2B2E"
MUTED = "#4F5D60"
PAPER = "#FFFFFF"
GRID = "#DDE4E4"
QUIET = "#F1F4F4"
BORDER = "#8A9799"

# The place that a figure belongs to: this place, its block, the ward.
THIS = "#0B5563"
BLOCK = "#37838E"
WARD = "#8B9496"
ROLES = {"this": THIS, "block": BLOCK, "ward": WARD}
ROLE_MARKERS = {"this": "circle", "block": "diamond", "ward": "square"}

# The rest of an area's block on a map: a tint of BLOCK.
NEIGHBOUR = "#BBDCDD"

# Groups of people at a meeting, in the order of stacking.
PERSONS = {"members": "#443A7A", "supporters": "#8D7CC7", "others": "#D9D1EE"}
PERSON_PATTERNS = {"members": "", "supporters": "/", "others": "."}

# The role groups of a council's members.
ROLE_GROUPS = {"local": "#7B2D56", "linking": "#C9789F", "support": "#EFD0DF"}
ROLE_GROUP_PATTERNS = {"local": "", "linking": "/", "support": "."}

# Purposes of spending.
PURPOSES = {"running": "#7A4A12", "project": "#E8B25A"}
PURPOSE_PATTERNS = {"running": "", "project": "/"}
ALLOWANCE = "#5E686A"

# The steps of a council.
STEPS = {
    "none": "#FFFFFF",
    "preparing": "#EBD98B",
    "set_up": "#86B874",
    "continuing": "#2E6B3E",
    "suspended": "#B9BEBF",
}
STEP_PATTERNS = {"none": "", "preparing": "", "set_up": "", "continuing": "", "suspended": "/"}

# Blocks on the map of the ward, in the order of blocks.csv; repeated if there are more blocks.
BLOCKS = ("#F6EBD0", "#8FBFB3", "#C3D5EA", "#7B95BF")

# A count on a map; text is written on it.
CIRCLE = "#A3CFD2"

# Sequential scale from low to high, in one hue.
SEQUENCE = ("#E4F0F0", "#B4D7D9", "#79B3B9", "#357A85", "#0B5563")
# Diverging scale from less to more than before: two hues of equal weight, no change in the middle.
CHANGES = ("#B07C3F", "#E9D3AE", "#F1F4F4", "#B4D7D9", "#357A85")
# An analyst's own charts, in this order.
OWN = (
    *(THIS, PURPOSES["project"], PERSONS["supporters"]),
    *(PURPOSES["running"], SEQUENCE[1], PERSONS["members"]),
)
# Smaller than the difference of any two shares of counts.
HAIR = 1e-3


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ``#RRGGBB``, 0 to 1, as WCAG 2.2 defines it."""
    channels = (part / 255 for part in _channels(colour))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- constants of sRGB
        for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shade(share: float) -> str:
    """Return the colour of ``SEQUENCE`` for a share from 0 to 1, in as many equal steps.

    Colours are not interpolated: text is legible on each of them, but not on every colour between.
    """
    turn = math.ceil(share * len(SEQUENCE) - HAIR) - 1
    return SEQUENCE[min(max(turn, 0), len(SEQUENCE) - 1)]


def colour_scale() -> list[list[float | str]]:
    """Return the same steps as a plotly colour scale; a share on a border belongs below it."""
    steps = len(SEQUENCE)
    scale: list[list[float | str]] = []
    for turn, colour in enumerate(SEQUENCE):
        low = turn / steps + HAIR / steps if turn else 0.0
        high = (turn + 1) / steps + HAIR / steps if turn < steps - 1 else 1.0
        scale += [[low, colour], [high, colour]]
    return scale


def text_colour_on(colour: str) -> str:
    """Return the text colour with the highest contrast on a colour."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def hatch_colour(fill: str) -> str:
    """Return the colour of hatching: on paper, where nothing is known, calmer than data."""
    return BORDER if fill == PAPER else MUTED


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue
