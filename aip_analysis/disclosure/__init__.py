"""The disclosure policy: which figures may leave the office."""

from aip_analysis.disclosure.policy import public_measures

__all__ = ["public_measures"]
