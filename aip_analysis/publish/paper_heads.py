"""What stands over every printed page, as values that the style sheet sets into the margins."""

from collections.abc import Mapping

# No property of the style sheets begins so: what stands at the root element would override it.
BEGINNING = "--running-"
# What would end a text of CSS or open something else in it.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\f": " ", "\0": ""}


def running_heads(texts: Mapping[str, str]) -> str:
    """Give the running heads of a page as declarations for its root element.

    Parameters
    ----------
    texts
        Texts by their names: ``title`` names the report and its year, ``notice`` says that it is
        made up, where it is.

    Returns
    -------
    str
        Custom properties of CSS, ``--running-title`` and so on. Plain text, to be escaped for the
        attribute that it goes into.
    """
    return ";".join(f"{BEGINNING}{name}:{_quoted(text)}" for name, text in texts.items())


def _quoted(text: str) -> str:
    """Write a text as CSS writes one."""
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'
