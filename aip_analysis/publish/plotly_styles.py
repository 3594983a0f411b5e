"""The style elements that plotly.js makes, as the content security policy of pages names them.

plotly.js puts style elements into every page that loads it: an empty one that it fills by calls,
which need no leave, and one for maps with tiles. Which they are cannot be asked of it; they belong
to a version of it, as ``plotly.offline.get_plotlyjs_version`` tells it.

When plotly is updated, `tests/browser/test_policy.py` opens a page with the new plotly.js, compares
what it makes with what stands here, and prints what has to stand here instead.
"""

PLOTLYJS_VERSION = "4.1.1"
STYLE_DIGESTS = (
    # Nothing at all.
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    # maplibre-gl.css
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
