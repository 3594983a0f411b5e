"""The build of the records that is in use, its metadata and account; no table is opened."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aip_analysis.files.hashes import files_hash, program_hash

POINTER = "CURRENT"
ABOUT = "about.json"
ACCOUNT = "intake.json"


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


def build_inputs(home: Path) -> dict[str, str]:
    """Return the hashes of all that a build is made from: raw files, reference, program."""
    data = home / "data"
    return {
        "raw": files_hash(data / "raw"),
        "reference": files_hash(data / "reference"),
        "program": program_hash(),
    }


def read_account(processed: Path) -> dict[str, Any]:
    """Return the account of the last build, or an empty one if there is none or it is damaged."""
    try:
        account: dict[str, Any] = json.loads((processed / ACCOUNT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return account


def is_due(account: dict[str, Any]) -> bool:
    """Return whether the day has come on which rows dated in the future are to be used."""
    day = account.get("look_again_on")
    return day is not None and date.fromisoformat(day) <= date.today()  # noqa: DTZ011 -- the office's own day
