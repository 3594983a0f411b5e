"""The policy is data: the column ``audience`` of the codebook says who may see a measure."""

from aip_analysis.ward import Codebook, Measure

PUBLIC = "public"


def public_measures(codebook: Codebook, topic: str = "") -> tuple[Measure, ...]:
    """Give the measures that a report may show.

    Parameters
    ----------
    codebook
        All measures.
    topic
        Only those of this section of a report; all if empty.
    """
    return tuple(
        measure
        for measure in codebook
        if measure.audience == PUBLIC and topic in {"", measure.topic}
    )
