"""What the explorer offers to choose from, and what is meant by what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aip_analysis.messages import Language, say
from aip_analysis.messages.catalogue import entries
from aip_analysis.reference import FiscalYear, Level, Measure, Place
from aip_analysis.workbench.drawings.maps import LEVELS, VIEWS
from aip_analysis.workbench.drawings.plotted import Source
from aip_analysis.workbench.widgets.explored_view import Choice

# Names and values of choices, in a group whose name is empty where they need none.
Option = tuple[str, str]
Group = tuple[str, Sequence[Option]]


@dataclass(frozen=True)
class Offers:
    """The lists of the explorer.

    Parameters
    ----------
    source
        Where the figures come from.
    measures
        The measures that are offered, in order.
    """

    source: Source
    measures: Sequence[Measure]

    def of(self, choice: Choice) -> list[dict[str, Any]]:
        """Return the lists as the browser shows them, with what goes with a choice."""
        ward, language = self.source.ward, self.language
        levels = [(say(f"workbench.level_{one}", language), one) for one in LEVELS]
        whole = [(ward.whole.name(language), ward.whole.key)]
        since = [(self._say("no_comparison"), ""), *_named(self._earlier(choice.year), language)]
        views = [(self._say(f"view_{one}"), one) for one in VIEWS]
        years = self.source.figures.records.fiscal_years[::-1]
        lists: dict[str, Sequence[Group]] = {
            "measure": self._measures(),
            "year": [("", _named(years, language))],
            "since": [("", since)],
            "level": [("", levels)],
            "place": [("", whole), *self._places(choice.level)],
            "view": [("", views)],
        }
        return [
            {
                "name": name,
                "label": self._say(f"choose_{name}"),
                "groups": groups,
                "disabled": name == "view" and choice.level != "area",
            }
            for name, groups in lists.items()
        ]

    def read(self, chosen: Mapping[str, str]) -> Choice:
        """Return what was chosen; a part that does not go with the others is given up."""
        year = int(chosen["year"])
        level = next(one for one in LEVELS if one == chosen["level"])
        views = [one for one in VIEWS if one == chosen["view"] and level == "area"]
        since = [one for one in self._earlier(year) if str(one) == chosen["since"]]
        return Choice(
            next(one for one in self.measures if one.code == chosen["measure"]),
            year,
            level,
            self._at(level, self.source.ward.places[chosen["place"]]),
            since[0] if since else None,
            views[0] if views else VIEWS[0],
        )

    @property
    def language(self) -> Language:
        """The language of the lists."""
        return self.source.language

    def _at(self, level: Level, place: Place) -> Place:
        """Return a place of a level instead of another: of an area its block, else the ward."""
        if place.level in {level, "ward"}:
            return place
        ward = self.source.ward
        return ward.block_of(place) if level == "block" else ward.whole

    def _earlier(self, year: int) -> list[int]:
        """Return the complete years before a year, if that is complete as well."""
        records = self.source.figures.records
        return [
            one
            for one in records.fiscal_years[::-1]
            if one < year and records.is_complete(one) and records.is_complete(year)
        ]

    def _measures(self) -> list[Group]:
        """Return the measures by topic; those of the analyst's own have none."""
        groups: dict[str, list[Option]] = {}
        names = entries(self.language)
        for measure in self.measures:
            topic = names.get(f"workbench.topic_{measure.topic}", measure.topic)
            option = (measure.label(self.language), measure.code)
            groups.setdefault(topic or self._say("own_measures"), []).append(option)
        return list(groups.items())

    def _places(self, level: Level) -> list[Group]:
        """Return the places of a level: areas by block."""
        ward, language = self.source.ward, self.language
        blocks = ward.places_of("block")
        if level == "block":
            return [("", [(block.name(language), block.key) for block in blocks])]
        return [
            (
                ward.label(block, language),
                [(area.name(language), area.key) for area in ward.areas_of(block)],
            )
            for block in blocks
        ]

    def _say(self, name: str) -> str:
        return say(f"explorer.{name}", self.language)


def _named(years: Sequence[int], language: Language) -> list[Option]:
    return [(FiscalYear(year).short_label(language), str(year)) for year in years]
