"""Reports as PDF: published pages, printed on A4 by the Chromium of this machine."""

import asyncio
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aip_analysis.errors import ReportsFailedError, ToolMissingError
from aip_analysis.files import program_hash
from aip_analysis.files.hashes import short_hash
from aip_analysis.messages import Language
from aip_analysis.publish.pdf.browser import find_browser
from aip_analysis.publish.pdf.postprocess import Labels, finished
from aip_analysis.publish.pdf.printer import Press, PressError
from aip_analysis.publish.plan.jobs import PageTexts

# More tabs than cores make nothing faster, and each holds a page of charts in memory.
MOST_TABS = 4
# The time limit for printing a page; a large report takes about three seconds.
PAGE_SECONDS = 120

Result = TypeVar("Result")


@dataclass(frozen=True)
class PdfMetadata:
    """The metadata of a PDF.

    Parameters
    ----------
    title
        Its title, as PDF readers show it above the pages.
    language
        Its language.
    author
        The office that it comes from; empty if the reference tables name none.
    """

    title: str
    language: Language
    author: str = ""


def pdf_metadata(words: PageTexts, author: str = "") -> PdfMetadata:
    """Return the metadata of a page's PDF, taken from the texts around the page."""
    return PdfMetadata(f"{words.title}　{words.subtitle}", words.language, author)


def pdf_printer_inputs() -> dict[str, str]:
    """Return hashes of what prints a PDF: apart from its page, its look depends on these.

    Returns
    -------
    dict
        ``program``, and ``browser``: the Chromium's path, size and date, which an update changes.
    """
    browser = find_browser()
    version = ""
    if browser:
        file = Path(browser).resolve()
        about = file.stat()
        version = f"{file} {about.st_size} {about.st_mtime_ns}"
    return {"program": short_hash(program_hash()), "browser": short_hash(version)}


class PdfPrinter:
    """Prints pages as PDF with one Chromium, which has several tabs.

    This is a context manager. ``printed`` may be called from several threads at once.

    Parameters
    ----------
    tabs
        How many pages are printed at once; by default as many as there are cores, at most four.

    Raises
    ------
    ToolMissingError
        On entering, when there is no Chromium on the machine, or it does not start.
    """

    def __init__(self, tabs: int | None = None) -> None:
        self.tabs = tabs or min(os.cpu_count() or 1, MOST_TABS)

    def __enter__(self) -> Self:
        browser = find_browser()
        if not browser:
            raise ToolMissingError("pdf.no_browser")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._press = Press(browser, self.tabs)
        try:
            self._run(self._press.start())
        except PressError as error:
            self._end()
            raise ToolMissingError("pdf.no_start", file=browser) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._run(self._press.stop())
        except (PressError, CancelledError):
            # It has ended already, which is all that was to be achieved.
            pass
        finally:
            self._end()

    def printed(self, page: Path, about: PdfMetadata) -> bytes:
        """Print a page from where it is published, with its assets in place.

        Parameters
        ----------
        page
            The path of the page.
        about
            The metadata of the PDF.

        Returns
        -------
        bytes
            The PDF. The same page gives the same bytes with the same Chromium and fonts.

        Raises
        ------
        ReportsFailedError
            When the page cannot be printed; the message states the reason.
        """
        path = page.resolve()
        try:
            printed = self._run(self._press.printed(path.as_uri(), PAGE_SECONDS))
        except (PressError, CancelledError) as error:
            key = error.key if isinstance(error, PressError) else "pdf.stopped"
            raise ReportsFailedError(key, page=page.name, seconds=PAGE_SECONDS) from error
        labels = Labels(about.title, about.language, about.author)
        return finished(printed, labels, path.parent.as_uri())

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
