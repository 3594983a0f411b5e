"""Masking of arbitrary texts: what is found is suspected, lies within the text, and is masked."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.privacy.folding import fold
from aip_analysis.reference import load_ward

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
MASKER = Masker(WARD)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)} | {ord(" "): "　"}

surnames = st.sampled_from(sorted(WARD.surnames))
givens = st.sampled_from(["太郎", "花子", "健一", "美咲", "実", "さくら", "ハナ", "ヨシ子", "凜々"])
signs = st.sampled_from(list(" 　、，・:：()（）「」\n\t-－−ー~/／〒@＠0１三①㈱ﾞ"))
WORDS = """
会長 民生委員 講師 担当 記録者 事務局 様 さん 氏 先生 宅 から の地域 商店 会館 公園 支え合い会議
板橋 清水 高島平 一丁目 大山町 東京都 見本市 2番3号 5-6 1-2-3 コーポ101号室 番地
TEL 電話 03 0312345678 090-1234-5678 3964-0000 +81-3-1234-5678 123456789018 1234-5678-9018
taro@example.jp 平成30年 2025-04-01 10:00 R7-000123 ﾔﾏﾀﾞ ﾀﾛｳ 澤田 渡邊 濱﨑 冨森 阿久澤
"""
words = st.sampled_from(WORDS.split())
pieces = st.one_of(surnames, givens, signs, words, st.text(max_size=3))
texts = st.lists(pieces, max_size=8).map("".join)


def widened(text: str) -> str:
    return text.translate(FULL_WIDTH)


@given(text=texts)
def test_what_is_found_is_suspected(text: str) -> None:
    for written in (text, widened(text)):
        if MASKER.find(written):
            assert MASKER.suspects([written]) == [0]


@given(text=texts)
def test_findings_are_filled_places_in_their_order(text: str) -> None:
    findings = MASKER.find(text)
    ends = [0, *(finding.end for finding in findings)]
    starts = [*(finding.start for finding in findings), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(finding.start < finding.end for finding in findings)


@given(text=texts)
def test_masks_stand_in_the_place_of_what_was_found(text: str) -> None:
    findings = MASKER.find(text)
    masked = MASKER.masked(text, findings)
    parts = [text[a:b] for a, b in between(text, [(f.start, f.end) for f in findings])]
    place = 0
    for part in parts:
        place = masked.index(part, place) + len(part)
    assert (masked == text) == (not findings)


def between(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans between some spans of a text."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


@given(text=st.text())
def test_folding_gives_every_letter_a_place(text: str) -> None:
    folded = fold(text)
    places = [folded.original(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    if text:
        assert {place for start, end in places for place in range(start, end)} == set(
            range(len(text))
        )


@given(surname=surnames, given=st.sampled_from(["花子", "一郎", "由美子"]))
def test_a_family_name_and_a_given_name_are_masked(surname: str, given: str) -> None:
    written = f"講師：{surname} {given}"
    if surname[0] >= "一":
        assert MASKER.masked(written, MASKER.find(written)) == "講師：〔氏名〕"


@given(
    lengths=st.sampled_from([(2, 4, 4), (3, 3, 4), (4, 2, 4)]),
    digits=st.text(alphabet="123456789", min_size=9, max_size=9),
    sign=st.sampled_from(["-", "－", "−", "‐", "ー", ".", " "]),
    write=st.sampled_from([str, widened]),
)
def test_a_telephone_number_is_masked_in_every_notation(
    lengths: tuple[int, int, int], digits: str, sign: str, write: Callable[[str], str]
) -> None:
    area = {2: "03", 3: "042", 4: "0463"}[lengths[0]]
    rest = digits[: lengths[1]], digits[-4:]
    written = write(sign.join((area, *rest)))
    assert MASKER.masked(written, MASKER.find(written)) == "〔電話番号〕"


@given(number=st.integers(min_value=0, max_value=999_999), yen=st.integers(0, 10**9))
def test_receipts_and_amounts_are_no_data_of_people(number: int, yen: int) -> None:
    for written in (f"R7-{number:06d}", f"No.{number}", f"{yen:,}円", f"¥{yen}"):
        assert MASKER.find(written) == ()
        assert MASKER.find(widened(written)) == ()
