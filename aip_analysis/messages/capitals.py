"""Capital letters of labels within sentences."""

from aip_analysis.messages.catalogue import Language


def within_sentence(label: str, language: Language) -> str:
    """Return a label as it is written within a sentence: Under discussion, under discussion.

    English labels begin with a capital letter. Those with further ones are names or abbreviations
    and stay as they are; Japanese has no capitals.
    """
    rest = label[1:]
    return label if language == "ja" or rest != rest.lower() else label[:1].lower() + rest


def after_words(sentence: str, language: Language) -> str:
    """Return a sentence, or a clause, that follows other words: its first letter is small.

    It may hold names, but must not begin with one.
    """
    return sentence if language == "ja" else sentence[:1].lower() + sentence[1:]
