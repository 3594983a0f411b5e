"""The disclosure policy: which figures may leave the office.

The column ``audience`` of the codebook defines who may see a measure.
"""

from aip_analysis.reference import Codebook, Measure

PUBLIC = "public"


def public_measures(codebook: Codebook, topic: str = "") -> tuple[Measure, ...]:
    """Return the measures that a report may show.

    Parameters
    ----------
    codebook
        All measures.
    topic
        The section of a report to restrict them to; all if empty.
    """
    return tuple(
        measure
        for measure in codebook
        if measure.audience == PUBLIC and topic in {"", measure.topic}
    )
