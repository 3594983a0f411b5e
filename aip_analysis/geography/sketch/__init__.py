"""Outlines made from points, where nobody has the official ones."""
