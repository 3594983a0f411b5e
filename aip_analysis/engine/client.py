"""A kernel manager for kernels of a warm parent, and a client that speaks to them by wire."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from queue import Empty
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import Session

from aip_analysis.engine.provisioner import WarmProvisioner
from aip_analysis.engine.wire import (
    CONTROL,
    IOPUB,
    POLL_SECONDS,
    SHELL,
    Message,
    Wire,
    packed,
    unpacked,
)

PROVISIONER = "aip-warm"
NOT_STARTED = "No kernel is running!"
STEP_SECONDS = 0.1


class Channel:
    """A channel of a wire, as Jupyter's clients know them."""

    def __init__(self, wire: Wire, session: Session, channel: bytes) -> None:
        self.wire, self.session, self.channel = wire, session, channel

    def send(self, message: Message) -> None:
        """Send a message; nobody may be there any more, which is found out when none answers."""
        try:
            self.wire.write(self.channel, packed(self.session, message), message.get("buffers", ()))
        except OSError:
            self.wire.closed = True

    def take(self) -> Message | None:
        """Take the next message if it is there already."""
        frame = self.wire.take(self.channel)
        return None if frame is None else unpacked(self.session, frame)

    async def get_msg(self, timeout: float | None = None) -> Message:  # noqa: ASYNC109 -- Jupyter's interface
        """Take the next message.

        Raises
        ------
        Empty
            When none has come in so many seconds.
        """
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (message := self.take()) is None:
            left = until - time.monotonic()
            if left <= 0 or self.wire.closed:
                # Others have their turn: whoever asks again at once would keep them from it.
                await asyncio.sleep(POLL_SECONDS if self.wire.closed else 0)
                raise Empty
            self.wire.hear(min(left, STEP_SECONDS))
        return message


class LinkClient:
    """What papermill's client speaks through: the few things that it asks for.

    Parameters
    ----------
    wire
        Leads to the kernel.
    is_alive
        Tells whether the kernel is there.
    """

    def __init__(self, wire: Wire, is_alive: Callable[[], Awaitable[bool]]) -> None:
        self.wire = wire
        self.session = Session()
        self.is_alive = is_alive
        self.allow_stdin = True
        self.shell_channel = Channel(wire, self.session, SHELL)
        self.iopub_channel = Channel(wire, self.session, IOPUB)

    def start_channels(self) -> None:
        """Do nothing: they are there."""

    def stop_channels(self) -> None:
        """Let go of the wire."""
        self.wire.close()

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 -- as above
        """Wait until the kernel answers.

        Raises
        ------
        RuntimeError
            When it ends instead, or does not in time.
        """
        until = time.monotonic() + (timeout if timeout is not None else float("inf"))
        asked = self.kernel_info()
        while time.monotonic() < until:
            try:
                reply = await self.shell_channel.get_msg(timeout=STEP_SECONDS)
            except Empty:
                if not await self.is_alive():
                    message = "Kernel died before replying to kernel_info"
                    raise RuntimeError(message) from None
                continue
            if reply["parent_header"].get("msg_id") == asked:
                return
        message = f"Kernel didn't respond in {timeout:g} seconds"
        raise RuntimeError(message)

    def kernel_info(self) -> str:
        """Ask what kernel it is; give the question's number."""
        return self._asked("kernel_info_request", {})

    def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Have code run; give the question's number."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": self.allow_stdin,
            "stop_on_error": stop_on_error,
        }
        return self._asked("execute_request", content)

    def _asked(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        self.shell_channel.send(message)
        return str(message["msg_id"])


class WarmKernelManager(AsyncKernelManager):
    """Starts its kernels as forks of a warm parent."""

    def client(self, **_: Any) -> LinkClient:  # type: ignore[override]  # noqa: ANN401 -- Jupyter's interface
        """Give a client of the kernel."""
        return LinkClient(self._wire, self._async_is_alive)

    async def _async_request_shutdown(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 -- as above
        """Ask the kernel to end."""
        asked = self.session.msg("shutdown_request", {"restart": restart})
        Channel(self._wire, self.session, CONTROL).send(asked)
        await self._warm.shutdown_requested(restart=restart)

    async def _async_wait(self, pollinterval: float = STEP_SECONDS) -> None:
        """Wait for the kernel's end; how it is looked for costs next to nothing here."""
        del pollinterval
        await super()._async_wait(pollinterval=POLL_SECONDS)

    def _connect_control_socket(self) -> None:
        """Do nothing: there is a wire."""

    @property
    def _wire(self) -> Wire:
        if self._warm.wire is None:
            raise RuntimeError(NOT_STARTED)
        return self._warm.wire

    @property
    def _warm(self) -> WarmProvisioner:
        if not isinstance(self.provisioner, WarmProvisioner):
            raise RuntimeError(NOT_STARTED)  # noqa: TRY004 -- as Jupyter's own
        return self.provisioner

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification, with a warm parent as the way to start it."""
        found = super().kernel_spec
        if found is None:
            return None
        spec = KernelSpec(**found.to_dict())
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec
