"""A row that corrects another, and the label that names the row that it replaces."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

# What a label escapes in names: its own separator, and blanks that a clerk's program may drop.
_ESCAPED = re.compile(r"[|%\x00-\x1f]|^\s+|\s+$|(?<=\s)\s")
_PARTS = 4
_ROW = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Correction:
    """A row that replaces another row.

    Parameters
    ----------
    file, sheet
        The file and sheet of the replaced row.
    row
        Its number, as in a spreadsheet, when it was set aside.
    digest
        A hash of its content.
    own_row
        The number of the correction row on its own sheet.
    withdrawn
        Whether the other row is withdrawn, with no replacement.
    """

    file: str
    sheet: str
    row: int
    digest: str
    own_row: int
    withdrawn: bool

    @property
    def label(self) -> str:
        """The text in the correction row that identifies the replaced row."""
        parts = (_ESCAPED.sub(_escaped, part) for part in (self.file, self.sheet))
        return " | ".join((*parts, str(self.row), self.digest))

    @classmethod
    def of_label(cls, label: str, own_row: int, *, withdrawn: bool) -> "Correction | None":
        """Return the correction that a label stands for; None if it is no label."""
        parts = [part.strip() for part in label.split("|")]
        if len(parts) != _PARTS or not _ROW.fullmatch(parts[2]):
            return None
        file, sheet = (unquote(part) for part in parts[:2])
        return cls(file, sheet, int(parts[2]), parts[3], own_row, withdrawn)


def _escaped(match: re.Match[str]) -> str:
    return quote(match[0], safe="")
