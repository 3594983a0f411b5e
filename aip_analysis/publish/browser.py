"""The system's Chromium and Japanese fonts, which static pictures of charts are drawn with."""

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
    lister = shutil.which("fc-list")
    if lister is None:
        return True
    asked = subprocess.run(  # noqa: S603 -- the path is looked up, the arguments are fixed
        [lister, ":lang=ja", "family"], capture_output=True, check=False
    )
    return bool(asked.stdout.strip())
