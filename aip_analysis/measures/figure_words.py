"""A figure in words: its number, why there is none, and what it leaves out."""

from aip_analysis.measures.figure import Figure, State
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward
from aip_analysis.reference.units import format_figure


def figure_text(ward: Ward, measure: Measure, figure: Figure, language: Language) -> str:
    """Return a figure as cells and labels show it: 11回, 38人以上, 1,240人※, 非公表.

    The sign stands for anything left out; if a part of a sum is suppressed, words say so.
    """
    if not figure.known:
        return say(f"states.{figure.state}", language)
    at_least = is_at_least(figure)
    text = format_figure(ward, measure, figure.value, language, at_least=at_least)
    return text if at_least else text + sign_of(figure, language)


def marked(text: str, figure: Figure, language: Language) -> str:
    """Return the text of a figure with what says that it leaves something out: 38以上, 1,240※."""
    if is_at_least(figure):
        return say("reference.at_least", language, figure=text)
    return text + sign_of(figure, language)


def is_at_least(figure: Figure) -> bool:
    """Return whether a figure is the known part of a sum of which other parts are suppressed."""
    is_sum = figure.value is not None and figure.low >= figure.value
    return is_sum and figure.lacking("suppressed") > 0


def sign_of(figure: Figure, language: Language) -> str:
    """Return the sign of a figure that leaves anything out, where no words can say it; or empty."""
    return say("states.lacking_sign", language) if figure.lacks else ""


def lack_text(figure: Figure, language: Language) -> str:
    """Return what a figure leaves out: 伏せられた数2、空欄3; empty if nothing."""
    parts = [say(f"states.lack_{lack}", language, number=number) for lack, number in figure.lacks]
    return say("states.between", language).join(parts)


def state_text(state: State, language: Language) -> str:
    """Return in full why there is no figure; empty if there is one."""
    return "" if state == "known" else say(f"states.{state}_full", language)
