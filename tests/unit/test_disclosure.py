"""What an office says about publishing, homes as venues, and what is held back of a row."""

from pathlib import Path

import pytest

from aip_analysis.intake import check_files
from aip_analysis.intake.privacy import is_home, released, verdict_of, withheld, without_release
from aip_analysis.reference import Ward


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("坂が多い【非公開】", True),
        ("（公表しない）見舞い", True),
        ("※公表しない", True),
        ("見舞い ※公表不可", True),
        ("㊙ 個別の相談", True),
        ("非公開：個別の相談", True),
        ("非公開", True),
        ("代表者の連絡先は公表しない。", False),
        ("非公開の会議のあり方", False),
        ("公表の時期は4月", False),
    ],
)
def test_a_mark_is_no_sentence_about_publishing(text: str, marked: bool) -> None:  # noqa: FBT001 -- the answer
    assert withheld([text]) == [marked]
    assert withheld([text] * 500) == [marked] * 500


def test_the_mark_that_releases_a_text_is_taken_off() -> None:
    assert released(["【公表可】夫婦の音楽会", "夫婦の音楽会"]) == [True, False]
    assert without_release("【公表可】夫婦の音楽会") == "夫婦の音楽会"


@pytest.mark.parametrize(
    ("column", "yes", "no", "unclear"),
    [
        ("public", "〇 ○ 可 公開 はい レ", "× 不可 非公開 否 ☐", "要相談 一部 ？ 検討中"),
        ("withheld", "いいえ 公開 公表する なし", "〇 レ 該当 非公開", "× 要相談"),
    ],
)
def test_answers_in_a_column_about_publishing(column: str, yes: str, no: str, unclear: str) -> None:
    for verdict, answers in (("yes", yes), ("no", no), ("unclear", unclear)):
        assert {verdict_of(column, answer) for answer in answers.split()} == {verdict}


def test_homes_are_told_from_other_houses() -> None:
    homes = "自宅 代表者宅 ○○宅の庭 会長さんの家 木村様方 個人宅 コーポ見本203号室 お宅 大山邸"
    others = "都営住宅集会室 在宅介護支援センター 宅老所ひなた みんなの家 区民館201号室 高齢者住宅"
    assert [venue for venue in homes.split() if not is_home(venue)] == []
    assert [venue for venue in others.split() if is_home(venue)] == []


def test_a_mark_in_months_side_by_side_is_reported_once(tmp_path: Path, ward: Ward) -> None:
    file = tmp_path / "2025" / "12舟渡_活動実績.csv"
    file.parent.mkdir()
    file.write_text(
        "活動番号,項目,4月,5月,6月,備考\nA-1,回数,1,2,3,※公表しない\n", encoding="utf-8"
    )
    intake = check_files([file], ward)
    codes = [problem.code for problem in intake.problems]
    assert codes.count("not_public") == 1
    assert intake.records["activity_months"]["sessions"].sum() == 6


def test_payments_to_two_people_are_not_one_made_twice(tmp_path: Path, ward: Ward) -> None:
    file = tmp_path / "2025" / "12舟渡_出納帳.csv"
    file.parent.mkdir()
    file.write_text(
        "日付,科目,摘要,支出,支払先\n"
        "2025/4/10,行事費,講師謝礼,5000,佐藤一郎\n"
        "2025/4/10,行事費,講師謝礼,5000,高橋良子\n"
        "2025/4/12,行事費,講師謝礼,5000,高橋良子\n"
        "2025/4/12,行事費,講師謝礼,5000,高橋良子\n",
        encoding="utf-8",
    )
    intake = check_files([file], ward)
    assert [problem.row for problem in intake.problems if problem.code == "row_twice"] == [5]


def test_months_by_name_find_the_number_of_an_activity_whose_name_is_withheld(
    tmp_path: Path, ward: Ward
) -> None:
    file = tmp_path / "2025" / "12舟渡_活動.csv"
    file.parent.mkdir()
    file.write_text(
        "活動番号,活動名,種類,公表\nA-1,ひそやかな会,体操,×\nA-2,川辺の会,体操,〇\n\n"
        "活動名,項目,4月,5月\nひそやかな会,回数,1,2\n川辺の会,回数,3,4\n",
        encoding="utf-8",
    )
    records = check_files([file], ward).records
    assert records["activities"]["name"].tolist() == ["〔公表しない〕", "川辺の会"]
    months = records["activity_months"].groupby("activity_id")["sessions"].sum()
    assert months.to_dict() == {"A-1": 3, "A-2": 7}


def test_a_mark_in_a_field_of_a_form_withholds_the_texts_of_the_form(
    tmp_path: Path, ward: Ward
) -> None:
    file = tmp_path / "2025" / "12舟渡_基本情報.csv"
    file.parent.mkdir()
    file.write_text(
        "項目,内容\n会議の名称,舟渡支え合い会議\n設置日,2020/4/1\n"
        "目指す地域像,困ったら会長の家へ\n主な開催場所,会長の家の離れ\n備考,※公表しない\n",
        encoding="utf-8",
    )
    (council,) = check_files([file], ward).records["councils"].to_dict("records")
    assert council["council_name"] == "舟渡支え合い会議"
    assert council["vision"] == "〔公表しない〕"
    assert council["marks"].endswith("texts=withheld")
    assert council["established_on"].year == 2020
