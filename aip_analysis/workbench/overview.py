"""What a workbench says about itself: years, when it was built, and what is not in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aip_analysis.files.builds import POINTER, read_account
from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.messages.months import month_name
from aip_analysis.records import Records
from aip_analysis.reference import FiscalYear

# Amber, as a note: nobody did anything wrong.
_NOTE = "border-left: 4px solid #d99a00; padding-left: 8px; margin: 6px 0"


@dataclass(frozen=True)
class Overview:
    """The lines about a workbench.

    Parameters
    ----------
    title
        The ward.
    rows
        Names of lines, with their texts.
    note
        Why the records are not up to date and what to do; empty if they are.
    language
        The language of the lines.
    """

    title: str
    rows: Sequence[tuple[str, str]]
    note: str
    language: Language

    def as_text(self) -> str:
        """Return the lines as plain text."""
        rows = [f"  {name}: {text}" for name, text in self.rows]
        return "\n".join([self.title, *rows, *([f"  {self.note}"] if self.note else [])])

    def as_html(self) -> str:
        """Return the lines as HTML."""
        rows = "".join(
            f'<tr><th scope="row" style="text-align: left">{html_text(name, self.language)}</th>'
            f'<td style="text-align: left">{html_text(text, self.language)}</td></tr>'
            for name, text in self.rows
        )
        note = f'<p style="{_NOTE}">{html_text(self.note, self.language)}</p>' if self.note else ""
        return (
            f'<div lang="{self.language}"><p><strong>{html_text(self.title, self.language)}'
            f"</strong></p><table>{rows}</table>{note}</div>"
        )


def overview_rows(
    records: Records, processed: Path, language: Language, *, fresh: bool
) -> list[tuple[str, str]]:
    """Return the lines about records: years, build, rows and files set aside, fictional data.

    Parameters
    ----------
    records
        The records of the build.
    processed
        The folder data/processed.
    language
        The language of the lines.
    fresh
        Whether the build is up to date.
    """
    rows = [
        ("years", years_text(records, language)),
        ("built", _built_at(processed, language, fresh=fresh)),
        ("set_aside", _count("lab.rows", sum(records.rows_set_aside.values()), language)),
    ]
    unread = sum(bool(file["unread"]) for file in read_account(processed).get("files", []))
    if unread:
        rows.append(("unread", _count("lab.files", unread, language)))
    if records.fictional:
        rows.append(("kind", say("lab.fictional", language)))
    return [(say(f"lab.row_{name}", language), text) for name, text in rows]


def years_text(records: Records, language: Language) -> str:
    """Return the years on record: complete ones as a range, others with their last month."""
    complete = [year for year in records.fiscal_years if records.is_complete(year)]
    names = [FiscalYear(year).short_label(language) for year in complete]
    if len(complete) > 1 and complete[-1] - complete[0] == len(complete) - 1:
        names = [say("lab.years", language, first=names[0], last=names[-1])]
    between = say("lab.and", language)
    texts = [say("lab.complete", language, years=between.join(names))] if names else []
    texts += [
        say("lab.running", language, year=FiscalYear(year).short_label(language),
            months=len(months), month=month_name(months[-1].month, language))
        for year in records.fiscal_years
        if year not in complete and (months := records.months(year))
    ]  # fmt: skip
    return between.join(texts) or say("lab.none", language)


def _count(key: str, count: int, language: Language) -> str:
    return say(key, language, count=count) if count else say("lab.none", language)


def _built_at(processed: Path, language: Language, *, fresh: bool) -> str:
    """Return when the current build was made, on the clock of this machine."""
    seconds = (processed / POINTER).stat().st_mtime
    moment = f"{datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M}"  # noqa: DTZ006 -- the office's own clock
    return say("lab.fresh", language, moment=moment) if fresh else moment
