"""Which places a page shows side by side: areas, or blocks if a ward has too many areas."""

from aip_analysis.reference import Place, Ward

# A screen 390 pixels wide leaves each of 60 areas about 50 by 50 pixels, just enough for a name of
# four characters above a figure; and a table with more rows is searched, no longer read.
MANY_AREAS = 60


def is_large(ward: Ward) -> bool:
    """Return whether a ward has more areas than a page can show one by one."""
    return len(ward.places_of("area")) > MANY_AREAS


def listed_places(ward: Ward, place: Place) -> tuple[Place, ...]:
    """Return the places that the page of a block or of the ward shows side by side.

    These are its areas; for a large ward, its blocks.
    """
    if place.level == "ward" and is_large(ward):
        return ward.places_of("block")
    return ward.areas_of(place)


def mapped_places(ward: Ward, place: Place) -> tuple[Place, ...]:
    """Return the places that a map on the page of a place draws one by one.

    These are all areas of the ward, so that a place is seen among its neighbours; in a large ward,
    the areas of the block that the page is about, or the blocks of the ward.
    """
    if not is_large(ward):
        return ward.places_of("area")
    return listed_places(ward, ward.block_of(place) if place.level == "area" else place)
