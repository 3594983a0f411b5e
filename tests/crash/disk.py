"""A small disk of one's own, in a mount namespace that ends with the test."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.home import AIP, Home, plain_environment

BLOCK = 4096


@dataclass(frozen=True)
class Disk:
    """A disk that only some commands see.

    Parameters
    ----------
    holder
        The process whose mount namespace it lies in.
    folder
        Where it lies, for commands in that namespace.
    """

    holder: int
    folder: Path

    @property
    def seen(self) -> Path:
        """Where it lies for this process."""
        return Path(f"/proc/{self.holder}/root{self.folder}")

    def fill(self, blocks: int = 0) -> None:
        """Fill it, so many blocks aside."""
        filler = self.seen / "filler"
        with filler.open("wb", buffering=0) as stream:
            try:
                while stream.write(bytes(BLOCK)):
                    pass
            except OSError:
                stream.truncate(stream.tell() - blocks * BLOCK)

    def empty(self) -> None:
        """Make room again."""
        (self.seen / "filler").unlink()

    def aip(
        self, home: Home, *arguments: str | Path, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command that sees the disk, far from the workbench's folder."""
        inside = ("nsenter", "--mount", f"--target={self.holder}", "--wd=/")
        return subprocess.run(
            [*inside, AIP, *arguments, "--home", home.folder],
            env=plain_environment(**settings),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@contextmanager
def small_disk(folder: Path, size: str, *more: str) -> Iterator[Disk]:
    """Mount a disk.

    Parameters
    ----------
    folder
        Where; a folder that is there.
    size
        How large, as ``mount -t tmpfs`` takes it.
    *more
        Further commands of the shell to prepare the namespace, before the disk is mounted.
    """
    mount = f"mount -t tmpfs -o size={size} none '{folder}'"
    script = " && ".join([*more, mount, "echo ready", "exec cat"])
    with subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as holder:
        # Ends when its input does: when this block or this process is over.
        assert holder.stdout is not None
        assert holder.stderr is not None
        if holder.stdout.readline() != "ready\n":
            pytest.skip(f"mounting is not permitted here: {holder.stderr.read().strip()}")
        yield Disk(holder.pid, folder)
