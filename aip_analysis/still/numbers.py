"""Numbers as they are written in a picture: short."""

# A plot's width in the units of what is stretched to whatever room there is.
UNITS = 1000


def short(value: float, decimals: int = 2) -> str:
    """Write a number with a few decimals at most, none needlessly: 3, 3.5, -0.25."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float, decimals: int = 2) -> str:
    """Write a share of the width or the height: 0.125 is 12.5%; nothing needs no sign."""
    text = short(100 * share, decimals)
    return text if text == "0" else f"{text}%"
