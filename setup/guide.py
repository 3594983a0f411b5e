"""``make guide``: prints the cheat sheet, docs/guide.ja.md, on one page A4: docs/guide.ja.pdf."""

import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt

from aip_analysis.files.browser import find_browser

DOCS = Path(__file__).parents[1] / "docs"
STYLE = """
@page { size: A4; margin: 9mm 12mm }
body { font: 8.4pt/1.45 "Noto Sans CJK JP", "Noto Sans JP", sans-serif; color: #1f2a33; margin: 0 }
h1 { font-size: 15pt; margin: 0 0 2mm; color: #12475a }
p { margin: 0 0 1.6mm }
table { border-collapse: collapse; width: 100%; margin: 0 0 2.4mm }
th { text-align: left; font-size: 8pt; color: #5b6770; font-weight: normal }
th, td { border-bottom: 0.3pt solid #c9d2d8; padding: 1mm 2mm 1mm 0; vertical-align: top }
td:first-child { width: 29% }
code { font: 7.7pt "Noto Sans Mono CJK JP", monospace; background: #f1f4f6; padding: 0 0.6mm }
"""


def main() -> int:
    """Print the cheat sheet, and return the exit code."""
    browser = find_browser()
    if not browser:
        sys.stderr.write("Chromium is missing: make browser\n")
        return 14
    text = (DOCS / "guide.ja.md").read_text(encoding="utf-8")
    # Each line below the table is a paragraph of its own.
    body = MarkdownIt("commonmark", {"breaks": True}).enable("table").render(text)
    page = f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{STYLE}</style>{body}'
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "guide.html")
        file.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        target = f"--print-to-pdf={DOCS / 'guide.ja.pdf'}"
        profile = f"--user-data-dir={folder}/profile"
        command = [browser, *options, profile, target, file.as_uri()]
        return subprocess.run(command, check=False, capture_output=True).returncode  # noqa: S603 -- our own page


if __name__ == "__main__":
    sys.exit(main())
