"""Charts as still pictures: a plotly figure as SVG, for readers without JavaScript and for print.

No browser draws them, and nothing large is loaded: what the charts of this project use of plotly's
vocabulary is drawn here in a millisecond or so, and anything else is refused by name. The charts
keep their size in pixels from top to bottom and stretch from side to side, as plotly's do, so words
are as large on a phone as on a desk; maps keep their shape.
"""

from aip_analysis.still.outlines import path_of
from aip_analysis.still.picture import picture
from aip_analysis.still.refusal import NotDrawnError
from aip_analysis.still.rings import Ring, rings_of
from aip_analysis.still.shared import Shared

__all__ = ["NotDrawnError", "Ring", "Shared", "path_of", "picture", "rings_of"]
