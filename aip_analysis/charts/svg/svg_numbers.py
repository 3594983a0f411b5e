"""Short notation of numbers in a picture."""

# Width of a plot in the units of paths that are stretched to the available width.
UNITS = 1000


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
