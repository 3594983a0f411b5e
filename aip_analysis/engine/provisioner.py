"""Jupyter's way to start kernels, by asking a warm parent."""

import asyncio
import os
import signal
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo, write_connection_file
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from aip_analysis.engine.shared import MEMORY, parent_address
from aip_analysis.engine.task import Task
from aip_analysis.engine.warm import Child, ask
from aip_analysis.engine.wire import MARK_LENGTH, POLL_SECONDS, Wire


class WarmProvisioner(KernelProvisionerBase):
    """Starts a kernel as a fork of a warm parent, and looks after it."""

    child: Child | None = None
    wire: Wire | None = None
    _folder: "tempfile.TemporaryDirectory[str] | None" = None

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self.child is not None

    async def poll(self) -> int | None:
        """Give the kernel's exit code, or nothing while it runs."""
        self._listen()
        return 0 if self.child is None else self.child.poll()

    def _listen(self) -> None:
        """Take in what the kernel says, so that it never waits for that when it is to end.

        One that never stops writing waits after all, and is ended then.
        """
        while self.wire is not None and not self.wire.full and self.wire.hear(0):
            pass

    async def wait(self) -> int | None:
        """Wait for the kernel's end and give its exit code."""
        if self.child is None:
            return 0
        while (code := self.child.poll()) is None:
            self._listen()
            await asyncio.sleep(POLL_SECONDS)
        self.child.close()
        self.child = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and all that it started."""
        if self.child is not None:
            self.child.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 -- Jupyter's interface
        """End the kernel at once."""
        del restart
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 -- as above
        """Ask the kernel to end."""
        del restart
        await self.send_signal(signal.SIGTERM)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Jupyter's interface
        """Give the kernel the arguments that a launcher would give it."""
        self._folder = tempfile.TemporaryDirectory(prefix="aip-kernel-")
        file, self.connection_info = _connection(Path(self._folder.name))
        extra = kwargs.pop("extra_arguments", [])
        return await super().pre_launch(cmd=["-f", file, *extra], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401 -- as above
        """Start the kernel."""
        environment = {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())}
        mark = os.urandom(MARK_LENGTH)
        task = Task(
            target="aip_analysis.engine.kernel:serve_kernel",
            arguments=(cmd, mark),
            environment=environment,
            folder=str(kwargs.get("cwd") or Path.cwd()),
            memory=int(os.environ.get(MEMORY, "0")),
            # Whoever sets a limit wants nothing of a kernel to outlive it.
            thorough=MEMORY in os.environ,
        )
        self.child = ask(parent_address(environment), task)
        self.wire = Wire(self.child.link, mark)
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 -- as above
        """Leave nothing behind."""
        del restart
        if self.child is not None:
            self.child.close()
            self.child = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _connection(folder: Path) -> tuple[str, KernelConnectionInfo]:
    """Write the file that arguments and manager of a kernel name; nobody connects by it."""
    file, info = write_connection_file(
        str(folder / "kernel.json"),
        transport="ipc",
        ip=str(folder / "s"),
        key=os.urandom(16).hex().encode(),
    )
    # Jupyter's managers want the key as bytes, though its types say otherwise.
    return file, {**info, "key": info["key"].encode()}  # type: ignore[typeddict-item]
