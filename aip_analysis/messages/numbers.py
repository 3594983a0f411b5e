"""Number formatting for human readers."""

import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"


def number(value: float | None, decimals: int = 0) -> str:
    """Format a number with commas and a fixed number of decimals, rounded half away from zero.

    A missing value becomes a dash; a value that rounds to zero has no sign.
    """
    if value is None or math.isnan(value):
        return MISSING
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    return f"{rounded + 0 if rounded else abs(rounded):,}"


def signed_number(value: float | None, decimals: int = 0) -> str:
    """Format a difference: +3, △2 as office accounts write it, ±0."""
    if value is None or math.isnan(value):
        return MISSING
    text = number(abs(value), decimals)
    if not Decimal(text.replace(",", "")):
        return f"±{text}"
    return f"+{text}" if value > 0 else f"△{text}"
