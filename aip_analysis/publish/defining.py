"""The definitions of the figures for the files beside a page, out of the codebook."""

from aip_analysis.disclosure import public_measures
from aip_analysis.messages import Language
from aip_analysis.publish.data_words import Definition
from aip_analysis.ward import Ward
from aip_analysis.ward.units import unit_label


def definitions(ward: Ward, language: Language) -> tuple[Definition, ...]:
    """Define every figure that a report may show, in the order of the codebook."""
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
