"""The build of the records that is in use, and its metadata; no table is opened."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POINTER = "CURRENT"
ABOUT = "about.json"


@dataclass(frozen=True)
class BuildMetadata:
    """Metadata of a build.

    Parameters
    ----------
    name
        Its name: the hash of its tables.
    newest_complete
        The newest fiscal year with twelve months of records, or else the newest one; 0 without
        records.
    """

    name: str
    newest_complete: int


def current_build_folder(processed: Path) -> Path | None:
    """Return the folder that ``CURRENT`` names, or None if it names no existing folder."""
    pointer = processed / POINTER
    if not pointer.is_file():
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    return processed / name if name and (processed / name).is_dir() else None


def photo_file(build: Path, name: str) -> Path:
    """Return the path of a photograph in a build; ``name`` is as in pages: photos/0123.jpg."""
    return build / f"photo-{Path(name).name}"


def read_build_metadata(processed: Path) -> BuildMetadata | None:
    """Return the metadata of the build in use, or None if it is incomplete or has none."""
    build = current_build_folder(processed)
    if build is None:
        return None
    try:
        content: dict[str, Any] = json.loads((build / ABOUT).read_text(encoding="utf-8"))
        complete = all((build / name).is_file() for name in content["tables"])
        return BuildMetadata(build.name, int(content["newest_complete"])) if complete else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_about(build: Path, tables: list[str], newest_complete: int) -> None:
    """Write the metadata of a build into its folder."""
    content = {"tables": tables, "newest_complete": newest_complete}
    text = json.dumps(content, indent=1)
    (build / ABOUT).write_text(f"{text}\n", encoding="utf-8")
