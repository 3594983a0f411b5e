"""Council, meetings, activities, ideas and money of an area, from a handful of records."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from aip_analysis.measures import Figures
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.reference import Place, load_ward
from aip_analysis.report import Page
from aip_analysis.report.blocks import CardsBlock, ChartBlock, Paragraphs, TableBlock, block_html
from aip_analysis.report.section import Section
from aip_analysis.tables import Cell, Table, table_html
from tests.records import AREA, YEAR, Rows, make_records

pytestmark = pytest.mark.slow

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
HOSTILE = "<script>alert(1)</script>&amp;\"'><img src=x onerror=alert(2)>"
COUNCIL = {"council_name": "見本会議", "established_on": date(2025, 9, 10)}
# Something was received of the area.
GOAL = {"text": "見本", "status": "open"}


def meeting(day: date, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 -- cells of any kind
    return {"held_on": day, "kind": "regular", "fiscal_year": YEAR} | cells


def line(day: date, category: str, yen: int, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    direction = "income" if category in {"grant", "interest"} else "expense"
    return {
        "booked_on": day,
        "direction": direction,
        "category": category,
        "amount_yen": yen,
    } | cells


def page(rows: Rows, language: Language = "ja", key: str = f"area-{AREA}") -> Page:
    # A day in the last month makes the year complete.
    last = [meeting(date(2026, 3, 31), kind="liaison", area_code="01")]
    extended = rows | {"meetings": [*rows.get("meetings", []), *last]}
    return Page(Figures(make_records(extended), WARD), WARD.places[key], YEAR, language)


def chart(section: Section, name: str) -> ChartBlock:
    (match,) = (
        block for block in section.blocks if isinstance(block, ChartBlock) and block.name == name
    )
    return match


def table(section: Section, name: str) -> list[list[str]]:
    (match,) = (
        block for block in section.blocks if isinstance(block, TableBlock) and block.name == name
    )
    return [[cell.text for cell in row] for row in match.table.rows]


def names(section: Section) -> list[str]:
    return [block.name for block in section.blocks if hasattr(block, "name")]


# The settlement


def test_a_settlement_without_budget_has_no_budget_rather_than_zero() -> None:
    money = page(
        {
            "councils": [COUNCIL],
            "ledger": [
                line(date(2025, 9, 20), "grant", 700_000),
                line(date(2025, 10, 2), "venue", 3_000, purpose="running", description="会議室"),
                line(date(2025, 11, 2), "venue", 4_000, purpose="running", description="集会所"),
            ],
        }
    ).money()
    # Set up in September: seven months of 100,000 yen.
    assert table(money, "settlement") == [
        ["運営費交付", "—", "700,000", "—", "限度額 700,000（月100,000×7か月）"],
        ["収入合計", "—", "700,000", "—", ""],
        ["運営費", "—", "7,000", "—", ""],
        ["会場費", "—", "7,000", "—", "集会所 ほか"],
        ["支出合計", "—", "7,000", "—", ""],
        ["収支差引額（収入合計－支出合計）", "", "693,000", "", ""],
        ["返還の対象となる額", "", "693,000", "", "交付額 700,000－支出額 7,000"],
    ]


def test_amounts_below_zero_have_the_triangle_of_offices() -> None:
    rows: Rows = {
        "councils": [COUNCIL],
        "budgets": [{"purpose": "project", "category": "events", "amount_yen": 50_000}],
        "ledger": [
            line(date(2025, 9, 20), "grant", 30_000),
            line(date(2025, 9, 30), "interest", 2),
            line(date(2025, 10, 2), "events", 41_000, purpose="project", description="講師謝礼"),
            line(date(2025, 10, 3), "office", 600),
        ],
    }
    # 41,000 - 50,000; 30,002 - 41,600; 41,600 - 30,000.
    settlement = table(page(rows).money(), "settlement")
    assert ["行事費", "50,000", "41,000", "△9,000", "講師謝礼"] in settlement
    assert ["区分の記載なし", "0", "600", "600", ""] in settlement
    assert ["支出合計", "50,000", "41,600", "△8,400", ""] in settlement
    assert settlement[-2:] == [
        ["収支差引額（収入合計－支出合計）", "", "△11,598", "", ""],
        ["交付額の超過額（会議の負担）", "", "11,600", "", "支出額 41,600－交付額 30,000"],
    ]
    assert ["Total expenses", "50,000", "41,600", "−8,400", ""] in table(
        page(rows, "en").money(), "settlement"
    )


def test_without_a_line_of_spending_nobody_knows_what_is_left() -> None:
    rows: Rows = {
        "councils": [COUNCIL],
        "budgets": [{"purpose": "project", "category": "events", "amount_yen": 50_000}],
        "ledger": [line(date(2025, 9, 20), "grant", 700_000)],
    }
    money = page(rows).money()
    assert names(money) == ["settlement"]
    settlement = table(money, "settlement")
    assert ["行事費", "50,000", "—", "—", ""] in settlement
    assert settlement[-3:] == [
        ["支出合計", "50,000", "—", "—", "支出の記録なし"],
        ["収支差引額（収入合計－支出合計）", "", "—", "", ""],
        ["返還の対象となる額", "", "—", "", ""],
    ]


def test_the_limit_says_for_how_many_months_the_council_was_suspended() -> None:
    council = {"established_on": date(2020, 4, 1), "suspended_on": date(2025, 10, 1)}
    rows: Rows = {
        "councils": [COUNCIL | council],
        "ledger": [line(date(2025, 9, 20), "venue", 3_000)],
    }
    grant = table(page(rows).money(), "settlement")[0]
    assert grant[-1] == "限度額 1,200,000（月100,000×12か月）。うち休止6か月"


def test_without_an_allowance_there_is_no_settlement() -> None:
    preparing = page({"councils": [{"council_name": "見本会議", "seminar_on": date(2025, 6, 1)}]})
    assert names(preparing.money()) == []


@pytest.mark.parametrize(
    ("yen", "headline"),
    [
        (70_000, "支出の累計は70,000円で、限度額700,000円の10.0％"),
        (700_000, "支出の累計は700,000円で、限度額700,000円の100.0％"),
        (700_500, "支出の累計は700,500円で、限度額700,000円を500円上回る"),
    ],
)
def test_the_headline_tells_spending_beside_the_allowance(yen: int, headline: str) -> None:
    spent = [line(date(2025, 10, 1), "venue", yen, purpose="running")]
    by_month = chart(page({"councils": [COUNCIL], "ledger": spent}).money(), "spending_by_month")
    assert by_month.caption == f"図1　{headline}"
    assert by_month.subject == "支出と運営費の限度額（累計と月別、円）"
    assert f"{headline}。" in by_month.alternative


def test_compensation_tells_months_price_and_what_is_not_yet_paid() -> None:
    money = page(
        {
            "councils": [COUNCIL],
            "meetings": [meeting(date(2026, 3, 3))],
            "coordinators": [{"coordinator_id": "SC-1", "appointed_on": date(2025, 12, 1)}],
            "goals": [GOAL],
            "payments": [
                {
                    "paid_on": date(2026, 1, 20),
                    "kind": "coordinator",
                    "first_month": date(2025, 12, 1),
                    "months": 1,
                    "amount_yen": 150_000,
                }
            ],
        }
    ).money()
    # December to March: four months of 150,000 yen, one of them paid.
    assert table(money, "compensation") == [
        ["配置月数", "4か月", "1人以上配置されていた月の数"],
        ["報酬額", "600,000円", "月額150,000円×4か月"],
        ["支払済額", "150,000円", ""],
        ["未払額", "450,000円", ""],
    ]


# The council


def test_a_profile_tells_what_is_on_record_and_no_day_to_come() -> None:
    council = page(
        {
            "councils": [
                COUNCIL
                | {
                    "seminar_on": date(2024, 12, 31),
                    "preparatory_on": date(2025, 1, 1),
                    "suspended_on": date(2027, 1, 1),
                    "usual_venue": HOSTILE,
                }
            ],
            "goals": [GOAL],
        }
    ).council()
    assert table(council, "profile") == [
        ["名称", "見本会議"],
        ["セミナー（初回）", "令和6年12月31日"],
        ["準備会（初回）", "令和7年1月1日"],
        ["設置", "令和7年9月10日"],
        ["主な開催場所", HOSTILE],
    ]
    caption = chart(council, "course").caption
    assert caption == "図1　令和7年9月10日に設置され、年度末時点で「設置」の段階"


def test_seats_are_told_by_role_and_coordinators_by_their_terms() -> None:
    council = page(
        {
            "members": [
                {"organisation_type": "npo", "role_group": "local", "members": 3},
                {"organisation_type": "shakyo", "role_group": "linking", "members": 1},
                {"organisation_type": "npo", "members": 2},
            ],
            "coordinators": [
                {"coordinator_id": "SC-2", "appointed_on": date(2025, 5, 1)},
                {
                    "coordinator_id": "SC-1",
                    "affiliation": "社協",
                    "appointed_on": date(2019, 4, 30),
                    "ended_on": date(2025, 6, 30),
                },
                {
                    "coordinator_id": "SC-3",
                    "appointed_on": date(2025, 5, 1),
                    "ended_on": date(2026, 6, 30),
                },
            ],
        }
    ).council()
    seats = chart(council, "seats")
    assert seats.caption == "図1　構成員6人のうち、地域の活動者3人、つなぐ活動者1人"
    assert [[cell.text for cell in row] for row in seats.table.rows] == [
        ["地域の活動者", "NPO", "3"],
        ["つなぐ活動者", "社協", "1"],
        ["記載なし", "NPO", "2"],
    ]
    # A coordinator who leaves after the period was still in office at its end.
    assert table(council, "coordinators") == [
        ["社協", "平成31年4月30日", "令和7年6月30日"],
        ["記載なし", "令和7年5月1日", "在任中"],
        ["記載なし", "令和7年5月1日", "在任中"],
    ]


def test_goals_are_listed_with_their_state_and_counted_for_many() -> None:
    goals: list[dict[str, Any]] = [
        {"text": "歩いて通える場を", "set_on": date(2025, 10, 1), "status": "reached"},
        {"text": "前からの目標"},
        {"text": "あいさつを", "set_on": date(2025, 9, 10), "status": "open"},
    ]
    assert table(page({"goals": goals}).council(), "goals") == [
        ["あいさつを", "令和7年9月10日", "取組中"],
        ["歩いて通える場を", "令和7年10月1日", "達成"],
        ["前からの目標", "記載なし", "記載なし"],
    ]
    other = goals[2] | {"area_code": "01"}
    ward = page({"goals": [*goals, other]}, key="ward").council()
    assert table(ward, "goals_by_status") == [
        ["取組中", "2"],
        ["達成", "1"],
        ["見直し", "0"],
        ["記載なし", "1"],
        ["合計", "4"],
    ]


# Meetings


def test_meetings_are_listed_with_weekday_number_and_all_who_were_there() -> None:
    first = date(2025, 4, 15)
    # The weekday is derived from a known Monday: 6 January 2025.
    assert (first - date(2025, 1, 6)) % timedelta(days=7) == timedelta(days=1)
    meetings = page(
        {
            "meetings": [
                meeting(date(2026, 1, 4), kind="extraordinary", total_present=17),
                meeting(
                    first,
                    number=3,
                    members_present=8,
                    supporters_present=2,
                    topic="買い物",
                    decisions=HOSTILE,
                ),
                meeting(date(2025, 5, 1), kind="liaison"),
            ]
        }
    ).meetings()
    assert table(meetings, "meetings") == [
        ["4月15日(火)", "第3回 定例会", "10", "買い物", HOSTILE],
        ["5月1日(木)", "連絡会", "", "", ""],
        ["1月4日(日)", "臨時会", "17", "", ""],
    ]


@pytest.mark.parametrize(
    ("people", "headline"),
    [
        ({4: 9, 5: 12}, "会議は12か月のうち2か月に開かれ、出席が最も多かったのは12人（5月）"),
        ({4: 9, 6: 9}, "会議は12か月のうち2か月に開かれ、出席が最も多かったのは9人（4月と6月）"),
        (
            {4: 9, 5: 9, 6: 9},
            "会議は12か月のうち3か月に開かれ、出席が最も多かったのは9人（4月ほか）",
        ),
        ({4: 0}, "会議は12か月のうち1か月に開かれた"),
    ],
)
def test_the_headline_tells_when_most_people_came(people: dict[int, int], headline: str) -> None:
    meetings = [
        meeting(date(2025, month, 9), members_present=count) for month, count in people.items()
    ]
    council = COUNCIL | {"established_on": date(2020, 4, 1)}
    shown = page({"councils": [council], "meetings": meetings}).meetings()
    assert chart(shown, "attendance").caption == f"図1　{headline}"


def test_the_headline_counts_months_of_operation_only() -> None:
    suspended = COUNCIL | {"established_on": date(2020, 4, 1), "suspended_on": date(2025, 10, 1)}
    meetings = [meeting(date(2025, month, 9), members_present=9) for month in (4, 5, 6, 7, 9)]
    shown = page({"councils": [suspended], "meetings": meetings}).meetings()
    assert chart(shown, "attendance").caption.startswith(
        "図1　会議は運営した6か月のうち5か月に開かれ、出席が最も多かったのは9人"
    )


def test_a_headline_that_a_gap_could_change_says_that_it_goes_by_the_records() -> None:
    council = COUNCIL | {"established_on": date(2020, 4, 1)}
    known = [meeting(date(2025, month, 9), members_present=month) for month in (4, 5)]
    hidden = meeting(date(2025, 6, 9), marks="members_present=suppressed")
    shown = page({"councils": [council], "meetings": [*known, hidden]}).meetings()
    assert chart(shown, "attendance").caption == (
        "図1　記録のある分では、会議は12か月のうち3か月に開かれ、出席が最も多かったのは5人（5月）"
    )


def test_the_headline_tells_the_fields_talked_about_most() -> None:
    meetings = [
        meeting(date(2025, 4 + turn, 9), priority_field=field)
        for turn, field in enumerate(["3", "3", "6", "6", "1"])
    ]
    topics = chart(page({"meetings": meetings}).meetings(), "topics")
    assert topics.caption.endswith(
        "最も多く話し合った重点分野は「認知症施策」と「シニア活動支援」（各2回）"
    )


def test_meetings_whose_records_name_neither_field_nor_step_are_counted() -> None:
    meetings = [
        *(meeting(date(2025, month, 9)) for month in (5, 6)),
        meeting(date(2025, 7, 9), priority_field="3", cycle_step="ideas"),
    ]
    topics = chart(page({"meetings": meetings}).meetings(), "topics")
    rows = [[cell.text for cell in row] for row in topics.table.rows]
    assert topics.table.headers[1:] == ("できること探し", "記載なし")
    assert rows == [["認知症施策", "1", "0"], ["記載なし", "0", "2"]]
    assert topics.caption.endswith("「認知症施策」（1回）、ほかに分野の記載がない会合が2回")
    # Nothing is stated at all: there is nothing to draw.
    assert "topics" not in names(page({"meetings": meetings[:2]}).meetings())
    # Its number is written, but its shade would leave all others pale.
    shades, numbers = topics.figure.data
    assert [list(line) for line in shades.z] == [[None, None, None, 1, None], [None] * 5]
    assert list(zip(numbers.x, numbers.y, numbers.text, strict=True)) == [(3, 0, "1"), (4, 1, "2")]


# Activities and ideas


def activity(name: str, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 -- cells of any kind
    return {"activity_id": name, "name": name, "kind": "exercise"} | cells


def held(name: str, sessions: int, attendances: int) -> dict[str, Any]:
    month = date(2025, 6, 1)
    return {
        "activity_id": name,
        "month": month,
        "sessions": sessions,
        "attendances": attendances,
        "people": 5,
    }


def test_activities_are_counted_by_domain_of_care() -> None:
    activities = page(
        {
            "activities": [
                activity("a", care_domain="care", kind="salon"),
                activity("b", care_domain="support"),
                activity("c", care_domain="support"),
                activity("d"),
                activity("e", care_domain="housing"),
            ],
            "activity_months": [
                held("a", 2, 20),
                held("b", 3, 30),
                held("c", 1, 40),
                held("d", 1, 9),
            ],
        }
    ).activities()
    # The last one was never held.
    assert table(activities, "activities_by_domain") == [
        ["住まい", "0", "0", "0"],
        ["医療", "0", "0", "0"],
        ["介護", "1", "2", "20"],
        ["生活支援・介護予防", "2", "4", "70"],
        ["記載なし", "1", "1", "9"],
        ["合計", "4", "7", "99"],
    ]
    # 79 of 99 attendances.
    assert chart(activities, "activity_kinds").caption.endswith("「体操」で、全体の79.8％")


def test_without_activities_there_is_nothing_to_draw() -> None:
    assert names(page({"councils": [COUNCIL]}).activities()) == []
    listed_only = page({"activities": [activity("a")]}).activities()
    assert names(listed_only) == ["activities"]


IDEAS: list[dict[str, Any]] = [
    {
        "raised_on": date(2025, 9, 24),
        "theme": HOSTILE,
        "background": "背景の文",
        "findings": HOSTILE,
        "idea": "月2回歩く",
        "status": "trial",
    },
    {"raised_on": date(2025, 5, 28), "theme": "移動販売", "status": "dropped"},
]


def test_each_idea_has_a_card_with_all_that_led_to_it() -> None:
    (cards,) = (
        block for block in page({"ideas": IDEAS}).ideas().blocks if isinstance(block, CardsBlock)
    )
    assert [(card.title, card.mark) for card in cards.cards] == [
        ("移動販売", "見送り"),
        (HOSTILE, "試行"),
    ]
    assert cards.cards[1].facts == (
        ("背景", "背景の文"),
        ("情報共有", "記載なし"),
        ("わかったこと", HOSTILE),
        ("できること", "月2回歩く"),
        ("提起日", "9月24日(水)"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_on_a_card_is_text(language: Language) -> None:
    (cards,) = (
        block
        for block in page({"ideas": IDEAS}, language).ideas().blocks
        if isinstance(block, CardsBlock)
    )
    soup = BeautifulSoup(block_html(cards), "html.parser")
    assert not soup.select("script, img")
    headings = [heading.get_text() for heading in soup.select("article h4")]
    assert headings[1].startswith(HOSTILE)
    terms = [term.get_text() for term in soup.select("article:nth-of-type(2) dd")]
    assert terms[2] == HOSTILE


def test_ideas_of_many_are_counted_by_place_and_status() -> None:
    other = IDEAS[0] | {"area_code": "11"}
    ideas = page({"ideas": [*IDEAS, other]}, key="block-3").ideas()
    by_area = {row[0]: row[1:] for row in table(ideas, "ideas_by_area")}
    assert by_area["合計"] == ["0", "2", "0", "0", "1", "3"]
    assert by_area[WARD.places["area-11"].name("ja")] == ["0", "1", "0", "0", "0", "1"]
    caption = chart(ideas, "ideas").caption
    assert caption == "図1　3件のうち、試行2件、見送り1件"


# Tables in parts


def test_parts_of_a_table_are_bodies_with_headings_of_their_own() -> None:
    soup = BeautifulSoup(
        table_html(
            Table(
                ("科目", "額"),
                (
                    (Cell("甲"), Cell("1", 1)),
                    (Cell("乙"), Cell("2", 2)),
                    (Cell("丙", under="乙"), Cell("2", 2)),
                ),
                frozenset({1}),
                frozenset({1}),
                parts=((0, "<b>収入</b>"), (1, "支出")),
            )
        ),
        "html.parser",
    )
    bodies = soup.select("tbody")
    assert [part.get_text() for part in soup.select("tr.part th")] == ["<b>収入</b>", "支出"]
    assert [len(body.select("tr")) for body in bodies] == [2, 3]
    assert [head.get_text() for head in soup.select("tr.sum th")] == ["乙"]
    # A screen reader reads the heading above a line, too.
    assert [head.get_text() for head in soup.select("th.under")] == ["乙 丙"]
    assert len(BeautifulSoup(table_html(Table(("科目",), ())), "html.parser").select("tbody")) == 1


# Wording


@pytest.mark.parametrize(
    ("statuses", "headline"),
    [
        (["considering"], "1件は検討中"),
        (["considering", "considering"], "2件はいずれも検討中"),
        (["trial", "trial"], "2件はいずれも「試行」"),
        (["trial", "dropped"], "2件のうち、試行1件、見送り1件"),
    ],
)
def test_ideas_of_one_status_are_told_at_once(statuses: list[str], headline: str) -> None:
    ideas = [{"theme": f"{turn}", "status": status} for turn, status in enumerate(statuses)]
    caption = chart(page({"ideas": ideas}, key="block-3").ideas(), "ideas").caption
    assert caption == f"図1　{headline}"


def test_a_running_year_is_headed_by_its_months() -> None:
    running = Figures(make_records({"meetings": [meeting(date(2025, 10, 7))]}), WARD)
    titles = [
        Page(running, WARD.places[f"area-{AREA}"], YEAR, language).summary().title
        for language in LANGUAGES
    ]
    assert titles == ["4月から10月まで", "April to October"]


def test_without_questions_nothing_says_that_there_are_some() -> None:
    (paragraphs,) = page({"activities": [activity("a")]}).questions().blocks
    assert isinstance(paragraphs, Paragraphs)
    assert paragraphs.sentences == ("この年度の記録から挙げる問いはありません。",)


@pytest.mark.parametrize("key", [f"area-{AREA}", "block-3", "ward"])
def test_every_measure_is_defined_on_every_page(key: str) -> None:
    defined = table(page({"councils": [COUNCIL]}, key=key).notes(), "definitions")
    assert [row[0] for row in defined] == [measure.ja for measure in WARD.codebook]
    assert [row[2] for row in defined] == [measure.definition_ja for measure in WARD.codebook]
    assert all(all(row) for row in defined)


PARTICIPANTS = "参加者には、65歳未満や地域の外の人も含まれ、2か所に通う人は2回数えています。"


def told(section: Section) -> list[str]:
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraphs)]
    return [sentence for block in paragraphs for sentence in block.sentences]


def test_who_is_counted_as_a_participant_is_said_where_the_figure_stands() -> None:
    day = {"as_of": date(2025, 4, 1), "population": 900, "population_65plus": 200}
    rows = activity("a", kind="salon", frequency="weekly")
    held = {"activity_id": "a", "month": date(2025, 5, 1), "sessions": 4, "people": 10}
    known = page(
        {
            "activities": [rows],
            "activity_months": [held],
            "population": [day],
            "councils": [COUNCIL],
        }
    )
    assert told(known.activities())[0] == (
        "週1回以上の通いの場は1か所で、参加者は10人（65歳以上人口の5.00％にあたる人数）です。"
    )
    assert told(known.activities()).count(PARTICIPANTS) == 2
    assert PARTICIPANTS in told(known.key_figures())
    assert told(known.beside())[-1] == PARTICIPANTS
    nobody = page({"councils": [COUNCIL]})
    assert not any(PARTICIPANTS in told(part()) for part in (nobody.activities, nobody.key_figures))


def test_of_an_area_that_sent_nothing_only_residents_and_notes_are_shown() -> None:
    day = {"as_of": date(2025, 4, 1), "population": 900, "population_65plus": 200}
    unrecorded = page({"population": [day], "councils": [COUNCIL]})
    shown = [section for section in unrecorded.sections() if list(section.outputs())]
    assert [section.name for section in shown] == ["summary", "where", "notes"]
    assert told(shown[0]) == ["この年度の記録は未着です。"]
    # Texts that a council adds stand under the same headings.
    titles = {section.name: section.title for section in unrecorded.sections()}
    recorded = page({"goals": [GOAL]}).sections()
    assert titles == {section.name: section.title for section in recorded}


def test_the_day_of_the_population_is_said() -> None:
    day = {"as_of": date(2025, 4, 1), "population": 900, "population_65plus": 200}
    other = day | {"area_code": "13", "as_of": date(2025, 1, 1)}
    later = day | {"as_of": date(2026, 1, 1), "population": 1}
    assert told(page({"population": [later, day]}).where())[0].startswith(
        "人口は900人です（令和7年4月1日現在）。65歳以上は"
    )
    assert told(page({"population": [day, other]}, key="ward").where())[0].startswith(
        "人口は1,800人です（令和7年1月1日から令和7年4月1日までの、地域ごとに異なる日の数）。"
    )
    assert told(page({"population": [day]}, "en").where())[0].startswith(
        "The population is 900 (as of 2025-04-01). Of the residents, 200"
    )


def test_an_area_and_a_block_of_one_name_are_told_apart() -> None:
    salon = activity("a", kind="salon", frequency="monthly", area_code="01", lon=139.71, lat=35.74)
    met = held("a", 4, 20) | {"area_code": "01"}
    known = page({"activities": [salon], "activity_months": [met]}, key="block-1")
    rows = [row[0].text for row in chart(known.activities(), "places").table.rows]
    assert rows[0] == "板橋"
    assert rows[-1] == WARD.label(WARD.places["block-1"], "ja")
    assert rows[-1].startswith("板橋ブロック")


def test_panels_without_any_figure_are_not_drawn() -> None:
    day = {"as_of": date(2025, 4, 1), "population": 900, "population_65plus": 200}
    without = page({"population": [day], "goals": [GOAL]})
    beside = chart(without.beside(), "beside")
    assert [row[0].text for row in beside.table.rows] == ["高齢化率"]
    assert told(without.trend()) == ["年度ごとにならべる数値がありません。"]
    assert told(page({"goals": [GOAL]}).beside()) == [
        "この年度の記録から比べられる率はありません。"
    ]
    # Zero is a figure: of meetings there is a record, though none of the council's own.
    liaison = meeting(date(2025, 10, 1), kind="liaison")
    trend = chart(page({"councils": [COUNCIL], "meetings": [liaison]}).trend(), "trend")
    assert [cell.text for cell in trend.table.rows[0]] == ["会議", "0回"]
    assert "できること" not in [row[0].text for row in trend.table.rows]


RATES = {"share_65plus": 23.0, "rhythm": 1.0, "attendance_per_meeting": 15.0, "f4": 0.1}


@pytest.mark.parametrize(
    ("own", "headline"),
    [
        # f4 is ten times that of the ward, but areas differ by more; the share differs by 3.5.
        ({"share_65plus": 30.0, "f4": 1.0}, "高齢化率"),
        ({"rhythm": 1.3}, "月あたり開催回数"),
        # A little less than one standard deviation of the areas.
        ({"share_65plus": 24.9, "rhythm": 1.19}, ""),
    ],
)
def test_the_largest_gap_is_measured_by_how_areas_differ(
    own: dict[str, float], headline: str
) -> None:
    spread = {"share_65plus": 2.0, "rhythm": 0.2, "attendance_per_meeting": 3.0, "f4": 2.0}
    place = WARD.places[f"area-{AREA}"]
    figures = Figures(make_records({"meetings": [meeting(date(2026, 3, 31))]}), WARD)

    def value(of: Place, _year: int, code: str) -> float | None:
        if code not in RATES:
            return None
        if of == place:
            return own.get(code, RATES[code])
        # Every other area is as far above or below the ward as areas differ.
        turn = (1 if int(of.code) % 2 else -1) if of.level == "area" else 0
        return RATES[code] + turn * spread[code]

    object.__setattr__(figures, "value", value)
    caption = chart(Page(figures, place, YEAR, "ja").beside(), "beside").caption
    opening = f"板橋区全体との開きが最も大きいのは{headline}で、"
    assert opening in caption if headline else "開き" not in caption
