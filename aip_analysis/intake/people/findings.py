"""What is found in a text, and the order in which findings win over each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "phone", "mail", "address", "number"]


@dataclass(frozen=True, order=True)
class Finding:
    """People's data at a place of a text.

    Parameters
    ----------
    kind
        ``name``, ``phone``, ``mail``, ``address`` or ``number``.
    start, end
        Its place, as in ``text[start:end]``.
    """

    kind: Kind
    start: int
    end: int


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep what touches nothing kept before it; give the rest in the order of the text."""
    kept: list[Finding] = []
    for finding in findings:
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))
