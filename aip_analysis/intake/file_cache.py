"""Cache of intake results, so that unchanged files are not read again."""

import hashlib
import json
import os
import tempfile
import zlib
from base64 import b64decode, b64encode
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import ipc

from aip_analysis.intake.account import (
    Block,
    Problem,
    SheetAccount,
    StatedFigure,
)
from aip_analysis.intake.correction_label import Correction
from aip_analysis.intake.reading import Source
from aip_analysis.intake.results import FileIntake
from aip_analysis.intake.row_fates import RowAmounts

_ENDING = ".read"


class FileCache:
    """A cache folder with one result per file; personal data are masked before they get here.

    Parameters
    ----------
    folder
        The cache folder.
    made_by
        A fingerprint of the reference tables and the program, on which results also depend.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self.folder = folder
        self.made_by = made_by
        self._used: set[str] = set()

    def key(self, source: Source, content: bytes) -> str:
        """Return the cache key of a file."""
        digest = hashlib.sha256(content).hexdigest()
        parts = (self.made_by, source.shown, source.member, *source.names, *source.meanings, digest)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def load(self, key: str, source: Source) -> FileIntake | None:
        """Return the cached intake of a file; None if there is none or it cannot be read."""
        file = self.folder / f"{key}{_ENDING}"
        try:
            intake = _unpacked(file.read_bytes(), source)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, zlib.error,
                pa.ArrowException):  # fmt: skip
            return None
        self._used.add(file.name)
        return intake

    def store(self, key: str, intake: FileIntake) -> None:
        """Cache the intake of a file; if writing fails, the file is read again next time."""
        file = self.folder / f"{key}{_ENDING}"
        self._used.add(file.name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "wb") as stream:
                _pack(intake, stream)
            Path(temporary).replace(file)
        except (OSError, ValueError, pa.ArrowException):
            return

    def remove_unused(self) -> None:
        """Remove entries that were neither loaded nor stored: their files have gone or changed."""
        for file in self.folder.glob("*"):
            if file.name not in self._used:
                file.unlink(missing_ok=True)


def _pack(intake: FileIntake, stream: BinaryIO) -> None:
    values = {
        "file": intake.file,
        "sha256": intake.sha256,
        "fictional": intake.fictional,
        "sheets": [asdict(sheet) for sheet in intake.sheets],
        "problems": [asdict(problem) for problem in intake.problems],
        "corrections": [[sheet, asdict(correction)] for sheet, correction in intake.corrections],
        "tables": list(intake.records),
    }
    head = json.dumps(values, ensure_ascii=False, default=_packed_numbers).encode()
    stream.write(len(head).to_bytes(8, "big") + head)
    options = ipc.IpcWriteOptions(compression="lz4")
    for table in intake.records.values():
        with ipc.new_stream(stream, table.schema, options=options) as writer:
            writer.write_table(table)


def _packed_numbers(numbers: RowAmounts) -> str:
    return b64encode(zlib.compress(numbers.tobytes(), 1)).decode()


def _numbers(packed: str) -> RowAmounts:
    return np.frombuffer(zlib.decompress(b64decode(packed)), dtype=np.int32)


def _unpacked(content: bytes, source: Source) -> FileIntake:
    size = int.from_bytes(content[:8], "big")
    values: dict[str, Any] = json.loads(content[8 : 8 + size])
    stream = pa.BufferReader(content)
    stream.seek(8 + size)
    tables = {}
    for name in values["tables"]:
        with ipc.open_stream(stream) as reader:
            tables[name] = reader.read_all()
    return FileIntake(
        values["file"],
        values["sha256"],
        values["fictional"],
        [_account(sheet) for sheet in values["sheets"]],
        [Problem(**problem | {"also": tuple(problem["also"])}) for problem in values["problems"]],
        tables,
        [(sheet, Correction(**correction)) for sheet, correction in values["corrections"]],
        source,
    )


def _account(values: dict[str, Any]) -> SheetAccount:
    blocks = [
        Block(
            block["table"],
            tuple(block["titles"]),
            tuple(block["heading_rows"]),
            block["last"],
            block["left"],
            block["right"],
            {name: (place, heading) for name, (place, heading) in block["columns"].items()},
            {int(row): yen for row, yen in block["set_aside"].items()},
            _numbers(block["amounts"]),
            tuple(block["together"]),
            block["area_code"],
            block["fiscal_year"],
            tuple(block["named_by"]),
            block["constants"],
            block["by_row"],
            block["role"],
            block["stamped"],
            tuple(
                StatedFigure(**figure | {"keys": tuple(figure["keys"])})
                for figure in block["figures"]
            ),
            {int(row): (area, year) for row, (area, year) in block["places"].items()},
            {int(row): (number, name) for row, (number, name) in block["activities"].items()},
        )
        for block in values.pop("blocks")
    ]
    return SheetAccount(**values, blocks=blocks)
