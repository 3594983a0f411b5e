"""Rows that sum up others: told by name, place and arithmetic, compared, and never counted."""

from collections.abc import Callable, Sequence

from aip_analysis.intake.population.groups import Group
from aip_analysis.intake.population.lines import Line

# A row, the sum that stands in it, and the sum of the rows that it is of.
Report = Callable[[int, int, int], None]


def has_parts(group: Group, groups: Sequence[Group]) -> bool:
    """Return whether a row of a town sums up rows of its neighbourhoods."""
    keys = set(group.keys)
    return group.several and any(not other.several and keys & set(other.keys) for other in groups)


def is_sum_of(line: Line, lines: Sequence[Line], groups: Sequence[Group]) -> bool:
    """Return whether a row of an unknown name is the sum of all rows, or of those just above it."""
    number = _number([line])
    if not number:
        return False
    every = sum(group.residents or 0 for group in groups if not has_parts(group, groups))
    return number == every or _is_sum_of_above(line, number, lines)


def _is_sum_of_above(line: Line, number: int, lines: Sequence[Line]) -> bool:
    above: list[int] = []
    for other in lines:
        if other is line:
            break
        if other.kind == "named":
            above.append(_number([other]) or 0)
        elif other.kind == "sum":
            above.clear()
    return len(above) > 1 and number == sum(above)


def check_sums(
    lines: Sequence[Line], groups: Sequence[Group], unknown: Sequence[Line], report: Report
) -> None:
    """Compare the sums in a table with the rows that they are of, and report those that differ."""
    leaves = [group for group in groups if not has_parts(group, groups)]
    for group in groups:
        if has_parts(group, groups):
            _compare(group.row, group.residents, set(group.keys), leaves, report)
    others = sum(_number([line]) or 0 for line in unknown)
    everything = {key for group in leaves for key in group.keys}
    by_text: dict[str, list[Line]] = {}
    for line in lines:
        number = _number([line])
        if line.kind == "sum" and not (number and _is_sum_of_above(line, number, lines)):
            by_text.setdefault(line.text, []).append(line)
    for same in by_text.values():
        named = same[0].named
        keys = everything if named is None else set(named.keys)
        _compare(same[0].row, _number(same), keys, leaves, report,
                 others if named is None else 0)  # fmt: skip


def _compare(
    row: int,
    number: int | None,
    keys: set[str],
    leaves: Sequence[Group],
    report: Report,
    others: int = 0,
) -> None:
    parts = [group for group in leaves if set(group.keys) <= keys]
    # What is wrong in a row has been reported there.
    if any(group.refused for group in parts):
        return
    expected = others + sum(group.residents or 0 for group in parts)
    if number is not None and number != expected:
        report(row, number, expected)


def _number(lines: Sequence[Line]) -> int | None:
    """Return the residents that some rows give together."""
    group = Group("", ())
    for line in lines:
        group.add(line)
    return group.residents
