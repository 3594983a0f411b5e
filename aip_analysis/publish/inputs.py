"""What pages are made from, as hashes: what all have in common, and what a notebook asks for."""

import ast
import hashlib
import json
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

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
        name = line.split(";")[0].strip()
        for sign in "<>=!~[ ":
            name = name.split(sign)[0]
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            # An extra that is not installed here.
            continue
    return found


def notebook_hash(notebook: Path) -> str:
    """Hash a notebook; its outputs do not count, nor how it was saved."""
    content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    cells = [
        (cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", []))
        for cell in content["cells"]
    ]
    return short(json.dumps(cells, ensure_ascii=False))


def asks_for_more(notebook: Path) -> bool:
    """Tell whether a notebook imports more than the report, and so may read whatever there is."""
    content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    sources = ["".join(c["source"]) for c in content["cells"] if c["cell_type"] == "code"]
    return any(_imports_more(source) for source in sources)


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
