"""Tables derived from a build, cached in its folder: later runs load what this one computed.

Only what takes seconds to compute for a large region is worth a file: the figures and the shapes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import shapely

from aip_analysis.files.atomic import write_atomically
from aip_analysis.files.hashes import fingerprint

LIBRARIES = ("geopandas", "numpy", "pandas", "pyarrow", "shapely")
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Cache:
    """The tables cached in the folder of a build, one group of tables under each name.

    Parameters
    ----------
    build
        The folder of the build; its name is the hash of its records.
    reference
        The folder data/reference.
    """

    build: Path
    reference: Path

    def store(self, name: str, tables: Mapping[str, pd.DataFrame]) -> None:
        """Store tables under a name, replacing those stored under it before.

        Raises
        ------
        ToolMissingError
            When the folder cannot be written or the disk is full.
        """
        content = BytesIO()
        with ZipFile(content, "w") as archive:
            for key, table in tables.items():
                archive.writestr(key, table.to_parquet())
        packed = content.getvalue()
        write_atomically(self._file(name), self._digest(packed) + packed)

    def load(self, name: str) -> dict[str, pd.DataFrame]:
        """Return the tables stored under a name.

        Returns
        -------
        dict
            Empty if there are none, if their file is damaged, or if they were computed from other
            records or reference tables, by another program or with other libraries.
        """
        try:
            content = memoryview(self._file(name).read_bytes())
        except OSError:
            return {}
        digest, packed = content[:_DIGEST], content[_DIGEST:]
        if digest != self._digest(packed):
            return {}
        with ZipFile(BytesIO(packed)) as archive:
            tables = {key: archive.read(key) for key in archive.namelist()}
        # In one thread: a command that exits while Arrow's own threads are still shutting down is
        # aborted (apache/arrow issue 34314).
        return {
            key: pd.read_parquet(
                BytesIO(table), engine="pyarrow", use_threads=False, pre_buffer=False
            )
            for key, table in tables.items()
        }

    def _file(self, name: str) -> Path:
        return self.build / f"{name}.cache"

    def _digest(self, packed: bytes | memoryview) -> bytes:
        """Return a hash of what the tables were computed from and of the tables themselves."""
        versions = (f"{library} {version(library)}" for library in LIBRARIES)
        # Shapely either bundles GEOS or uses the system's.
        geos = shapely.geos_version_string
        inputs = "\n".join((self.build.name, fingerprint(self.reference), *versions, geos))
        return hashlib.sha256(hashlib.sha256(inputs.encode()).digest() + packed).digest()
