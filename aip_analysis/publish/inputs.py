"""What pages are made from, as hashes: what all have in common, and what a notebook asks for."""

import ast
import hashlib
import json
import sys
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from aip_analysis.errors import InputRefusedError
from aip_analysis.home import files_hash, program_hash

LENGTH = 16
LOCK = "uv.lock"
PACKAGE = "aip-analysis"
# What a report notebook imports where nobody has changed that.
PLAIN = ("aip_analysis", "report")


def short(text: str | bytes) -> str:
    """Hash a text, as short as is safe to tell versions apart."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:LENGTH]


def common_inputs(home: Path) -> dict[str, str]:
    """Hash what every page is made from: the reference tables, the program, what it runs on."""
    return {
        "reference": files_hash(home / "data" / "reference")[:LENGTH],
        "program": program_hash()[:LENGTH],
        "lock": lock_hash(home),
    }


def lock_hash(home: Path) -> str:
    """Hash the versions of what the program is built on."""
    lock = home / LOCK
    content = lock.read_bytes() if lock.is_file() else b""
    return short(content + json.dumps(versions()).encode())


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that the program names."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for line in requires(PACKAGE) or ():
        if "extra ==" in line:
            # It has no part in how a page looks.
            continue
        name = line.split(";")[0].strip()
        for sign in "<>=!~[ ":
            name = name.split(sign)[0]
        found[name] = version(name)
    return found


def notebook_hash(notebook: Path) -> str:
    """Hash a notebook; its outputs do not count, nor how it was saved."""
    return short(json.dumps(_cells(notebook), ensure_ascii=False))


def asks_for_more(notebook: Path) -> bool:
    """Tell whether a notebook imports more than the report, and so may read whatever there is."""
    return any(_imports_more(source) for kind, source, _ in _cells(notebook) if kind == "code")


def _cells(notebook: Path) -> list[tuple[str, str, list[str]]]:
    """Give kind, source and tags of each cell.

    Raises
    ------
    InputRefusedError
        When the file is not a notebook, or a broken one.
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
        # Magics, or a mistake: nobody knows what it reads.
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
