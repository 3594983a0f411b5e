"""Figures of measures, of parts of them and of an analyst's own, as tables."""
