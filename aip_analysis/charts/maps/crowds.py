"""Points that lie too close together to be told apart, drawn as one with their number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Pixels on a narrow screen below which two points are one.
CLOSE = 20


@dataclass(frozen=True)
class Crowd:
    """Some points near each other.

    Parameters
    ----------
    spot
        Their middle, in metres.
    members
        Which points they are, by their position in the table.
    """

    spot: tuple[int, int]
    members: tuple[int, ...]


def crowds_of(points: np.ndarray, metres_per_pixel: float) -> Sequence[Crowd]:
    """Gather points into crowds: the two nearest first, until none are too close.

    Parameters
    ----------
    points
        One row a point: metres east and north.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones there is more room.
    """
    close = CLOSE * metres_per_pixel
    # Squares first: a ward may have more activities than could be compared one by one.
    squares = np.floor(points / close).astype(int)
    _, square = np.unique(squares, axis=0, return_inverse=True)
    members = [
        np.flatnonzero(square == each).tolist() for each in range(square.max(initial=-1) + 1)
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
        Crowd((round(east), round(north)), tuple(sorted(own)))
        for (east, north), own in zip(middles.tolist(), members, strict=True)
    ]
