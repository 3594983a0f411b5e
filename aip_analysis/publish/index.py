"""The index of an edition: the ward, its blocks and areas, each with its page and its state."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, Template

from aip_analysis.charts.maps.linked import Target, linked_map
from aip_analysis.charts.maps.locator import tints_of
from aip_analysis.messages import say
from aip_analysis.publish.edition import Edition
from aip_analysis.publish.frame import page_resources
from aip_analysis.publish.words import index_words
from aip_analysis.ward import Place
from aip_analysis.ward.units import shown

LISTED = ("meetings", "activities", "spending")
# What a report is told as where there is no page of it to lead to.
PAGELESS = ("never", "missing")


@dataclass(frozen=True)
class Line:
    """A place on the index.

    Parameters
    ----------
    name, page
        Its name, and its page where there is one.
    state
        A word about it where its page is old or missing; empty where all is well.
    figures
        A few figures, as texts in the order of the heads.
    tint
        Its colour on the map; of a block.
    """

    name: str
    page: str
    state: str
    figures: tuple[str, ...]
    tint: str


def index_html(edition: Edition, states: list[tuple[str, str]]) -> str:
    """Make the index page.

    Parameters
    ----------
    edition
        The year and language.
    states
        Slug and state of each of its reports; the state ``missing`` where there is no page of it,
        whatever came of the last try.
    """
    ward, language = edition.ward, edition.language
    figures = edition.figures
    by_slug = dict(states)
    tints = tints_of(ward)

    def line(place: Place) -> Line:
        values = tuple(
            shown(
                ward,
                ward.codebook[code],
                figures.value(place, edition.fiscal_year, code),
                language,
            )
            for code in LISTED
        )
        state = by_slug[place.slug]
        word = "" if state == "fresh" else say(f"page.state_{state}", language)
        page = "" if state in PAGELESS else f"{place.slug}.html"
        tint = tints[place.code] if place.level == "block" else ""
        return Line(ward.label(place, language), page, word, values, tint)

    lines = {place.key: line(place) for place in ward.places.values()}
    blocks = [
        (lines[block.key], [lines[area.key] for area in ward.areas_of(block)])
        for block in ward.places_of("block")
    ]
    targets = {key: Target(found.page, found.state) for key, found in lines.items()}
    return _template().render(
        aip=page_resources(index_words(edition)),
        whole=lines[ward.whole.key],
        blocks=blocks,
        heads=[ward.codebook[code].label(language) for code in LISTED],
        provisional="" if ward.blocks_confirmed else say("page.blocks_provisional", language),
        map=linked_map(ward, targets, language=language),
        source=ward.setting("credit", language),
    )


@cache
def _template() -> Template:
    folder = files("aip_analysis.publish").joinpath("templates", "aip")
    environment = Environment(loader=FileSystemLoader(str(folder)), autoescape=True)
    return environment.get_template("contents.html.j2")
