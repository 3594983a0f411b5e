"""What stands over every printed page, as values that the style sheet sets into the margins."""

from collections.abc import Mapping

# What would end a text of CSS or open something else in it.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\f": " ", "\0": ""}


def running_heads(texts: Mapping[str, str]) -> str:
    """Give the running heads of a page as declarations for its root element.

    Parameters
    ----------
    texts
        Texts by their names: ``head`` names the report and its year, ``notice`` says that it is
        made up, where it is.

    Returns
    -------
    str
        Custom properties of CSS, ``--head`` and so on. Plain text, to be escaped for the attribute
        that it goes into.
    """
    return ";".join(f"--{name}:{_quoted(text)}" for name, text in texts.items())


def _quoted(text: str) -> str:
    """Write a text as CSS writes one."""
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'
