"""The workbook being written: cell formats, drop-down lists and print settings."""

import io
import zipfile
from datetime import datetime
from typing import Any

import xlsxwriter

from aip_analysis.forms.council_year import CouncilYear

FONT = "游ゴシック"
# Rows (from 0) of the title, the introduction and the headings, and the first row to fill in.
TITLE, INTRODUCTION, HEADER, FIRST = 0, 1, 3, 4
_A4 = 9
# Height in points that marks a row as growing with its text (see ``_grown``).
GROWS = 39
_TITLE_HEIGHT, _INTRODUCTION_HEIGHT, _HEADER_HEIGHT = 26, 20, 30
_DAY = "[$-411]ge.m.d(aaa)"
_INK, _LINE = "#1F2A37", "#8C8C8C"
_FORMATS: dict[str, str] = {
    "text": "@", "code": "@", "term": "@", "day": _DAY, "time": "h:mm", "count": "#,##0",
    "yen": "#,##0;△#,##0", "degree": "0.0000##",
}  # fmt: skip


# What an unused formula shows until it is calculated. The writer omits an empty string.
UNUSED = " "


class StyledWorkbook:
    """A workbook that comes out as the same bytes every time it is written.

    Parameters
    ----------
    council
        The council and fiscal year that it is for.
    """

    def __init__(self, council: CouncilYear) -> None:
        self.council = council
        self._stream = io.BytesIO()
        self._file = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": FONT, "font_color": _INK},
            },
        )
        # The creation date would make the bytes differ from run to run.
        self._file.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- Excel knows no time zones
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._lists: dict[str, str] = {}
        # Format of a required cell that is empty while its row is being filled in.
        self.missing = self._file.add_format({"bg_color": "#FFE9A8"})

    def add_sheet(self, sheet: str) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        """Add and return a sheet, named after its table or topic."""
        return self._file.add_worksheet(sheet)

    def format(self, **properties: Any) -> Any:  # noqa: ANN401 -- as above
        """Return a format; the same properties return the same object."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            base = {"font_name": FONT, "font_color": _INK, "valign": "vcenter"}
            self._styles[key] = self._file.add_format(base | properties)
        return self._styles[key]

    def header_format(self, *, required: bool) -> Any:  # noqa: ANN401 -- as above
        """Return the format of a heading: dark where its column must be filled in."""
        dark = {"bg_color": "#2F4B6E", "font_color": "#FFFFFF"}
        light = {"bg_color": "#E1E7EE"}
        return self.format(
            **(dark if required else light), bold=True, text_wrap=True, border=1,
            border_color=_LINE, align="center", num_format="@",
        )  # fmt: skip

    def cell_format(self, kind: str, *, auto: bool = False, line: bool = False, **more: Any) -> Any:  # noqa: ANN401 -- as above
        """Return the format of a cell.

        Parameters
        ----------
        kind
            The kind of value written in it.
        auto
            Whether it is filled in by a formula.
        line
            Whether a long text is shrunk to stay on one line, instead of wrapping.
        **more
            Other format properties.
        """
        colours = {"term": "#EDF4FA"}
        fill = "#F0F0F0" if auto else colours.get(kind, "")
        long = {"shrink": True} if line else {"text_wrap": kind in {"text", "term"}}
        ground = {"bg_color": fill} if fill else {}
        return self.format(
            num_format=_FORMATS[kind], border=1, border_color=_LINE, **long, **ground, **more
        )

    def start_table(self, page: Any, title: str, introduction: str, widths: list[int]) -> None:  # noqa: ANN401 -- as above
        """Write the title and introduction above a table, and set its column widths."""
        council = self.council
        whole = council.say("title", year=council.label, council=council.name, sheet=title)
        page.write_string(TITLE, 0, whole, self.format(bold=True, font_size=14))
        page.write_string(INTRODUCTION, 0, introduction, self.format(font_color="#505A66"))
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        for row, height in (
            (TITLE, _TITLE_HEIGHT),
            (INTRODUCTION, _INTRODUCTION_HEIGHT),
            (HEADER, _HEADER_HEIGHT),
        ):
            page.set_row(row, height)
        page.freeze_panes(FIRST, 0)
        page.repeat_rows(TITLE, HEADER)
        self.set_up_printing(page, title)

    def set_up_printing(self, page: Any, title: str, *, portrait: bool = False) -> None:  # noqa: ANN401 -- as above
        """Set a sheet up to print on A4, fitted to the width of the paper."""
        council = self.council
        whole = council.say("title", year=council.label, council=council.name, sheet=title)
        if not portrait:
            page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.hide_gridlines(2)
        page.set_footer(council.say("footer", title=whole.replace("&", "&&")))

    def list_name(self, vocabulary: str) -> str:
        """Return the defined name of the drop-down list with a vocabulary's words."""
        return self._lists.setdefault(vocabulary, f"list_{vocabulary}")

    def write_lists(self, sheet: str) -> None:
        """Write the values of the drop-down lists, on a hidden sheet of their own."""
        page = self._file.add_worksheet(sheet)
        page.write_string(TITLE, 0, self.council.say("choices_lead"))
        for place, (vocabulary, name) in enumerate(self._lists.items()):
            words = self.council.words(vocabulary)
            page.set_column(place, place, 30)
            for row, word in enumerate(words, start=INTRODUCTION):
                page.write_string(row, place, word, self.format(num_format="@"))
            letter = xlsxwriter.utility.xl_col_to_name(place)
            last = INTRODUCTION + len(words)
            self._file.define_name(
                name, f"='{sheet}'!${letter}${INTRODUCTION + 1}:${letter}${last}"
            )
        page.hide()

    def close(self) -> bytes:
        """Close the workbook and return its bytes."""
        self._file.close()
        return _grown(self._stream.getvalue())


def _grown(content: bytes) -> bytes:
    """Return a workbook whose rows of height ``GROWS`` grow with what is written in them.

    The writer marks every height that it is passed as fixed; without that mark, an office program
    fits a row to its text once something is written in it.
    """
    fixed, free = f'ht="{GROWS}" customHeight="1"'.encode(), f'ht="{GROWS}"'.encode()
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            target.writestr(member, source.read(member).replace(fixed, free))
    return stream.getvalue()
