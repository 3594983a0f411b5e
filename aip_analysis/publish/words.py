"""The words around a page's sections: title, way up, footer."""

from dataclasses import dataclass
from typing import Any

from aip_analysis.messages import Language, say
from aip_analysis.publish.outputs import asset_path
from aip_analysis.publish.plan import Edition
from aip_analysis.ward import FiscalYear, Place
from aip_analysis.ward.calendar import wareki


@dataclass(frozen=True)
class PageWords:
    """What stands around the sections of a page.

    Parameters
    ----------
    language
        The language of the page.
    kind
        ``area``, ``block`` or ``ward``: for the style sheet.
    title, subtitle, programme
        The cover's lines.
    trail
        The way up: pairs of a name and a page.
    note
        What must be known of the whole page, under its title; mostly empty.
    assets
        The way from the page to the assets.
    fictional
        Whether it must say that it is made from sample data.
    footer
        The last lines: credit, and which records it was made from.
    """

    language: Language
    kind: str
    title: str
    subtitle: str
    programme: str
    trail: tuple[tuple[str, str], ...]
    note: str
    assets: str
    fictional: bool
    footer: tuple[str, ...]


def page_resources(words: PageWords) -> dict[str, Any]:
    """Give what templates ask for: the words, and ``say`` in the page's language."""
    return {"words": words, "say": lambda key: say(f"page.{key}", words.language)}


def page_words(edition: Edition, place: Place) -> PageWords:
    """Give the words of a report page."""
    language = edition.language
    title = say("page.title", language, place=edition.ward.label(place, language))
    note = ""
    if place.level == "block" and not edition.ward.blocks_confirmed:
        note = say("page.blocks_provisional", language)
    return _words(edition, place.level, title, _trail(edition, place), note)


def index_words(edition: Edition) -> PageWords:
    """Give the words of the index."""
    title = say(
        "page.index_title", edition.language, ward=edition.ward.setting("name", edition.language)
    )
    return _words(edition, "index", title, ())


def _words(
    edition: Edition, kind: str, title: str, trail: tuple[tuple[str, str], ...], note: str = ""
) -> PageWords:
    language = edition.language
    records = say("page.records", language, build=edition.build)
    return PageWords(
        language=language,
        kind=kind,
        title=title,
        subtitle=_period(edition),
        programme=edition.ward.setting("programme", language),
        trail=trail,
        note=note,
        assets=asset_path(language),
        fictional=edition.records.fictional,
        footer=(edition.ward.setting("credit", language), records),
    )


def _period(edition: Edition) -> str:
    """Say which months the page speaks for: the whole year, or up to October."""
    records, year = edition.records, FiscalYear(edition.fiscal_year)
    last = records.as_of(edition.fiscal_year)
    key = "page.period" if records.is_complete(edition.fiscal_year) else "page.period_so_far"
    if edition.language == "en":
        days = {"first": year.first_day.isoformat(), "last": last.isoformat()}
    else:
        days = {"first": wareki(year.first_day), "last": wareki(last)}
    return say(key, edition.language, year=year.label(edition.language), month=last.month, **days)


def _trail(edition: Edition, place: Place) -> tuple[tuple[str, str], ...]:
    ward = edition.ward
    trail = [(say("page.index", edition.language), "index.html")]
    if place != ward.whole:
        trail.append((ward.label(ward.whole, edition.language), f"{ward.whole.slug}.html"))
    if place.level == "area":
        block = ward.block_of(place)
        trail.append((ward.label(block, edition.language), f"{block.slug}.html"))
    return tuple(trail)
