"""The rows of one neighbourhood or town on one day, and their figures together."""

from dataclasses import dataclass, field

from aip_analysis.intake.population.age_counts import AgeCounts
from aip_analysis.intake.population.labels import ALL_AGES
from aip_analysis.intake.population.lines import Line


@dataclass
class Group:
    """The rows of a neighbourhood or town on a day.

    Parameters
    ----------
    name, keys
        Its name, and the key codes of its neighbourhoods.
    several
        Whether it is a town or an area, which may sum up other rows.
    lines
        Its rows.
    counts
        Their figures together.
    refused
        Whether they cannot be used.
    added_to
        The neighbourhood that its suppressed figures are added to.
    """

    name: str
    keys: tuple[str, ...]
    several: bool = False
    lines: list[Line] = field(default_factory=list)
    counts: AgeCounts = field(default_factory=AgeCounts)
    refused: bool = False
    added_to: "Group | None" = None

    @property
    def row(self) -> int:
        """Its first row."""
        return self.lines[0].row

    @property
    def residents(self) -> int | None:
        """All its residents, as published; None if that is not told."""
        return self.counts.number(ALL_AGES)

    def add(self, line: Line, *, unknown_ages: bool = False) -> bool:
        """Add a row; return whether it gives figures that another row has given already."""
        told = self.counts.residents
        again = False
        for (of, ages), count in line.figures.items():
            if of == "households":
                self.counts.households = count
                continue
            before = told.get((of, ages), "empty")
            again |= "empty" not in (before, count)
            told[of, ages] = before if count == "empty" else count
        self.counts.unknown_ages |= unknown_ages
        self.lines.append(line)
        return again
