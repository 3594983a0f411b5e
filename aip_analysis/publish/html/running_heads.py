"""The running heads of printed pages, as values that the style sheet puts into the margins."""

from collections.abc import Mapping

# The style sheets define no property with this prefix: the root element would override it.
BEGINNING = "--running-"
# Characters that would end a CSS string or have a special meaning in it.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\f": " ", "\0": ""}


def running_heads(texts: Mapping[str, str]) -> str:
    """Return the running heads of a page as declarations for its root element.

    Parameters
    ----------
    texts
        Texts by their names: ``title`` names the report and its year, ``notice`` states that its
        data are fictional, if they are.

    Returns
    -------
    str
        Custom properties of CSS, ``--running-title`` and so on. This is plain text, to be escaped
        for the attribute that contains it.
    """
    return ";".join(f"{BEGINNING}{name}:{_quoted(text)}" for name, text in texts.items())


def _quoted(text: str) -> str:
    """Return a text as a CSS string."""
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'
