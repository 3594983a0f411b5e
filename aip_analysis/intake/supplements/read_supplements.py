"""Read the texts and photographs of all years, with their places, sections and problems.

Texts are in ``<year>/text/<place>/<section>.md``, photographs next to the text that shows them.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from aip_analysis.intake.account import Problem
from aip_analysis.intake.privacy import Masker, identifying, released, withheld, without_release
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading.delimited_text import decoded
from aip_analysis.intake.reading.sources import TEXTS_FOLDER, UnreadableError
from aip_analysis.intake.results import FileIntake
from aip_analysis.intake.supplements import photos
from aip_analysis.intake.supplements.markdown import Address, Photo, wording
from aip_analysis.intake.supplements.supplement_places import (
    nearest_place,
    nearest_section,
    place_of,
    section_of,
)
from aip_analysis.intake.values.days import read_fiscal_cell, read_fiscal_year
from aip_analysis.messages import say
from aip_analysis.records.records import EDITED_COLUMNS, Piece
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

TEXTS = frozenset({".md", ".markdown", ".txt"})
# A section is not a book: this many characters are some ten pages.
MOST_LETTERS = 20_000
NAME_LENGTH = 16
# A Markdown link target: the name of a file, which no page shows.
_FILE_NAME = re.compile(r"\]\([^()\n]*\)")


@dataclass
class Supplements:
    """Texts and photographs, and the accounts of their files.

    Parameters
    ----------
    files
        The account of each file.
    texts
        One row per piece of a text: the columns of ``EDITED_COLUMNS``.
    photos
        JPEG files by the names used in the texts.
    """

    files: list[FileIntake] = field(default_factory=list)
    texts: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)

    def frame(self) -> pd.DataFrame:
        """Return the texts as a table, in the order in which they were read."""
        return pd.DataFrame(self.texts, columns=EDITED_COLUMNS)


def read_supplements(
    files: Iterable[tuple[Path, str]], ward: Ward, *, alone: bool = False
) -> Supplements:
    """Read texts and the photographs next to them.

    Parameters
    ----------
    files
        Texts and photographs, with their paths as displayed, in a fixed order.
    ward
        The ward that they are about.
    alone
        Whether the files may be only some of a folder's texts: unused photographs are not reported.
    """
    inputs = list(files)
    edited = Supplements()
    masker = Masker(ward) if inputs else None
    shelves: dict[Path, _Shelf] = {}
    for file, display_path in inputs:
        shelf = shelves.setdefault(file.parent, _Shelf(edited))
        if file.suffix.lower() in photos.ENDINGS:
            shelf.photos[file.name] = (file, display_path)
    for file, display_path in inputs:
        ending = file.suffix.lower()
        if masker is not None and ending in TEXTS:
            _Text(file, display_path, ward, masker, shelves[file.parent]).read()
        elif ending not in photos.ENDINGS:
            edited.files.append(
                FileIntake(display_path, problems=[Problem("text_kind", "set_aside", display_path)])
            )
    for shelf in shelves.values():
        if not alone:
            shelf.tell_unused()
    edited.files.sort(key=lambda account: account.file)
    return edited


@dataclass
class _Shelf:
    """A folder of texts: its photographs, each prepared once."""

    edited: Supplements
    photos: dict[str, tuple[Path, str]] = field(default_factory=dict)
    fitted: dict[str, tuple[str, int, int] | None] = field(default_factory=dict)

    def photo(self, name: str, page: str) -> tuple[str, int, int] | None:
        """Return name, width and height of a photograph as used on pages; None if it is unusable.

        Raises
        ------
        KeyError
            If the folder has no photograph of that name.
        """
        if name not in self.fitted:
            file, display_path = self.photos[name]
            self.fitted[name] = self._fitted(file, display_path, page)
        return self.fitted[name]

    def _fitted(self, file: Path, display_path: str, page: str) -> tuple[str, int, int] | None:
        account = FileIntake(display_path)
        self.edited.files.append(account)
        try:
            with file.open("rb") as stream:
                # One byte beyond the limit is enough to detect that it is too large.
                content = stream.read(photos.MOST_BYTES + 1)
            account.sha256 = hashlib.sha256(content).hexdigest()
            picture, width, height = photos.fitted(content)
        except (photos.PhotoError, OSError) as error:
            code = error.code if isinstance(error, photos.PhotoError) else "file_gone"
            account.problems.append(Problem(code, "set_aside", display_path))
            return None
        # No two pages share a file: one that a page no longer uses is removed.
        name = f"photos/{page}-{hashlib.sha256(picture).hexdigest()[:NAME_LENGTH]}.jpg"
        self.edited.photos[name] = picture
        return name, width, height

    def tell_unused(self) -> None:
        for name, (_, display_path) in self.photos.items():
            if name not in self.fitted:
                problem = Problem("photo_unused", "note", display_path)
                self.edited.files.append(FileIntake(display_path, problems=[problem]))


@dataclass
class _Text:
    """A text to read."""

    file: Path
    display_path: str
    ward: Ward
    masker: Masker
    shelf: _Shelf

    def read(self) -> None:
        """Read the text, and add its pieces and its account to the shelf's results."""
        self.account = FileIntake(self.display_path)
        self.shelf.edited.files.append(self.account)
        above = self.file.resolve().parent.parent.parent.name
        year = read_fiscal_year(above) or read_fiscal_cell(above)
        folder, stem = self.file.resolve().parent.name, self.file.stem
        place = None if folder.casefold() == TEXTS_FOLDER else place_of(folder, self.ward)
        if place is None:
            self._refuse("text_place", folder, nearest_place(folder, self.ward))
            return
        if year is None:
            self._refuse("no_year")
            return
        section = section_of(stem, place)
        if not section:
            self._refuse("text_section", stem, nearest_section(stem, place))
            return
        text = self._content()
        if text is None:
            return
        self.page = place.key
        where = (place.key, year.year, section)
        self.shelf.edited.texts += [(*where, *piece) for piece in self._set(text)]

    def _content(self) -> str | None:
        try:
            content = self.file.read_bytes()
            self.account.sha256 = hashlib.sha256(content).hexdigest()
            text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
        except UnreadableError:
            self._refuse("text_unreadable")
            return None
        except OSError:
            self._refuse("file_gone")
            return None
        if len(text) > MOST_LETTERS:
            self._refuse("text_too_long", f"{len(text):,}", f"{MOST_LETTERS:,}")
            return None
        marks = {plain(say("intake.fictional_mark", language)) for language in ("ja", "en")}
        self.account.fictional = any(mark in plain(text) for mark in marks)
        return self._masked(self._disclosed(text))

    def _disclosed(self, text: str) -> str:
        """Return the text with a word in place of lines that are not to be published."""
        lines = text.split("\n")
        fine, hidden, told = released(lines), withheld(lines), identifying(lines)
        for at, line in enumerate(lines):
            if hidden[at]:
                self._tell("not_public", at + 1, severity="note")
            elif told[at] and not fine[at]:
                self._tell("identifies_person", at + 1)
            else:
                lines[at] = without_release(line) if fine[at] else line
                continue
            lines[at] = say("people.mask_withheld", "ja")
        return "\n".join(lines)

    def _masked(self, text: str) -> str:
        """Return the text with personal data masked as in records, except in file names."""
        file_names = [findings.span() for findings in _FILE_NAME.finditer(text)]
        findings = [
            finding
            for finding in self.masker.find(text)
            if finding.kind == "mail"
            or not any(start <= finding.start and finding.end <= end for start, end in file_names)
        ]
        for finding in findings:
            self._tell(f"personal_{finding.kind}", text.count("\n", 0, finding.start) + 1)
        return self.masker.masked(text, findings)

    def _set(self, text: str) -> tuple[Piece, ...]:
        result = wording(text, self._photo)
        for destination, row in result.links:
            self._tell("text_link", row, destination)
        if result.markup[1]:
            self._tell("text_markup", result.markup[1], result.markup[0], severity="note")
        return result.pieces

    def _photo(self, photo: Photo) -> tuple[str, ...]:
        """Return the HTML parts of a photograph, or its words if it cannot be shown; report why."""
        words = photo.words or photo.caption
        name = _file_name(photo.name)
        if name not in self.shelf.photos:
            outside = re.search(r"[/\\:]", name) is not None
            self._tell("photo_outside" if outside else "photo_missing", photo.row, name)
            return (escape(words),)
        if not photo.words:
            code = "photo_without_words" if photo.caption else "photo_unsaid"
            self._tell(code, photo.row, name)
        fitted = self.shelf.photo(name, self.page)
        if fitted is None or not words:
            return (escape(words),)
        source, width, height = fitted
        below = f'<span class="caption">{escape(photo.caption)}</span>' if photo.caption else ""
        size = f'width="{width}" height="{height}"'
        return (
            '<span class="photo"><img src="',
            Address(source),
            f'" alt="{escape(words)}" {size}>{below}</span>',
        )

    def _refuse(self, code: str, found: str = "", expected: str = "") -> None:
        problem = Problem(code, "set_aside", self.display_path, found=found, expected=expected)
        self.account.problems.append(problem)

    def _tell(self, code: str, row: int, found: str = "", severity: Severity = "warn") -> None:
        problem = Problem(code, severity, self.display_path, row=row, found=found)
        if problem not in self.account.problems:
            self.account.problems.append(problem)


def _file_name(encoded: str) -> str:
    """Return a file's name as in its folder; texts may have it percent-encoded."""
    return unquote(encoded).removeprefix("./")
