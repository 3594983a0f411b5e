"""Areas, blocks and the ward: the three levels at which every figure is available."""

from dataclasses import dataclass
from typing import Literal

from aip_analysis.messages import Language

Level = Literal["area", "block", "ward"]


@dataclass(frozen=True)
class Place:
    """An area, a block or the ward.

    Parameters
    ----------
    level
        ``"area"``, ``"block"`` or ``"ward"``.
    code
        The code of areas.csv or blocks.csv; empty for the ward.
    ja, en
        Its name in both languages.
    slug
        The name of its files: ``area-12-funado``, ``block-3-shimura``, ``ward``.
    """

    level: Level
    code: str
    ja: str
    en: str
    slug: str

    @property
    def key(self) -> str:
        """The value of the ``place`` column of a table of figures: ``area-12``, ``ward``."""
        return f"{self.level}-{self.code}" if self.code else self.level

    def name(self, language: Language) -> str:
        """Return its bare name, without 地域 or ブロック."""
        return self.en if language == "en" else self.ja
