"""Printing with Chromium: addresses of pages in, PDFs out, several at a time."""

import asyncio
import base64
import importlib.resources
import json
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

from choreographer import Browser, Tab
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.channels import ChannelClosedError

from aip_analysis.errors import ReportsFailedError, ToolMissingError
from aip_analysis.files.browser import find_browser
from aip_analysis.publish.pdf.postprocess import PdfMetadata, finish_pdf, section_pages

# More tabs than cores make nothing faster, and each holds a page of charts in memory.
MOST_TABS = 4
# The time limit for printing a page; a large report takes about three seconds.
PAGE_SECONDS = 120

# Characters whose Japanese forms only a Japanese font has.
SAMPLE = '<html lang="ja"><style>{style}</style><body class="area"><p>令和年度直骨区</p></body>'
FONT_SECONDS = 30
# Whether each chart has its still picture, or says that it has none.
DRAWN = """[...document.querySelectorAll("figure.chart .plot")]
  .every((plot) => plot.querySelector(".still :is(svg, .note)"))"""
# The first printing only counts pages: it does not paint what takes up space and has no links.
COUNTING = "document.documentElement.dataset.counting = 1"
NUMBERED = """(pages) => {
  delete document.documentElement.dataset.counting;
  document.querySelectorAll(".contents a[href^='#']").forEach((link) => {
    const page = pages[decodeURIComponent(link.hash.slice(1))];
    if (page) link.dataset.page = page;
  });
}"""
# Page size and margins come from the style sheet.
PAPER = {"preferCSSPageSize": True, "printBackground": True}
# Page numbers in the table of contents fill space that is reserved for them, so the second printing
# has the pages of the first; should it ever not, the page is printed once more.
MOST_PRINTINGS = 3
_GONE = (BrowserClosedError, BrowserFailedError, ChannelClosedError)

Result = TypeVar("Result")


class PrintError(Exception):
    """Raised when a page was not printed.

    Parameters
    ----------
    key
        The key of the message that states the reason.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class PdfPrinter:
    """Prints pages as PDF with one Chromium, which has several tabs.

    This is a context manager. ``print_page`` may be called from several threads at once.

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
        self._chromium = _Chromium(browser, self.tabs)
        try:
            self._run(self._chromium.start())
        except PrintError as error:
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
            self._run(self._chromium.stop())
        except (PrintError, CancelledError):
            # It has ended already, which is all that was to be achieved.
            pass
        finally:
            self._end()

    def print_page(self, page: Path, about: PdfMetadata) -> bytes:
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
            pdf = self._run(self._chromium.print_page(path.as_uri(), PAGE_SECONDS))
        except (PrintError, CancelledError) as error:
            key = error.key if isinstance(error, PrintError) else "pdf.stopped"
            raise ReportsFailedError(key, page=page.name, seconds=PAGE_SECONDS) from error
        return finish_pdf(pdf, about, path.parent.as_uri())

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _Chromium:
    """A headless Chromium. All its coroutines run in one event loop.

    Parameters
    ----------
    path
        The path of the Chromium.
    tabs
        How many pages are printed at once.
    """

    def __init__(self, path: str, tabs: int) -> None:
        self.path = path
        self._free = asyncio.Semaphore(tabs)

    async def start(self) -> None:
        """Start the browser.

        Raises
        ------
        PrintError
            When the browser does not start.
        """
        try:
            self._browser = await Browser(self.path)
        except (*_GONE, OSError, RuntimeError) as error:
            raise PrintError("pdf.no_start") from error

    async def stop(self) -> None:
        """Stop the browser."""
        await self._browser.close()

    async def print_page(self, address: str, seconds: int) -> bytes:
        """Print a page, with page numbers in its table of contents.

        Raises
        ------
        PrintError
            When that fails or takes longer than so many seconds.
        """
        try:
            async with self._free, asyncio.timeout(seconds):
                tab = await self._browser.create_tab()
                try:
                    await _load(tab, address)
                    return await _numbered(tab)
                finally:
                    await tab.close()
        except TimeoutError as error:
            raise PrintError("pdf.too_slow") from error
        except (*_GONE, RuntimeError) as error:
            raise PrintError("pdf.stopped") from error


async def _load(tab: Tab, address: str) -> None:
    """Open a page without scripts, so that its charts are still pictures."""
    await _ask(tab, "Page.enable")
    await _ask(tab, "Emulation.setScriptExecutionDisabled", value=True)
    loaded = tab.subscribe_once("Page.loadEventFired")
    result = await _ask(tab, "Page.navigate", url=address)
    if result.get("errorText"):
        raise PrintError("pdf.no_page")
    await loaded
    if not await _evaluate(tab, DRAWN):
        raise PrintError("pdf.no_charts")


async def _numbered(tab: Tab) -> bytes:
    """Print, find the pages of the sections, write these into the contents, and print again."""
    known: dict[str, int] = {}
    await _evaluate(tab, COUNTING)
    for printing in range(MOST_PRINTINGS):
        # Only the final PDF needs tags.
        pdf = await _print(tab, whole=printing > 0)
        pages = await asyncio.to_thread(section_pages, pdf)
        if printing and pages == known:
            return pdf
        known = pages
        await _evaluate(tab, f"({NUMBERED})({json.dumps(pages)})")
    raise PrintError("pdf.no_numbers")


async def _print(tab: Tab, *, whole: bool) -> bytes:
    result = await _ask(
        tab,
        "Page.printToPDF",
        **PAPER,
        generateTaggedPDF=whole,
        generateDocumentOutline=whole,
    )
    return base64.b64decode(result["data"])


async def _evaluate(tab: Tab, expression: str) -> Any:  # noqa: ANN401 -- whatever the page answers
    reply = await _ask(
        tab, "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
    )
    if "exceptionDetails" in reply:
        raise PrintError("pdf.stopped")
    return reply["result"].get("value")


async def _ask(tab: Tab, command: str, **values: object) -> dict[str, Any]:
    """Send a command of the DevTools protocol to a tab and return its answer.

    Raises
    ------
    PrintError
        When the tab answers with an error.
    """
    answer = await tab.send_command(command, dict(values))
    if "error" in answer:
        raise PrintError("pdf.stopped")
    result: dict[str, Any] = answer["result"]
    return result


def printing_font(browser: str) -> str:
    """Return the name of the font with which a browser prints Japanese.

    Parameters
    ----------
    browser
        The path of a Chromium.

    Raises
    ------
    PrintError
        When it does not start or does not answer.
    """
    try:
        return asyncio.run(asyncio.wait_for(_font(browser), FONT_SECONDS))
    except (*_GONE, OSError, RuntimeError, TimeoutError) as error:
        raise PrintError("pdf.no_start") from error


async def _font(browser: str) -> str:
    style = importlib.resources.files("aip_analysis.publish.html").joinpath("assets/print.css")
    sample = SAMPLE.format(style=style.read_text(encoding="utf-8"))
    async with Browser(browser) as chromium:
        tab = await chromium.create_tab()
        await _ask(tab, "Emulation.setEmulatedMedia", media="print")
        await _navigate(tab, f"data:text/html;charset=utf-8,{quote(sample)}")
        await _ask(tab, "DOM.enable")
        await _ask(tab, "CSS.enable")
        root = (await _ask(tab, "DOM.getDocument"))["root"]["nodeId"]
        node = await _ask(tab, "DOM.querySelector", nodeId=root, selector="p")
        fonts = await _ask(tab, "CSS.getPlatformFontsForNode", nodeId=node["nodeId"])
    most = max(fonts["fonts"], key=lambda font: float(font["glyphCount"]))
    return str(most["familyName"])


async def _navigate(tab: Tab, address: str) -> None:
    await _ask(tab, "Page.enable")
    loaded = tab.subscribe_once("Page.loadEventFired")
    await _ask(tab, "Page.navigate", url=address)
    await loaded
