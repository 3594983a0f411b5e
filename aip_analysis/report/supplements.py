"""Texts added by a council or an office, at the end of the section that they belong to."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Protocol, TypeVar

from aip_analysis.messages import say
from aip_analysis.report.blocks import Section, SupplementBlock
from aip_analysis.report.context import Context


class _Page(Protocol):
    context: Context


P = TypeVar("P", bound=_Page)


def with_supplements(show: Callable[[P], Section]) -> Callable[[P], Section]:
    """Return a section method that appends the texts added to its section, if any."""

    @wraps(show)
    def wrapper(page: P) -> Section:
        section, context = show(page), page.context
        pieces = context.figures.supplements_of(context.place, context.fiscal_year, section.name)
        if not pieces:
            return section
        level, language = context.place.level, context.language
        block = SupplementBlock(
            name=section.name,
            heading=say(f"edited.from_{level}", language),
            about=say(f"edited.about_{level}", language),
            pieces=pieces,
        )
        return replace(section, blocks=(*section.blocks, block))

    return wrapper
