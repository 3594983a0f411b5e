"""The texts and resources around a page's sections, as values for the templates."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from aip_analysis.messages import say
from aip_analysis.messages.html_text import html_text
from aip_analysis.publish.html.csp import page_policy
from aip_analysis.publish.html.running_heads import running_heads
from aip_analysis.publish.html.single_file import data_uri, inline_assets
from aip_analysis.publish.plan.jobs import PageTexts


def page_resources(
    words: PageTexts, files: Mapping[str, bytes] | None = None, *, charts: bool = False
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
        loading it, if it is sent alone; ``policy``; ``running_heads``, those in print.
    """
    notice = say("pdf.notice", words.language) if words.fictional else ""
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
        "running_heads": running_heads(heads),
    }
