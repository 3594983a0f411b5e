"""Rendering of the list of fiscal years as a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from aip_analysis.messages import LANGUAGES, Language, say
from aip_analysis.publish.html.layout import page_resources
from aip_analysis.publish.plan.jobs import PageTexts
from aip_analysis.publish.plan.reports_folder import (
    ASSETS,
    PublishedEdition,
    newest_covers,
    years_page,
)


@dataclass(frozen=True)
class EditionLine:
    """An edition on the list: page, name, states of its reports, and whether all succeeded."""

    page: str
    name: str
    states: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class YearLine:
    """A fiscal year on the list.

    Parameters
    ----------
    label, period
        Its name in both calendars, and the months that its reports cover.
    page
        Its index in the language of the list; empty if there is none in that language.
    editions
        All its editions.
    """

    label: str
    period: str
    page: str
    editions: tuple[EditionLine, ...]


def years_html(editions: Sequence[PublishedEdition], language: Language) -> str:
    """Return the list of fiscal years as HTML.

    It contains its own style, so that it does not change when a year's folder is removed.

    Parameters
    ----------
    editions
        The published editions, the newest year first.
    language
        The language of the list.
    """
    years = [
        _year(year, list(group), language)
        for year, group in groupby(editions, lambda edition: edition.fiscal_year)
    ]
    return _template().render(
        aip=page_resources(_words(editions, language)),
        index=lambda key, **values: say(f"index.{key}", language, **values),
        years=years,
        other=_other(editions, language),
    )


def _year(year: int, editions: list[PublishedEdition], language: Language) -> YearLine:
    own = [edition for edition in editions if edition.language == language]
    covers = newest_covers(own)
    labels = (edition.cover.get(f"year_{language}") for edition in editions)
    return YearLine(
        label=next((label for label in labels if label), str(year)),
        period=covers.get(language, {}).get("period", ""),
        page=next((edition.page for edition in own if not edition.single_file), ""),
        editions=tuple(_line(edition, language) for edition in editions),
    )


def _line(edition: PublishedEdition, language: Language) -> EditionLine:
    name = f"index.edition_{edition.language}" + ("_single" if edition.single_file else "")
    complete = edition.made == edition.total
    counts = {"total": edition.total, "made": edition.made}
    states = [say("index.reports" if complete else "index.reports_partly", language, **counts)]
    if edition.stayed:
        states.append(say("index.reports_failed", language, failed=edition.stayed))
    if edition.failed > edition.stayed:
        lost = edition.failed - edition.stayed
        states.append(say("index.reports_not_made", language, failed=lost))
    return EditionLine(
        edition.page, say(name, language), tuple(states), complete and not edition.failed
    )


def _words(editions: Sequence[PublishedEdition], language: Language) -> PageTexts:
    cover = newest_covers(editions).get(language, {})
    return PageTexts(
        language=language,
        kind="years",
        title=cover.get("title") or say("index.title", language),
        subtitle=say("index.years", language),
        programme=cover.get("programme", ""),
        trail=(),
        note="",
        assets=ASSETS,
        fictional=any(edition.fictional for edition in editions),
        footer=(say("index.years_footer", language),),
        single_file=True,
    )


def _other(editions: Sequence[PublishedEdition], language: Language) -> dict[str, Any] | None:
    """Return the link to the list in the other language, if there is one."""
    languages = {edition.language for edition in editions} | {"ja"}
    for other in LANGUAGES:
        if other != language and other in languages:
            name = say("index.own_name", other)
            return {"page": years_page(other), "language": other, "name": name}
    return None


@cache
def _template() -> Template:
    folder = files("aip_analysis.publish.html").joinpath("templates", "aip")
    environment = Environment(loader=FileSystemLoader(str(folder)), autoescape=True)
    return environment.get_template("years.html.j2")
