"""Search for the system's Chromium and Japanese fonts, for PDFs and pictures of charts."""

import os
import shutil
import subprocess

VARIABLE = "AIP_CHROMIUM"
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)


def find_browser() -> str:
    """Return the path of a Chromium, or an empty text if there is none.

    The environment variable ``AIP_CHROMIUM`` is tried first, then the usual names.
    """
    for name in (os.environ.get(VARIABLE, ""), *NAMES):
        path = shutil.which(name) if name else None
        if path:
            return path
    return ""


def has_japanese_font() -> bool:
    """Return whether fontconfig lists a Japanese font; true where there is no fontconfig."""
    families = japanese_fonts()
    return families is None or bool(families)


def japanese_fonts() -> frozenset[str] | None:
    """Return the families of the Japanese fonts; None where there is no fontconfig."""
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    result = subprocess.run(  # noqa: S603 -- the path is looked up, the arguments are fixed
        [lister, ":lang=ja", "family"], capture_output=True, encoding="utf-8", check=False
    )
    names = (name for line in result.stdout.splitlines() for name in line.split(","))
    return frozenset(name.strip() for name in names if name.strip())
