"""Where published files lie."""

import importlib.resources
from pathlib import Path

from plotly.offline import get_plotlyjs

from aip_analysis.messages import Language
from aip_analysis.store import write_atomically

PLOTLY = "plotly.min.js"


def edition_folder(out: Path, fiscal_year: int, language: Language) -> Path:
    """Give the folder of an edition: reports/2025 for Japanese, reports/2025/en for English."""
    year = out / str(fiscal_year)
    return year if language == "ja" else year / language


def asset_path(language: Language) -> str:
    """Give the way from a page to the assets, which all editions of a year share."""
    return "assets" if language == "ja" else "../assets"


def write_assets(out: Path, fiscal_year: int) -> None:
    """Put style sheet, script and plotly.js beside the pages of a year, where they differ."""
    folder = out / str(fiscal_year) / "assets"
    own = importlib.resources.files("aip_analysis.publish").joinpath("assets")
    contents = {file.name: file.read_bytes() for file in own.iterdir() if file.is_file()}
    contents[PLOTLY] = get_plotlyjs().encode()
    for name, content in contents.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            write_atomically(file, content)
