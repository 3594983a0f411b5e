"""The texts and resources around a page's sections, as values for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.publish.paper_heads import running_heads
from aip_analysis.publish.policy import page_policy
from aip_analysis.publish.single import data_uri, inline_assets

# Placeholder for the version of a page's records until that is known.
VERSION = "{version}"


@dataclass(frozen=True)
class PageWords:
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


def with_version(words: PageWords, version: str) -> PageWords:
    """Return the words with the version of the records that the page was made from.

    It is known only once the notebook has run; the other texts around a page are known before. The
    lines that name it contain no text from a record.
    """

    def named(lines: tuple[str, ...]) -> tuple[str, ...]:
        return (*lines[:-1], *(line.replace(VERSION, version) for line in lines[-1:]))

    return replace(words, footer=named(words.footer), cover=named(words.cover))


def page_resources(
    words: PageWords, files: Mapping[str, bytes] | None = None, *, charts: bool = False
) -> dict[str, Any]:
    """Return the values that the templates use.

    Parameters
    ----------
    words
        The texts around the sections.
    files
        The contents of the files attached to the page, by their names.
    charts
        Whether the page has charts.

    Returns
    -------
    dict
        ``words``; ``say`` in the page's language; ``text``, which converts a text to HTML;
        ``href``, the address of each of the files; ``inline``, what the page contains instead of
        loading it, if it is sent alone; ``policy``; ``heads``, the running heads in print.
    """
    notice = say("paper.notice", words.language) if words.fictional else ""
    heads = {"title": f"{words.title}　{words.subtitle}", "notice": notice}
    inline = None
    if words.single_file:
        inline = inline_assets(charts=charts, finder=words.kind == "index")
    return {
        "words": words,
        "say": lambda key, **values: say(f"page.{key}", words.language, **values),
        "text": partial(html_text, language=words.language),
        "href": {
            name: data_uri(name, content) if inline else name
            for name, content in (files or {}).items()
        },
        "inline": inline,
        "policy": inline.policy if inline else page_policy(charts=charts),
        "heads": running_heads(heads),
    }
