"""Prefilter for texts worth searching: patterns that match every text with findings.

They match unfolded texts, so that a million short ones take a moment. False positives are
allowed, false negatives are not: texts that they cannot interpret, such as half-width katakana,
pass. Several patterns are faster than one, whose automaton would grow too large.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from aip_analysis.intake.privacy.folding import FORMS
from aip_analysis.intake.privacy.word_tables import any_of, katakana, one_of, words

_DIGIT = "[0-9０-９]"
_HYPHENS = "\\-－‐‑‒–—―−─━ー"
_NUMERAL = "[一二三四五六七八九十百〇]"
_BLANK = "[ \\t　]"
_GAP = f"[{_HYPHENS} \\t　.．()（）]{{0,3}}"
_KANJI = "[一-龠々ヶ]"
_LETTERS = "[ぁ-ゖァ-ヶ一-龠々]"
_WORD = "一-龠々ぁ-ゖァ-ヺーヶA-Za-zＡ-Ｚａ-ｚ0-9０-９"
_OPEN = "[:：(（=＝/／、，,・「『\\[［\\s　]"
_STOP = f"(?:$|[^{_WORD}])"
# Letters that folding leaves unchanged, or replaces one for one in a way the patterns cover.
_USUAL = "\\x00-\\x7f×‐‑‒–—―‘’“”…−←-⇿─-◿☆★☎☏\u3000-\u3035ぁ-ゖゝゞァ-ヾー\u4e00-\u9fff！-～"

# Few texts are faster to search one by one than to preselect.
FEW = 400


def matching(texts: Sequence[str], *patterns: str, plain: Sequence[str] = ()) -> list[int]:
    """Return the indexes of texts that one of some patterns in RE2 syntax matches.

    Parameters
    ----------
    texts
        The texts.
    patterns
        Patterns for texts with letters beyond ASCII.
    plain
        Patterns for texts without; receipt numbers are many, and quickly seen through.
    """
    column = pa.array(texts, pa.large_string())
    is_plain = pc.string_is_ascii(column)
    found: list[int] = []
    for mask, own in ((is_plain, plain), (pc.invert(is_plain), patterns)):
        places = pc.indices_nonzero(mask)
        if len(places) and own:
            part = column if len(places) == len(column) else column.take(places)
            hits = (pc.match_substring_regex(part, pattern) for pattern in own)
            found += places.take(pc.indices_nonzero(reduce(pc.or_, hits))).to_pylist()
    return sorted(found)


def where(
    texts: Sequence[str], holds: Callable[[str], bool], suspects: Callable[[list[str]], list[int]]
) -> list[bool]:
    """Return for each text whether something holds of it.

    Parameters
    ----------
    texts
        The texts.
    holds
        Decides about a text.
    suspects
        Returns the indexes of texts of which it may hold, for many texts at once.
    """
    places: Iterable[int] = suspects(list(texts)) if len(texts) > FEW else range(len(texts))
    result = [False] * len(texts)
    for place in places:
        result[place] = holds(texts[place])
    return result


def plain_suspicions() -> tuple[str, ...]:
    """Return the patterns for texts without letters beyond ASCII."""
    latin = "[A-Z][A-Za-z]+"
    return (
        (
            f"@|[\\[(<{{] ?[Aa][Tt] ?[\\])>}}]|\\+ ?8"
            f"|{latin} {latin}|[Tt][Ee][Ll]|[Ff][Aa][Xx]|LINE|ID|^[ \\t]*[7-9]0[0-9]{{8}}"
            "|0(?:[-. \\t()]{0,3}[0-9]){9}|(?:[0-9]{4}[-. \\t()]{0,3}){2}[0-9]{4}"
            "|[A-Z][.,]{1,2} ?[A-Z]|(?:Mr|Mrs|Ms|Miss|Dr|Prof)[. ]"
        ),
    )


def suspicions(surnames: Collection[str], readings: Collection[str]) -> tuple[str, ...]:
    """Return the patterns, in RE2 syntax; a text that none of them matches has no findings.

    Parameters
    ----------
    surnames
        Family names in kanji, folded.
    readings
        Family names in hiragana.
    """
    strange = f"[^{_USUAL}]|{one_of(FORMS)}"
    begun = f"(?:^|[^{_WORD}])"
    return (
        "|".join((strange, *_signs(), *_kana(begun), *_unknown())),
        "|".join((*_identifiers(), *_called(), *_shapes())),
        "|".join(_names(surnames)),
        f"{begun}(?:{any_of(readings)})(?:[ぁ-ゖ]|{_STOP})",
        f"{begun}(?:{any_of(katakana(name) for name in readings)})(?:[ァ-ヶ]|{_STOP})",
    )


def _signs() -> tuple[str, ...]:
    return (
        f"[@＠〒]|[+＋]{_GAP}[8８]|アット|あっと|(?i:[\\[(<{{［（＜【〔]{_BLANK}?(?:at|ａｔ))",
        f"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]{_BLANK}?[★☆●■◆]{_BLANK}?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]",
        "マイナンバー|個人番号",
        f"[0０](?:{_GAP}{_DIGIT}){{9}}|(?:{_DIGIT}{{4}}{_GAP}){{2}}{_DIGIT}{{4}}",
        f"(?:(?i:tel|fax|ｔｅｌ|ｆａｘ)|番号|{any_of(words('phone_words'))}).{{0,8}}{_DIGIT}",
        f"^{_BLANK}*[7-9７-９][0０]{_DIGIT}{{8}}",
        f"{_DIGIT}号[室棟]",
        f"{_DIGIT}番|{_NUMERAL}番(?:地|{_NUMERAL}{{1,5}}号)|丁目{_BLANK}?{_NUMERAL}|丁目{_DIGIT}|[^\\x00-\\x7f０-９]{_DIGIT}{{1,4}}[{_HYPHENS}のノ]{_DIGIT}",
    )


def _identifiers() -> tuple[str, ...]:
    """Return patterns for numbers that only the words beside them tell."""
    numbered = any_of(words("card_words") | words("account_words") | {"記号", "ゆうちょ", "内線"})
    day = "[0-9０-９元一二三四五六七八九十〇日]"
    return (
        f"(?:{numbered}|[(（]内[)）]|（普）).{{0,24}}{_DIGIT}",
        "LINE|ＬＩＮＥ|ライン|ID|ＩＤ",
        f"{_DIGIT}{_BLANK}?[ぁ-ん]{_BLANK}?[・.．]{{0,3}}{_BLANK}?{_DIGIT}",
        f"{day}{_BLANK}?[)）]?{_BLANK}?(?:生|うまれ|誕生)|生年月日|誕生日|生まれ",
    )


def _called() -> tuple[str, ...]:
    """Return patterns for any word before an honorific, and for names after kin and titles."""
    titles = any_of(words("roles") | words("labels") | words("offices"))
    sure = _sure()
    return (
        f"(?:{_KANJI}|[A-Za-zＡ-Ｚａ-ｚ.．]){_BLANK}?(?:{any_of(words('called'))})",
        f"(?:{titles}){_BLANK}?[:：(（]{_BLANK}?{_LETTERS}{{1,5}}{_BLANK}?[、，,・･/／ \\t　]",
        f"(?:{titles})[の・･]{_KANJI}{{2,3}}(?:[がは]|より|から)",
        f"(?:{titles}){_BLANK}+{_KANJI}{{1,3}}{sure}",
        f"(?:{any_of(words('kin'))})の(?:[ぁ-ゖァ-ヶ]|{one_of(words('given_characters'))})",
        "[ぁ-ゖァ-ヶ]より。?$",
        f"[:：].*[、，,・･/／ ].*{one_of(words('given_sure_endings'))}",
    )


def _shapes() -> tuple[str, ...]:
    """Return patterns for names that their spelling tells."""
    latin = "[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚ]+"
    return (
        "[ァ-ヶー][・･=＝][ァ-ヶー]",
        f"{latin}{_BLANK}{latin}|(?:^|[^A-Za-zＡ-Ｚａ-ｚ])[A-ZＡ-Ｚ][.．]{_BLANK}?{latin}",
        "(?:Mr|Mrs|Ms|Miss|Dr|Prof)[. ]",
        f"{_KANJI}{_BLANK}{{1,3}}{_KANJI}{_BLANK}{{1,3}}{_KANJI}",
        f"{_KANJI}{_BLANK}?[(（][ぁ-ゖァ-ヶー \\t　]{{2,}}[)）]",
    )


def _names(surnames: Collection[str]) -> tuple[str, ...]:
    spoken = words("honorifics") | words("roles") | words("given_whole") | words("given_kana")
    first = {word[0] for word in spoken} | {katakana(word[0]) for word in words("given_kana")}
    follows = one_of(first | words("given_characters") | words("given_single"))
    deeds = one_of({word[0] for word in words("deeds")} | {"印", "分"})
    long = any_of(name for name in surnames if len(name) > 1)
    short = any_of(name for name in surnames if len(name) == 1)
    return (
        f"(?:{long})(?:{_STOP}|{follows}|{deeds}|[がはをとにもへのよかほなまでさや])",
        f"(?:{short})(?:{_BLANK}|[(（]|{follows})",
        f"{_OPEN}(?:{short})(?:{_STOP}|[がはをとにもへのよかほな])",
    )


def _kana(begun: str) -> tuple[str, ...]:
    """Return patterns for names in kana of two words, or before an honorific."""
    return (
        f"{begun}(?:[ぁ-ゖー]{{2,7}}|[ァ-ヶー]{{2,7}}){_BLANK}[ぁ-ゖァ-ヶ]",
        f"[ぁ-ゖァ-ヶー]{_BLANK}?(?:{any_of(words('honorifics'))})",
    )


def _sure() -> str:
    """Return a pattern for given names that are certain."""
    letters = words("given_characters")
    return f"{one_of(letters)}{one_of(letters | {'々'})}?{one_of(words('given_sure_endings'))}"


def _unknown() -> tuple[str, ...]:
    """Return patterns for names with an unknown family name."""
    sure = _sure()
    return (
        f"(?:^|{_OPEN}){_KANJI}{{1,3}}{_BLANK}{sure}",
        f"[:：(（=＝/／・]{_BLANK}?{_KANJI}{{1,3}}{sure}",
        f"(?:様|氏|先生){_STOP}",
    )
