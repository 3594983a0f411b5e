"""Discovery of all functions that make sentences, and patterns that no sentence may contain."""

import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator
from importlib import import_module

from aip_analysis import narrative
from aip_analysis.messages import Language
from aip_analysis.narrative import Facts
from aip_analysis.report import Page
from aip_analysis.report.blocks import CardsBlock, ChartBlock, Paragraphs, TableBlock

Said = str | list[str] | tuple[str, ...]

# Words that may follow "1" and are not plurals.
SINGULAR = {"is", "was", "has", "as", "this", "of", "plus", "times"}
LETTER = r"[\u3040-\u30ff\u4e00-\u9fff、。（）「」]"
YEARS = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?=年|-\d\d)|(?:FY|fiscal year )(?:19|20)\d\d|(?:19|20)\d\d census"
    r"|[A-Z][a-z]{2,8} (?:19|20)\d\d"
)
BOTH: dict[str, str] = {
    "not a number": r"(?i)(?<![a-z])(?:nan|nat|inf)(?![a-z])|<NA>",
    "None": r"None(?! of)",
    "missing": "—",
    "negative zero": r"(?<![\d.])-0(?:\.0+)?(?![\d.,])",
    "empty brackets": r"（\s*）|\(\s*\)|「」|『』|\[\s*\]",
    "placeholder": r"[{}]",
    "doubled punctuation": r"[、。，．][、。，．]|[.,;:]\s*[.,;:]|（、|、）|。）|\(\s|\s\)",
    "stray space": r"^\s|\s$|\s\s",
    "thousands without a comma": r"(?<![\d,.])\d{4,}",
}
ONLY: dict[Language, dict[str, str]] = {
    "ja": {
        # ものの and までで are correct; the others never occur.
        "doubled particle": (
            r"(?<!も)のの|をを|がが|にに|(?<!ま)でで|へへ|はは|を[がは]|が[をは]|はを"
        ),
        "space within Japanese": rf"{LETTER} {LETTER}",
        "English within Japanese": r"\b(?:the|and|of|with)\b",
    },
    "en": {
        "space before punctuation": r"\s[.,;:)]",
        "Japanese punctuation": r"[、。（）]",
    },
}
PLURAL = re.compile(r"(?<![\d.,])1 ([a-z]+s|people|were|are)\b")
ONE_AFTER_MANY = re.compile(r"\b(?:were|are) 1 ")


def narrative_functions() -> dict[str, Callable[[Facts], Said]]:
    """Return every public function of the narrative that makes sentences from facts alone."""
    functions = {}
    for module in pkgutil.walk_packages(narrative.__path__, f"{narrative.__name__}."):
        home = import_module(module.name)
        for name, function in vars(home).items():
            own = inspect.isfunction(function) and function.__module__ == module.name
            if own and not name.startswith("_") and _makes_sentences(function):
                functions[f"{module.name.rsplit('.', 1)[1]}.{name}"] = function
    return functions


def _makes_sentences(function: Callable[..., object]) -> bool:
    hints = typing.get_type_hints(function)
    needed = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty
    ]
    of_facts = len(needed) == 1 and hints.get(needed[0]) is Facts
    return of_facts and hints.get("return") in {str, list[str], tuple[str, ...]}


def told(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield every sentence about a place and year, with the name of the function that makes it."""
    # The credit is quoted verbatim.
    quoted = {facts.figures.ward.setting("credit", facts.language)}
    for name, function in narrative_functions().items():
        result = function(facts)
        for sentence in [result] if isinstance(result, str) else result:
            if sentence not in quoted:
                yield name, sentence


def shown(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the texts of a page: paragraphs, captions, alternative texts, cards."""
    for section in page.sections():
        for block in section.blocks:
            if isinstance(block, Paragraphs):
                yield from ((section.name, sentence) for sentence in block.sentences)
            elif isinstance(block, ChartBlock):
                yield from ((block.name, text) for text in (block.caption, block.alternative))
            elif isinstance(block, TableBlock):
                yield block.name, block.caption
            elif isinstance(block, CardsBlock) and block.small:
                for card in block.cards:
                    yield from ((block.name, text) for _term, text in card.facts)
                    yield from ((block.name, text) for text in card.remarks)


def faults(sentence: str, language: Language) -> list[str]:
    """Return the names of the patterns that a sentence must not match, but does."""
    bare = YEARS.sub("", sentence)
    matches = [
        name
        for name, pattern in (BOTH | ONLY[language]).items()
        if re.search(pattern, bare if "thousands" in name else sentence)
    ]
    if language == "en":
        behind = (match.group(1) for match in PLURAL.finditer(sentence))
        matches += [f"1 {word}" for word in behind if word not in SINGULAR]
        matches += ONE_AFTER_MANY.findall(sentence)
    return matches
