"""Clusters of points too close together to be distinguished, drawn as one with their number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Distance in pixels on a narrow screen below which two points are merged.
CLOSE = 20


@dataclass(frozen=True)
class Cluster:
    """A cluster of points near each other.

    Parameters
    ----------
    spot
        Their centre, in metres.
    members
        The positions of the points in the table.
    """

    spot: tuple[int, int]
    members: tuple[int, ...]


def clusters_of(points: np.ndarray, metres_per_pixel: float) -> Sequence[Cluster]:
    """Return clusters of points, merged closest pair first until none are too close.

    Parameters
    ----------
    points
        One row per point: metres east and north.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones there is more room.
    """
    close = CLOSE * metres_per_pixel
    # By squares first: a ward may have too many activities to compare them pairwise.
    squares = np.floor(points / close).astype(int)
    _, square = np.unique(squares, axis=0, return_inverse=True)
    members = [
        np.flatnonzero(square == number).tolist() for number in range(square.max(initial=-1) + 1)
    ]
    middles = np.array([points[own].mean(axis=0) for own in members]).reshape(-1, 2)
    while len(members) > 1:
        apart = np.hypot(*(middles[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
        apart[np.tril_indices(len(members))] = np.inf
        one, other = (int(at) for at in np.unravel_index(np.argmin(apart), apart.shape))
        if apart[one, other] >= close:
            break
        members[one] += members.pop(other)
        middles[one] = points[members[one]].mean(axis=0)
        middles = np.delete(middles, other, axis=0)
    return [
        Cluster((round(east), round(north)), tuple(sorted(own)))
        for (east, north), own in zip(middles.tolist(), members, strict=True)
    ]
