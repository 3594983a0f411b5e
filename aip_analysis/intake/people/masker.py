"""Find people's data in texts and mask them."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from aip_analysis.intake.people.addresses import Addresses
from aip_analysis.intake.people.digits import individual_numbers, mails, phones
from aip_analysis.intake.people.findings import Finding, Kind
from aip_analysis.intake.people.folding import fold
from aip_analysis.intake.people.names import Names
from aip_analysis.intake.people.suspicion import suspicions
from aip_analysis.messages import say
from aip_analysis.ward import Ward

Finder = Callable[[str], Iterable[tuple[int, int]]]
# Stands for what has been found: part of no word, and between no two.
_HIDDEN = "〓"
# Of the different cells of a column, how many must be names, and how many at least look like some.
_MOST = 0.6
_NEARLY_ALL = 0.9
_ENOUGH = 3


class Masker:
    """Find and mask names, telephone numbers, mail and postal addresses, individual numbers.

    Precision comes first: reports must not lose the names of places, shops and groups, so a family
    name alone is left as it is. Postal addresses of facilities are masked like those of homes.

    Parameters
    ----------
    ward
        The ward that the texts come from: its family names, neighbourhoods and words.
    """

    def __init__(self, ward: Ward) -> None:
        self._names = Names(ward)
        # In this order: what one has found, the next ones no longer see.
        self._finders: tuple[tuple[Kind, Finder], ...] = (
            ("mail", mails),
            ("number", individual_numbers),
            ("phone", phones),
            ("address", Addresses(ward.setting("name"), ward.chome["chome"]).find),
            ("name", self._names.find),
        )
        self._suspicions = suspicions(self._names.surnames, self._names.readings)

    def find(self, text: str) -> tuple[Finding, ...]:
        """Find people's data in a text, in any width.

        Returns
        -------
        tuple of Finding
            In the order of the text, none touching another; their places are those of ``text``.
        """
        folded = fold(text)
        left = folded.text
        found: list[Finding] = []
        for kind, finder in self._finders:
            for span in [folded.whole(*span) for span in finder(left)]:
                if _HIDDEN not in left[slice(*span)]:
                    found.append(Finding(kind, *folded.original(*span)))
                    left = _without(left, *span)
        return tuple(sorted(found, key=lambda finding: finding.start))

    def masked(self, text: str, findings: Iterable[Finding]) -> str:
        """Give a text with a mask, such as 〔電話番号〕, for each finding in it."""
        for finding in sorted(findings, key=lambda found: found.start, reverse=True):
            mask = say(f"people.mask_{finding.kind}", "ja")
            text = text[: finding.start] + mask + text[finding.end :]
        return text

    def suspects(self, texts: list[str]) -> list[int]:
        """Give the places of the texts that are worth a look: all in which `find` finds something.

        Others may be among them. A million short texts take well under a second.
        """
        column = pa.array(texts, pa.large_string())
        hits = (pc.match_substring_regex(column, pattern) for pattern in self._suspicions)
        found: list[int] = pc.indices_nonzero(reduce(pc.or_, hits)).to_pylist()
        return found

    def only_names(self, texts: Sequence[str]) -> bool:
        """Tell whether the cells of a column are names of people, or nearly all of them.

        Empty cells do not count; a cell may hold several names, and family names alone will do.
        Fewer than three different cells tell nothing, and the answer is no.
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
