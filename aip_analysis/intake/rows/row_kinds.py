"""Tell the records of a table from its other rows: totals, notes, sections, examples and the like.

What a row is follows first from its shape (whether it fills what a record must fill, whether it
stands behind the last record) and from arithmetic, and only then from words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import FORM
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.rows.cancelled_meetings import cancelled_rows
from aip_analysis.intake.rows.column_roles import Roles
from aip_analysis.intake.rows.example_rows import example_rows
from aip_analysis.intake.rows.numbered_rows import unnumbered_rows
from aip_analysis.intake.rows.row_shapes import Flags, RowShapes
from aip_analysis.intake.rows.total_rows import below_totals, total_rows

_REMARK = re.compile(r"^\s*[（(\[]?\s*(?:[※注＊*]|備考)")
# Also in a list of goals, where a bullet is no mark of a note.
_SURELY_REMARK = re.compile(r"^\s*[（(\[]?\s*(?:※|注\d*\s*[:：）)]|備考)")
_MARK = re.compile(r"^\s*[※注＊*(（・●○◎→]|^\s*備考")
_OPENING = "【《〈<＜[(（〔「『"
_SECTION = re.compile(
    r"[【《〈<＜\[(〔「『].{1,20}[】》〉>＞\])〕」』]|[■□◆◇▼▽●○◎].{1,20}|[-―─=＝~～*]+.{1,20}[-―─=＝~～*]+"
    r"|(?:(?:令和|平成|R|H)?\d{1,4}年度?)?(?:\d{1,2}月(?:分|度)?|[上下]半?期|第?\d四半期)"
    r"|.{1,10}の部"
)
_END = re.compile(
    r"[-―─~～*＊(\s]*(?:以下(?:余白|空白|なし)|以上(?:です)?|了|end)[-―─~～*＊)\s.。]*",
    re.IGNORECASE,
)
_NAMED = r"[^でがはをに、。]"
_SIGNED = re.compile(
    r"[^。]*(?:作成|印刷|出力|更新|確認|監査|承認|記入|報告|提出|記録)(?:者|日|年月日|担当)?"
    rf"(?:[:].*|{_NAMED}{{0,14}})|.*(?:現在|時点|印|㊞|\(印\))"
    rf"|(?:会計|会長|代表|委員長|座長|事務局|監事|書記|担当)(?:者|係)?(?:[:].*|{_NAMED}{{0,8}})"
)
# What signs a list of goals, each a lone text itself.
_SURELY_SIGNED = re.compile(
    r"[^。]*\d日?(?:現在|時点|作成|印刷|更新)|(?:作成|記入|確認|承認)(?:者|日|年月日)?[:].*|.*(?:㊞|\(印\))"
)
_DATED = re.compile(r"(?:令和|平成|R|H)?\d{1,4}[年./-]\d{1,2}[月./-]\d{1,2}日?")
_MOST_SIGNED = 4
# What is only planned is no record there.
_PAID = frozenset({"ledger", "payments"})
# A row that fits so many of the columns that a record must fill is one, if not a complete one.
_FITTING = 2


@dataclass(frozen=True)
class RowKinds:
    """The classified rows below the headings; each field has rows of the sheet (from 0).

    Parameters
    ----------
    data
        The data rows of the table.
    totals
        Rows with sums, averages, or balances.
    proved
        Those of them that the arithmetic of the table explains.
    recognised
        Kind of row that is not a record -> such rows; totals among them.
    doubts
        Code of a problem -> rows that may be no records, and are set aside.
    """

    data: Rows
    totals: Rows
    proved: Rows
    recognised: Mapping[str, Rows]
    doubts: Mapping[str, Rows] = field(default_factory=dict)


def classify_rows(
    sheet: Sheet, region: Region, roles: Roles, is_term: Callable[[int, str], bool]
) -> RowKinds:
    """Classify the rows below the headings of a region.

    Parameters
    ----------
    sheet, region
        The sheet and the region on it.
    roles
        What its columns are for.
    is_term
        Returns whether a text is a known term in a column: it then says nothing about its row.
    """
    other = region.repeated | region.pages
    rows = np.array([row for row in region.body if row not in other], dtype=np.intp)
    lacking = bool(region.matched.missing)
    return _Classified(RowShapes(sheet, region, roles, rows, is_term), lacking=lacking).kinds()


class _Classified:
    """The rows of a table, taken for one kind after the other; what is left are its records."""

    def __init__(self, shapes: RowShapes, *, lacking: bool) -> None:
        self._shapes, self._lacking = shapes, lacking
        self._left = np.ones(len(shapes.rows), dtype=np.bool_)
        self._recognised: dict[str, Flags] = {}
        self._doubts: dict[str, Flags] = {}

    def kinds(self) -> RowKinds:
        """Return the rows by their kinds."""
        shapes = self._shapes
        self._take("empty", self._empty)
        if shapes.roles.table == FORM:
            self._take("note", self._marked(_MARK) | ~shapes.recorded & shapes.with_text)
            return RowKinds(
                shapes.rows[self._left], shapes.rows[:0], shapes.rows[:0], self._chosen()
            )
        self._take("example", example_rows(shapes, self._recognised["empty"]))
        if not shapes.roles.corrections:
            self._set_aside()
        totals = total_rows(shapes, self._left)
        self._take("total", totals.totals)
        if not shapes.roles.corrections:
            self._doubt("perhaps_total", totals.doubts)
            self._doubt("perhaps_total", below_totals(shapes, totals.totals))
        self._take_texts()
        chosen = self._chosen()
        return RowKinds(
            shapes.rows[self._left],
            chosen["total"],
            shapes.rows[totals.proved],
            chosen,
            {code: shapes.rows[flags] for code, flags in self._doubts.items() if flags.any()},
        )

    def _chosen(self) -> dict[str, Rows]:
        return {kind: self._shapes.rows[flags] for kind, flags in self._recognised.items()}

    def _take(self, kind: str, flags: Flags) -> None:
        taken = flags & self._left
        self._recognised[kind] = self._recognised.get(kind, np.zeros_like(taken)) | taken
        self._left &= ~taken

    def _doubt(self, code: str, flags: Flags) -> None:
        taken = flags & self._left
        self._doubts[code] = self._doubts.get(code, np.zeros_like(taken)) | taken
        self._left &= ~taken

    @cached_property
    def _empty(self) -> Flags:
        """Mask of the rows with nothing to record: blank, or only prefilled."""
        shapes = self._shapes
        preset_only = ~shapes.recorded & ~shapes.written & ~self._marked(_MARK)
        worded = shapes.worded | shapes.has_word("example")
        empty: Flags = (shapes.filled == 0) | (preset_only & ~worded)
        return empty

    def _marked(self, mark: re.Pattern[str]) -> Flags:
        """Return a mask of the rows whose only cell is a text that begins with a mark."""
        return self._shapes.matching(self._shapes.lone, lambda text: bool(mark.match(text)))

    def _set_aside(self) -> None:
        """Take rows that were crossed out, withdrawn, or not held."""
        shapes = self._shapes
        self._doubt("struck_through", shapes.struck)
        self._doubt("perhaps_withdrawn", shapes.undone)
        self._doubt("perhaps_no_record", shapes.has_word("sample"))
        if shapes.roles.table in _PAID:
            self._doubt("perhaps_planned", shapes.has_word("planned"))
        if shapes.roles.table == "meetings":
            cancelled, doubtful = cancelled_rows(shapes)
            self._take("cancelled", cancelled)
            self._doubt("perhaps_cancelled", doubtful)

    def _take_texts(self) -> None:
        """Take sections, notes and signatures: texts that fill nothing a record must fill."""
        shapes = self._shapes
        lone, complete = shapes.lone, shapes.complete
        behind = _behind_last(shapes, self._left | self._recognised["total"])
        below = _below_gap(lone, self._recognised["empty"])
        few = (shapes.filled <= _MOST_SIGNED) & ~shapes.with_amount & shapes.with_text
        few &= (behind | below) & (shapes.fitting < _FITTING)
        signed = shapes.fullmatch(few, _SIGNED) | shapes.fullmatch(few & lone, _DATED)
        self._take("note", shapes.fullmatch(lone, _END) | shapes.continued)
        surely = shapes.fullmatch(lone & (behind | below), _SURELY_SIGNED)
        self._take("signature", (signed & (below | ~complete)) | surely)
        section = shapes.fullmatch(lone & ~behind & ~shapes.in_month_part, _SECTION)
        self._take("section", section & ~complete)
        bracketed = shapes.matching(section, lambda text: text[0] in _OPENING)
        self._doubt("perhaps_no_record", section & complete & bracketed)
        self._take("note", self._marked(_MARK) & ~complete)
        remarks = self._marked(_REMARK)
        if not _usually_lone(lone & ~remarks, complete & ~remarks):
            self._take("note", remarks)
        self._doubt("perhaps_no_record", self._marked(_SURELY_REMARK))
        unrecorded = ~shapes.recorded & shapes.with_text
        # Without all its headings, nobody knows what a table records.
        self._take("note", unrecorded & ~shapes.with_amount if self._lacking else unrecorded)
        self._take("note", below | (behind & lone & ~complete))
        if (lone & complete & self._left).any():
            self._doubt("perhaps_no_record", unnumbered_rows(shapes, self._left))


def _usually_lone(lone: Flags, complete: Flags) -> bool:
    """Return whether the records of a table mostly consist of a single text."""
    return bool(2 * np.count_nonzero(lone & complete) > np.count_nonzero(complete))


def _behind_last(shapes: RowShapes, solid: Flags) -> Flags:
    """Return a mask of the rows behind the last that holds an amount or is complete."""
    behind = np.ones(len(solid), dtype=np.bool_)
    last = np.flatnonzero(solid & (shapes.with_amount | (shapes.complete & ~shapes.lone)))
    if len(last):
        behind[: int(last[-1]) + 1] = False
    return behind


def _below_gap(lone: Flags, empty: Flags) -> Flags:
    """Return a mask of the lone texts at the end that an empty row separates from the table."""
    below = np.zeros(len(lone), dtype=np.bool_)
    last = np.flatnonzero(~(lone | empty))
    start = int(last[-1]) + 1 if len(last) else len(lone)
    gap = np.flatnonzero(empty[start:])
    if len(gap):
        below[start + int(gap[0]) :] = lone[start + int(gap[0]) :]
    return below
