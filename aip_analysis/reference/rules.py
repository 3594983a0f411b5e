"""The rules of the programme for a fiscal year: allowances, compensation, eligible expenses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """The amounts and categories of one fiscal year, from rules.toml.

    Parameters
    ----------
    fiscal_year
        The year that they apply to.
    allowance_yen_per_month, allowance_yen_per_year
        第2層運営費: yen for each month since a council was set up, and the maximum for a year.
    coordinator_yen_per_month
        Yen for an area in each month with a coordinator in office.
    categories
        The categories of expense covered by each purpose.
    """

    fiscal_year: int
    allowance_yen_per_month: int
    allowance_yen_per_year: int
    coordinator_yen_per_month: int
    categories: dict[str, tuple[str, ...]]

    def allowance(self, months: int) -> int:
        """Return the allowance in yen of a council that has existed for some months of the year."""
        return min(self.allowance_yen_per_month * months, self.allowance_yen_per_year)

    def covers(self, purpose: str, category: str) -> bool:
        """Return whether the allowance covers an expense of this purpose and category."""
        return category in self.categories.get(purpose, ())
