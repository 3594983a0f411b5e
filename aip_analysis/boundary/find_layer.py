"""Locate the single layer of shapes in a file, folder or zip archive."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from aip_analysis.errors import InputRefusedError

SHAPEFILE = ".shp"
LAYERS = (SHAPEFILE, ".gpkg", ".geojson", ".json")
# A shapefile consists of several files with one stem. Its declared encoding (.cpg) is often wrong.
NEEDED = (".shx", ".dbf")
BESIDE = (*NEEDED, ".prj")
# The largest prefecture has about 100 MB; a zip bomb unpacks to much more.
LARGEST = 1_000_000_000
UTF8_NAMES = 0x800


@dataclass(frozen=True)
class Layer:
    """A layer of shapes, copied to a temporary folder so that reading leaves no files next to it.

    Parameters
    ----------
    path
        The copy.
    file
        The file, folder or zip that the user named.
    name
        The name of the layer's own file.
    """

    path: Path
    file: Path
    name: str

    @property
    def sha256(self) -> str:
        """SHA-256 hash of its files, the same whether they came in a zip or not."""
        digest = hashlib.sha256()
        for part in sorted(self.path.parent.iterdir()):
            digest.update(part.read_bytes())
        return digest.hexdigest()


@contextmanager
def layer_of(file: Path) -> Iterator[Layer]:
    """Yield the layer that a file, folder or zip contains.

    Raises
    ------
    InputRefusedError
        If there is no such file, if it contains no layer or several, if a part of a shapefile is
        missing or if a zip cannot be opened.
    """
    if not file.exists():
        raise InputRefusedError("files.no_such_file", file=file)
    with TemporaryDirectory(prefix="aip-") as folder:
        copies = Path(folder)
        if file.suffix.lower() == ".zip" or zipfile.is_zipfile(file):
            name = _from_zip(file, copies)
        else:
            name = _from_folder(file, copies) if file.is_dir() else _from_file(file, file, copies)
        yield Layer(copies / f"layer{_kind(name)}", file, name)


def _kind(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _only(file: Path, names: list[str]) -> str:
    """Return the only layer among names; hidden files are ignored, shapefiles take precedence."""
    visible = [name for name in names if not PurePosixPath(name).name.startswith(".")]
    kinds = [sorted(name for name in visible if _kind(name) == kind) for kind in LAYERS]
    layers = next((layers for layers in kinds if layers), [])
    if not layers:
        raise InputRefusedError("boundaries.no_layer", file=file)
    if len(layers) > 1:
        raise InputRefusedError(
            "boundaries.several_layers", file=file, names="、".join(layers[:5]), count=len(layers)
        )
    return layers[0]


def _parts(name: str, names: list[str]) -> dict[str, str]:
    """Return the files that belong to a layer: file extension -> file name."""
    if _kind(name) != SHAPEFILE:
        return {_kind(name): name}
    stem = PurePosixPath(name).with_suffix("").as_posix()
    family = {
        _kind(other): other
        for other in names
        if PurePosixPath(other).with_suffix("").as_posix() == stem and _kind(other) in BESIDE
    }
    return {SHAPEFILE: name, **family}


def _refuse_incomplete(file: Path, parts: dict[str, str]) -> None:
    for kind in NEEDED:
        if SHAPEFILE in parts and kind not in parts:
            raise InputRefusedError("boundaries.part_missing", file=file, part=kind)


def _from_folder(folder: Path, copies: Path) -> str:
    candidates = [*folder.glob("*"), *folder.glob("*/*")]
    name = _only(folder, [part.relative_to(folder).as_posix() for part in candidates])
    return _from_file(folder, folder / name, copies)


def _from_file(named: Path, file: Path, copies: Path) -> str:
    if _kind(file.name) not in LAYERS:
        raise InputRefusedError("boundaries.kind_unknown", file=named)
    parts = _parts(file.name, [other.name for other in file.parent.iterdir()])
    _refuse_incomplete(file, parts)
    try:
        for kind, name in parts.items():
            shutil.copyfile(file.parent / name, copies / f"layer{kind}")
    except OSError as error:
        raise InputRefusedError("boundaries.unreadable", file=named) from error
    return file.name


def _from_zip(file: Path, copies: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            members = {_decoded_name(member): member for member in archive.infolist()}
            name = _only(file, list(members))
            parts = _parts(name, list(members))
            _refuse_incomplete(file, parts)
            if sum(members[part].file_size for part in parts.values()) > LARGEST:
                raise InputRefusedError("boundaries.too_large", file=file)
            for kind, part in parts.items():
                with (
                    archive.open(members[part]) as packed,
                    (copies / f"layer{kind}").open("wb") as copy,
                ):
                    shutil.copyfileobj(packed, copy)
    # An encrypted zip raises RuntimeError, an unknown compression method NotImplementedError.
    except (OSError, RuntimeError, zipfile.BadZipFile) as error:
        raise InputRefusedError("boundaries.unreadable", file=file) from error
    return PurePosixPath(name).name


def _decoded_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name decoded; names not flagged as UTF-8 are taken to be CP932."""
    if member.flag_bits & UTF8_NAMES:
        return member.filename
    return member.filename.encode("cp437", "replace").decode("cp932", "replace")
