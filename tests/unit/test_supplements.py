"""Texts and photographs added to reports: what is shown, left out, and reported."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageCms

from aip_analysis.intake import Intake, check_files
from aip_analysis.intake.supplements.markdown import Photo, Wording, wording
from aip_analysis.intake.supplements.photos import PhotoError, fitted
from aip_analysis.intake.supplements.supplement_places import place_of, section_of
from aip_analysis.reference import Ward
from tests.hostile_texts import PLANTED, TEXTS

KNOWN = {
    *("p", "br", "h4", "h5", "h6", "strong", "em", "ul", "ol", "li", "blockquote", "hr", "pre"),
    *("code", "a", "table", "thead", "tbody", "tr", "th", "td"),
}


def written(text: str) -> Wording:
    return wording(text, lambda photo: f"〔{photo.name}〕")


def test_markdown_that_volunteers_write() -> None:
    assert written("# 題\n一行目\n二行目\n\n- **強い**\n- [案内](https://e.jp/?a=1&b=2)").html == (
        "<h4>題</h4><p>一行目<br>\n二行目</p><ul><li><strong>強い</strong></li>"
        '<li><a href="https://e.jp/?a=1&amp;b=2" rel="noopener noreferrer">案内</a></li></ul>'
    )


def test_headings_stand_below_that_of_the_block_and_leave_none_out() -> None:
    soup = BeautifulSoup(written("## あ\n#### い\n## う\n##### え").html, "html.parser")
    assert [tag.name for tag in soup.find_all(["h4", "h5", "h6"])] == ["h4", "h5", "h4", "h6"]


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_are_nothing_but_text(text: str) -> None:
    rendered = written(f"前\n{text}\n後")
    soup = BeautifulSoup(rendered.html, "html.parser")
    assert {tag.name for tag in soup.find_all(name=lambda _: True)} <= KNOWN
    assert soup.select(f".{PLANTED}") == []
    for tag in soup.find_all(name=lambda _: True):
        assert set(tag.attrs) <= {"href", "rel", "scope", "class", "start"}
        assert str(tag.get("href", "https://")).startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize(
    "destination",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//e.jp/",
        "../a.html",
        "#a",
    ],
)
def test_a_link_to_anything_else_is_text_with_its_destination(destination: str) -> None:
    rendered = written(f"[押す]({destination})")
    assert rendered.html == f"<p>押す ({destination})</p>"
    assert rendered.links == [(destination, 1)]


def test_html_shows_as_typed_and_is_told() -> None:
    rendered = written("あ\n\n<b>い</b>")
    assert rendered.html == "<p>あ</p><p>&lt;b&gt;い&lt;/b&gt;</p>"
    assert rendered.markup == ("<b>", 3)


def test_photographs_are_asked_for_with_what_the_text_says() -> None:
    asked: list[Photo] = []

    def ask(photo: Photo) -> str:
        asked.append(photo)
        return ""

    wording('あ\n\n![人たち](a.jpg "題")\n![](b.png)', ask)
    assert asked == [Photo("a.jpg", "人たち", "題", 3), Photo("b.png", "", "", 4)]


def picture(width: int = 40, height: int = 20, kind: str = "JPEG", **more: object) -> bytes:
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, width // 2, height))
    content = io.BytesIO()
    image.save(content, kind, **more)
    return content.getvalue()


def test_what_a_camera_tells_is_left_out_and_the_picture_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETCAM"
    exif.get_ifd(0x8825)[2] = (35.0, 47.0, 1.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = picture(exif=exif, icc_profile=profile, comment=b"SECRETNOTE")
    assert b"SECRETCAM" in content
    photo, width, height = fitted(content)
    assert (width, height) == (20, 40)
    assert b"SECRET" not in photo
    assert b"Exif" not in photo
    with Image.open(io.BytesIO(photo)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        # Rotated to the right, the left side is on top: blue above red.
        upper, lower = image.getpixel((10, 5)), image.getpixel((10, 35))
    assert isinstance(upper, tuple)
    assert isinstance(lower, tuple)
    assert upper[2] > upper[0]
    assert lower[0] > lower[2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_large_ones_become_small_and_come_out_the_same_each_time(kind: str) -> None:
    content = picture(2500, 1250, kind)
    photo = fitted(content)
    assert photo[1:] == (1200, 600)
    assert photo == fitted(content)
    assert photo[0].startswith(b"\xff\xd8\xff")


def test_what_is_transparent_becomes_white() -> None:
    content = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(content, "PNG")
    with Image.open(io.BytesIO(fitted(content.getvalue())[0])) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def bomb() -> bytes:
    """Return a PNG of a few bytes that declares 50,000 by 50,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(40), "photo_heic"),
        (b"GIF89a" + bytes(40), "photo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo_kind"),
        (picture(400, 400)[:900], "photo_broken"),
        (bomb(), "photo_too_large"),
        (bytes(40_000_001), "photo_too_large"),
        (b"", "photo_kind"),
    ],
)
def test_what_is_no_photograph_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(PhotoError) as caught:
        fitted(content)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(
            ("舟渡", "area-12"),
            ("12舟渡", "area-12"),
            ("舟渡地域", "area-12"),
            ("ふなど", "area-12"),
        ),
        *(("志村ブロック", "block-3"), ("上板橋", "block-2"), ("板橋", "area-01")),
        *(("板橋ブロック（仮）", "block-1"), ("板橋区", "ward"), ("板橋区全体", "ward")),
    ],
)
def test_folders_are_named_as_people_name_places(ward: Ward, name: str, key: str) -> None:
    place = place_of(name, ward)
    assert place is not None
    assert place.key == key


@pytest.mark.parametrize(
    ("stem", "section"),
    [
        *(("話し合い", "meetings"), ("会議", "meetings"), ("会議_2", "meetings")),
        *(("2-話し合い", "meetings"), ("meetings", "meetings"), ("お金", "money")),
        *(
            ("活動と通いの場", "activities"),
            ("この１年", "summary"),
            ("Key figures", "key-figures"),
        ),
        *(("地域ごとの様子", ""), ("知らない", "")),
    ],
)
def test_files_are_named_as_sections_are(ward: Ward, stem: str, section: str) -> None:
    assert section_of(stem, ward.places["area-12"]) == section


def checked(ward: Ward, folder: Path, texts: dict[str, str | bytes]) -> Intake:
    for name, content in texts.items():
        file = folder / "2025" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return check_files([folder], ward)


def test_texts_and_photographs_are_counted_and_people_covered(ward: Ward, tmp_path: Path) -> None:
    intake = checked(
        ward,
        tmp_path,
        {
            "text/舟渡/会議.md": "担当は山田太郎さん\n\n電話 03-3579-2361\n\n![輪](山田太郎.jpg)\n",
            "text/舟渡/山田太郎.jpg": picture(),
            "text/舟渡/ほか.png": picture(kind="PNG"),
            "text/ふなどう/会議.md": "あ",
            "text/舟渡/かいぎろく.md": "あ",
            "text/舟渡/写真.heic": b"\0\0\0\x18ftypheic" + bytes(40),
            "text/舟渡/お金.docx": b"PK",
        },
    )
    assert len(intake.records.edited) == 2
    before, after = intake.records.supplements_of("area-12", 2025)["meetings"]
    assert [before.photo, after.photo] == [*intake.photos, ""]
    assert before.html.endswith('<span class="photo"><img src="')
    assert after.html == '" alt="輪" width="40" height="20"></span></p>'
    html = before.html + after.html
    assert "山田" not in html
    assert "3579" not in html
    reported = {
        (problem.file.rpartition("/")[2], problem.code, problem.row) for problem in intake.problems
    }
    assert reported == {
        ("会議.md", "personal_name", 1),
        ("会議.md", "personal_phone", 3),
        ("ほか.png", "photo_unused", 0),
        ("会議.md", "text_place", 0),
        ("かいぎろく.md", "text_section", 0),
        ("写真.heic", "photo_unused", 0),
        ("お金.docx", "text_kind", 0),
    }
    assert {problem.code for problem in intake.refused} == {
        *("text_place", "text_section", "text_kind"),
    }
    (place,) = [problem for problem in intake.problems if problem.code == "text_place"]
    assert "舟渡" in place.expected


def test_lines_that_are_not_to_be_published_are_held_back(ward: Ward, tmp_path: Path) -> None:
    couple = "全盲の男性と車いすの妻の夫婦"
    lines = f"はじめに\n\n{couple}、盲導犬がいる。\n\n【公表可】{couple}\n\n【非公開】費用の話"
    intake = checked(ward, tmp_path, {"text/舟渡/会議.md": lines})
    (piece,) = intake.records.supplements_of("area-12", 2025)["meetings"]
    assert piece.html.count("〔公表しない〕") == 2
    assert "盲導犬" not in piece.html
    assert "費用" not in piece.html
    assert f"<p>{couple}</p>" in piece.html
    assert [(problem.code, problem.row) for problem in intake.problems] == [
        ("identifies_person", 3),
        ("not_public", 7),
    ]


def test_what_is_missing_of_a_photograph_is_told(ward: Ward, tmp_path: Path) -> None:
    text = '![](a.jpg "題")\n![](b.jpg)\n![絵](c.jpg)\n![絵](https://e.jp/d.jpg)\n![絵](../e.jpg)\n![k](k.jpg)'
    intake = checked(
        ward,
        tmp_path,
        {
            "text/舟渡/会議.md": text,
            "text/舟渡/a.jpg": picture(),
            "text/舟渡/b.jpg": picture(30),
            "text/舟渡/k.jpg": picture(400, 400)[:900],
        },
    )
    reported = [(problem.code, problem.found) for problem in intake.problems]
    assert sorted(reported) == [
        *(("photo_broken", ""), ("photo_missing", "c.jpg"), ("photo_outside", "../e.jpg")),
        *(("photo_outside", "https://e.jp/d.jpg"), ("photo_unsaid", "b.jpg")),
        ("photo_without_words", "a.jpg"),
    ]
    soup = BeautifulSoup("".join(intake.records.edited["html"]), "html.parser")
    assert [image["alt"] for image in soup.find_all("img")] == ["題"]
    assert "e.jp" not in str(soup)


def test_texts_of_windows_are_read_and_long_ones_refused(ward: Ward, tmp_path: Path) -> None:
    intake = checked(
        ward,
        tmp_path,
        {
            "text/舟渡/会議.txt": "髙島①\r\nです".encode("cp932"),
            "text/蓮根/会議.md": "あ" * 20_001,
            "text/前野/会議.md": "架空のサンプルデータ",
        },
    )
    assert list(intake.records.edited["html"]) == [
        "<p>架空のサンプルデータ</p>",
        "<p>髙島①<br>\nです</p>",
    ]
    (problem,) = intake.problems
    assert (problem.code, problem.found, problem.expected) == ("text_too_long", "20,001", "20,000")
    assert intake.records.fictional
