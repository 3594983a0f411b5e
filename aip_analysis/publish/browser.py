"""The system's Chromium and Japanese fonts: for PDF, and for pictures of charts."""

import os
import shutil
import subprocess

VARIABLE = "AIP_CHROMIUM"
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)


def find_browser() -> str:
    """Give the path of a Chromium, or nothing: ``AIP_CHROMIUM`` first, then the usual names."""
    for name in (os.environ.get(VARIABLE, ""), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    return ""


def has_japanese_font() -> bool:
    """Tell whether fontconfig knows a Japanese font; true where there is no fontconfig to ask."""
    families = japanese_fonts()
    return families is None or bool(families)


def japanese_fonts() -> frozenset[str] | None:
    """Give the families of the Japanese fonts; None where there is no fontconfig to ask."""
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    asked = subprocess.run(  # noqa: S603 -- the path is looked up, the arguments are fixed
        [lister, ":lang=ja", "family"], capture_output=True, encoding="utf-8", check=False
    )
    names = (name for line in asked.stdout.splitlines() for name in line.split(","))
    return frozenset(name.strip() for name in names if name.strip())
