"""``aip lab`` before JupyterLab starts: what it is given, and what keeps it from starting."""

import json
import os
import socket
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.cli import lab
from aip_analysis.errors import ToolMissingError, UsageError
from tests.home import ROOT


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the reference tables alone, and Jupyter's own folders beside it."""
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    (home / "data" / "reference").symlink_to(ROOT / "data" / "reference")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("AIP_LANG", "ja")
    monkeypatch.setattr("signal.signal", lambda *_: None)
    return home


def started(monkeypatch: pytest.MonkeyPatch, home: Path, *options: str) -> dict[str, Any]:
    """Return the command and the environment that JupyterLab is started with."""
    run, calls = subprocess.run, []

    def recorded(command: list[str], **settings: Any) -> object:  # noqa: ANN401 -- as run
        if "jupyterlab" not in command:
            return run(command, **settings)
        calls.append({"command": command, **settings})
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("subprocess.run", recorded)
    lab.entry.main(["--home", str(home), "--no-browser", *options], standalone_mode=False)
    (call,) = calls
    return call


def test_it_speaks_japanese_or_the_language_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Path(str(files("aip_analysis.cli").joinpath("jupyter")))
    monkeypatch.delenv("AIP_LANG")
    # The locale of the machine does not decide: many an office has an English one.
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for options, language in (((), "ja"), (("--lang", "en"), "en")):
        environment = started(monkeypatch, home, *options)["env"]
        assert environment["AIP_LANG"] == language
        paths = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
        assert paths[:2] == [str(ours / language), str(ours)]


def test_its_settings_are_settings_that_this_jupyterlab_has() -> None:
    schemas = Path(sys.prefix, "share", "jupyter", "lab", "schemas")
    folder = Path(str(files("aip_analysis.cli").joinpath("jupyter")))
    overrides = sorted(folder.rglob("default_setting_overrides.json"))
    assert len(overrides) == 3
    for file in overrides:
        for plugin, values in json.loads(file.read_text(encoding="utf-8")).items():
            package, name = plugin.split(":")
            schema = schemas / package / f"{name}.json"
            properties = json.loads(schema.read_text(encoding="utf-8"))["properties"]
            for key, value in values.items():
                choices = [choice["const"] for choice in properties[key].get("oneOf", [])]
                assert not choices or value in choices


def test_it_opens_the_welcome_notebook_if_it_is_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--LabApp.default_url=/lab" in started(monkeypatch, home)["command"]
    welcome = home / "notebooks" / lab.WELCOME
    welcome.parent.mkdir(parents=True)
    welcome.touch()
    address = f"--LabApp.default_url=/lab/tree/{lab.WELCOME.as_posix()}"
    assert address in started(monkeypatch, home)["command"]
    # The notebook that the repository has.
    assert (ROOT / "notebooks" / lab.WELCOME).is_file()


def test_a_port_in_use_is_told(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        with pytest.raises(UsageError) as error:
            lab.entry.main(["--home", str(home), "--port", port], standalone_mode=False)
    assert port in str(error.value)


def test_without_jupyterlab_it_says_how_to_install_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "find_spec", lambda _: None)
    with pytest.raises(ToolMissingError, match="make environment"):
        lab.entry.main(["--home", str(home)], standalone_mode=False)


@pytest.mark.parametrize("place", ["notebooks", "runtime"])
def test_a_folder_that_cannot_be_written_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    blocked = home / place
    # Tests may run as root, who may write anywhere: a file where the folder is to be.
    blocked.touch()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
    with pytest.raises(ToolMissingError) as error:
        lab.entry.main(["--home", str(home)], standalone_mode=False)
    assert str(blocked) in str(error.value)
