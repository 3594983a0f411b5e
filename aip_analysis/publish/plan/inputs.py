"""Hashes of the inputs of pages: those that all have in common, and their notebooks."""

import ast
import hashlib
import json
import sys
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from aip_analysis.errors import InputRefusedError
from aip_analysis.files import files_hash, program_hash

LENGTH = 16
LOCK = "uv.lock"
PACKAGE = "aip-analysis"
# The module and name that a report notebook imports if nobody has changed that.
PLAIN = ("aip_analysis", "report")


def short(text: str | bytes) -> str:
    """Return a hash of a text, as short as is safe to distinguish versions."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:LENGTH]


def common_inputs(home: Path) -> dict[str, str]:
    """Return hashes of the inputs of every page: reference tables, program, its libraries."""
    return {
        "reference": files_hash(home / "data" / "reference")[:LENGTH],
        "program": program_hash()[:LENGTH],
        "lock": dependencies_hash(home),
    }


def dependencies_hash(home: Path) -> str:
    """Return a hash of the versions of Python and the packages that the program is built on."""
    lock = home / LOCK
    content = lock.read_bytes() if lock.is_file() else b""
    return short(content + json.dumps(versions()).encode())


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the program requires."""
    result = {"python": ".".join(map(str, sys.version_info[:3]))}
    for line in requires(PACKAGE) or ():
        if "extra ==" in line:
            # Extras have no effect on how a page looks.
            continue
        name = line.split(";")[0].strip()
        for sign in "<>=!~[ ":
            name = name.split(sign)[0]
        result[name] = version(name)
    return result


def notebook_hash(notebook: Path) -> str:
    """Return a hash of a notebook; neither its outputs nor how it was saved count."""
    return short(json.dumps(_cells(notebook), ensure_ascii=False))


def has_extra_imports(notebook: Path) -> bool:
    """Return whether a notebook imports more than the report, and so may read anything."""
    return any(_imports_more(source) for kind, source, _ in _cells(notebook) if kind == "code")


def _cells(notebook: Path) -> list[tuple[str, str, list[str]]]:
    """Return type, source and tags of each cell.

    Raises
    ------
    InputRefusedError
        When the file is not a notebook, or is damaged.
    """
    try:
        content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
        return [
            (cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", []))
            for cell in content["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputRefusedError("errors.notebook_unreadable", file=notebook) from error


def _imports_more(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        # Magics or a mistake: what it reads is not known.
        return True
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            return True
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if (node.module, *sorted(names)) != PLAIN:
                return True
        if isinstance(node, ast.Name) and node.id in {"open", "__import__", "exec", "eval"}:
            return True
    return False
