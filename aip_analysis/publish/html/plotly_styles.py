"""Digests of the style elements that plotly.js creates, for the content security policy of pages.

plotly.js puts style elements into every page that loads it: an empty one that it fills by calls,
which need no permission, and one for maps with tiles. It cannot be queried for them; they depend on
its version, which ``plotly.offline.get_plotlyjs_version`` returns.

When plotly is updated, `tests/browser/test_csp.py` opens a page with the new plotly.js, compares
the elements with the digests below, and prints the digests that have to replace them.
"""

PLOTLYJS_VERSION = "4.1.1"
STYLE_DIGESTS = (
    # The empty element.
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    # maplibre-gl.css
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
