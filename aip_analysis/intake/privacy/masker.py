"""Find and mask personal data in texts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from aip_analysis.intake.privacy.addresses import Addresses
from aip_analysis.intake.privacy.folding import fold
from aip_analysis.intake.privacy.identity_numbers import birthdays, extensions, identifiers
from aip_analysis.intake.privacy.names.family_names import Names
from aip_analysis.intake.privacy.phone_and_id_numbers import individual_numbers, mails, phones
from aip_analysis.intake.privacy.prefilter import matching, plain_suspicions, suspicions
from aip_analysis.messages import say
from aip_analysis.reference import Ward

Kind = Literal["name", "phone", "mail", "address", "number", "id", "birthday"]
Finder = Callable[[str], Iterable[tuple[int, int]]]
# Placeholder for findings: neither part of a word nor a separator between words.
_HIDDEN = "〓"
# Share of a column's distinct cells that must be names, and share that must at least look like
# names.
_MOST = 0.6
_NEARLY_ALL = 0.9
_ENOUGH = 3


@dataclass(frozen=True, order=True)
class Finding:
    """Personal data at a position in a text.

    Parameters
    ----------
    kind
        ``name``, ``phone`` (also extensions), ``mail``, ``address``, ``number`` (the individual
        number), ``id`` (of an account, a card, a car, in LINE) or ``birthday``.
    start, end
        Its span, as in ``text[start:end]``.
    """

    kind: Kind
    start: int
    end: int


class Masker:
    """Find and mask names, telephone numbers, mail and postal addresses, and identifying numbers.

    Reports must not lose the names of places, shops and groups, so a family name within a longer
    word is not masked. Postal addresses of facilities are masked like those of homes.

    Parameters
    ----------
    ward
        The ward that the texts come from: its family names, neighbourhoods and vocabularies.
    """

    def __init__(self, ward: Ward) -> None:
        self._names = Names(ward)
        # Order matters: text found by one finder is hidden from the next ones.
        self._finders: tuple[tuple[Kind, Finder], ...] = (
            ("mail", mails),
            ("number", individual_numbers),
            ("birthday", birthdays),
            ("phone", phones),
            ("address", Addresses(ward.setting("name"), ward.chome["chome"]).find),
            ("id", identifiers),
            ("phone", extensions),
            ("name", self._names.find),
        )
        self._suspicions = suspicions(self._names.surnames, self._names.readings)

    def find(self, text: str) -> tuple[Finding, ...]:
        """Return the personal data in a text, in full or half width.

        Returns
        -------
        tuple of Finding
            In the order of the text, none overlapping another; positions refer to ``text``.
        """
        folded = fold(text)
        remaining = folded.text
        findings: list[Finding] = []
        for kind, finder in self._finders:
            for span in [folded.whole(*span) for span in finder(remaining)]:
                if _HIDDEN not in remaining[slice(*span)]:
                    findings.append(Finding(kind, *folded.original(*span)))
                    remaining = _without(remaining, *span)
        return tuple(sorted(findings, key=lambda finding: finding.start))

    def masked(self, text: str, findings: Iterable[Finding]) -> str:
        """Return a text with each finding replaced by a mask such as 〔電話番号〕."""
        for finding in sorted(findings, key=lambda item: item.start, reverse=True):
            mask = say(f"people.mask_{finding.kind}", "ja")
            text = text[: finding.start] + mask + text[finding.end :]
        return text

    def suspects(self, texts: list[str]) -> list[int]:
        """Return the indexes of texts worth searching: a superset of those with findings.

        A million short texts take well under a second.
        """
        return matching(texts, *self._suspicions, plain=plain_suspicions())

    def only_names(self, texts: Sequence[str]) -> bool:
        """Return whether all or nearly all cells of a column are names of people.

        Empty cells do not count; a cell may contain several names, and family names alone suffice.
        Fewer than three distinct cells are not enough evidence, and the result is False.
        """
        cells = {fold(text.strip()).text for text in texts} - {""}
        if len(cells) < _ENOUGH:
            return False
        rest = [cell for cell in cells if not self._names.is_all(cell)]
        strange = sum(not self._names.may_be_all(cell) for cell in rest)
        enough = len(rest) <= (1 - _MOST) * len(cells)
        return enough and strange <= (1 - _NEARLY_ALL) * len(cells)


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + _HIDDEN * (end - start) + text[end:]
