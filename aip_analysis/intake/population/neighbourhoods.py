"""The neighbourhoods and towns of chome.csv, by any spelling of their names."""

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from aip_analysis.intake.values.text import is_dash
from aip_analysis.reference import Ward, iter_rows
from aip_analysis.reference.chome_names import normalize_name

_NUMBER = re.compile(r"\d+丁目")
_BRACKETS = re.compile(r"[()（）「」【】\[\]『』・]")
_SUM = re.compile(r"(?:小計|合計|総計|総数|計)$")
_ALL = re.compile(
    r"(?:[総合小累]?計|総合計|総数|全域|全体|全[区市町村]|[区市町村](?:全体|全域|計))+"
)


@dataclass(frozen=True)
class Named:
    """What a name in a table stands for.

    Parameters
    ----------
    name
        The name in chome.csv, or of the town or area.
    keys
        The key codes of its neighbourhoods: one, or all of a town or an area.
    several
        Whether it is a town or an area, which a row may sum up.
    """

    name: str
    keys: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True)
class Neighbourhoods:
    """The neighbourhoods of a ward.

    Parameters
    ----------
    ward
        The ward.
    """

    ward: Ward

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each neighbourhood, by its key code."""
        return {row.key_code: row.chome for row in iter_rows(self.ward.chome)}

    @cached_property
    def shares(self) -> Mapping[str, list[tuple[str, float]]]:
        """The areas that each neighbourhood belongs to, with the share of each, by key code."""
        shares: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for row in iter_rows(self.ward.chome):
            shares[row.key_code].append((row.area_code, float(row.share)))
        return {key: sorted(parts) for key, parts in shares.items()}

    @cached_property
    def without_ages(self) -> frozenset[str]:
        """The key codes of those whose few residents chome.csv has, but not their ages."""
        return frozenset(
            row.key_code
            for row in iter_rows(self.ward.chome)
            if row.population >= 0 and not row.population_65plus >= 0
        )

    def find(self, text: str) -> Named | None:
        """Return the neighbourhood or town of a name in any spelling; None if there is none."""
        return self._find(self._bare(text))

    def find_sum(self, text: str) -> Named | None:
        """Return the town or area whose total a row is called after: 見本町計, 見本地域."""
        bare = _SUM.sub("", self._bare(text))
        area = self.ward.find_place("area", bare)
        whole = Named(area.ja, self.of_area(area.code), several=True) if area else None
        return self._find(bare) or whole

    def of_area(self, code: str) -> tuple[str, ...]:
        """Return the key codes of the neighbourhoods that belong to an area, if only partly."""
        return tuple(key for key, parts in self.shares.items() if code in dict(parts))

    def is_whole(self, text: str) -> bool:
        """Return whether a name stands for the ward, or for all rows above it."""
        bare, ward = self._bare(text), self._bare(self.ward.setting("name"))
        of_ward = re.compile(rf".{{0,4}}{re.escape(ward)}(?:{_ALL.pattern})?")
        # In e-Stat's tables with a column for each level, what is above all towns has a dash.
        return is_dash(bare) or any(form.fullmatch(bare) for form in (_ALL, of_ward))

    def nearest(self, text: str) -> str:
        """Return the name in chome.csv that is written most alike; empty if none is."""
        found = difflib.get_close_matches(self._bare(text), list(self._by_name), 1)
        return self.names[self._by_name[found[0]].keys[0]] if found else ""

    def _find(self, bare: str) -> Named | None:
        found = self._by_name.get(bare)
        if found is None and bare[-1:].isdecimal():
            found = self._by_name.get(f"{bare}丁目")
        return found or self._towns.get(bare)

    def _bare(self, text: str) -> str:
        return normalize_name(_BRACKETS.sub("", text), self.ward.setting("name"))

    @cached_property
    def _by_name(self) -> Mapping[str, Named]:
        return {self._bare(name): Named(name, (key,)) for key, name in self.names.items()}

    @cached_property
    def _towns(self) -> Mapping[str, Named]:
        keys: dict[str, list[str]] = defaultdict(list)
        for bare, named in self._by_name.items():
            town = _NUMBER.sub("", bare)
            if town != bare:
                keys[town].append(named.keys[0])
        return {town: Named(town, tuple(own), several=True) for town, own in keys.items()}


def is_number_of_town(text: str) -> bool:
    """Return whether a text is what follows a town's name: 一丁目, ２丁目."""
    return bool(_NUMBER.fullmatch(normalize_name(_BRACKETS.sub("", text), "\0")))
