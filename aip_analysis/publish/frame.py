"""What stands around a page's sections, as values for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.publish.paper_heads import running_heads
from aip_analysis.publish.policy import page_policy
from aip_analysis.publish.single import data_uri, inline_assets

# What stands for the version of a page's records until that is known.
VERSION = "{version}"


@dataclass(frozen=True)
class PageWords:
    """What stands around the sections of a page.

    Parameters
    ----------
    language
        The language of the page.
    kind
        ``area``, ``block``, ``ward``, ``index`` or ``years``: for the style sheet.
    title, subtitle, programme
        The cover's lines.
    trail
        The way up: pairs of a name and a page; the page is empty where none lies beside.
    note
        What must be known of the whole page, under its title; mostly empty.
    assets
        The way from the page to the assets.
    fictional
        Whether it must say that it is made from sample data.
    footer
        The last lines: credit, and which records it was made from. The last line of the footer
        and of the cover name the version of these records.
    cover
        Lines under the title: whose report it is, and from which records it was made.
    downloads
        The files beside the page that hold its figures: pairs of a name and a file.
    single_file
        Whether the page is sent alone and holds everything it needs; nothing lies beside it.
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

    It is known once the notebook has run; what else stands around a page is known before. No text
    out of a record stands in the lines that name it.
    """

    def named(lines: tuple[str, ...]) -> tuple[str, ...]:
        return (*lines[:-1], *(line.replace(VERSION, version) for line in lines[-1:]))

    return replace(words, footer=named(words.footer), cover=named(words.cover))


def page_resources(
    words: PageWords, files: Mapping[str, bytes] | None = None, *, charts: bool = False
) -> dict[str, Any]:
    """Give what templates ask for.

    Parameters
    ----------
    words
        What stands around the sections.
    files
        The files that belong to the page, by the names that they have beside it.
    charts
        Whether the page has charts.

    Returns
    -------
    dict
        ``words``; ``say`` in the page's language; ``text``, which makes a text HTML; ``href``, the
        address of each of the files; ``inline``, what the page holds instead of asking for it, if
        it is sent alone; ``policy``; ``heads``, the heads of its pages in print.
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
