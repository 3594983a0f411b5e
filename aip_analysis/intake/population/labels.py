"""Labels of published figures: whom a column or row counts, by sex and age."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aip_analysis.intake.values import folded

Sex = Literal["all", "men", "women"]
Ages = tuple[int, int]

# Ages are spans from a first age up to, excluding, a last one; nobody is as old as ``END``.
END = 1000
ALL_AGES: Ages = (0, END)
# Residents whose age is not known.
UNKNOWN_AGE: Ages = (-1, 0)
OLDEST = 130
_LONGEST = 60

_AGE = r"(\d{1,3})(?:歳|才)?"
_SIGNED_AGE = r"(\d{1,3})(?:歳|才)"
_TO = "[~〜‐–—−ー-]"


@dataclass(frozen=True)
class Label:
    """What a label says of the figures in its column or row; None where it says nothing.

    Parameters
    ----------
    households
        Whether households are counted, not people.
    sex
        The sex of those who are counted.
    ages
        Their ages.
    total
        Whether it calls its figures a total: of both sexes and all ages, unless it names them.
    mentions_unknown
        Whether it mentions residents of unknown age.
    """

    households: bool = False
    sex: Sex | None = None
    ages: Ages | None = None
    total: bool = False
    mentions_unknown: bool = False

    def joined(self, other: "Label") -> "Label | None":
        """Return what two labels say together; None if they contradict each other."""
        if self.sex and other.sex and self.sex != other.sex and "all" not in (self.sex, other.sex):
            return None
        if self.ages and other.ages and self.ages != other.ages:
            return None
        sex = self.sex if other.sex in (None, "all") else other.sex
        return Label(
            self.households or other.households,
            sex or other.sex,
            self.ages or other.ages,
            self.total or other.total,
            self.mentions_unknown or other.mentions_unknown,
        )


# The pieces that a label may consist of; the first that fits counts. A label with anything else,
# such as a percentage, a density or a nationality, is not understood.
_PIECES: tuple[tuple[re.Pattern[str], Label | Callable[..., Ages]], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"年齢[「『(]?不詳[」』)]?者?を?含む", Label(mentions_unknown=True)),
        (r"(?:年齢)?[「『(]?不詳[」』)]?", Label(ages=UNKNOWN_AGE, mentions_unknown=True)),
        (rf"{_AGE}(?:{_TO}|から){_AGE}", lambda first, last: (first, last + 1)),
        (rf"{_AGE}(?:以上|\+|{_TO}(?=$|[)」]))", lambda first: (first, END)),
        (rf"{_SIGNED_AGE}未満", lambda end: (0, end)),
        (rf"{_SIGNED_AGE}以下", lambda last: (0, last + 1)),
        (_SIGNED_AGE, lambda age: (age, age + 1)),
        (r"年少人口", Label(ages=(0, 15))),
        (r"生産年齢人口", Label(ages=(15, 65))),
        (r"前期高齢者(?:人口|数)?", Label(ages=(65, 75))),
        (r"後期高齢者(?:人口|数)?", Label(ages=(75, END))),
        (r"(?:老年|高齢|高齢者)人口|高齢者数", Label(ages=(65, END))),
        (r"男女", Label(sex="all")),
        (r"男[性子]?", Label(sex="men")),
        (r"女[性子]?", Label(sex="women")),
        (r"世帯(?:総?数)?", Label(households=True)),
        (r"総人口|総数|合計|総計|計|全年齢|全体|人口|人数|住民数", Label(total=True)),
        # The last is the code of a column in e-Stat's files.
        (r"各歳|年齢|再掲|うち|[の()（）「」『』【】、,・:/_]|単位|人|[a-z]\d{6,}", Label()),
    )
)


def read_label(cell: object) -> Label | None:
    """Return what a label says: 65～69歳, 0-4歳の男性, 総数、年齢「不詳」含む, 世帯数.

    Returns
    -------
    Label or None
        None if any part of the text is not understood, or if it says nothing.
    """
    text = folded(cell).casefold()
    return _label_of(text) if len(text) <= _LONGEST else None


# The same headings stand on many sheets.
@lru_cache(maxsize=4096)
def _label_of(text: str) -> Label | None:
    label: Label | None = Label()
    while text and label:
        found = ((pattern.match(text), said) for pattern, said in _PIECES)
        match, said = next(((match, said) for match, said in found if match), (None, Label()))
        if match is None:
            return None
        ages = None if isinstance(said, Label) else said(*map(int, match.groups()))
        label = label.joined(said if isinstance(said, Label) else Label(ages=ages))
        text = text[match.end() :]
    return label if label != Label() else None


def read_age(cell: object) -> Ages | None:
    """Return the ages that a cell of a column or row of ages names; numbers are single years."""
    bare = folded(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    if bare.isdecimal():
        age = int(bare)
        return (age, age + 1) if age in range(OLDEST) else None
    label = read_label(cell)
    if label is None or label.households or label.sex not in {None, "all"}:
        return None
    return label.ages or (ALL_AGES if label.total else None)


def read_sex(cell: object) -> Sex | None:
    """Return the sex that a cell names; a total is of both."""
    label = read_label(cell)
    if label is None or label.households or label.ages:
        return None
    return label.sex or ("all" if label.total else None)


def of_heading(parts: Iterable[object]) -> Label | None:
    """Return what the cells of a heading above one column say together; None if one is unknown.

    Numbers are single years of age.
    """
    label: Label | None = Label()
    for part in parts:
        text = folded(part).casefold()
        ages = read_age(part) if text.removesuffix(".0").isdecimal() else None
        own = Label(ages=ages) if ages else read_label(part)
        # Units, and the codes of e-Stat, say nothing.
        if own is None and re.fullmatch(r"[a-z]\d{6,}|\(?(?:単位:?)?人\)?", text):
            continue
        label = label.joined(own) if label and own else None
    return label if label != Label() else None
