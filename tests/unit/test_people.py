"""Personal data in texts is found and masked, and nothing else: sentences written for this test."""

import itertools
import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from aip_analysis.errors import InputRefusedError
from aip_analysis.intake.privacy import Finding, Masker, personal_heading
from aip_analysis.intake.privacy.folding import fold
from aip_analysis.intake.privacy.phone_and_id_numbers import check_digit
from aip_analysis.reference import iter_rows, load_ward
from tests.town import write_town

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "data" / "reference"
WARD = load_ward(REFERENCE)
MASKER = Masker(WARD)

# Data to be masked, as people write it; the masks name its kind.
NAMES = [
    ("講師：山田花子", "講師：〔氏名〕"),
    ("謝礼（田中一郎）", "謝礼（〔氏名〕）"),
    ("講師謝礼（山田花子先生 2回分）", "講師謝礼（〔氏名〕先生 2回分）"),
    ("講師は高橋実が務めた", "講師は〔氏名〕が務めた"),
    ("代表者　中村実", "代表者　〔氏名〕"),
    ("山田　太郎", "〔氏名〕"),
    ("林 美咲", "〔氏名〕"),
    ("森健太郎様", "〔氏名〕様"),
    ("佐藤さくら", "〔氏名〕"),
    ("鈴木アキラ氏", "〔氏名〕氏"),
    ("高橋ヨシ子さん", "〔氏名〕さん"),
    ("ヤマダ　タロウ", "〔氏名〕"),
    ("ﾔﾏﾓﾄ ｼﾞﾛｳ", "〔氏名〕"),
    ("やまだ はなこ", "〔氏名〕"),
    ("やまもとさんが体操を教えた", "〔氏名〕さんが体操を教えた"),
    ("振込先：サトウ ハナコ", "振込先：〔氏名〕"),
    ("山﨑様方、渡邊氏、髙橋君", "〔氏名〕様方、〔氏名〕氏、〔氏名〕君"),
    ("斎藤・斉藤・齋藤の3名", "〔氏名〕・〔氏名〕・〔氏名〕の3名"),
    ("井上さんのお宅で体操を始めたい", "〔氏名〕さんのお宅で体操を始めたい"),
    ("木村宅で打合せ", "〔氏名〕宅で打合せ"),
    ("山田会長、佐藤委員、鈴木民生委員", "〔氏名〕会長、〔氏名〕委員、〔氏名〕民生委員"),
    ("山口会長より報告", "〔氏名〕会長より報告"),
    ("町会長の大野さん、民生の石井さん", "町会長の〔氏名〕さん、民生の〔氏名〕さん"),
    ("民生委員佐藤、児童委員鈴木", "民生委員〔氏名〕、児童委員〔氏名〕"),
    ("司会：小林　記録：加藤", "司会：〔氏名〕　記録：〔氏名〕"),
    ("出席：社協 高橋、包括 田中", "出席：社協 〔氏名〕、包括 〔氏名〕"),
    ("広報部会長 松田より", "広報部会長 〔氏名〕より"),
    ("委員・塚田和彦、会長・冨森美代子", "委員・〔氏名〕、会長・〔氏名〕"),
    ("林（会計）、高橋（町会）", "〔氏名〕（会計）、〔氏名〕（町会）"),
    ("立替払い（事務局 鈴木）", "立替払い（事務局 〔氏名〕）"),
    ("山田、佐藤、鈴木", "〔氏名〕、〔氏名〕、〔氏名〕"),
    ("出席は山田・佐藤・森の3名", "出席は〔氏名〕・〔氏名〕・〔氏名〕の3名"),
    ("山口、佐藤、鈴木", "〔氏名〕、〔氏名〕、〔氏名〕"),
    ("田中一郎、佐藤、鈴木花子", "〔氏名〕、〔氏名〕、〔氏名〕"),
    ("清水さん、桜川様", "〔氏名〕さん、〔氏名〕様"),
    ("熊野太郎、板橋 一郎", "〔氏名〕、〔氏名〕"),
    ("担当：清水茂", "担当：〔氏名〕"),
    ("清水地域の林さんから話があった", "清水地域の〔氏名〕さんから話があった"),
    ("冨森さん、阿久沢花子様", "〔氏名〕さん、〔氏名〕様"),
    ("講師：冨森花子", "講師：〔氏名〕"),
    ("阿久澤様", "〔氏名〕様"),
    ("塚田和彦、鈴木修平、御園生智子", "〔氏名〕、〔氏名〕、〔氏名〕"),
    ("㈱見本の佐藤さん", "㈱見本の〔氏名〕さん"),
]
OTHERS = [
    ("代表 中村 実（03-3964-0000）", "代表 〔氏名〕（〔電話番号〕）"),
    ("連絡先：080-1234-5678", "連絡先：〔電話番号〕"),
    ("TEL：０３−１２３４−５６７８", "TEL：〔電話番号〕"),
    ("ＴＥＬ０３（１２３４）５６７８", "ＴＥＬ〔電話番号〕"),
    ("(03)1234-5678 FAX:03.1234.5679", "〔電話番号〕 FAX:〔電話番号〕"),
    ("090 1234 5678 に連絡", "〔電話番号〕 に連絡"),
    ("電話0312345678、09012345678", "電話〔電話番号〕、〔電話番号〕"),
    ("0120-123-456、0463ー12ー3456", "〔電話番号〕、〔電話番号〕"),
    ("+81-3-1234-5678", "〔電話番号〕"),
    ("申込みは電話3964-0000まで", "申込みは電話〔電話番号〕まで"),
    ("メール：hanako.mihon@example.jp", "メール：〔メールアドレス〕"),
    ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐまで", "〔メールアドレス〕まで"),
    ("〒173-8501", "〔住所〕"),
    ("〒174-0041 東京都板橋区舟渡一丁目13番10号", "〔住所〕"),
    ("板橋区○○一丁目2番3号", "〔住所〕"),
    ("○○2-3-4 コーポ101号室", "〔住所〕"),
    ("高島平2丁目26番1号 305号室の方", "〔住所〕の方"),
    ("舟渡１－１３－１０、成増3-4-5", "〔住所〕、〔住所〕"),
    ("大山町3番5号、大山町3-5", "〔住所〕、〔住所〕"),
    ("西台二丁目5-6 コーポ見本 201号室", "〔住所〕"),
    ("埼玉県見本市中央1-2-3から転入", "〔住所〕から転入"),
    ("大久保さん（080-1111-2222、成増3-4-5）", "〔氏名〕さん（〔電話番号〕、〔住所〕）"),
    ("個人番号 123456789018", "個人番号 〔個人番号〕"),
    ("１２３４－５６７８－９０１８", "〔個人番号〕"),
    ("1234 5678 9018", "〔個人番号〕"),
]
# Texts that a report must not lose.
UNTOUCHED = [
    "清水地区、清水地域センター、清水町会",
    "佐藤商店で購入",
    "中村印刷（有）、鈴木歯科医院、田中ビル2階",
    "小林公園、坂本町会、山口銀行",
    "高島平団地、高島平二丁目公園",
    "石川県・富山県・福井県から視察",
    "福島、宮城、山形の事例",
    "石川、清水、山口",
    "清水、前野、桜川の3地域",
    "清水会長、桜川委員",
    "宮本町会長、坂本自治会長",
    "地域会長、町会長、委員長、部会長",
    "担当：広報部会、記録者：事務局",
    "担当：清水",
    "会場：大山、高松",
    "林、森、原、谷",
    "高橋文具店、安藤酒店、丸山工務店、今井青果",
    "近藤建設、久保田鉄工、内田洋行、伊藤園",
    "高木会計事務所、田中委員会、鈴木医師会",
    "山田太郎記念館、田中一郎商店",
    "山口大学、中村美術、高橋健康教室",
    "石川健康づくり会、東京子ども会",
    "大川早起き会、山口花盛りまつり",
    "マツモトキヨシ、ヤマダデンキ",
    "ヤマダ サロン、タナカ ビル",
    "みなさん、お客様、皆様、神様、利用者様",
    "職人さん、大工さん、八百屋さん、社協さん",
    "多様な担い手、仕様書、模様替え、氏名の扱い",
    "参加者の様子、民生委員の役割",
    "森さんぽの会、原さんぽ",
    "平成30年、東京、南部、西口、北側",
    "民生・児童委員、町会・自治会",
    "講師（理学療法士）、講師：大学教授",
    "大原町、泉町、本町、若木小学校",
    "お茶のみサロンあおぞら、広報誌「なごみだより」の編集",
    "こもれびの部屋、お茶の間「すずらん」",
    "いずみ野文具店、はやて印刷、スーパーみのり",
    "舟渡一丁目集会所、西台二丁目から四丁目",
    "舟渡1-4丁目、高島平2-3丁目",
    "受付3番窓口、区内施設2-3か所、南町2-3班",
    "蓮根二丁目会館 13:00-15:00",
    "173-8501、100-0001",
    "2025-04-01、2025/04/01 10:00、R7.4.1、4/12-4/15",
    "R7-000123、2025-0401-12、No.0312345678、A03-1234-5678",
    "0000-00-0000、0100000123、03-1234-567",
    "13:30～15:30、18時~20時、10-12時",
    "12,000円、1,234,567円、参加 23名",
    "第2層、2-3人、1-2か月、3-4回",
    "法人番号 1234567890181、123456789012",
    "000000000000",
    "会場使用料 4月分、広報誌 第12号 印刷費",
]


def masked(text: str) -> str:
    return MASKER.masked(text, MASKER.find(text))


@pytest.mark.parametrize(("text", "expected"), [*NAMES, *OTHERS])
def test_peoples_data_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected
    assert MASKER.suspects([text]) == [0]
    assert masked(expected) == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_words_are_left_as_they_are(text: str) -> None:
    assert masked(text) == text


def test_places_are_those_of_the_text_as_it_stands() -> None:
    text = "㈱見本 ﾔﾏﾀﾞ ﾀﾛｳ　ａ＠ｂ．ｊｐ"
    assert MASKER.find(text) == (Finding("name", 4, 12), Finding("mail", 13, 19))


def test_folding_keeps_the_way_back() -> None:
    folded = fold("㈱ｶﾞ―邊")
    assert folded.text == "(株)ガ-辺"
    assert [folded.original(place, place + 1) for place in range(6)] == [
        *[(0, 1)] * 3,
        *[(1, 3), (3, 4), (4, 5)],
    ]


@pytest.mark.parametrize("year", ["2023", "2025"])
def test_nothing_is_found_in_the_sample(year: str) -> None:
    texts = {
        cell
        for file in sorted((ROOT / "data" / "raw" / year).glob("*.xlsx"))[::6]
        for cell in cells(file)
    }
    assert len(texts) > 300
    assert [text for text in texts if MASKER.find(text)] == []


def cells(file: Path) -> set[str]:
    with CalamineWorkbook.from_path(file) as book:
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    lines = itertools.chain.from_iterable(sheets)
    return {cell for line in lines for cell in line if isinstance(cell, str)}


@pytest.mark.parametrize(
    ("digits", "digit"),
    [
        # 1*2 + 0*3 + 9*4 + 8*5 + 7*6 + 6*7 + 5*2 + 4*3 + 3*4 + 2*5 + 1*6 = 212 = 19*11 + 3
        ("12345678901", 8),
        # 1*6 = 6
        ("10000000000", 5),
        # 6*2 = 12 leaves 1, and 4*2 + 1*3 = 11 leaves 0
        ("00000000006", 0),
        ("00000000014", 0),
    ],
)
def test_the_check_digit_worked_out_by_hand(digits: str, digit: int) -> None:
    assert check_digit(digits) == digit
    number = f"{digits}{digit}"
    assert masked(number) == "〔個人番号〕"
    assert masked(f"{digits}{(digit + 1) % 10}") != "〔個人番号〕"
    assert masked(f"{number}0") == f"{number}0"


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("name", "氏名 名前 担当者 記録者 代表者 世話人 会計 フリガナ ﾌﾘｶﾞﾅ 担当者名 代表者氏名"),
        ("name", "担当者（氏名） 参加者名 講師名 団体名（代表者名） ※氏名"),
        ("phone", "電話番号 TEL ＴＥＬ 携帯 連絡先 代表者電話番号 電話番号（自宅）"),
        ("mail", "メール E-mail Ｅ－ｍａｉｌ メールアドレス"),
        ("address", "住所 自宅住所 郵便番号 代表者住所"),
        ("number", "マイナンバー 個人番号"),
        (None, "団体名 活動名 会議の名称 事業者名 参加者 参加者数 構成員 会場 会場住所 備考 所属"),
    ],
)
def test_headings(kind: str | None, headings: str) -> None:
    assert {heading: personal_heading(heading) for heading in headings.split()} == dict.fromkeys(
        headings.split(), kind
    )


def test_no_heading_of_the_records_is_taken_for_a_personal_one() -> None:
    spellings = {
        text
        for row in iter_rows(WARD.headings)
        for text in (row.column, row.ja, row.en, *row.synonyms.split("|"))
    }
    assert {text for text in spellings if personal_heading(text)} == set()


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (["山田 太郎", "佐藤花子", "", "鈴木一郎会長", "高橋"], True),
        (["山田、佐藤", "鈴木", "高橋・田中"], True),
        (["阿久澤 凛々", "佐藤 健", "鈴木 愛", "高橋実", "伊東"], True),
        (["ヤマダ タロウ", "サトウ ハナコ", "スズキ イチロウ"], True),
        (["社協 山田", "町会 佐藤", "民生 鈴木"], True),
        (["清水", "前野", "桜川", "熊野"], False),
        (["石川", "福島", "山口"], False),
        (["佐藤商店", "田中印刷", "鈴木文具"], False),
        (["山田 太郎", "佐藤商店", "会場費", "鈴木一郎"], False),
        (["社協", "包括", "町会"], False),
        (["広報 配布", "会場 設営", "受付 案内"], False),
        (["山田 太郎", "山田 太郎", "佐藤花子"], False),
        ([], False),
    ],
)
def test_columns_of_names(texts: list[str], answer: bool) -> None:  # noqa: FBT001 -- the answer
    assert MASKER.only_names(texts) is answer


def test_suspects_leave_out_what_the_records_are_full_of() -> None:
    texts = ["R7-000123", "会場使用料 4月分", "2025-04-01", "講師：山田花子", "定例会", ""]
    assert MASKER.suspects(texts) == [3]
    assert MASKER.suspects([]) == []


def test_another_town_has_addresses_of_its_own(tmp_path: Path) -> None:
    town = Masker(load_ward(write_town(tmp_path / "town")))
    for text, expected in (
        ("みなと一丁目2番3号", "〔住所〕"),
        ("もりのした12番地", "〔住所〕"),
        ("そらの町かわべ1-2-3", "〔住所〕"),
        ("みなと一丁目公園", "みなと一丁目公園"),
        ("担当：清水", "担当：〔氏名〕"),
    ):
        assert town.masked(text, town.find(text)) == expected


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))


def test_a_reference_folder_without_family_names_is_refused(reference: Path) -> None:
    (reference / "surnames.csv").unlink()
    with pytest.raises(InputRefusedError, match=r"surnames\.csv"):
        load_ward(reference)


def test_a_table_of_family_names_without_its_column_is_refused(reference: Path) -> None:
    (reference / "surnames.csv").write_text("name,kana\n山田,やまだ\n", encoding="utf-8")
    with pytest.raises(InputRefusedError, match="surname"):
        load_ward(reference)


def test_family_names_are_known_in_kanji_and_in_hiragana() -> None:
    assert {"山田", "やまだ", "やまざき", "やまさき"} <= WARD.surnames
    assert "" not in WARD.surnames
