"""The index page of an edition: the ward, its blocks and areas, each with its page and state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from jinja2 import Environment, FileSystemLoader, Template

from aip_analysis.charts.maps.index_map import Target, linked_map
from aip_analysis.charts.maps.locator_map import block_colours
from aip_analysis.measures.figure_words import figure_text
from aip_analysis.messages import LANGUAGES, Language, say
from aip_analysis.publish.html.layout import page_resources
from aip_analysis.publish.plan.edition import Edition
from aip_analysis.publish.plan.own_reports import OwnReport, find_own_reports
from aip_analysis.publish.plan.page_texts import index_texts
from aip_analysis.reference import Place, Ward, iter_rows

LISTED = ("meetings", "activities", "spending")
# The states of reports that have no page to link to.
PAGELESS = ("never", "missing")
# The kinds of files that may be attached to a page, in the order in which they are listed.
ATTACHMENTS = ("pdf", "pptx", "xlsx", "zip", "csv")


@dataclass(frozen=True)
class SearchWords:
    """The search words of an area.

    Parameters
    ----------
    words
        Its code and its names in all scripts, separated by blanks.
    chome
        The names of its 町丁目, separated by blanks.
    """

    words: str = ""
    chome: str = ""


@dataclass(frozen=True)
class Line:
    """A place on the index.

    Parameters
    ----------
    key, name
        Its key (``area-12``), and its name with its level.
    page
        Its page; empty if there is none.
    state, state_word
        The state of its report, for the style sheet and for people.
    figures
        A few figures, as texts in the order of the heads.
    files
        The files attached to its page: pairs of a label and a file.
    tint, short
        Its colour on the map (only for blocks), and its name without its level.
    search_words
        The words by which the search finds it.
    remark
        That nothing was received of it; empty if anything was.
    """

    key: str
    name: str
    page: str
    state: str
    state_word: str
    figures: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    tint: str
    short: str
    search_words: SearchWords
    remark: str


@dataclass(frozen=True)
class OwnLine:
    """A page of an office's own report on the index.

    Parameters
    ----------
    name
        The name of its place, with its level.
    page
        Its page; empty if there is none.
    state, state_word
        The state of the page, for the style sheet and for people.
    files
        The files attached to it: pairs of a label and a file.
    """

    name: str
    page: str
    state: str
    state_word: str
    files: tuple[tuple[str, str], ...]


def index_html(
    edition: Edition,
    states: Sequence[tuple[str, str]],
    attachments: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the index page as HTML.

    Parameters
    ----------
    edition
        The fiscal year and language.
    states
        Slug and state of each report of the edition; the state is ``missing`` if there is no page,
        whatever the result of the last attempt.
    attachments
        The names of the files attached to the page of a report, by its slug: workbooks, PDFs.
    """
    lines = _lines(edition, dict(states), attachments or {})
    ward, language = edition.ward, edition.language
    blocks = [
        (lines[block.key], [lines[area.key] for area in ward.areas_of(block)])
        for block in ward.places_of("block")
    ]
    targets = {key: Target(line.page, _remarks(line, language)) for key, line in lines.items()}
    return _template().render(
        aip=page_resources(index_texts(edition)),
        index=lambda key, **values: say(f"index.{key}", language, **values),
        whole=lines[ward.whole.key],
        blocks=blocks,
        count=len(ward.places_of("area")),
        heads=[ward.codebook[code].label(language) for code in LISTED],
        provisional="" if ward.blocks_confirmed else say("page.blocks_provisional", language),
        map=linked_map(ward, targets, language=language),
        source=ward.setting("credit", language),
        own=_own_lines(edition, dict(states), attachments or {}),
    )


def _own_lines(
    edition: Edition, states: Mapping[str, str], attachments: Mapping[str, Sequence[str]]
) -> list[tuple[str, list[OwnLine]]]:
    """Return the title of each own report of the office, with a line for each of its pages."""
    language = edition.language

    def line(report: OwnReport, place: Place) -> OwnLine:
        slug = report.slug(place)
        state = states.get(slug, "never")
        return OwnLine(
            name=edition.ward.label(place, language),
            page="" if state in PAGELESS else f"{slug}.html",
            state=state,
            state_word=say(f"index.state_{state}", language),
            files=_offered(attachments.get(slug, ()), language),
        )

    own = find_own_reports(edition.home, edition.ward)
    return [
        (report.titles[language], [line(report, place) for place in report.places])
        for report in own.reports
    ]


def _lines(
    edition: Edition, states: Mapping[str, str], attachments: Mapping[str, Sequence[str]]
) -> dict[str, Line]:
    """Return the lines of all places, by their keys."""
    ward, language, figures = edition.ward, edition.language, edition.figures
    tints, search_words = block_colours(ward), _search_words_of(ward)

    def line(place: Place) -> Line:
        state = states[place.slug]
        received = figures.has(place, edition.fiscal_year)
        values = (
            figure_text(
                ward,
                ward.codebook[code],
                figures.figure(place, edition.fiscal_year, code),
                language,
            )
            for code in LISTED
        )
        return Line(
            key=place.key,
            name=ward.label(place, language),
            page="" if state in PAGELESS else f"{place.slug}.html",
            state=state,
            state_word=say(f"index.state_{state}", language),
            figures=tuple(values),
            files=_offered(attachments.get(place.slug, ()), language),
            tint=tints[place.code] if place.level == "block" else "",
            short=place.name(language),
            search_words=search_words.get(place.key, SearchWords()),
            remark="" if received else say("index.not_received", language),
        )

    return {place.key: line(place) for place in ward.places.values()}


def _remarks(line: Line, language: Language) -> str:
    """Return what the map says of a place besides its name."""
    state = "" if line.state == "fresh" else line.state_word
    return say("index.comma", language).join(filter(None, (line.remark, state)))


def _offered(names: Sequence[str], language: Language) -> tuple[tuple[str, str], ...]:
    """Return the attached files that people can use, as pairs of a label and a file name."""
    kinds = {PurePath(name).suffix.removeprefix("."): name for name in names}
    return tuple(
        (say(f"index.file_{kind}", language), kinds[kind]) for kind in ATTACHMENTS if kind in kinds
    )


def _search_words_of(ward: Ward) -> dict[str, SearchWords]:
    """Return the search words of each area, by its key.

    A 町丁目 that several areas share finds all of them.
    """
    chome: dict[str, list[str]] = {}
    for row in iter_rows(ward.chome):
        chome.setdefault(row.area_code, []).append(str(row.chome))
    result = {}
    for row in iter_rows(ward.areas):
        place = ward.places[f"area-{row.area_code}"]
        labels = [ward.label(place, language) for language in LANGUAGES]
        words = (row.area_code, *labels, row.kana, row.romaji, str(row.romaji).replace("-", ""))
        names = dict.fromkeys(chome.get(row.area_code, ()))
        result[place.key] = SearchWords(" ".join(map(str, dict.fromkeys(words))), " ".join(names))
    return result


@cache
def _template() -> Template:
    folder = files("aip_analysis.publish.html").joinpath("templates", "aip")
    environment = Environment(loader=FileSystemLoader(str(folder)), autoescape=True)
    return environment.get_template("index.html.j2")
