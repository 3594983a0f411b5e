"""Names of places within a page that become links where the pages of these places lie beside."""

import re

from aip_analysis.publish.frame import PageWords

# How a section marks a name; what records say is escaped and cannot look like it.
NAMED = re.compile(r'<span data-page="([^"<>]+)">([^<>]*)</span>')


def with_links(page: str, words: PageWords) -> str:
    """Make the names of places links to their pages; bare names in a page that is sent alone.

    Parameters
    ----------
    page
        The page as HTML.
    words
        What stands around its sections: a page whose way up leads nowhere has none beside it.
    """
    beside = any(way for _, way in words.trail)
    return NAMED.sub(r'<a href="\1.html">\2</a>' if beside else r"\2", page)
