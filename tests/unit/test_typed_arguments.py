"""Arguments of questions: the year by either name, and a sentence for what is no argument."""

from typing import Any

import pytest

from aip_analysis.errors import UsageError
from aip_analysis.workbench.names.typed_arguments import typed_arguments


class Questions:
    @typed_arguments
    def figures(
        self, measure: str, years: object = None, level: str = "area"
    ) -> tuple[object, ...]:
        return measure, years, level


@pytest.mark.parametrize("name", ["year", "years", "fiscal_year"])
def test_a_year_is_taken_by_any_of_its_names(name: str) -> None:
    arguments: dict[str, Any] = {name: 2025}
    assert Questions().figures("meetings", **arguments) == ("meetings", 2025, "area")


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        Questions().figures("meetings", levle="ward")  # type: ignore[call-arg]
    assert caught.value.values["nearest"] == "level"


def test_what_is_near_nothing_is_answered_with_all() -> None:
    with pytest.raises(UsageError) as caught:
        Questions().figures("meetings", colour=3)  # type: ignore[call-arg]
    assert caught.value.values["choices"] == "measure=、years=、level="


def test_an_argument_is_not_given_twice() -> None:
    with pytest.raises(UsageError):
        Questions().figures("meetings", 2024, year=2025)  # type: ignore[call-arg]
