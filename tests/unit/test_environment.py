"""pyproject.toml is the source; uv.lock, environment.yml and setup/ agree with it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".tools" / "bin" / "uv"

# Packages with another name on conda-forge than on the Python package index.
CONDA_NAMES = {"kaleido": "python-kaleido"}
# Packages that conda-forge does not have: pip installs them with the project.
NOT_ON_CONDA = {"resvg-py"}
# Packages that conda has to install, and pip implies.
CONDA_ONLY = {"pip": SpecifierSet()}

Bounds = dict[str, SpecifierSet]


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def read_conda() -> dict[str, Any]:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    environment: dict[str, Any] = yaml.safe_load(text)
    return environment


def as_bounds(requirements: list[str]) -> Bounds:
    parsed = [Requirement(requirement) for requirement in requirements]
    return {canonicalize_name(item.name): item.specifier for item in parsed}


def conda_bounds(project: dict[str, Any]) -> Bounds:
    """Return the bounds that environment.yml must have, given pyproject.toml's [project]."""
    required = as_bounds(project["dependencies"])
    renamed = {
        CONDA_NAMES.get(name, name): bound
        for name, bound in required.items()
        if name not in NOT_ON_CONDA
    }
    return {"python": SpecifierSet(project["requires-python"])} | renamed | CONDA_ONLY


def differences(expected: Bounds, actual: Bounds) -> list[str]:
    missing = [f"missing: {name}" for name in expected.keys() - actual.keys()]
    extra = [f"extra: {name}" for name in actual.keys() - expected.keys()]
    different = [
        f"different: {name}"
        for name in expected.keys() & actual.keys()
        if expected[name] != actual[name]
    ]
    return sorted(missing + extra + different)


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return read_toml("pyproject.toml")


@pytest.fixture(scope="module")
def packages() -> dict[str, list[dict[str, Any]]]:
    """Return locked packages by name: several if versions of Python support different ones."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for package in read_toml("uv.lock")["package"]:
        by_name.setdefault(package["name"], []).append(package)
    return by_name


def test_conda_names_the_same_dependencies_within_the_same_bounds(
    pyproject: dict[str, Any],
) -> None:
    named = [entry for entry in read_conda()["dependencies"] if isinstance(entry, str)]
    assert len(as_bounds(named)) == len(named), "a name stands twice"
    assert differences(conda_bounds(pyproject["project"]), as_bounds(named)) == []


def test_conda_takes_from_pip_the_project_alone() -> None:
    environment = read_conda()
    by_pip = [entry for entry in environment["dependencies"] if not isinstance(entry, str)]
    assert by_pip == [{"pip": ["-e ."]}]
    assert environment["channels"] == ["conda-forge", "nodefaults"]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["numpy>=2.2,<3", "python-kaleido<2,>=1.2"], []),
        (["numpy>=2.2,<3"], ["missing: python-kaleido"]),
        (["numpy>=2.2,<3", "python-kaleido>=1.2,<2", "scipy"], ["extra: scipy"]),
        (["numpy>=2.2", "python-kaleido>=1.2,<2"], ["different: numpy"]),
        (
            ["numpy>=2.3,<3", "kaleido>=1.2,<2"],
            ["different: numpy", "extra: kaleido", "missing: python-kaleido"],
        ),
    ],
)
def test_what_drifts_apart_is_told(found: list[str], told: list[str]) -> None:
    project = {"requires-python": ">=3.11", "dependencies": ["numpy>=2.2,<3", "kaleido>=1.2,<2"]}
    assert differences(conda_bounds(project), as_bounds(["python>=3.11", "pip", *found])) == told


def test_the_lock_was_made_for_these_dependencies(
    pyproject: dict[str, Any], packages: dict[str, list[dict[str, Any]]]
) -> None:
    (project,) = packages[pyproject["project"]["name"]]
    stated = project["metadata"]
    extras = pyproject["project"]["optional-dependencies"]
    declared = {"": pyproject["project"]["dependencies"]} | pyproject["dependency-groups"] | extras
    stated_for: dict[str, list[dict[str, Any]]] = {"": [], **{extra: [] for extra in extras}}
    for requirement in stated["requires-dist"]:
        stated_for[requirement.get("marker", "").removeprefix("extra == ").strip("'")].append(
            requirement
        )
    locked = stated_for | stated["requires-dev"]
    assert declared.keys() == locked.keys()
    for group, requirements in declared.items():
        bounds = {
            requirement["name"]: SpecifierSet(requirement.get("specifier", ""))
            for requirement in locked[group]
        }
        assert differences(as_bounds(requirements), bounds) == []


def test_every_locked_version_is_within_its_bounds(
    pyproject: dict[str, Any], packages: dict[str, list[dict[str, Any]]]
) -> None:
    groups = [pyproject["project"]["dependencies"], *pyproject["dependency-groups"].values()]
    outside = [
        f"{name} {package['version']}: not {bound}"
        for group in groups
        for name, bound in as_bounds(group).items()
        for package in packages[name]
        if not bound.contains(package["version"])
    ]
    assert outside == []


def test_no_locked_package_needs_a_compiler_or_a_private_index(
    pyproject: dict[str, Any], packages: dict[str, list[dict[str, Any]]]
) -> None:
    others = [
        package
        for name, versions in packages.items()
        if name != pyproject["project"]["name"]
        for package in versions
    ]
    assert [package["name"] for package in others if not package.get("wheels")] == []
    assert len({str(package["source"]) for package in others}) == 1


def test_uv_holds_the_lock_for_current() -> None:
    if not UV.exists():
        in_ci = os.environ.get("CI") == "true"
        assert not in_ci, "make test puts uv into .tools"
        pytest.skip("uv is not in .tools: this environment was not set up by make")
    command = [str(UV), "lock", "--check", "--offline", "--python", sys.executable]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_uv_builds_the_project_with_what_it_carries(pyproject: dict[str, Any]) -> None:
    tools = (ROOT / "setup" / "tools.sh").read_text(encoding="utf-8")
    pinned = re.search(r"^uv_version=(\S+)$", tools, re.MULTILINE)
    assert pinned is not None
    (builder,) = as_bounds(pyproject["build-system"]["requires"]).items()
    assert builder[0] == "uv-build"
    assert builder[1].contains(pinned[1])
