"""The texts of a page besides its sections: title, breadcrumbs, footer, version, definitions."""

from collections.abc import Sequence
from dataclasses import replace

from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import LANGUAGES, Language, say
from aip_analysis.messages.months import month_name
from aip_analysis.publish.plan.edition import Edition
from aip_analysis.publish.plan.jobs import Definition, PageTexts
from aip_analysis.publish.plan.own_reports import OwnReport
from aip_analysis.publish.plan.recorded_reads import EVERYTHING, Reads, flattened, reads_hash
from aip_analysis.publish.plan.reports_folder import asset_path, years_page
from aip_analysis.reference import FiscalYear, Place, Ward
from aip_analysis.reference.calendar import wareki
from aip_analysis.reference.units import unit_label
from aip_analysis.report.cover import cover_lines

# Placeholder for the version of a page's records until that is known.
VERSION = "{version}"
VERSION_LENGTH = 12


def page_texts(
    edition: Edition,
    place: Place,
    figures: RecordedFigures,
    report: OwnReport | None = None,
    related: Sequence[OwnReport] = (),
) -> PageTexts:
    """Return the texts around a report page, without the version of its records.

    Parameters
    ----------
    edition
        The edition of the report.
    place
        The place of the report.
    figures
        Records what the texts read from the records.
    report
        The office's own report that it is; by default the report of the place.
    related
        The office's own reports that the page of a place links to.
    """
    language = edition.language
    name = edition.ward.label(place, language)
    title = say("page.title", language, place=name)
    if report:
        title = report_label(report, name, language)
    note = ""
    if place.level == "block" and not edition.ward.blocks_confirmed:
        note = say("page.blocks_provisional", language)
    trail = _trail(edition, place, own=report is not None)
    words = _words(edition, figures, (place.level, title, note, VERSION), trail)
    lines = cover_lines(figures, place, edition.fiscal_year, language, VERSION)
    links = ((own.titles[language], f"{own.slug(place)}.html") for own in related)
    # A page that is sent alone has no other pages to link to.
    return replace(words, cover=lines, related=() if edition.single_file else tuple(links))


def report_label(report: OwnReport, place: str, language: Language) -> str:
    """Return what an office's own report about a place is called."""
    return say("own_reports.label", language, place=place, title=report.titles[language])


def records_version(reads: Reads) -> str:
    """Return the version of the records that stands in the cover and the footer of a page.

    It is a short hash of all that the page reads: pages that read the same have the same.
    """
    recorded = [read for read in reads if read["source"] != EVERYTHING]
    return reads_hash(flattened(recorded))[:VERSION_LENGTH]


def with_records_version(words: PageTexts, version: str) -> PageTexts:
    """Return the words with the version of the records that the page was made from.

    It is known only once the notebook has run; the other texts around a page are known before. The
    lines that name it contain no text from a record.
    """

    def named(lines: tuple[str, ...]) -> tuple[str, ...]:
        return (*lines[:-1], *(line.replace(VERSION, version) for line in lines[-1:]))

    return replace(words, footer=named(words.footer), cover=named(words.cover))


def index_texts(edition: Edition) -> PageTexts:
    """Return the texts around the index."""
    title = say(
        "page.index_title", edition.language, ward=edition.ward.setting("name", edition.language)
    )
    own = ("index", title, "", edition.build)
    return _words(edition, RecordedFigures(edition.figures), own, _way_to_years(edition))


def cover_texts(edition: Edition) -> dict[str, str]:
    """Return what the list of years shows of an edition: title, programme, period, and its year.

    The list may be in the other language, so the year is given in both.
    """
    words, year = index_texts(edition), FiscalYear(edition.fiscal_year)
    names = {f"year_{language}": year.label(language) for language in LANGUAGES}
    return {
        "title": words.title,
        "programme": words.programme,
        "period": words.subtitle,
        **names,
    }


def _words(
    edition: Edition,
    figures: RecordedFigures,
    own: tuple[str, str, str, str],
    trail: tuple[tuple[str, str], ...],
) -> PageTexts:
    language = edition.language
    kind, title, note, version = own
    return PageTexts(
        language=language,
        kind=kind,
        title=title,
        subtitle=_period(edition, figures),
        programme=edition.ward.setting("programme", language),
        trail=trail,
        note=note,
        assets=asset_path(language),
        fictional=figures.fictional,
        footer=(
            edition.ward.setting("credit", language),
            say("page.records", language, build=version),
        ),
        single_file=edition.single_file,
    )


def _period(edition: Edition, figures: RecordedFigures) -> str:
    """Return the months that a page covers: the whole year, or for example up to October."""
    year = FiscalYear(edition.fiscal_year)
    last = figures.as_of(edition.fiscal_year)
    key = "page.period" if figures.is_complete(edition.fiscal_year) else "page.period_so_far"
    if edition.language == "en":
        days = {"first": year.first_day.isoformat(), "last": last.isoformat()}
    else:
        days = {"first": wareki(year.first_day), "last": wareki(last)}
    texts = {
        "year": year.label(edition.language),
        "month": last.month,
        "month_name": month_name(last.month, edition.language),
    }
    return say(key, edition.language, **texts, **days)


def covered_periods(edition: Edition, figures: RecordedFigures) -> dict[int, str]:
    """Return what the records of each year up to the edition's cover: all of it, or some months."""
    language = edition.language
    periods = {}
    for year in figures.years_until(edition.fiscal_year):
        months = figures.months(year)
        first, last = (month_name(month.month, language) for month in (months[0], months[-1]))
        key = "page.months_all" if figures.is_complete(year) else "page.months_so_far"
        label = FiscalYear(year).short_label(language)
        periods[year] = say(key, language, year=label, first=first, last=last)
    return periods


def _way_to_years(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the breadcrumbs from the index to the list of years, above the year's folder."""
    if edition.single_file:
        return ()
    up = "../" * (1 if edition.language == "ja" else 2)
    page = f"{up}{years_page(edition.language)}"
    year = FiscalYear(edition.fiscal_year).short_label(edition.language)
    return ((say("index.years", edition.language), page), (year, ""))


def _trail(edition: Edition, place: Place, *, own: bool) -> tuple[tuple[str, str], ...]:
    ward = edition.ward
    trail = [(say("page.index", edition.language), "index.html")]
    if place != ward.whole:
        trail.append((ward.label(ward.whole, edition.language), f"{ward.whole.slug}.html"))
    if place.level == "area":
        block = ward.block_of(place)
        trail.append((ward.label(block, edition.language), f"{block.slug}.html"))
    if own:
        trail.append((ward.label(place, edition.language), f"{place.slug}.html"))
    # A page that is sent alone has no other pages to link to.
    return tuple((name, "" if edition.single_file else page) for name, page in trail)


def definitions(ward: Ward, language: Language) -> tuple[Definition, ...]:
    """Return the definitions of all measures, in the codebook's order."""
    names = {measure.code: measure.label(language) for measure in ward.codebook}
    return tuple(
        Definition(
            code=measure.code,
            label=measure.label(language),
            unit=unit_label(ward, measure, language),
            text=measure.definition(language),
            numerator=names.get(measure.numerator, ""),
            denominator=names.get(measure.denominator, ""),
            official=measure.official_code,
            source=measure.source(language),
        )
        for measure in ward.codebook
    )
