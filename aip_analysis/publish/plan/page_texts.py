"""The texts around a page's sections: its cover, its breadcrumbs, its footer."""

from dataclasses import dataclass, replace

from aip_analysis.messages import Language

# Placeholder for the version of a page's records until that is known.
VERSION = "{version}"


@dataclass(frozen=True)
class PageTexts:
    """The texts around the sections of a page.

    Parameters
    ----------
    language
        The language of the page.
    kind
        ``area``, ``block``, ``ward``, ``index`` or ``years``: for the style sheet.
    title, subtitle, programme
        The cover's lines.
    trail
        The breadcrumbs: pairs of a name and a page; the page is empty if there is none to link to.
    note
        A remark on the whole page, shown under its title; mostly empty.
    assets
        The relative path from the page to the assets.
    fictional
        Whether the page must state that it is made from sample data.
    footer
        The last lines: credit, and which records it was made from. The last line of the footer
        and of the cover name the version of these records.
    cover
        Lines under the title: whose report it is, and from which records it was made.
    downloads
        The attached files that contain the page's figures: pairs of a name and a file.
    single_file
        Whether the page is sent alone and contains everything it needs; it has no attached files.
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
    downloads: tuple[tuple[str, str], ...] = ()
    cover: tuple[str, ...] = ()
    single_file: bool = False


def with_version(words: PageTexts, version: str) -> PageTexts:
    """Return the words with the version of the records that the page was made from.

    It is known only once the notebook has run; the other texts around a page are known before. The
    lines that name it contain no text from a record.
    """

    def named(lines: tuple[str, ...]) -> tuple[str, ...]:
        return (*lines[:-1], *(line.replace(VERSION, version) for line in lines[-1:]))

    return replace(words, footer=named(words.footer), cover=named(words.cover))
