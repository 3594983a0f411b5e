"""The font with which the browser of this machine prints Japanese."""

import asyncio
import importlib.resources
from urllib.parse import quote

from choreographer import Browser, Tab

from aip_analysis.publish.pdf.printer import GONE, PressError, asked

# Characters whose Japanese forms only a Japanese font has.
SAMPLE = '<html lang="ja"><style>{style}</style><body class="area"><p>令和年度直骨区</p></body>'
SECONDS = 30


def printing_font(browser: str) -> str:
    """Return the name of the font with which a browser prints Japanese.

    Parameters
    ----------
    browser
        The path of a Chromium.

    Raises
    ------
    PressError
        When it does not start or does not answer.
    """
    try:
        return asyncio.run(asyncio.wait_for(_font(browser), SECONDS))
    except (*GONE, OSError, RuntimeError, TimeoutError) as error:
        raise PressError("pdf.no_start") from error


async def _font(browser: str) -> str:
    style = importlib.resources.files("aip_analysis.publish.html").joinpath("assets/print.css")
    sample = SAMPLE.format(style=style.read_text(encoding="utf-8"))
    async with Browser(browser) as chromium:
        tab = await chromium.create_tab()
        await asked(tab, "Emulation.setEmulatedMedia", media="print")
        await _open(tab, f"data:text/html;charset=utf-8,{quote(sample)}")
        await asked(tab, "DOM.enable")
        await asked(tab, "CSS.enable")
        root = (await asked(tab, "DOM.getDocument"))["root"]["nodeId"]
        node = await asked(tab, "DOM.querySelector", nodeId=root, selector="p")
        fonts = await asked(tab, "CSS.getPlatformFontsForNode", nodeId=node["nodeId"])
    most = max(fonts["fonts"], key=lambda font: float(font["glyphCount"]))
    return str(most["familyName"])


async def _open(tab: Tab, address: str) -> None:
    await asked(tab, "Page.enable")
    loaded = tab.subscribe_once("Page.loadEventFired")
    await asked(tab, "Page.navigate", url=address)
    await loaded
