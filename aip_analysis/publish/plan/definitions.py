"""Definitions of the figures from the codebook, for the files attached to a page."""

from aip_analysis.disclosure import public_measures
from aip_analysis.messages import Language
from aip_analysis.publish.plan.data_texts import Definition
from aip_analysis.reference import Ward
from aip_analysis.reference.units import unit_label


def definitions(ward: Ward, language: Language) -> tuple[Definition, ...]:
    """Return the definitions of all figures that a report may show, in the codebook's order."""
    names = {measure.code: measure.label(language) for measure in ward.codebook}
    return tuple(
        Definition(
            code=measure.code,
            label=measure.label(language),
            unit=unit_label(ward, measure, language),
            text=measure.definition(language),
            numerator=names.get(measure.numerator, ""),
            denominator=names.get(measure.denominator, ""),
            official=measure.official_code,
            source=measure.source(language),
        )
        for measure in public_measures(ward.codebook)
    )
