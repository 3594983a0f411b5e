"""Screen output of commands: the progress bar while they work, messages when they are done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aip_analysis.messages import say, user_language

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def tell(key: str, **values: object) -> None:
    """Print a message of the catalogue's ``cli`` section."""
    click.echo(say(f"cli.{key}", user_language(), **values))


@dataclass
class Bar:
    """A progress bar whose length may become known late."""

    progress: "Progress"
    task: "TaskID"

    def total(self, count: int) -> None:
        """Set how many steps there are."""
        self.progress.update(self.task, total=count)

    def left(self, count: int) -> None:
        """Set how many steps remain; the first call sets how many there are in total."""
        if self.progress.tasks[self.task].total is None:
            self.total(count)
            return
        total = self.progress.tasks[self.task].total or count
        self.progress.update(self.task, completed=total - count)

    def step(self) -> None:
        """Advance by one step."""
        self.progress.advance(self.task)


@contextmanager
def progress_bar(key: str) -> Iterator[Bar]:
    """Show a progress bar while the block runs; nothing if standard error is no terminal."""
    # Only slow commands show a bar: the others need not load rich.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
    )

    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with progress:
        yield Bar(progress, progress.add_task(say(f"cli.{key}", user_language()), total=None))


def short(folder: Path) -> Path:
    """Return a path relative to the current folder if it lies below that, else unchanged."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
