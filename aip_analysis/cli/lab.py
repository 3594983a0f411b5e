"""``aip lab``: opens JupyterLab on the explore notebooks."""

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.files import VARIABLE

CONFIG_PATH = "JUPYTER_CONFIG_PATH"
FIRST = Path("explore", "01-はじめに.ipynb")


@command("lab")
@click.option("--no-browser", is_flag=True, help="no_browser")
@click.option("--port", type=int, default=8888, help="port")
@home_option
def entry(home: Path, port: int, *, no_browser: bool) -> int:
    """Open JupyterLab."""
    arguments = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={home / 'notebooks'}",
        f"--LabApp.default_url=/lab/tree/{FIRST.as_posix()}",
        f"--ServerApp.port={port}",
        # The office PC has no internet access: nothing is requested from outside.
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In a container there is no other user.
        arguments.append("--allow-root")
    if no_browser:
        arguments.append("--no-browser")
    # The settings in this folder keep JupyterLab from offering news and updates from outside.
    settings = str(files("aip_analysis.cli").joinpath("jupyter"))
    paths = [settings, *filter(None, [os.environ.get(CONFIG_PATH)])]
    environment = os.environ | {VARIABLE: str(home), CONFIG_PATH: os.pathsep.join(paths)}
    return subprocess.run(arguments, env=environment, check=False).returncode  # noqa: S603 -- our own interpreter
