"""``aip sample``: writes the fictional records."""

from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.terminal import progress_bar, tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.intake import check_files
from aip_analysis.reference import Ward, load_ward
from aip_analysis.sample import write_samples


@command("sample")
@click.option("--seed", type=int, help="seed")
@click.option("--out", type=click.Path(path_type=Path), help="sample_out")
@home_option
def entry(home: Path, seed: int, out: Path | None) -> None:
    """Write the fictional sample records."""
    ward = load_ward(home / "data" / "reference")
    folder = out or home / "data" / "raw"
    _refuse_to_replace(folder, ward)
    with progress_bar("sampling") as bar:
        files = write_samples(ward, folder, seed=seed, progress=lambda _: bar.step())
    tell("sampled", count=len(files), folder=folder.resolve())


def _refuse_to_replace(folder: Path, ward: Ward) -> None:
    """Raise an error if a folder contains records that are not marked as fictional."""
    files = check_files([folder], ward).files if folder.is_dir() else []
    for file in files:
        if not file.fictional and file.source is not None:
            raise InputRefusedError("cli.own_records", file=file.source.path)
