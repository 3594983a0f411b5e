"""Formulas as an analyst writes them: (会議 + その他の会合[部会]) / 運営月数.

Names of measures may be anything, so each is replaced by a placeholder before Python's own parser
reads the formula; the operators are those of Python, narrow or wide.
"""

import ast
import re
from collections.abc import Callable

from aip_analysis.errors import UsageError
from aip_analysis.workbench.figures.formulas import Formula, Number, Ratio, Sum, Times
from aip_analysis.workbench.figures.groups import Groups

_WIDE = str.maketrans("＋－−×＊÷／（）", "+--**//()")
_BRACKETS = re.compile(r"[\[［]([^\]］]*)[\]］]")
_NAME = re.compile(r"[^-+*/()\[\]\s](?:[^-+*/()\[\]]*[^-+*/()\[\]\s])?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# A longer one is no formula.
_LONGEST = 1_000


class FormulaText:
    """Reads a formula.

    Parameters
    ----------
    text
        The formula.
    formula_named
        Returns the formula of a measure by any of its names, or raises an error that names the
        nearest.
    groups
        The terms to which counts can be restricted.
    """

    def __init__(self, text: str, formula_named: Callable[[str], Formula], groups: Groups) -> None:
        self._text = text
        self._formula_named = formula_named
        self._groups = groups
        self._names: list[str] = []
        self._terms: list[str] = []

    def read(self) -> Formula:
        """Return the formula.

        Raises
        ------
        UsageError
            When it is not understood, or a name in it is wrong; the message says which.
        """
        bare = _BRACKETS.sub(self._without_term, self._text).translate(_WIDE)
        try:
            if len(self._text) > _LONGEST:
                raise self._error()
            tree = ast.parse(_NAME.sub(self._placeholder, bare).strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self._error() from None
        return self._formula(tree.body)

    def _without_term(self, found: re.Match[str]) -> str:
        self._terms.append(found.group(1).strip())
        return f"[{len(self._terms) - 1}]"

    def _placeholder(self, found: re.Match[str]) -> str:
        if _NUMBER.fullmatch(found.group()):
            return str(float(found.group()) if "." in found.group() else int(found.group()))
        self._names.append(found.group())
        return f"name_{len(self._names) - 1}"

    def _formula(self, node: ast.expr) -> Formula:
        match node:
            case ast.Constant(value=int() | float() as value):
                return Number(float(value))
            case ast.Name(id=name):
                return self._formula_named(self._names[int(name.removeprefix("name_"))])
            case ast.Subscript(value=of, slice=ast.Constant(value=int() as term)):
                formula = self._formula(of)
                only = self._groups.term(formula, self._terms[term])
                return self._groups.restricted(formula, only)
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return Times(-1, self._formula(of))
            case ast.BinOp(left=left, op=op, right=right):
                return self._combined(op, self._formula(left), self._formula(right))
        raise self._error()

    def _combined(self, op: ast.operator, left: Formula, right: Formula) -> Formula:
        match op:
            case ast.Add():
                return Sum(left, right)
            case ast.Sub():
                return Sum(left, right, -1)
            case ast.Mult() if isinstance(left, Number):
                return Times(left.value, right)
            case ast.Mult() if isinstance(right, Number):
                return Times(right.value, left)
            case ast.Mult():
                raise UsageError("figure_tables.product", given=self._text)
            case ast.Div() if isinstance(right, Number) and right.value:
                return Times(1 / right.value, left)
            case ast.Div() if not isinstance(right, Number):
                return Ratio(left, right)
        raise self._error()

    def _error(self) -> UsageError:
        return UsageError("figure_tables.no_formula", given=self._text[:_LONGEST])
