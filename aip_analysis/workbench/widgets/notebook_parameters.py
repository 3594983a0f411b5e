"""The parameters of a notebook: what its tagged cell sets, and what may stand there."""

import ast
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papermill import inspect_notebook

from aip_analysis.errors import UsageError
from aip_analysis.messages import LANGUAGES, Language, say
from aip_analysis.reference import FiscalYear, Level, Ward
from aip_analysis.workbench.widgets.result_files import NOTEBOOKS, RESULTS

TAG = "parameters"
ENDING = ".ipynb"
# Stands for a value that is no plain constant, such as the result of a call.
UNKNOWN = object()
NUMBERS = {"int": int, "float": float}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook.

    Parameters
    ----------
    name
        Its name in the notebook.
    default
        The notebook's own value; ``UNKNOWN`` if it is no plain constant.
    source
        The same as it stands in the notebook.
    help
        The comment behind it.
    choices
        Labels with values, if only some values make sense.
    """

    name: str
    default: object
    source: str
    help: str = ""
    choices: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Choices:
    """The values of the parameters that all report notebooks have.

    Parameters
    ----------
    ward
        The places.
    fiscal_years
        The years on record.
    language
        The language of labels.
    """

    ward: Ward
    fiscal_years: Sequence[int]
    language: Language

    def of(self, name: str, default: object) -> tuple[tuple[str, object], ...]:
        """Return the labels and values for a parameter of this name; empty if it may be anything.

        The values have the type of the notebook's own value.
        """
        if name in ("area", "block"):
            return self._places("area" if name == "area" else "block")
        if name == "fiscal_year":
            kind = str if isinstance(default, str) else int
            years = reversed(self.fiscal_years)
            return tuple(
                (FiscalYear(year).short_label(self.language), kind(year)) for year in years
            )
        if name == "lang":
            return tuple((say(f"form.lang_{code}", self.language), code) for code in LANGUAGES)
        return ()

    def chosen(self, name: str, default: object) -> object:
        """Return the value of the choices that the notebook's own value names, or the first."""
        values = [value for _label, value in self.of(name, default)]
        if name in ("area", "block"):
            place = self.ward.find_place("area" if name == "area" else "block", str(default))
            default = place.ja if place else default
        return default if default in values else values[0]

    def _places(self, level: Level) -> tuple[tuple[str, object], ...]:
        return tuple((place.name(self.language), place.ja) for place in self.ward.places_of(level))


def find_notebook(home: Path, given: str) -> Path:
    """Return the file of a notebook: a path, or the name of a notebook below notebooks.

    Raises
    ------
    UsageError
        When there is none; the message names those that there are.
    """
    named = given if given.endswith(ENDING) else given + ENDING
    if Path(named).is_file():
        return Path(named).resolve()
    folder = home / NOTEBOOKS
    known = [file for file in sorted(folder.rglob(f"*{ENDING}")) if _is_listed(file, folder)]
    for file in known:
        if file.match(named):
            return file
    choices = say("form.between", "ja").join(dict.fromkeys(file.name for file in known))
    raise UsageError("form.no_notebook", given=given, choices=choices)


def _is_listed(file: Path, folder: Path) -> bool:
    """Return whether a file is no result, and no copy that JupyterLab keeps."""
    parts = file.relative_to(folder).parts
    return parts[0] != RESULTS and not any(part.startswith(".") for part in parts)


def read_parameters(file: Path, choices: Choices) -> list[Parameter]:
    """Return the parameters of a notebook in their order.

    Raises
    ------
    UsageError
        When the file is no notebook, or has no parameters that can be read.
    """
    source = _parameters_cell(file)
    try:
        assigned = list(_assigned(ast.parse(source)))
    except SyntaxError as error:
        raise UsageError("form.bad_cell", file=file.name, line=error.lineno) from error
    with _quiet():
        inspected = inspect_notebook(str(file))
    parameters = [_parameter(name, inspected.get(name, {}), value) for name, value in assigned]
    if not parameters:
        raise UsageError("form.no_parameters", file=file.name)
    return [_with_choices(parameter, choices) for parameter in parameters]


def _parameters_cell(file: Path) -> str:
    """Return the source of the cell with the parameters."""
    try:
        cells: list[Mapping[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if TAG in cell["metadata"].get("tags", ())]
        sources: list[str | list[str]] = [cell["source"] for cell in tagged]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError("form.not_readable", file=file.name) from error
    if not sources:
        raise UsageError("form.no_parameters", file=file.name)
    return "".join(sources[0])


def _assigned(cell: ast.Module) -> Iterable[tuple[str, ast.expr]]:
    """Yield the names that a cell assigns, with their values."""
    for node in cell.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and isinstance(value, ast.expr):
                yield target.id, value


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep papermill from logging lines that it does not understand: they are read here."""
    logger = logging.getLogger("papermill")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _parameter(name: str, inspected: Mapping[str, str], value: ast.expr) -> Parameter:
    source = ast.unparse(value)
    try:
        default: object = ast.literal_eval(value)
    except ValueError:
        default = UNKNOWN
    kind = NUMBERS.get(inspected.get("inferred_type_name", ""))
    if kind and isinstance(default, int | float) and not isinstance(default, bool):
        default = kind(default)
    return Parameter(name, default, source, inspected.get("help", "").strip())


def _with_choices(parameter: Parameter, choices: Choices) -> Parameter:
    offered = choices.of(parameter.name, parameter.default)
    if not offered:
        return parameter
    default = choices.chosen(parameter.name, parameter.default)
    return Parameter(parameter.name, default, parameter.source, parameter.help, offered)
