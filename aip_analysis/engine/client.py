"""A kernel manager for kernels of a warm parent, and a client that loses no time with them."""

import asyncio
import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import DottedObjectName, Type

from aip_analysis.engine.channels import QuickChannel, unpack

PROVISIONER = "aip-warm"
STEP_SECONDS = 0.1
POLL_SECONDS = 0.002


class WarmKernelClient(AsyncKernelClient):
    """Waits for a kernel no longer than it takes.

    The client that it is made from waits, once the kernel has answered, until nothing has been
    heard for 0.2 seconds. This one waits for the message that says that the answer is complete.
    """

    shell_channel_class = Type(QuickChannel)
    iopub_channel_class = Type(QuickChannel)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 -- Jupyter's interface
        super().__init__(**given)
        self.session.unpack = unpack

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 -- Jupyter's interface
        until = time.monotonic() + (timeout if timeout is not None else float("inf"))
        while time.monotonic() < until:
            asked = self.kernel_info()
            if await self._answered(asked):
                return
            if not await self._async_is_alive():
                message = "Kernel died before replying to kernel_info"
                raise RuntimeError(message)
        message = f"Kernel didn't respond in {timeout:g} seconds"
        raise RuntimeError(message)

    wait_for_ready = _async_wait_for_ready

    async def _answered(self, asked: str) -> bool:
        """Take the answer and what is told along with it; false where either is not heard."""
        try:
            while True:
                reply = await self.get_shell_msg(timeout=STEP_SECONDS)
                if reply["parent_header"].get("msg_id") == asked:
                    break
            self._handle_kernel_info_reply(reply)
            while True:
                told = await self.get_iopub_msg(timeout=STEP_SECONDS)
                idle = told["content"].get("execution_state") == "idle"
                if idle and told["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            await asyncio.sleep(0)
            return False


class WarmKernelManager(AsyncKernelManager):
    """Starts its kernels as forks of a warm parent."""

    client_class = DottedObjectName(f"{__name__}.{WarmKernelClient.__name__}")
    client_factory = Type(WarmKernelClient)

    async def _async_wait(self, pollinterval: float = STEP_SECONDS) -> None:
        """Wait for the kernel's end; how it is looked for costs next to nothing here."""
        del pollinterval
        await super()._async_wait(pollinterval=POLL_SECONDS)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification, with a warm parent as the way to start it."""
        found = super().kernel_spec
        if found is None:
            return None
        spec = KernelSpec(**found.to_dict())
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec
