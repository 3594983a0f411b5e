"""Problems of a file, grouped by how they are corrected, and their texts on the page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from aip_analysis.intake.account import MOST_ROWS
from aip_analysis.intake.review_page.totals import SEVERITIES, places_of
from aip_analysis.messages import Language, say
from aip_analysis.messages.visible_text import LONGEST, clipped, picture

_BLANKS = re.compile(r"\s")
# Placeholder for what differs from place to place.
ANY = "…"
_BRACKETED = re.compile(rf"\s?[（(][^（）()]*{ANY}[^（）()]*[）)]")
_END = re.compile(r"(?<=[。?])|(?<=\w\?)\s|\.\s")
_OPEN_END = re.compile(rf"[：:]\s*{ANY}[。.]?$|[。.]$")
# Maximum number of places of one kind shown for a file.
MOST_PLACES = 20
# An expected text longer than this is stated once for all places that share it.
_SHORT = 24
_LONGEST_PLACE = 160
_LISTED = {"ja": "・", "en": ", "}
_LONGEST_FOUND, _LONGEST_HEADING, _LONGEST_EXPECTED = 80, 60, 400
_Problem = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """Places of one kind of finding in a file.

    Parameters
    ----------
    anchor
        Its id on the page.
    code, severity
        The check that found it, and how severe it is.
    name
        The name of its kind.
    count
        Number of places, shown or not.
    advice
        How to correct them; what differs from place to place is left open.
    headings
        The headings of the columns after the place; empty if there is nothing more to show.
    rows
        (place, texts in the order of ``headings``).
    left_out
        Number of places that are not shown.
    uncounted
        Number of places that were counted but not listed.
    """

    anchor: str
    code: str
    severity: str
    name: str
    count: int
    advice: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str | Markup, ...]], ...]
    left_out: int
    uncounted: int


def groups_of(problems: Iterable[_Problem], anchor: str, language: Language) -> list[Group]:
    """Return the problems of a file in groups, the most severe first.

    Parameters
    ----------
    problems
        Problems in the form of intake.json.
    anchor
        Prefix of the groups' ids.
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
    """Yield (shown, other) problems of a kind, separately for each expected text."""

    def expected_text(problem: _Problem) -> str:
        expected: str = problem["expected"]
        return expected if len(expected) > _SHORT else ""

    order = {text: place for place, text in enumerate(dict.fromkeys(map(expected_text, kind)))}
    sorted_kind = sorted(kind, key=lambda problem: order[expected_text(problem)])
    remaining = MOST_PLACES
    for _, same in groupby(sorted_kind, key=expected_text):
        part = list(same)
        limit = max(remaining, 1)
        yield part[:limit], part[limit:]
        remaining -= min(limit, len(part))


def _group(
    listed: Sequence[_Problem], others: Sequence[_Problem], anchor: str, language: Language
) -> Group:
    first = listed[0]
    everything = (*listed, *others)
    found, expected = (_same(everything, name) for name in ("found", "expected"))
    advice_text = advice(
        first["code"],
        clipped(ANY if found is None else found, _LONGEST_FOUND),
        clipped(ANY if expected is None else expected, _LONGEST_EXPECTED),
        language,
    )
    expected_in_advice = (
        expected is not None and clipped(expected, _LONGEST_EXPECTED) in advice_text
    )
    headings = _headings(listed, expected_in_advice=expected_in_advice)
    return Group(
        anchor=anchor,
        code=first["code"],
        severity=first["severity"],
        name=kind_name(first["code"], language),
        count=sum(places_of(everything).values()),
        advice=advice_text,
        headings=tuple(say(f"account.{heading}", language) for heading in headings),
        rows=tuple(
            (
                _place(problem, language),
                tuple(_text(problem, heading, language) for heading in headings),
            )
            for problem in listed
        ),
        left_out=len(others),
        uncounted=sum(problem["more"] for problem in everything),
    )


def _same(problems: Iterable[_Problem], name: str) -> str | None:
    """Return the text that all problems have in common; None if they differ."""
    texts = Counter(problem[name] for problem in problems)
    return str(next(iter(texts))) if len(texts) == 1 else None


def _headings(problems: Sequence[_Problem], *, expected_in_advice: bool) -> tuple[str, ...]:
    headings = []
    if any(problem["column"] for problem in problems):
        headings.append("column")
    if any(problem["found"] or problem["cell"] for problem in problems):
        headings.append("found")
    if not expected_in_advice and any(problem["expected"] for problem in problems):
        headings.append("expected")
    return tuple(headings)


def _place(problem: _Problem, language: Language) -> str:
    sheet = problem["sheet"] and say("account.sheet_named", language, sheet=problem["sheet"])
    row = problem["row"] and say("account.at_row", language, row=problem["row"])
    spot = problem["cell"] or row or ("" if sheet else say("account.whole_file", language))
    also = _LISTED[language].join(str(row) for row in problem["also"][:MOST_ROWS])
    more = len(problem["also"]) > MOST_ROWS
    others = also and say("account.also_rows", language, rows=also + "…" * more)
    return clipped(" ".join(filter(None, (sheet, spot, others))), _LONGEST_PLACE)


def _text(problem: _Problem, heading: str, language: Language) -> str | Markup:
    if heading == "found":
        has_content = problem["found"] or problem["cell"]
        return visible(problem["found"], language) if has_content else ""
    longest = _LONGEST_HEADING if heading == "column" else _LONGEST_EXPECTED
    return clipped(problem[heading], longest)


def visible(text: str, language: Language) -> Markup:
    """Return text as HTML in a box that makes leading, inner and trailing blanks visible.

    Quotation marks around it keep a spreadsheet it is copied to from reading it as a formula.
    """
    if not text:
        return Markup('<span class="empty">{}</span>').format(say("account.empty_cell", language))
    signs = Markup().join(_sign(letter) for letter in text[:LONGEST])
    before, after = say("account.quoted", language, text="\n").split("\n")
    cut = Markup()
    if len(text) > LONGEST:
        cut = Markup("…<small>{}</small>").format(say("account.cut", language, n=len(text)))
    return Markup('{}<code class="found">{}</code>{}{}').format(before, signs, after, cut)


def _sign(letter: str) -> Markup:
    shown = picture(letter)
    if shown != letter:
        return Markup('<span class="hidden">{}</span>').format(shown)
    if letter == "\n":
        return Markup('<span class="hidden">↵</span>\n')
    if _BLANKS.match(letter):
        return Markup('<span class="blank">{}</span>').format(letter)
    return escape(letter)


def kind_name(code: str, language: Language) -> str:
    """Return the name of a kind: its first sentence, without what differs from place to place."""
    sentence = _BRACKETED.sub("", advice(code, ANY, ANY, language))
    return _OPEN_END.sub("", _END.split(sentence, maxsplit=1)[0])


def advice(code: str, found: str, expected: str, language: Language) -> str:
    """Return what is wrong and how to correct it, without the place."""
    return say(f"intake.{code}", language, found=found, expected=expected)
