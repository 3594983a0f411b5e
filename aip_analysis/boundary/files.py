"""Find the one layer of shapes in what was given: a file, a folder or a zip."""

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
# A shapefile is several files of one name. What it says of its own encoding (.cpg) is often wrong.
NEEDED = (".shx", ".dbf")
BESIDE = (*NEEDED, ".prj")
# The largest prefecture has about 100 MB; a trap unpacks to much more.
LARGEST = 1_000_000_000
UTF8_NAMES = 0x800


@dataclass(frozen=True)
class Layer:
    """A layer of shapes, copied to where it can be read without anything being left beside it.

    Parameters
    ----------
    path
        The copy.
    file
        What was given, as the user knows it.
    name
        What the layer's own file is called.
    """

    path: Path
    file: Path
    name: str

    @property
    def sha256(self) -> str:
        """The hash of its files, the same whether they came in a zip or not."""
        digest = hashlib.sha256()
        for part in sorted(self.path.parent.iterdir()):
            digest.update(part.read_bytes())
        return digest.hexdigest()


@contextmanager
def layer_of(file: Path) -> Iterator[Layer]:
    """Give the layer that a file, a folder or a zip holds.

    Raises
    ------
    InputRefusedError
        When there is no such file, when it holds no layer or several, when a part of a shapefile
        is missing or when a zip cannot be opened.
    """
    if not file.exists():
        raise InputRefusedError("errors.no_such_file", file=file)
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
    """Give the one layer among names; a hidden file is none, and a shapefile goes before others."""
    seen = [name for name in names if not PurePosixPath(name).name.startswith(".")]
    kinds = [sorted(name for name in seen if _kind(name) == kind) for kind in LAYERS]
    layers = next((layers for layers in kinds if layers), [])
    if not layers:
        raise InputRefusedError("boundaries.no_layer", file=file)
    if len(layers) > 1:
        raise InputRefusedError(
            "boundaries.several_layers", file=file, names="、".join(layers[:5]), count=len(layers)
        )
    return layers[0]


def _parts(name: str, names: list[str]) -> dict[str, str]:
    """Give the files that belong to a layer: how each ends -> its name."""
    if _kind(name) != SHAPEFILE:
        return {_kind(name): name}
    stem = PurePosixPath(name).with_suffix("").as_posix()
    family = {
        _kind(other): other
        for other in names
        if PurePosixPath(other).with_suffix("").as_posix() == stem and _kind(other) in BESIDE
    }
    return {SHAPEFILE: name, **family}


def _whole(file: Path, parts: dict[str, str]) -> None:
    for kind in NEEDED:
        if SHAPEFILE in parts and kind not in parts:
            raise InputRefusedError("boundaries.part_missing", file=file, part=kind)


def _from_folder(folder: Path, copies: Path) -> str:
    found = [*folder.glob("*"), *folder.glob("*/*")]
    name = _only(folder, [part.relative_to(folder).as_posix() for part in found])
    return _from_file(folder, folder / name, copies)


def _from_file(given: Path, file: Path, copies: Path) -> str:
    if _kind(file.name) not in LAYERS:
        raise InputRefusedError("boundaries.kind_unknown", file=given)
    parts = _parts(file.name, [other.name for other in file.parent.iterdir()])
    _whole(file, parts)
    try:
        for kind, name in parts.items():
            shutil.copyfile(file.parent / name, copies / f"layer{kind}")
    except OSError as error:
        raise InputRefusedError("boundaries.unreadable", file=given) from error
    return file.name


def _from_zip(file: Path, copies: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            members = {_written(member): member for member in archive.infolist()}
            name = _only(file, list(members))
            parts = _parts(name, list(members))
            _whole(file, parts)
            if sum(members[part].file_size for part in parts.values()) > LARGEST:
                raise InputRefusedError("boundaries.too_large", file=file)
            for kind, part in parts.items():
                with (
                    archive.open(members[part]) as packed,
                    (copies / f"layer{kind}").open("wb") as copy,
                ):
                    shutil.copyfileobj(packed, copy)
    # A zip with a password is a RuntimeError, an unknown way to pack a NotImplementedError.
    except (OSError, RuntimeError, zipfile.BadZipFile) as error:
        raise InputRefusedError("boundaries.unreadable", file=file) from error
    return PurePosixPath(name).name


def _written(member: zipfile.ZipInfo) -> str:
    """Read a name as it was written: in CP932 where the zip does not say that it is UTF-8."""
    if member.flag_bits & UTF8_NAMES:
        return member.filename
    return member.filename.encode("cp437", "replace").decode("cp932", "replace")
