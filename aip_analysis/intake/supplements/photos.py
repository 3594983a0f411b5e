"""Prepare photographs for a page: resized, without metadata on place, time and camera.

The same file always gives the same bytes, as long as the imaging library stays the same.
"""

import io
import warnings

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp", ".tif"})
# Maximum width and height of a photograph on a page, in pixels, and its JPEG quality.
LARGEST = 1200
QUALITY = 80
# No office camera or telephone makes larger ones: more is a mistake or a decompression bomb.
MOST_BYTES = 40_000_000
MOST_PIXELS = 120_000_000
# File signatures of pictures from some telephones, from the fifth byte on.
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim", b"ftypheis")
_WHITE = (255, 255, 255)


class PhotoError(Exception):
    """Raised for a photograph that cannot be shown; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def fitted(content: bytes) -> tuple[bytes, int, int]:
    """Return a photograph prepared for a page.

    Parameters
    ----------
    content
        A JPEG, PNG or WebP file.

    Returns
    -------
    tuple
        A JPEG file without metadata, its width and its height in pixels.

    Raises
    ------
    PhotoError
        If it is too large, broken, or of another kind.
    """
    if len(content) > MOST_BYTES:
        raise PhotoError("photo_too_large")
    if content[4:12] in _HEIC:
        raise PhotoError("photo_heic")
    try:
        with warnings.catch_warnings():
            # Too large pictures are rejected below, with a limit of our own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            return _fitted(content)
    except Image.DecompressionBombError as error:
        raise PhotoError("photo_too_large") from error
    except UnidentifiedImageError as error:
        raise PhotoError("photo_kind") from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, OverflowError) as error:
        raise PhotoError("photo_broken") from error


def _fitted(content: bytes) -> tuple[bytes, int, int]:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotoError("photo_too_large")
        # A large JPEG can be decoded at a fraction of its size in a fraction of the time.
        opened.draft("RGB", (2 * LARGEST, 2 * LARGEST))
        upright = ImageOps.exif_transpose(opened)
        picture = _in_srgb(upright)
    picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    # Copy only the pixels, without any metadata of the original file.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue(), bare.width, bare.height


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        background = Image.new("RGBA", layered.size, (*_WHITE, 255))
        return Image.alpha_composite(background, layered).convert("RGB")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
        return converted if converted is not None else picture.convert("RGB")
    return picture.convert("RGB")
