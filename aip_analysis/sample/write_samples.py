"""Writing of all sample files of a municipality, each of them completely or not at all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from aip_analysis.messages import say
from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.calendar import wareki
from aip_analysis.sample.activities import activities_sheet, results_sheet
from aip_analysis.sample.council_sheets import (
    coordinators_sheet,
    goals_sheet,
    profile_sheet,
    seats_sheet,
)
from aip_analysis.sample.council_workbook import CouncilWorkbook, Sheet, workbook_bytes
from aip_analysis.sample.councils import Council, councils_of
from aip_analysis.sample.deliberate_errors import (
    Fault,
    add_unknown_kind,
    faulty_rows,
    misdate_meeting,
    plan_faults,
    unknown_category,
    without_expense,
)
from aip_analysis.sample.gaps import GAPS, NO_EXPENSE, NOT_SENT, leave_gap
from aip_analysis.sample.ideas import ideas_sheet
from aip_analysis.sample.ledger import budget_sheet, ledger_sheet
from aip_analysis.sample.meetings import meetings_of, meetings_sheet
from aip_analysis.sample.payments import allowances_of, compensation_of, payments_file
from aip_analysis.sample.population import population_file
from aip_analysis.sample.sample_texts import corpus, page
from aip_analysis.sample.scenario import load_scenario
from aip_analysis.sample.seeded_random import SeededRandom


def write_samples(
    ward: Ward,
    folder: Path,
    *,
    seed: int | None = None,
    fiscal_years: Sequence[int] | None = None,
    until: date | None = None,
    progress: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Write fictional records of every area, in the layout that docs/raw-files.md describes.

    The same ward, seed, years and day produce the same bytes. Files of the same names are replaced
    as a whole; others are left alone.

    Parameters
    ----------
    ward
        The municipality.
    folder
        Folder to write to: one folder per fiscal year, and README.md.
    seed
        A different seed produces different records; by default, that of scenario.toml.
    fiscal_years
        The years to write; by default, those of scenario.toml.
    until
        The day on which the records end; by default, that of scenario.toml.
    progress
        Called with each file once it is written.

    Returns
    -------
    list of Path
        The files, in the order in which they were written.

    Raises
    ------
    InputRefusedError
        If the ward's rules.toml lacks one of the years.
    """
    scenario = load_scenario()
    chance = SeededRandom(scenario.seed if seed is None else seed)
    until = until or scenario.until
    requested = scenario.fiscal_years if fiscal_years is None else fiscal_years
    years = [year for year in sorted(set(requested)) if FiscalYear(year).first_day <= until]
    councils = councils_of(ward, scenario, chance)
    plan = plan_faults(scenario, councils, years)
    levels = scenario.levels(ward)
    faults: list[Fault] = []
    written: list[Path] = []
    for year in (FiscalYear(number) for number in years):
        ward.rules_of(year.year)
        for name, content in _ward_files(ward, councils, year, until, chance):
            written.append(_write(folder / str(year.year) / name, content, progress))
        for council in councils:
            workbook = CouncilWorkbook(council, year, until, ward, chance)
            if not workbook.has_begun:
                continue
            key = (council.code, year.year)
            usual = chance.of("level", *key).uniform(*scenario.level)
            name, kind, level = file_name(council, year), plan.get(key, ""), levels.get(key, usual)
            if kind == NOT_SENT:
                faults.append(Fault(kind, f"{year.year}/{name}"))
                continue
            sheets = sheets_of(workbook, level, kind)
            leave_gap(sheets, kind, workbook)
            faults += faulty_rows(sheets, kind, f"{year.year}/{name}")
            faults += without_expense(sheets, level, f"{year.year}/{name}")
            content = workbook_bytes(workbook, sheets)
            written.append(_write(folder / str(year.year) / name, content, progress))
    for name, content in _added_text(councils, years, until):
        written.append(_write(folder / name, content, progress))
    text = readme_text(ward, faults, until, chance.seed)
    written.append(_write(folder / "README.md", text.encode("utf-8"), progress))
    return written


def file_name(council: Council, year: FiscalYear) -> str:
    """Return the file name of a council's workbook: 「12…_令和7年度_活動記録.xlsx」."""
    pattern = corpus("sheets")["workbook"]
    label = year.short_label("ja")
    return str(pattern.format(code=council.code, area=council.area, year=label))


def _added_text(
    councils: list[Council], years: Sequence[int], until: date
) -> Iterator[tuple[str, bytes]]:
    """Yield a text that a council added to its report of the newest year that is over."""
    # Decided by the day, not by the requested years: a year is the same whichever others are
    # written.
    newest = max(year for year in (until.year - 2, until.year - 1) if _over(year, until))
    if newest in years and councils:
        section = say("report.meetings", "ja")
        name = f"{newest}/text/{councils[0].area}/{section}.md"
        yield name, page("text.md").encode("utf-8")


def _over(year: int, until: date) -> bool:
    return FiscalYear(year).last_day <= until


def _ward_files(
    ward: Ward, councils: list[Council], year: FiscalYear, until: date, chance: SeededRandom
) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of the files of the whole municipality."""
    names, label = corpus("sheets"), year.short_label("ja")
    payments = [
        payment
        for council in councils
        for payment in (
            *allowances_of(council, year, ward, until),
            *compensation_of(council, year, ward, until, chance),
        )
    ]
    yield names["payments"].format(year=label), payments_file(payments, ward)
    yield names["population"].format(year=label), population_file(ward, year, chance)


def _write(file: Path, content: bytes, progress: Callable[[Path], None] | None) -> Path:
    """Write a file under a temporary name and rename it, so that nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
    if progress is not None:
        progress(file)
    return file


def sheets_of(workbook: CouncilWorkbook, level: float, fault: str) -> list[Sheet]:
    """Return the sheets of a workbook, in their order.

    Parameters
    ----------
    workbook
        The council and year.
    level
        Share of the allowance that is spent.
    fault
        Kind of the deliberately wrong row, or empty.
    """
    whole_year = meetings_of(workbook.council, workbook.year, workbook.chance)
    held = [meeting for meeting in whole_year if workbook.known_day(meeting.held_on)]
    meetings, activities = meetings_sheet(workbook, held), activities_sheet(workbook)
    if fault == "meeting_outside_year":
        misdate_meeting(meetings)
    if fault == "unknown_kind":
        add_unknown_kind(activities, workbook)
    extra = [unknown_category(workbook)] if fault == "unknown_category" else []
    return [
        profile_sheet(workbook),
        meetings,
        activities,
        results_sheet(workbook),
        ledger_sheet(workbook, whole_year, level, extra),
        seats_sheet(workbook),
        coordinators_sheet(workbook),
        ideas_sheet(workbook, held),
        budget_sheet(workbook),
        goals_sheet(workbook),
    ]


def readme_text(ward: Ward, faults: list[Fault], until: date, seed: int) -> str:
    """Return README.md, in Japanese and English, with the place of each faulty row and gap."""
    texts = corpus("faults")
    rows: dict[bool, list[str]] = {True: [], False: []}
    for fault in faults:
        words = texts[fault.kind]
        rows[fault.kind in {*GAPS, NOT_SENT, NO_EXPENSE}].append(
            f"| `{fault.file}` | {fault.sheet or '—'} | {fault.row or '—'} | {words['ja']} "
            f"| {words['en']} |"
        )
    return page("readme.md").format(
        ward=ward.setting("name"),
        ward_en=ward.setting("name", "en"),
        until=wareki(until),
        until_en=until.isoformat(),
        seed=seed,
        rows="\n".join(rows[False]),
        gaps="\n".join(rows[True]),
    )
