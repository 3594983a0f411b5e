"""A small private disk, in a mount namespace that ends with the test."""

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
        The process whose mount namespace contains it.
    folder
        Its path for commands in that namespace.
    """

    holder: int
    folder: Path

    @property
    def seen(self) -> Path:
        """Return its path for this process."""
        return Path(f"/proc/{self.holder}/root{self.folder}")

    def fill(self, blocks: int = 0) -> None:
        """Fill it except for this number of blocks."""
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
        """Run a command that sees the disk, with a working directory outside of the workbench."""
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
    """Yield a mounted disk.

    Parameters
    ----------
    folder
        The mount point, an existing folder.
    size
        The size, as ``mount -t tmpfs`` expects it.
    *more
        Further shell commands to prepare the namespace before the disk is mounted.
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
        # The holder ends with its input: when this block or this process ends.
        assert holder.stdout is not None
        assert holder.stderr is not None
        if holder.stdout.readline() != "ready\n":
            pytest.skip(f"mounting is not permitted here: {holder.stderr.read().strip()}")
        yield Disk(holder.pid, folder)
