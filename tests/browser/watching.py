"""What a page in a browser says and asks for while it is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page


@dataclass
class Watched:
    """A page, and everything that it should not have done.

    Parameters
    ----------
    page
        The page.
    allowed
        Beginnings of the addresses that it may ask for.
    complaints
        Errors in the console or of scripts, requests to anywhere else, requests that failed.
    """

    page: Page
    allowed: tuple[str, ...]
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"no {request.url}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, address: str) -> None:
        if not address.startswith(self.allowed):
            self.complaints.append(f"asked for {address}")


@contextmanager
def opened(context: BrowserContext, file: Path, width: int = 1280) -> Iterator[Watched]:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    watched = Watched(page, ("file://", "data:", "blob:"))
    watched.watch()
    page.goto(file.as_uri(), wait_until="load")
    yield watched
    page.close()
