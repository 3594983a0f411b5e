"""Recorder of the errors and requests of a page while it is open in a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page


@dataclass
class Watched:
    """A page, and everything that it should not have done.

    Parameters
    ----------
    page
        The page.
    allowed
        Prefixes of the addresses that it may request.
    complaints
        Errors in the console or of scripts, requests to anywhere else, requests that failed.
    """

    page: Page
    allowed: tuple[str, ...]
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Record the errors and requests of the page until the block ends."""
        listeners: dict[Any, Callable[[Any], None]] = {
            "console": self._heard,
            "pageerror": lambda error: self.complaints.append(f"script: {error}"),
            "requestfailed": lambda request: self.complaints.append(f"no {request.url}"),
            "request": lambda request: self._asked(request.url),
        }
        for event, listener in listeners.items():
            self.page.on(event, listener)
        try:
            yield
        finally:
            for event, listener in listeners.items():
                self.page.remove_listener(event, listener)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, address: str) -> None:
        if not address.startswith(self.allowed):
            self.complaints.append(f"asked for {address}")


@contextmanager
def opened(context: BrowserContext, file: Path, width: int = 1280) -> Iterator[Watched]:
    """Yield a page open in the one tab of a window, which caches compiled scripts."""
    page = context.pages[0] if context.pages else context.new_page()
    page.emulate_media(media="null", reduced_motion="null")
    page.set_viewport_size({"width": width, "height": 900})
    watched = Watched(page, ("file://", "data:", "blob:"))
    with watched.watch():
        page.goto(file.as_uri(), wait_until="load")
        yield watched
    page.goto("about:blank")
