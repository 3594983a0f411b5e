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
    exact = rounded(Decimal(str(value)), decimals)
    return f"{exact + 0 if exact else abs(exact):,}"


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    """Return a number rounded half away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def difference(now: float, before: float, decimals: int = 0) -> Decimal:
    """Return by how much one value exceeds another, rounded once.

    The values themselves are not rounded before, and binary fractions do not decide a half: 17.2
    exceeds 16.25 by 0.95, which is 1.0.
    """
    return rounded(Decimal(str(now)) - Decimal(str(before)), decimals)


def signed_number(value: Decimal) -> str:
    """Format a difference with its sign: +3, △2 as office accounts write it, ±0."""
    sign = "+" if value > 0 else "△" if value < 0 else "±"
    return f"{sign}{abs(value):,}"
