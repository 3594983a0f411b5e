"""Other packages are used only by their public names, and importing ours changes nothing."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import aip_analysis

PACKAGE = Path(aip_analysis.__path__[0])
# Names with an underscore that are public nevertheless.
PROTOCOLS = {"_replace", "_asdict", "_fields", "_make", "_exit"}
PRIVATE = re.compile(r"_[a-z]\w*(?<!_)")
# Does work at import, which nothing else may: only the fork server imports it.
PRELOAD = "aip_analysis.publish.warmup_on_import"
IMPORTS = """
import builtins, importlib, pkgutil, sys, aip_analysis

def state():
    return [sys.stdout, sys.stderr, sys.stdin, sys.displayhook, sorted(vars(builtins))]

before = state()
for found in pkgutil.walk_packages(aip_analysis.__path__, "aip_analysis."):
    if found.name != "{preload}":
        importlib.import_module(found.name)
assert state() == before
assert None not in sys.modules.values()
"""


def test_nothing_private_of_another_package_is_named() -> None:
    own = _own_private_names()
    mentions = [
        f"{file}:{node.lineno}: {name}"
        for file, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.ImportFrom)
        for name in _names(node)
        if PRIVATE.fullmatch(name) and name not in PROTOCOLS | own
    ]
    assert mentions == []


def test_nothing_private_of_another_package_is_overridden() -> None:
    overrides = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for module in _modules()
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if _is_ours(kind)
        for name, method in vars(kind).items()
        if inspect.isfunction(method)
        for base in kind.__mro__
        if not _is_ours(base)
        and name in vars(base)
        and PRIVATE.fullmatch(name)
        and name not in PROTOCOLS
    }
    assert overrides == set()


def test_importing_a_module_changes_nothing_of_others() -> None:
    code = ["import papermill", IMPORTS.format(preload=PRELOAD)]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        str(file.relative_to(PACKAGE)): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(PACKAGE.rglob("*.py"))
    }


def _names(node: ast.Attribute | ast.ImportFrom) -> list[str]:
    """Return the names that are accessed on anything other than an object's own class."""
    if isinstance(node, ast.ImportFrom):
        return [alias.name for alias in node.names]
    own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
    return [] if own else [node.attr]


def _own_private_names() -> set[str]:
    """Return the private names that the package itself defines."""
    nodes = [node for tree in _trees().values() for node in ast.walk(tree)]
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    fields = {
        node.target.id
        for node in nodes
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return functions | fields


def _modules() -> list[ModuleType]:
    # papermill loads the engine itself, and must be the first to do so.
    importlib.import_module("papermill")
    names = [
        module.name for module in pkgutil.walk_packages(aip_analysis.__path__, "aip_analysis.")
    ]
    return [importlib.import_module(name) for name in names if name != PRELOAD]


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith("aip_analysis")
