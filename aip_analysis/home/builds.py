"""Which build of the records is in use, and what it says of itself; no table is opened."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POINTER = "CURRENT"
ABOUT = "about.json"


@dataclass(frozen=True)
class About:
    """What a build says of itself.

    Parameters
    ----------
    name
        Its name: the hash of its tables.
    newest_complete
        The newest fiscal year with twelve months of records, else the newest; 0 without records.
    """

    name: str
    newest_complete: int


def pointed_build(processed: Path) -> Path | None:
    """Give the folder that ``CURRENT`` names; nothing where it names none."""
    pointer = processed / POINTER
    if not pointer.is_file():
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    return processed / name if name and (processed / name).is_dir() else None


def photo_file(build: Path, name: str) -> Path:
    """Give where a build has a photograph that pages have by a name such as photos/0123.jpg."""
    return build / f"photo-{Path(name).name}"


def about_build(processed: Path) -> About | None:
    """Tell about the build in use; nothing where it is not whole or does not tell."""
    build = pointed_build(processed)
    if build is None:
        return None
    try:
        told: dict[str, Any] = json.loads((build / ABOUT).read_text(encoding="utf-8"))
        whole = all((build / name).is_file() for name in told["tables"])
        return About(build.name, int(told["newest_complete"])) if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_about(build: Path, tables: list[str], newest_complete: int) -> None:
    """Write what a build says of itself into its folder."""
    told = {"tables": tables, "newest_complete": newest_complete}
    text = json.dumps(told, indent=1)
    (build / ABOUT).write_text(f"{text}\n", encoding="utf-8")
