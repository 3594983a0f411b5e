"""Papermill's client, waiting for a kernel with nothing in between.

nbclient has three tasks of an event loop wait for each cell: for what it shows, for its answer, and
for the kernel's death; each message wakes the loop several times. Nothing else happens in it, so
here one task waits on the wire itself for all three. What becomes of a message is up to
nbclient, as ever.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient

from aip_analysis.engine.wire import POLL_SECONDS, Message

# How long a kernel may say nothing until somebody looks whether it is there.
ALIVE_SECONDS = 1.0
# After so many messages in a row, time is looked at: a cell may never stop writing.
TURN = 50


class WaitingClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is not typed
    """Runs a notebook as papermill's own client does; its kernel is spoken to by wire."""

    _cell_index = 0
    _late: "_Waiting | None" = None

    def _async_poll_output_msg(
        self, parent_msg_id: str, cell: NotebookNode, cell_index: int
    ) -> Coroutine[Any, Any, None]:
        """Leave it to whoever waits for the answer."""
        del parent_msg_id, cell
        self._cell_index = cell_index
        return asyncio.sleep(0)

    async def _async_poll_for_reply(
        self,
        msg_id: str,
        cell: NotebookNode,
        timeout: int | None,  # noqa: ASYNC109 -- nbclient's interface
        task_poll_output_msg: "asyncio.Future[Any]",
        task_poll_kernel_alive: "asyncio.Future[Any]",
    ) -> Message:
        """Take all that comes of a cell; parameters, result and errors are those of nbclient."""
        del task_poll_output_msg
        task_poll_kernel_alive.cancel()
        self._late = waiting = _Waiting(self, msg_id, cell)
        while (reply := await waiting.reply(timeout)) is None:
            # Raises, or interrupts the cell and may tell what its answer is taken to be.
            reply = await self._async_handle_timeout(timeout, cell)
            if reply is not None:
                break
        if self.record_timing:
            cell["metadata"]["execution"]["shell.execute_reply"] = timestamp(reply)
        if not await waiting.all_shown(self.iopub_timeout):
            told = "Timeout waiting for IOPub output"
            if self.raise_on_iopub_timeout:
                raise CellTimeoutError.error_from_timeout_and_cell(told, self.iopub_timeout, cell)
            self.log.warning(told)
        self._late = None
        return reply

    async def _async_cleanup_kernel(self) -> None:
        """End the kernel; what a cell that took too long shows meanwhile is taken, too."""
        await super()._async_cleanup_kernel()
        if self._late is not None:
            self._late.take_rest()

    _cleanup_kernel = run_sync(_async_cleanup_kernel)


class _Waiting:
    """What is still to come of a cell."""

    def __init__(self, client: WaitingClient, msg_id: str, cell: NotebookNode) -> None:
        self.client, self.msg_id, self.cell = client, msg_id, cell
        self.wire = client.kc.wire
        self.iopub, self.shell = client.kc.iopub_channel, client.kc.shell_channel
        self.shown = False
        self.error: Exception | None = None

    async def reply(self, seconds: float | None) -> Message | None:
        """Wait for the answer, so long at most; meanwhile take what is shown."""
        until = time.monotonic() + seconds if seconds is not None else None
        while True:
            reply = self._answer()
            if reply is not None:
                return reply
            if not await self._heard(until):
                return None

    async def all_shown(self, seconds: float) -> bool:
        """Wait until all is shown, so long at most; tell whether it is.

        Raises
        ------
        Exception
            What went wrong while something was shown.
        """
        until = time.monotonic() + seconds
        while not self.shown and await self._heard(until):
            pass
        if self.error is not None:
            raise self.error
        return self.shown

    def take_rest(self) -> None:
        """Take what has come since nobody waited any more."""
        while not self.shown and self._take_shown():
            pass

    async def _heard(self, until: float | None) -> bool:
        """Take what is shown, or wait until something comes; false when time has run out."""
        if until is not None and time.monotonic() >= until:
            await self.client._async_check_alive()  # noqa: SLF001 -- its own class is asked
            return False
        if not self.shown and self._take_shown():
            return True
        left = ALIVE_SECONDS if until is None else min(ALIVE_SECONDS, until - time.monotonic())
        if not self.wire.hear(max(0.001, left)):
            await self.client._async_check_alive()  # noqa: SLF001 -- as above
            if self.wire.closed:
                # Its end is told by another way, which may take a moment longer.
                await asyncio.sleep(POLL_SECONDS)
        return True

    def _take_shown(self) -> bool:
        """Take messages that are there; tell whether there were any."""
        for taken in range(TURN):
            message = self.iopub.take()
            if message is None:
                return taken > 0
            if message["parent_header"].get("msg_id") != self.msg_id:
                continue
            try:
                self.client.process_message(message, self.cell, self.client._cell_index)  # noqa: SLF001 -- as above
            except CellExecutionComplete:
                self.shown = True
            except Exception as error:  # noqa: BLE001 -- raised once the answer is there, as by nbclient
                self.shown, self.error = True, error
            if self.shown:
                return True
        return True

    def _answer(self) -> Message | None:
        """Give the answer if it is there."""
        while (message := self.shell.take()) is not None:
            if message["parent_header"].get("msg_id") == self.msg_id:
                reply: Message = message
                return reply
        return None
