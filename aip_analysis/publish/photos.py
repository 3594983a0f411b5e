"""The photographs that a page shows, as files beside it."""

import re
from pathlib import Path

from aip_analysis.home.builds import photo_file
from aip_analysis.publish.outputs import PHOTOS

# As intake writes it. What stands in records cannot look like this: its quotation marks are
# written as entities.
_SHOWN = re.compile(rf'<img src="({PHOTOS}/[a-z0-9-]+\.jpg)" alt="')


def photos_of(page: str, build: Path) -> dict[str, bytes]:
    """Give the photographs that a page shows, by the names that it has for them.

    Parameters
    ----------
    page
        The page.
    build
        The folder of the build that it was made from.
    """
    return {name: photo_file(build, name).read_bytes() for name in sorted({*_SHOWN.findall(page)})}
