"""A form in JupyterLab over the parameters of a notebook, which runs it."""

import ast
import json
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ipywidgets
from markupsafe import Markup, escape
from traitlets import TraitError

from aip_analysis.errors import AipError, UsageError
from aip_analysis.messages import Language, say
from aip_analysis.messages.catalogue import entries
from aip_analysis.reference import Level
from aip_analysis.workbench.widgets.notebook_parameters import (
    UNKNOWN,
    Choices,
    Parameter,
    find_notebook,
    read_parameters,
)
from aip_analysis.workbench.widgets.notebook_run import (
    ProgramRun,
    Progress,
    as_typed,
    papermill_command,
    publish_command,
)
from aip_analysis.workbench.widgets.result_files import NOTEBOOKS, result_file
from aip_analysis.workbench.widgets.widget_display import live_or_still

REPORTS = "reports"
# The levels of which one place is a parameter.
LEVELS: tuple[Level, ...] = ("area", "block")
LABEL, FIELD, BAR = "10em", "26em", "14em"
LINE = {"flex_flow": "row wrap", "align_items": "center"}


class NotebookForm:
    """A form over a parameterised notebook.

    Parameters
    ----------
    notebook
        The path of a notebook, or the name of one below the folder ``notebooks``.
    home
        The workbench's folder.
    choices
        What is known about parameters of some names.

    Raises
    ------
    UsageError
        When there is no such notebook, or it has no parameters.
    """

    def __init__(self, notebook: str, home: Path, choices: Choices) -> None:
        self.notebook = find_notebook(home, notebook)
        self._home, self._ward, self._language = home, choices.ward, choices.language
        self._parameters = read_parameters(self.notebook, choices)
        self._fields = {one.name: _field(one, choices.language) for one in self._parameters}
        self._running: ProgramRun | None = None
        self._made: Path | None = None
        self._run = self._button("run", self.run, "primary")
        self._publish = self._button("publish", self.publish)
        self._stop = self._button("stop", self.stop)
        self._open = self._button("open_page", self.open_page)
        self._bar = ipywidgets.IntProgress(max=1, layout={"width": BAR})
        self._said, self._commands = ipywidgets.HTML(), ipywidgets.HTML()
        self.box = self._laid_out()
        for field in self._fields.values():
            field.observe(lambda _change: self._show_commands(), names="value")
        self._show_commands()
        self._show(Progress())

    def __repr__(self) -> str:
        return self._say("plain", file=self.notebook.name, command=self.command)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        still = self._title() + self._commands.value
        return live_or_still(self.box, repr(self), still)

    @property
    def is_report(self) -> bool:
        """Whether ``aip publish`` makes pages of the notebook."""
        return self.notebook.parent == self._home / NOTEBOOKS / REPORTS

    @property
    def values(self) -> dict[str, object]:
        """The parameters as they stand in the form; those left to the notebook are not there.

        Raises
        ------
        UsageError
            When a field holds no value of Python, where it has to.
        """
        read = {one.name: _value(one, self._fields[one.name].value) for one in self._parameters}
        return {name: value for name, value in read.items() if value is not UNKNOWN}

    @property
    def result(self) -> Path:
        """The file of the executed notebook; it exists once the notebook has run."""
        parts = [self.notebook.stem, *self.values.values()]
        return result_file(self._home, parts, "ipynb")

    @property
    def page(self) -> Path:
        """The page of the report with these values; it exists once it is published."""
        kind, values = self.notebook.stem, self.values
        place = self._ward.whole
        for level in LEVELS:
            if level == kind and level in values:
                place = self._ward.place_named(level, str(values[level]))
        folder = self._home / REPORTS / str(values.get("fiscal_year"))
        language = values.get("lang", "ja")
        return (folder if language == "ja" else folder / str(language)) / f"{place.slug}.html"

    @property
    def command(self) -> str:
        """The command that runs the notebook with these values, in the workbench's folder."""
        return as_typed(self._papermill())

    @property
    def publish_command(self) -> str:
        """The command that makes the page of these values; empty if the notebook has no page."""
        return as_typed(self._aip()) if self.is_report else ""

    def fill(self, **values: object) -> None:
        """Fill in fields by the names of the parameters.

        Raises
        ------
        UsageError
            When there is no such parameter, or it cannot have this value.
        """
        for name, value in values.items():
            if name not in self._fields:
                raise UsageError("form.no_field", given=name, choices="、".join(self._fields))
            try:
                self._fields[name].value = value
            except TraitError as error:
                raise UsageError("form.bad_value", name=name, given=value) from error

    def run(self) -> None:
        """Run the notebook in the background."""
        self._made = self.result
        self._start(self._papermill(), self._made)

    def publish(self) -> None:
        """Make the page of the report in the background."""
        self._made = self.page
        self._start(self._aip(), None)

    def stop(self) -> None:
        """Stop what runs."""
        if self._running:
            self._running.stop()

    def wait(self) -> Progress:
        """Wait until what runs has ended, and return how."""
        return self._running.wait() if self._running else Progress()

    def open_page(self) -> None:
        """Open the page that was made in the browser of this computer."""
        if self._made:
            webbrowser.open(self._made.as_uri())

    def _papermill(self) -> list[str]:
        inside = self.notebook.is_relative_to(self._home)
        notebook = self.notebook.relative_to(self._home) if inside else self.notebook
        out = self.result.relative_to(self._home)
        return papermill_command(notebook.as_posix(), out.as_posix(), self.values)

    def _aip(self) -> list[str]:
        return publish_command(self.notebook.stem, self.values)

    def _start(self, command: list[str], out: Path | None) -> None:
        if self._running and self._running.progress.state == "running":
            return
        self._running = ProgramRun(command, self._home, out, self._show, self._language)

    def _show(self, progress: Progress) -> None:
        """Show how far the run is; called from the thread that follows it."""
        runs = progress.state == "running"
        self._run.disabled = self._publish.disabled = runs
        self._stop.disabled = not runs
        self._bar.layout.visibility = "visible" if runs else "hidden"
        self._bar.max, self._bar.value = max(progress.of, 1), progress.cells
        is_page = bool(self._made and self._made.suffix == ".html")
        self._open.layout.display = "" if progress.state == "done" and is_page else "none"
        self._said.value = f'<div role="status">{self._told(progress, is_page=is_page)}</div>'

    def _told(self, progress: Progress, *, is_page: bool) -> Markup:
        """Return how far the run is, with a link to what it has made."""
        made = self._made
        if progress.state == "waiting" or made is None:
            return Markup()
        kind = "page" if is_page else "notebook"
        text = escape(
            self._say(
                f"{kind}_{progress.state}",
                cells=progress.cells,
                of=progress.of,
                reason=progress.reason,
                file=made.relative_to(self._home).as_posix(),
            )
        )
        link = not is_page and progress.state != "running" and made.exists()
        return text + self._link(made) if link else text

    def _link(self, file: Path) -> Markup:
        """Return a link that opens a notebook in JupyterLab."""
        path = file.relative_to(self._home / NOTEBOOKS).as_posix()
        return Markup(
            ' <a href="#" data-commandlinker-command="docmanager:open" '
            'data-commandlinker-args="{}" style="text-decoration:underline">{}</a>'
        ).format(json.dumps({"path": path}), self._say("open_notebook"))

    def _show_commands(self) -> None:
        """Show the commands that do the same as the buttons."""
        try:
            commands = list(filter(None, [self.command, self.publish_command]))
        except AipError as error:
            self._commands.value = f'<p role="alert">{escape(error.sentence(self._language))}</p>'
            return
        lines = Markup("\n").join(commands)
        self._commands.value = Markup("<p>{}</p><pre>{}</pre>").format(self._say("command"), lines)

    def _laid_out(self) -> ipywidgets.VBox:
        buttons = [self._run, *([self._publish] if self.is_report else []), self._stop, self._bar]
        return ipywidgets.VBox(
            [
                ipywidgets.HTML(self._title()),
                *(_row(one, self._fields[one.name]) for one in self._parameters),
                ipywidgets.HBox(buttons, layout=LINE),
                ipywidgets.HBox([self._said, self._open], layout=LINE),
                self._commands,
            ]
        )

    def _title(self) -> Markup:
        return Markup("<b>{}</b>").format(self._say("title", file=self.notebook.name))

    def _button(self, name: str, click: Callable[[], None], style: str = "") -> ipywidgets.Button:
        def clicked(_button: ipywidgets.Button) -> None:
            try:
                click()
            except AipError as error:
                self._said.value = escape(error.sentence(self._language))

        button = ipywidgets.Button(description=self._say(name), button_style=style)
        button.layout.width = "auto"
        button.on_click(clicked)
        return button

    def _say(self, name: str, **values: object) -> str:
        return say(f"form.{name}", self._language, **values)


def _field(parameter: Parameter, language: Language) -> ipywidgets.ValueWidget:
    """Return the widget for a parameter."""
    label = entries(language).get(f"form.name_{parameter.name}", "")
    looks: dict[str, Any] = {
        "description": f"{label} {parameter.name}".strip(),
        "style": {"description_width": LABEL},
        "layout": {"width": FIELD},
    }
    default = parameter.default
    if parameter.choices:
        return ipywidgets.Dropdown(options=parameter.choices, value=default, **looks)
    kinds: Mapping[type, Callable[..., ipywidgets.ValueWidget]] = {
        bool: ipywidgets.Checkbox,
        int: ipywidgets.IntText,
        float: ipywidgets.FloatText,
        str: ipywidgets.Text,
    }
    kind = kinds.get(type(default))
    if kind:
        return kind(value=default, **looks)
    return ipywidgets.Text(placeholder=parameter.source, continuous_update=True, **looks)


def _value(parameter: Parameter, given: object) -> object:
    """Return what the field of a parameter holds; ``UNKNOWN`` if it is left to the notebook."""
    plain = parameter.choices or isinstance(parameter.default, bool | int | float | str)
    if plain:
        return given
    if not str(given).strip():
        return UNKNOWN
    try:
        value: object = ast.literal_eval(str(given).strip())
    except (ValueError, SyntaxError) as error:
        raise UsageError(
            "form.no_python", name=parameter.name, given=given, example=parameter.source
        ) from error
    return value


def _row(parameter: Parameter, field: ipywidgets.ValueWidget) -> ipywidgets.HBox:
    return ipywidgets.HBox([field, ipywidgets.HTML(escape(parameter.help))], layout=LINE)
