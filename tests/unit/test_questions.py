"""Questions, incomplete records, and the block next to key figures, calculated by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from aip_analysis.errors import InputRefusedError
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.measures.row_account import Line
from aip_analysis.messages import Language
from aip_analysis.narrative import Facts, questions, remarks, summary
from aip_analysis.records import PROBLEM_COLUMNS, Records
from aip_analysis.reference import Ward, load_ward
from aip_analysis.tables.measures import key_figures_table
from tests.records import Rows, make_records
from tests.town import write_town

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO = WARD.places["area-12"]
SET_UP = {"council_name": "見本会議", "established_on": date(2018, 5, 8)}
MEETING = {"kind": "regular", "members_present": 14}


def _facts(rows: Rows | Records, ward: Ward = WARD) -> Facts:
    records = rows if isinstance(rows, Records) else make_records(rows)
    return Facts(RecordedFigures(Figures(records, ward)), FUNADO, 2025, "ja")


def _met(*months: int, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- columns of meetings
    """Return a meeting on the third of each given month of the fiscal year."""
    days = [date(2025 + (month < 4), month, 3) for month in months]
    return [MEETING | {"held_on": day} | more for day in days]


def test_months_without_a_meeting_are_asked_about_from_two_on() -> None:
    ten = _met(4, 5, 6, 7, 9, 10, 11, 12, 2, 3)
    asked = questions(_facts({"councils": [SET_UP], "meetings": ten}))
    assert any("会議の記録がない月が2か月（令和7年8月、令和8年1月）" in one for one in asked)
    eleven = [*ten, *_met(8)]
    asked = questions(_facts({"councils": [SET_UP], "meetings": eleven}))
    assert not any("会議の記録がない月" in one for one in asked)


def test_the_table_says_from_which_figure_on_a_question_is_asked() -> None:
    assert WARD.questions is not None
    rules = WARD.questions.copy()
    rules.loc[rules["code"] == "months", "value"] = 1
    ward = replace(WARD, questions=rules)
    rows: Rows = {"councils": [SET_UP], "meetings": _met(4, 5, 6, 7, 9, 10, 11, 12, 1, 2, 3)}
    assert any(
        "会議の記録がない月が1か月（令和7年8月）" in one for one in questions(_facts(rows, ward))
    )
    assert not any("会議の記録がない月" in one for one in questions(_facts(rows)))


def test_fields_without_a_talk_are_named() -> None:
    fields = WARD.vocabularies["priority_field"].codes
    meetings = [row for code in fields[1:] for row in _met(5, priority_field=code)]
    asked = questions(_facts({"councils": [SET_UP], "meetings": [*meetings, *_met(3)]}))
    name = WARD.vocabularies["priority_field"].labels("ja")[fields[0]]
    assert any(f"7つの重点分野のうち1分野（「{name}」）" in one for one in asked)


def test_a_council_that_prepares_and_one_suspended_have_questions_of_their_own() -> None:
    preparing = {"council_name": "見本会議", "seminar_on": date(2025, 7, 1)}
    rows: Rows = {"councils": [preparing], "meetings": _met(3, kind="preparatory")}
    assert questions(_facts(rows))[0].startswith("準備の会合は1回開かれました。")
    suspended = SET_UP | {"suspended_on": date(2025, 10, 1)}
    elsewhere = _met(3, area_code="11")
    asked = questions(_facts({"councils": [suspended], "meetings": [*_met(4), *elsewhere]}))
    assert asked[0].startswith("会議は令和7年10月1日から休止しています。")
    assert not any("会議の記録がない月" in one for one in asked)


def test_records_that_end_early_are_said_so_and_not_compared() -> None:
    before = MEETING | {"fiscal_year": 2024, "held_on": date(2025, 3, 11)}
    elsewhere = _met(3, area_code="11")
    rows: Rows = {"councils": [SET_UP], "meetings": [*_met(4, 12), before, *elsewhere]}
    facts = _facts(rows)
    assert remarks(facts) == [
        "この地域の記録は令和7年12月までで、その後の分が届いていないため、前年度とは比べていません。"
    ]
    assert "前年度" not in "".join(summary(facts))
    assert any("届いている記録は令和7年12月まで" in one for one in questions(facts))
    # With records through January two months are missing, through February only one.
    for month, ended in ((1, True), (2, False)):
        rows = {"councils": [SET_UP], "meetings": [*_met(month), before, *elsewhere]}
        assert bool(_facts(rows).gaps.ended) == ended


@pytest.mark.parametrize("lack", ["rows", "skipped"])
def test_no_question_is_drawn_from_what_rows_left_out_may_explain(lack: str) -> None:
    ten = _met(4, 5, 6, 7, 9, 10, 11, 12, 2, 3)
    records = make_records({"councils": [SET_UP], "meetings": ten})
    problem = dict.fromkeys(PROBLEM_COLUMNS) | {"rows": 0, "skipped": 0, "table": "meetings"}
    problem |= {"area_code": "12", "fiscal_year": 2025, lack: 1}
    left_out = pd.DataFrame([problem], columns=PROBLEM_COLUMNS)
    asked = questions(_facts(records))
    assert [one for one in asked if "会議の記録がない月が2か月" in one]
    asked = questions(_facts(replace(records, set_aside=left_out)))
    assert not [one for one in asked if "会議の記録がない月" in one]


def test_no_question_is_drawn_from_a_change_that_a_suppressed_number_may_explain() -> None:
    before = [MEETING | {"fiscal_year": 2024, "held_on": date(2025, 3, 11), "members_present": 20}]
    less = {"councils": [SET_UP], "meetings": [*_met(4, 3), *before]}
    assert [one for one in questions(_facts(less)) if "1回あたり14.0人（前年度は20.0人）" in one]
    hidden = _met(5, members_present=None, marks="members_present=suppressed")
    less["meetings"] += hidden
    assert not [one for one in questions(_facts(less)) if "1回あたり" in one]


def test_nothing_is_asked_of_a_council_whose_state_is_not_known() -> None:
    assert questions(_facts({"councils": [{"council_name": "会議"}], "meetings": _met(3)})) == []
    assert questions(_facts({"meetings": _met(3)})) == []


def test_rows_are_counted_by_table_with_what_is_not_exact() -> None:
    marked = MEETING | {"held_on": date(2025, 5, 1), "marks": "members_present=approximate"}
    hidden = MEETING | {"held_on": date(2025, 6, 1), "marks": "members_present=suppressed"}
    meetings = [
        row | {"source_row": at} for at, row in enumerate([marked, hidden, marked, marked], start=3)
    ]
    meetings[-1]["source_row"] = 5
    records = make_records({"councils": [SET_UP], "meetings": meetings})
    account = Figures(records, WARD).row_account(FUNADO, 2025)
    # Two meetings stand in one row, and the council's row is a fourth.
    assert account.lines[-1] == Line("meetings", used=3, approximate=3, suppressed=1)
    assert (account.total.used, account.files) == (4, 1)


def test_beside_key_figures_stands_the_mean_of_areas_with_a_council() -> None:
    areas = [area.code for area in WARD.areas_of(WARD.block_of(FUNADO))]
    rows: Rows = {
        "councils": [
            SET_UP | {"area_code": areas[0]},
            SET_UP | {"area_code": areas[1]},
            {"council_name": "準備", "area_code": areas[2], "seminar_on": date(2025, 5, 1)},
        ],
        "meetings": [*_met(4, 5, 3, area_code=areas[0]), *_met(4, 3, area_code=areas[1])],
    }
    figures = RecordedFigures(Figures(make_records(rows), WARD))
    table = key_figures_table(figures, FUNADO, 2025, [WARD.codebook["meetings"]], "ja")
    # Three meetings and two, divided by two councils; the one in preparation is left out.
    assert table.rows[0][-1].text == "2.5回"


def test_rates_beside_key_figures_are_on_the_base_of_the_counts() -> None:
    areas = [area.code for area in WARD.areas_of(WARD.block_of(FUNADO))]
    day = {"as_of": date(2025, 4, 1), "population": 1000}
    rows: Rows = {
        "councils": [SET_UP | {"area_code": code} for code in areas[:2]],
        "meetings": _met(3, area_code=areas[0]),
        # Without a council: not one of those that a council is compared with.
        "population": [
            day | {"area_code": code, "population_65plus": old}
            for code, old in zip(areas[:3], (200, 260, 900), strict=True)
        ],
    }
    figures = RecordedFigures(Figures(make_records(rows), WARD))
    measures = [WARD.codebook[code] for code in ("population_65plus", "share_65plus")]
    old, share = key_figures_table(figures, FUNADO, 2025, measures, "ja").rows
    assert (old[-1].text, share[-1].text) == ("230人", "23.0％")
    # These are no figures of the block itself.
    assert (share[-1].measure, share[-1].place) == ("", "")


@pytest.mark.parametrize(("language", "unit"), [("ja", "ポイント"), ("en", " points")])
def test_differences_of_percentages_are_in_points(language: Language, unit: str) -> None:
    councils = [SET_UP, SET_UP | {"fiscal_year": 2024}]
    spent = {"booked_on": date(2025, 4, 1), "direction": "expense", "category": "venue"}
    ledger = [spent | {"amount_yen": 600_000}, spent | {"amount_yen": 60_000, "fiscal_year": 2024}]
    months = [MEETING | {"fiscal_year": 2024, "held_on": date(2025, 3, 11)}, *_met(3)]
    rows: Rows = {"councils": councils, "meetings": months, "ledger": ledger}
    figures = RecordedFigures(Figures(make_records(rows), WARD))
    measures = [WARD.codebook[code] for code in ("execution_rate", "spending")]
    rate, yen = key_figures_table(figures, FUNADO, 2025, measures, language).rows
    # 50.0 per cent of twelve times 100,000 yen, after 5.0.
    assert (rate[3].text, rate[3].unit) == (f"+45.0{unit}", unit.strip())
    assert (yen[3].text, yen[3].unit) == ("+540,000", "")


def test_a_question_with_an_unknown_word_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "town")
    text = "code,states,figure,when,value,needs\nfar,at_work,f4,now and then,1,\n"
    (folder / "questions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputRefusedError) as refused:
        load_ward(folder)
    assert "questions.csv" in str(refused.value)
    assert "now and then" in str(refused.value)
