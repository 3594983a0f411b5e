"""Prefilter for texts worth searching: patterns that match every text with findings.

They match unfolded texts, so that a million short ones take a moment. False positives are
allowed, false negatives are not: texts that they cannot interpret, such as half-width katakana,
pass. Several patterns are faster than one, whose automaton would grow too large.
"""

from collections.abc import Collection

from aip_analysis.intake.privacy.folding import FORMS
from aip_analysis.intake.privacy.word_tables import any_of, katakana, one_of, words

_DIGIT = "[0-9０-９]"
_HYPHENS = "\\-－‐‑‒–—―−─━ー"
_BLANK = "[ \\t　]"
_GAP = f"[{_HYPHENS} \\t　.．()（）]{{0,3}}"
_KANJI = "[一-龠々ヶ]"
_WORD = "一-龠々ぁ-ゖァ-ヺーヶA-Za-zＡ-Ｚａ-ｚ0-9０-９"
_OPEN = "[:：(（=＝/／、，,・「『\\[［\\s　]"
_STOP = f"(?:$|[^{_WORD}])"
# Letters that folding leaves unchanged, or replaces one for one in a way the patterns cover.
_USUAL = "\\x00-\\x7f×‐‑‒–—―‘’“”…−←-⇿─-◿☆★☎☏\u3000-\u3035ぁ-ゖゝゞァ-ヾー\u4e00-\u9fff！-～"


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
        "|".join(_names(surnames)),
        f"{begun}(?:{any_of(readings)})[ぁ-ゖ]",
        f"{begun}(?:{any_of(katakana(name) for name in readings)})[ァ-ヶ]",
    )


def _signs() -> tuple[str, ...]:
    return (
        f"[@＠〒]|[+＋]{_GAP}[8８]",
        f"[0０](?:{_GAP}{_DIGIT}){{9}}|(?:{_DIGIT}{{4}}{_GAP}){{2}}{_DIGIT}{{4}}",
        f"(?:(?i:tel|fax|ｔｅｌ|ｆａｘ)|電話|番号|携帯|☎|☏).{{0,3}}{_DIGIT}",
        f"{_DIGIT}番|丁目{_DIGIT}|[^\\x00-\\x7f０-９]{_DIGIT}{{1,4}}[{_HYPHENS}のノ]{_DIGIT}",
    )


def _names(surnames: Collection[str]) -> tuple[str, ...]:
    spoken = words("honorifics") | words("roles") | words("given_whole") | words("given_kana")
    first = {word[0] for word in spoken} | {katakana(word[0]) for word in words("given_kana")}
    follows = one_of(first | words("given_characters") | words("given_single"))
    long = any_of(name for name in surnames if len(name) > 1)
    short = any_of(name for name in surnames if len(name) == 1)
    return (
        f"(?:{long})(?:{_STOP}|{follows}|[がはをとにもへのよかほな])",
        f"(?:{short})(?:{_BLANK}|[(（]|{follows})",
        f"{_OPEN}(?:{short})(?:{_STOP}|[がはをとにもへのよかほな])",
    )


def _kana(begun: str) -> tuple[str, ...]:
    """Return patterns for names in kana of two words, or before an honorific."""
    return (
        f"{begun}(?:[ぁ-ゖー]{{2,7}}|[ァ-ヶー]{{2,7}}){_BLANK}[ぁ-ゖァ-ヶ]",
        f"[ぁ-ゖァ-ヶー]{_BLANK}?(?:{any_of(words('honorifics'))})",
    )


def _unknown() -> tuple[str, ...]:
    """Return patterns for names with an unknown family name."""
    letters = words("given_characters")
    sure = f"{one_of(letters)}{one_of(letters | {'々'})}?{one_of(words('given_sure_endings'))}"
    return (
        f"{sure}{_BLANK}?(?:{any_of(words('honorifics'))})",
        f"{one_of(words('surname_endings'))}{_BLANK}?(?:さん|さま|様|氏|先生)",
        f"(?:^|{_OPEN}){_KANJI}{{1,3}}{_BLANK}{sure}",
        f"[:：(（=＝/／・]{_BLANK}?{_KANJI}{{1,3}}{sure}",
        f"(?:様|氏|先生){_STOP}",
    )
