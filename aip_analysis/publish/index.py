"""The index of an edition: the ward, its blocks and areas, each with its page and its state."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, Template

from aip_analysis.charts import locator_map
from aip_analysis.messages import say
from aip_analysis.publish.edition import Edition
from aip_analysis.publish.frame import page_resources
from aip_analysis.publish.parts import Parts
from aip_analysis.publish.words import index_words
from aip_analysis.ward import Place
from aip_analysis.ward.units import shown

LISTED = ("meetings", "activities", "spending")


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
    """

    name: str
    page: str
    state: str
    figures: tuple[str, ...]


def index_html(edition: Edition, states: list[tuple[str, str]]) -> str:
    """Make the index page.

    Parameters
    ----------
    edition
        The year and language.
    states
        Slug and state of each of its reports.
    """
    ward, language = edition.ward, edition.language
    figures = edition.figures
    by_slug = dict(states)

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
        page = "" if state == "never" else f"{place.slug}.html"
        return Line(ward.label(place, language), page, word, values)

    blocks = [
        (line(block), [line(area) for area in ward.areas_of(block)])
        for block in ward.places_of("block")
    ]
    whole = json.loads(locator_map(ward, ward.whole, language=language).to_json())
    return _template().render(
        aip=page_resources(index_words(edition)) | {"parts": Parts([whole])},
        whole=line(ward.whole),
        blocks=blocks,
        heads=[ward.codebook[code].label(language) for code in LISTED],
        provisional="" if ward.blocks_confirmed else say("page.blocks_provisional", language),
        map=whole,
        about={
            "name": "map",
            "caption": say("page.map", language),
            "alternative": say("page.map_alternative", language),
            "source": ward.setting("credit", language),
        },
    )


@cache
def _template() -> Template:
    folder = files("aip_analysis.publish").joinpath("templates", "aip")
    environment = Environment(loader=FileSystemLoader(str(folder)), autoescape=True)
    return environment.get_template("contents.html.j2")
