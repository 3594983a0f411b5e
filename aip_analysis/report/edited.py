"""Texts that a council or an office added, at the end of the section that they are for."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Protocol, TypeVar

from aip_analysis.messages import say
from aip_analysis.report.context import Context
from aip_analysis.report.section import EditedBlock, Section


class _Page(Protocol):
    context: Context


P = TypeVar("P", bound=_Page)


def with_edited(show: Callable[[P], Section]) -> Callable[[P], Section]:
    """Let a section end with the texts that were added to it, where there are any."""

    @wraps(show)
    def shown(page: P) -> Section:
        section, context = show(page), page.context
        pieces = context.figures.edited_of(context.place, context.fiscal_year, section.name)
        if not pieces:
            return section
        level, language = context.place.level, context.language
        block = EditedBlock(
            name=section.name,
            heading=say(f"edited.from_{level}", language),
            about=say(f"edited.about_{level}", language),
            pieces=pieces,
        )
        return replace(section, blocks=(*section.blocks, block))

    return shown
