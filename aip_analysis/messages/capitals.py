"""Capital letters of labels within sentences."""

from aip_analysis.messages.catalogue import Language


def within_sentence(label: str, language: Language) -> str:
    """Return a label as it is written within a sentence: Under discussion, under discussion.

    English labels begin with a capital letter. Those with further ones are names or abbreviations
    and stay as they are; Japanese has no capitals.
    """
    rest = label[1:]
    return label if language == "ja" or rest != rest.lower() else label[:1].lower() + rest
