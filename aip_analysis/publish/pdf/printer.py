"""Printing with Chromium: addresses of pages in, PDFs out, several at a time."""

import asyncio
import base64
import json
from typing import Any

from choreographer import Browser, Tab
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.channels import ChannelClosedError

from aip_analysis.publish.pdf.postprocess import section_pages

# Whether each chart has its still picture.
DRAWN = """[...document.querySelectorAll("figure.chart .plot")]
  .every((plot) => plot.querySelector("svg"))"""
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
GONE = (BrowserClosedError, BrowserFailedError, ChannelClosedError)


class PressError(Exception):
    """Raised when a page was not printed.

    Parameters
    ----------
    key
        The key of the message that states the reason.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Press:
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
        PressError
            When the browser does not start.
        """
        try:
            self._browser = await Browser(self.path)
        except (*GONE, OSError, RuntimeError) as error:
            raise PressError("pdf.no_start") from error

    async def stop(self) -> None:
        """Stop the browser."""
        await self._browser.close()

    async def printed(self, address: str, seconds: int) -> bytes:
        """Print a page, with page numbers in its table of contents.

        Raises
        ------
        PressError
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
            raise PressError("pdf.too_slow") from error
        except (*GONE, RuntimeError) as error:
            raise PressError("pdf.stopped") from error


async def _load(tab: Tab, address: str) -> None:
    """Open a page without scripts, so that its charts are still pictures."""
    await asked(tab, "Page.enable")
    await asked(tab, "Emulation.setScriptExecutionDisabled", value=True)
    loaded = tab.subscribe_once("Page.loadEventFired")
    result = await asked(tab, "Page.navigate", url=address)
    if result.get("errorText"):
        raise PressError("pdf.no_page")
    await loaded
    if not await _evaluate(tab, DRAWN):
        raise PressError("pdf.no_charts")


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
    raise PressError("pdf.no_numbers")


async def _print(tab: Tab, *, whole: bool) -> bytes:
    result = await asked(
        tab,
        "Page.printToPDF",
        **PAPER,
        generateTaggedPDF=whole,
        generateDocumentOutline=whole,
    )
    return base64.b64decode(result["data"])


async def _evaluate(tab: Tab, expression: str) -> Any:  # noqa: ANN401 -- whatever the page answers
    reply = await asked(
        tab, "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
    )
    if "exceptionDetails" in reply:
        raise PressError("pdf.stopped")
    return reply["result"].get("value")


async def asked(tab: Tab, command: str, **values: object) -> dict[str, Any]:
    """Send a command of the DevTools protocol to a tab and return its answer.

    Raises
    ------
    PressError
        When the tab answers with an error.
    """
    answer = await tab.send_command(command, dict(values))
    if "error" in answer:
        raise PressError("pdf.stopped")
    result: dict[str, Any] = answer["result"]
    return result
