"""``aip lab``: opens JupyterLab on the welcome notebook, for this machine only."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.errors import ToolMissingError, UsageError
from aip_analysis.files import VARIABLE
from aip_analysis.messages import LANGUAGES, Language, chosen_language, say, user_language

CONFIG_PATH = "JUPYTER_CONFIG_PATH"
WELCOME = Path("explore", "00-ようこそ.ipynb")
# The only address from which the server can be reached.
LOCAL = "127.0.0.1"


@command("lab")
@click.option("--no-browser", is_flag=True, help="no_browser")
@click.option("--port", type=click.IntRange(1, 65535), help="lab_port")
@click.option("--lang", type=click.Choice(LANGUAGES), help="lab_lang")
@home_option
def entry(home: Path, port: int | None, lang: Language | None, *, no_browser: bool) -> int:
    """Open JupyterLab."""
    notebooks = home / "notebooks"
    _check(notebooks, port)
    arguments = [*_arguments(notebooks), *([f"--ServerApp.port={port}"] if port else [])]
    if no_browser:
        arguments.append("--no-browser")
    click.echo(say("lab.opening", user_language()), err=True)
    # Jupyter itself asks what Ctrl+C is to end; this process only waits for it.
    signal.signal(signal.SIGINT, lambda *_: None)
    environment = _environment(home, lang or chosen_language())
    return subprocess.run(arguments, env=environment, check=False).returncode  # noqa: S603 -- our own interpreter


def _check(notebooks: Path, port: int | None) -> None:
    """Raise an error for what JupyterLab would answer with a traceback.

    Raises
    ------
    ToolMissingError
        When JupyterLab is not installed, or a folder that it writes to cannot be written.
    UsageError
        When another program uses the port.
    """
    if find_spec("jupyterlab") is None:
        raise ToolMissingError("lab.not_installed")
    asked = [sys.executable, "-m", "jupyter_core", "--runtime-dir"]
    runtime = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 -- our own interpreter
    for folder in (notebooks, Path(runtime.stdout.strip())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise ToolMissingError("lab.not_writable", folder=folder) from error
    if port is not None and _is_taken(port):
        raise UsageError("lab.port_taken", port=port)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOCAL, port)) == 0


def _arguments(notebooks: Path) -> list[str]:
    """Return the command that starts JupyterLab, which asks no other host for anything."""
    # Somebody may have renamed the notebook.
    start = f"/lab/tree/{WELCOME.as_posix()}" if (notebooks / WELCOME).is_file() else "/lab"
    arguments = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={notebooks}",
        f"--ServerApp.ip={LOCAL}",
        f"--LabApp.default_url={start}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        # Other users of the machine cannot listen to what a kernel and the server say.
        "--KernelManager.transport_encryption=auto",
        # A notebook saved as HTML loads nothing from another host either.
        f"--HTMLExporter.extra_template_basedirs={_settings() / 'nbconvert'}",
        # The address is printed all the same.
        "--Application.log_level=WARN",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In a container there is no other user.
        arguments.append("--allow-root")
    return arguments


def _environment(home: Path, language: Language) -> dict[str, str]:
    """Return the variables of the server, and of the notebooks and terminals within it."""
    # Jupyter merges its settings over these folders. What the user changes in JupyterLab is kept in
    # the user's own folder, and takes precedence.
    settings = _settings()
    paths = [str(settings / language), str(settings), *_existing(CONFIG_PATH)]
    # In a terminal of JupyterLab, `aip build` works although no environment is activated.
    programs = [str(Path(sys.executable).parent), *_existing("PATH")]
    return os.environ | {
        VARIABLE: str(home),
        "AIP_LANG": language,
        CONFIG_PATH: os.pathsep.join(paths),
        "PATH": os.pathsep.join(programs),
    }


def _settings() -> Path:
    """Return the folder of what this command sets in JupyterLab."""
    return Path(str(files("aip_analysis.cli").joinpath("jupyter")))


def _existing(variable: str) -> list[str]:
    return [value] if (value := os.environ.get(variable)) else []
