"""``aip charts``: writes the charts of reports as pictures for slides."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from aip_analysis.cli.options import (
    command,
    home_option,
    kind_option,
    lang_option,
    only_option,
    out_option,
    year_option,
)
from aip_analysis.cli.terminal import progress_bar, tell
from aip_analysis.messages import Language
from aip_analysis.publish.chart_images import write_charts
from aip_analysis.publish.plan.edition import open_edition, select_places

if TYPE_CHECKING:
    from aip_analysis.reference import Level


@command("charts")
@year_option
@only_option
@kind_option
@lang_option
@click.option("--tiles", is_flag=True, help="tiles")
@out_option
@home_option
def entry(  # noqa: PLR0913 -- the options of the command
    home: Path,
    fiscal_year: int | None,
    only: tuple[str, ...],
    kind: str | None,
    lang: Language,
    out: Path | None,
    *,
    tiles: bool,
) -> None:
    """Write each chart of the reports as SVG and PNG."""
    edition = open_edition(home, fiscal_year, lang)
    places = select_places(edition.ward, only, cast("Level | None", kind))
    folder = (out or home / "reports") / str(edition.fiscal_year) / "charts"
    with progress_bar("drawing") as bar:
        files = write_charts(edition, places, folder, bar.step, bar.total, tiles=tiles)
    tell("drawn", count=len(files), folder=folder.resolve())
