"""Static charts: plotly figures as SVG, for readers without JavaScript and for print.

No browser renders them, and nothing large is loaded: the part of plotly's vocabulary that the
charts of this project use is rendered here in a millisecond or so, and anything else is rejected by
name. Charts have a fixed height in pixels and stretch to the available width, as plotly's do, so
that text is as large on a phone as on a desktop; maps keep their aspect ratio.
"""

from aip_analysis.still.outlines import path_of
from aip_analysis.still.picture import picture
from aip_analysis.still.refusal import NotDrawnError
from aip_analysis.still.rings import Ring, rings_of
from aip_analysis.still.shared import Shared

__all__ = ["NotDrawnError", "Ring", "Shared", "path_of", "picture", "rings_of"]
