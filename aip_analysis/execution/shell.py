"""An IPython shell whose cells produce the outputs that they have in a notebook.

It replaces a kernel for everything that a published page can contain: text of streams, rich
displays and their updates, results, errors with tracebacks, magics, commands and top-level await.
What depends on messages between a page and a kernel is refused: widgets with a message that names
the engine which supports them, questions to the user with one that names the alternatives.
"""

import asyncio
import getpass
import io
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import TracebackType
from typing import Any

from ipykernel.compiler import XCachingCompiler
from IPython.core import page, payloadpage
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config

from aip_analysis.execution.cell_outputs import WIDGET, DescriptorCapture, Outputs
from aip_analysis.execution.limits import spend_reserve
from aip_analysis.messages import say, user_language

# The variables as a kernel sets them: programs that a cell starts then colour their output, and
# never wait for somebody to turn a page.
ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PLOTLY_RENDERER": "plotly_mimetype",
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
}
PAGER_PRIORITY = 99
# The number of columns that pandas displays under a kernel; it checks once, when it is imported.
NOTEBOOK_COLUMNS = 20
Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class NeedsKernelError(RuntimeError):
    """Raised in a cell that uses what only a kernel with a page in front of it supports."""

    def __init__(self) -> None:
        super().__init__(say("execution.needs_kernel", user_language()))


class NoInputError(RuntimeError):
    """Raised in a cell that asks for input: nobody is there to answer."""

    def __init__(self) -> None:
        super().__init__(say("execution.no_input", user_language()))


class NotebookShell(InteractiveShell):
    """A shell that collects what its cells show in ``outputs``."""

    outputs: Outputs
    # Libraries check whether a shell has a kernel, and show wide tables and progress bars
    # accordingly.
    kernel = None
    compiler_class = Type(XCachingCompiler)

    def init_display_pub(self) -> None:
        """Create the outputs, and publish displays into them."""
        self.outputs = Outputs()
        self.display_pub = _Publisher(shell=self, parent=self)

    def init_displayhook(self) -> None:
        """Add the results of cells to the outputs."""
        self.displayhook_class = _ResultHook
        super().init_displayhook()

    def init_environment(self) -> None:
        """Set the environment variables that a kernel sets."""
        os.environ.update(ENVIRONMENT)

    def init_hooks(self) -> None:
        """Keep help texts from going to the pager of a terminal."""
        super().init_hooks()
        self.set_hook("show_in_pager", page.as_hook(payloadpage.page), PAGER_PRIORITY)

    def ask_exit(self) -> None:
        """End the notebook, as ``exit`` in a cell requests."""
        sys.exit()

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept inline charts, which need no event loop; refuse all other backends."""
        if gui not in {None, "inline"}:
            raise NeedsKernelError

    def showtraceback(
        self,
        exc_tuple: Raised | None = None,
        filename: str | None = None,
        tb_offset: int | None = None,
        exception_only: bool = False,  # noqa: FBT001, FBT002 -- as above
        running_compiled_code: bool = False,  # noqa: FBT001, FBT002 -- as above
    ) -> None:
        """Add an error to the outputs, formatted as IPython does."""
        raised = exc_tuple or _raised()
        if raised is None:
            return
        kind, value, trace = raised
        if issubclass(kind, MemoryError):
            spend_reserve()
        if issubclass(kind, SyntaxError):
            self.showsyntaxerror(filename, running_compiled_code)
        elif issubclass(kind, UsageError):
            self.show_usage_error(value)
        elif exception_only:
            only = self.InteractiveTB.get_exception_only(kind, value)
            self._add_error(kind, value, [EXCEPTION_ONLY, *only])
        elif _holds_group(value):
            # IPython leaves groups of exceptions to Python, too.
            traceback.print_exception(kind, value, trace)
        else:
            self._show_formatted(kind, value, trace, tb_offset)

    def _show_formatted(
        self,
        kind: type[BaseException],
        value: BaseException,
        trace: TracebackType | None,
        tb_offset: int | None,
    ) -> None:
        # Exceptions may define their own traceback, as objects may define _repr_html_.
        own = getattr(value, "_render_traceback_", None)
        formatted = self.InteractiveTB.structured_traceback
        try:
            lines = own() if own else formatted(kind, value, trace, tb_offset=tb_offset)
        except Exception:  # noqa: BLE001 -- a notebook's own exception class may fail here
            print(BAD_FORMAT)  # noqa: T201 -- into the outputs, as IPython does
            traceback.print_exc()
        else:
            self._add_error(kind, value, lines)

    def showsyntaxerror(
        self,
        filename: str | None = None,
        running_compiled_code: bool = False,  # noqa: FBT001, FBT002 -- IPython's interface
    ) -> None:
        """Add an error in the source to the outputs."""
        raised = _raised()
        if raised is None:
            return
        kind, value, trace = raised
        if filename and isinstance(value, SyntaxError):
            value.filename = filename
        frames: Any = traceback.extract_tb(trace) if running_compiled_code else []
        self._add_error(kind, value, self.SyntaxTB.structured_traceback(kind, value, frames))

    def _add_error(self, kind: type[BaseException], value: BaseException, lines: list[str]) -> None:
        self.outputs.error(kind.__name__, str(value), lines)

    async def run_source(self, source: str) -> ExecutionResult:
        """Run a cell's source, as a kernel does: within the loop that top-level await uses."""
        failure = None
        try:
            transformed = self.transform_cell(source)
        except Exception:  # noqa: BLE001 -- a notebook's own transformer may raise anything
            transformed, failure = source, sys.exc_info()
        options = {"transformed_cell": transformed, "preprocessing_exc_tuple": failure}
        if not self.should_run_async(source, **options):
            plain: ExecutionResult = self.run_cell(source, store_history=True, cell_meta={})
            return plain
        result = None
        options |= {"store_history": True, "cell_meta": {}}
        try:
            result = await self.run_cell_async(source, **options)
        finally:
            self.events.trigger("post_execute")
            self.events.trigger("post_run_cell", result)
        return result


BAD_FORMAT = "Unexpected exception formatting exception. Falling back to standard exception"
EXCEPTION_ONLY = "An exception has occurred, use %tb to see the full traceback.\n"


def _raised() -> Raised | None:
    """Return the exception that is being handled, or else the last one that was shown."""
    kind, value, trace = sys.exc_info()
    if kind is None or value is None:
        value = getattr(sys, "last_value", None)
        return None if value is None else (type(value), value, value.__traceback__)
    sys.last_type, sys.last_value, sys.last_traceback = kind, value, trace
    return kind, value, trace


def _holds_group(value: BaseException | None) -> bool:
    while value is not None:
        if isinstance(value, BaseExceptionGroup):
            return True
        value = value.__context__
    return False


class _Publisher(DisplayPublisher):
    """Publishes displays into the outputs of the running cell."""

    def publish(  # type: ignore[override]  # IPython's own ``source`` is going away
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,  # noqa: ANN401 -- IPython's interface
    ) -> None:
        """Add a display, or update those with its identifier."""
        if WIDGET in data:
            raise NeedsKernelError
        outputs = NotebookShell.instance().outputs
        add = outputs.update if update else outputs.display
        add(data, metadata, (transient or {}).get("display_id"))

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 -- as above
        """Clear what the cell has shown so far."""
        NotebookShell.instance().outputs.clear(wait=wait)


class _ResultHook(DisplayHook):
    """Adds the value of a cell's last expression to its outputs."""

    def write_output_prompt(self) -> None:
        """Do nothing: a notebook writes its own prompt."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Add the result."""
        if WIDGET in format_dict:
            raise NeedsKernelError
        NotebookShell.instance().outputs.result(format_dict, md_dict, self.prompt_count)


class _Stream(io.TextIOBase):
    """Standard output or error of the cells, which may also write bytes to its descriptor."""

    encoding = "UTF-8"

    def __init__(self, outputs: Outputs, name: str, descriptor: int) -> None:
        self.outputs, self.name, self.descriptor = outputs, name, descriptor
        self.process = os.getpid()

    def writable(self) -> bool:
        """Return whether it can be written to."""
        return True

    def write(self, text: object) -> int:
        """Add text to the outputs."""
        if not isinstance(text, str):
            message = f"write() argument must be str, not {type(text)}"
            raise TypeError(message)
        if os.getpid() == self.process:
            self.outputs.drain()
            self.outputs.stream(self.name, text)
        else:
            # A process forked by a cell has only a copy of the outputs; the file is shared.
            os.write(self.descriptor, text.encode(errors="backslashreplace"))
        return len(text)

    def flush(self) -> None:
        """Add what was written past Python to the outputs."""
        self.outputs.drain()

    def fileno(self) -> int:
        """Return the descriptor whose bytes are added to the outputs, too."""
        return self.descriptor


def _no_input(*_: object, **_named: object) -> str:
    """Refuse to ask for input."""
    raise NoInputError


class Cells:
    """Runs the cells of one notebook, one after the other."""

    def __init__(self, shell: NotebookShell, loop: asyncio.AbstractEventLoop) -> None:
        self.shell, self.loop = shell, loop
        self.process = os.getpid()
        self.descriptors = DescriptorCapture(shell.outputs.stream)
        shell.outputs.drain = self.descriptors.take

    def run(self, cell: NotebookNode) -> BaseException | None:
        """Run a cell and store its outputs and execution count in it.

        Returns
        -------
        BaseException or None
            The error that ended the cell.
        """
        cell.outputs = self.shell.outputs.begin()
        with self.descriptors.cell():
            try:
                result = self.loop.run_until_complete(self.shell.run_source(cell.source))
            except BaseException as error:  # noqa: BLE001 -- a signal while the loop waits
                self.shell.showtraceback()
                return error
            finally:
                if os.getpid() != self.process:
                    # A process forked by the cell must not go on running the notebook.
                    os._exit(0)
                cell.execution_count = self.shell.execution_count - 1
        return result.error_before_exec or result.error_in_exec


def _configure_libraries() -> None:
    """Configure libraries that were imported without a shell to display as in a notebook."""
    if "pandas" in sys.modules:
        sys.modules["pandas"].set_option("display.max_columns", NOTEBOOK_COLUMNS)
    if "plotly.io" in sys.modules:
        sys.modules["plotly.io"].renderers.default = ENVIRONMENT["PLOTLY_RENDERER"]


@contextmanager
def notebook_shell() -> Iterator[Cells]:
    """Open a shell for the cells of one notebook; meanwhile it is the only one of this process."""
    config = Config()
    # Notebooks must not wait for each other's history database, and nobody reads the history.
    config.HistoryManager.hist_file = ":memory:"
    before = InteractiveShell.initialized() and InteractiveShell.instance()
    if before:
        type(before).clear_instance()
    with ExitStack() as undo:
        loop = asyncio.new_event_loop()
        undo.callback(loop.close)
        asyncio.set_event_loop(loop)
        if "" not in sys.path:
            sys.path.insert(0, "")
        # A cell that parses a command line must not get that of the program which runs it.
        undo.callback(setattr, sys, "argv", sys.argv)
        sys.argv = sys.argv[:1]
        _configure_libraries()
        shell = NotebookShell.instance(config=config)
        undo.callback(NotebookShell.clear_instance)
        undo.enter_context(redirect_stdout(_Stream(shell.outputs, "stdout", 1)))
        undo.enter_context(redirect_stderr(_Stream(shell.outputs, "stderr", 2)))
        undo.callback(setattr, sys, "stdin", sys.stdin)
        sys.stdin = undo.enter_context(Path(os.devnull).open(encoding="utf-8"))
        shell.builtin_trap.auto_builtins["input"] = _no_input
        # As in a kernel, which asks the page in front of it for the password.
        undo.callback(setattr, getpass, "getpass", getpass.getpass)
        getpass.getpass = _no_input
        cells = Cells(shell, loop)
        undo.callback(cells.descriptors.close)
        yield cells
