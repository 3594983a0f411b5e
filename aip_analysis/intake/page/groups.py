"""The problems of a file in groups: those that are mended in the same way stand together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from aip_analysis.intake.page.kinds import ANY, advice, kind_name
from aip_analysis.intake.page.totals import SEVERITIES, places_of
from aip_analysis.intake.page.visible import clipped, visible
from aip_analysis.messages import Language, say

# So many places of one kind are shown for a file.
MOST_PLACES = 20
# What is expected is said once for places that expect the same, where it is longer than this.
_SHORT = 24
_LONGEST_FOUND, _LONGEST_HEADING, _LONGEST_EXPECTED = 80, 60, 400

_Problem = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """Places of one kind in a file.

    Parameters
    ----------
    anchor
        Its id on the page.
    code, severity
        What was found, and how grave it is.
    name
        What its kind is called.
    count
        How many places there are, shown or not.
    advice
        How they are mended; what differs from place to place is left open in it.
    heads
        The names of the columns after the place; none where nothing more is to be told.
    rows
        A place and its texts, in the order of ``heads``.
    left_out
        How many places are not shown.
    uncounted
        How many places are known by their number alone.
    """

    anchor: str
    code: str
    severity: str
    name: str
    count: int
    advice: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str | Markup, ...]], ...]
    left_out: int
    uncounted: int


def groups_of(problems: Iterable[_Problem], anchor: str, language: Language) -> list[Group]:
    """Put the problems of a file in groups, the gravest first.

    Parameters
    ----------
    problems
        As intake.json holds them.
    anchor
        What the ids of the groups begin with.
    language
        The language of the page.
    """
    kinds: dict[tuple[str, str], list[_Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem["severity"], problem["code"]), []).append(problem)
    ordered = sorted(kinds.values(), key=lambda kind: SEVERITIES.index(kind[0]["severity"]))
    parts = (part for kind in ordered for part in _parts(kind))
    return [
        _group(*part, f"{anchor}-{number}", language) for number, part in enumerate(parts, start=1)
    ]


def _parts(kind: list[_Problem]) -> Iterator[tuple[Sequence[_Problem], Sequence[_Problem]]]:
    """Give the shown and the other problems of a kind, apart where they expect other things."""

    def wanted(problem: _Problem) -> str:
        expected: str = problem["expected"]
        return expected if len(expected) > _SHORT else ""

    order = {text: place for place, text in enumerate(dict.fromkeys(map(wanted, kind)))}
    sorted_kind = sorted(kind, key=lambda problem: order[wanted(problem)])
    left = MOST_PLACES
    for _, same in groupby(sorted_kind, key=wanted):
        part = list(same)
        shown = max(left, 1)
        yield part[:shown], part[shown:]
        left -= min(shown, len(part))


def _group(
    shown: Sequence[_Problem], others: Sequence[_Problem], anchor: str, language: Language
) -> Group:
    first = shown[0]
    everything = (*shown, *others)
    found, expected = (_same(everything, name) for name in ("found", "expected"))
    said = advice(
        first["code"],
        clipped(ANY if found is None else found, _LONGEST_FOUND),
        clipped(ANY if expected is None else expected, _LONGEST_EXPECTED),
        language,
    )
    told = expected is not None and clipped(expected, _LONGEST_EXPECTED) in said
    heads = _heads(shown, expected_is_told=told)
    return Group(
        anchor=anchor,
        code=first["code"],
        severity=first["severity"],
        name=kind_name(first["code"], language),
        count=sum(places_of(everything).values()),
        advice=said,
        heads=tuple(say(f"account.{head}", language) for head in heads),
        rows=tuple(
            (_place(problem, language), tuple(_text(problem, head, language) for head in heads))
            for problem in shown
        ),
        left_out=len(others),
        uncounted=sum(problem["more"] for problem in everything),
    )


def _same(problems: Iterable[_Problem], name: str) -> str | None:
    """Give the text that all problems have in common; None where they differ."""
    texts = Counter(problem[name] for problem in problems)
    return str(next(iter(texts))) if len(texts) == 1 else None


def _heads(problems: Sequence[_Problem], *, expected_is_told: bool) -> tuple[str, ...]:
    heads = []
    if any(problem["column"] for problem in problems):
        heads.append("column")
    if any(problem["found"] or problem["cell"] for problem in problems):
        heads.append("found")
    if not expected_is_told and any(problem["expected"] for problem in problems):
        heads.append("expected")
    return tuple(heads)


def _place(problem: _Problem, language: Language) -> str:
    sheet = problem["sheet"] and say("account.sheet_named", language, sheet=problem["sheet"])
    row = problem["row"] and say("account.at_row", language, row=problem["row"])
    spot = problem["cell"] or row or ("" if sheet else say("account.whole_file", language))
    return clipped(" ".join(filter(None, (sheet, spot))), _LONGEST_HEADING)


def _text(problem: _Problem, head: str, language: Language) -> str | Markup:
    if head == "found":
        told = problem["found"] or problem["cell"]
        return visible(problem["found"], language) if told else ""
    longest = _LONGEST_HEADING if head == "column" else _LONGEST_EXPECTED
    return clipped(problem[head], longest)
