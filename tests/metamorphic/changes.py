"""Changes of a workbook that change no record: what offices do to their files all the time."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from aip_analysis.intake.values import read_day
from aip_analysis.reference import FiscalYear, load_ward
from aip_analysis.reference.calendar import era_year, wareki
from aip_analysis.reference.vocabulary import plain
from tests.metamorphic.sheets import Book, Grid, Page

Change = Callable[[Book, random.Random], None]
WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FULL_WIDTH = str.maketrans("0123456789,-", "０１２３４５６７８９，－")
LETTERS = {"令和": "R", "平成": "H", "昭和": "S"}
DAYS = ("開催日", "日付", "開始日", "終了日", "提案日", "設定日", "委嘱日", "解嘱日")
AMOUNTS = ("収入", "支出", "予算額")
COUNTS = ("構成員出席", "協力員出席", "その他出席", "構成員数", "代理出席者数")
# Columns whose values may stand for several rows below each other.
REPEATED = (
    "日付",
    "区分",
    "科目",
    "種別",
    "会場",
    "支払先",
    "所属区分",
    "役割",
    "テーマ",
    "提案日",
    "種類",
)
DITTO = ("〃", "″", "同上", "々")
NOTES = (
    *(
        "※ 代理の出席を含みます。",
        "（注）金額は税込みです。",
        "※1 会場は変更になることがあります",
        "以上",
    ),
    *(
        "作成：事務局",
        "令和8年4月1日現在",
        "以下余白",
        "※人数は延べ人数です",
        "備考：領収書は別につづっています。",
    ),
)


def grids(book: Book) -> list[Grid]:
    return [grid for page in book.pages for grid in page.grids]


def lists(book: Book) -> list[Grid]:
    """Return the tables with a row for each record: all but forms."""
    return [grid for grid in grids(book) if grid.table != "form" and grid.body]


def own_rows(grid: Grid) -> Iterator[list[Any]]:
    """Yield the rows of a table, without headings, totals and notes between them."""
    return (row for row in grid.body if len(row) == len(grid.columns) and row[0] != grid.heads[0])


def named_cells(grid: Grid, name: str) -> Iterator[tuple[list[Any], int]]:
    """Yield the rows of a table with the place of a column; nothing if it has no such column."""
    place = grid.column(name)
    if place is not None:
        yield from ((row, place) for row in own_rows(grid))


def empty_rows(book: Book, chance: random.Random) -> None:
    """Put empty rows between the rows, below the headings or above them."""
    for grid in lists(book):
        for _ in range(chance.randint(0, 3)):
            grid.body.insert(chance.randint(0, len(grid.body)), [])
        if chance.random() < 0.3:
            grid.titles += [[]] * chance.randint(1, 3)


def repeated_heads(book: Book, chance: random.Random) -> None:
    """Repeat the headings, as on the pages of a long list, with or without the title."""
    for grid in lists(book):
        step = chance.choice([5, 10, 15])
        for place in range(len(grid.body) - len(grid.body) % step, 0, -step):
            if place < len(grid.body):
                page = [list(grid.heads)]
                if chance.random() < 0.3:
                    page = [list(grid.titles[0]), *page]
                grid.body[place:place] = page


def date_forms(book: Book, chance: random.Random) -> None:
    """Write days in other forms, the same in all of a column or another in each cell."""
    year = FiscalYear(int(book.year))
    for grid in lists(book):
        for name in DAYS:
            form, mixed = chance.randrange(10), chance.random() < 0.3
            for row, place in named_cells(grid, name):
                day = read_day(row[place], year).value if row[place] else None
                if isinstance(day, date):
                    row[place] = written(day, chance.randrange(10) if mixed else form)


def written(day: date, form: int) -> object:
    """Return a day in one of ten forms."""
    era, number = era_year(day)
    weekday = "月火水木金土日"[day.weekday()]
    return (
        day,
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        wareki(day),
        wareki(day).translate(FULL_WIDTH),
        f"{wareki(day)}（{weekday}）",
        f"{LETTERS[era]}{number}.{day.month}.{day.day}",
        f"{LETTERS[era]}{number:02}/{day.month:02}/{day.day:02}（{weekday}）",
    )[form]


def synonyms(book: Book, chance: random.Random) -> None:
    """Name columns by other words of headings.csv."""
    known = WARD.heading_spellings
    for grid in lists(book):
        own = known["*"] | known.get(grid.table, {})
        for place, head in enumerate(grid.columns):
            column = own.get(plain(head))
            others = [word for word, name in own.items() if name == column and not word.isascii()]
            if column and others and chance.random() < 0.5:
                grid.heads[place] = chance.choice(others)


def decorated_heads(book: Book, chance: random.Random) -> None:
    """Set blanks, line breaks and notes into headings."""
    for grid in lists(book):
        for place, head in enumerate(grid.heads):
            text = str(head)
            if chance.random() < 0.3 and len(text) > 1:
                middle = len(text) // 2
                grid.heads[place] = chance.choice(
                    [
                        f"{text[:middle]}　{text[middle:]}",
                        f"{text[:middle]}\n{text[middle:]}",
                        "　".join(text),
                        f"{text}（必須）",
                        f"{text} ",
                    ]
                )


def ditto_marks(book: Book, chance: random.Random) -> None:
    """Write marks for values that are those of the row above."""
    for grid in lists(book):
        mark = chance.choice(DITTO[:3])
        rows = list(own_rows(grid))
        for name in REPEATED:
            place = grid.column(name)
            if place is None or chance.random() < 0.4:
                continue
            values = [row[place] for row in rows]
            for row, value, before in zip(rows[1:], values[1:], values, strict=False):
                if value and value == before:
                    row[place] = mark


def notes(book: Book, chance: random.Random) -> None:
    """Add notes below, above or beside the table."""
    for grid in grids(book):
        for _ in range(chance.randint(0, 2)):
            grid.foot += [[]] * chance.randint(0, 2) + [[chance.choice(NOTES)]]
        if chance.random() < 0.2:
            grid.titles.insert(1, [chance.choice(NOTES)])


def totals(book: Book, chance: random.Random) -> None:
    """Add right subtotals by page or month, and a total below."""
    for grid in lists(book):
        places = [place for name in (*AMOUNTS, *COUNTS) if (place := grid.column(name)) is not None]
        rows = list(own_rows(grid))
        if not places or len(rows) < 4 or grid.table == "activity_months":
            continue
        step = chance.choice([5, 8, 12])
        body: list[list[Any]] = []
        word = chance.choice(["小計", "頁計", "計", "ページ計"])
        for number, row in enumerate(rows, 1):
            body.append(row)
            if number % step == 0 and chance.random() < 0.8:
                body.append(summed(grid, rows[number - step : number], places, word))
        if any(row not in rows for row in grid.body):
            continue
        grid.body = body
        if not grid.foot:
            grid.foot = [
                summed(grid, rows, places, chance.choice(["合計", "計", "総計", "合　計"]))
            ]


def summed(grid: Grid, rows: list[list[Any]], places: list[int], word: str) -> list[Any]:
    total: list[Any] = [None] * len(grid.columns)
    total[next(place for place in range(len(total)) if place not in places)] = word
    for place in places:
        total[place] = sum(row[place] for row in rows if isinstance(row[place], int))
    # A row of the same length would be a record.
    return [*total, None]


def moved(book: Book, chance: random.Random) -> None:
    """Move a table away from the corner of its sheet."""
    for page in book.pages:
        page.down, page.right = chance.randint(0, 4), chance.randint(0, 3)


def split(book: Book, chance: random.Random) -> None:
    """Split a table in two, below each other or on two sheets."""
    for page in list(book.pages):
        grid = page.grids[0]
        if grid.table == "form" or len(grid.body) < 4 or len(page.grids) > 1:
            continue
        middle = chance.randint(1, len(grid.body) - 1)
        if grid.table == "activity_months":
            middle -= middle % 3
        rest = Grid(
            grid.table, [list(row) for row in grid.titles], list(grid.heads), list(grid.columns),
            grid.body[middle:],
        )  # fmt: skip
        grid.body, grid.foot = grid.body[:middle], []
        if chance.random() < 0.5:
            page.grids.append(rest)
        else:
            book.pages.append(Page(f"{page.name}(2)", [rest]))


def below(book: Book, chance: random.Random) -> None:
    """Put the tables of two sheets on one, below each other."""
    _together(book, chance, beside=False)


def beside(book: Book, chance: random.Random) -> None:
    """Put the tables of two sheets on one, beside each other."""
    _together(book, chance, beside=True)


def _together(book: Book, chance: random.Random, *, beside: bool) -> None:
    if len(book.pages) < 2:
        return
    one, other = chance.sample(book.pages, k=2)
    if len(one.grids) + len(other.grids) > 2:
        return
    one.grids += other.grids
    one.beside = beside
    book.pages.remove(other)
    name = chance.choice([one.name, "記録", "Sheet1"])
    if name not in {page.name for page in book.pages}:
        one.name = name


def amounts_as_texts(book: Book, chance: random.Random) -> None:
    """Write numbers as texts: with commas, units, or wide digits."""
    for grid in lists(book):
        for name in (*AMOUNTS, *COUNTS):
            form = chance.randrange(5)
            unit = "円" if name in AMOUNTS else chance.choice(["人", "名"])
            for row, place in named_cells(grid, name):
                if isinstance(row[place], int):
                    digits = f"{row[place]:,}" if name in AMOUNTS else f"{row[place]}"
                    row[place] = (
                        *(digits, f"{digits}{unit}", digits.translate(FULL_WIDTH)),
                        *(f" {digits} ", str(row[place])),
                    )[form]


def wide_texts(book: Book, chance: random.Random) -> None:
    """Write words of vocabularies with blanks around or within them."""
    for grid in lists(book):
        for name in ("種別", "区分", "科目", "所属区分", "役割", "状況"):
            for row, place in named_cells(grid, name):
                if isinstance(row[place], str) and chance.random() < 0.3:
                    row[place] = chance.choice([f"{row[place]}　", f" {row[place]}", row[place]])


def other_columns(book: Book, chance: random.Random) -> None:
    """Change the order of the columns, and add one that nobody knows."""
    for grid in lists(book):
        if grid.table == "activity_months" or any(
            len(row) not in {0, len(grid.columns)} for row in grid.body
        ):
            continue
        order = list(range(len(grid.columns)))
        chance.shuffle(order)
        grid.heads = [grid.heads[place] for place in order]
        grid.columns = [grid.columns[place] for place in order]
        grid.body = [[row[place] for place in order] if row else row for row in grid.body]
        # The word of a total stood in the first column.
        grid.foot = [row for row in grid.foot if len(row) != len(order)]
        if chance.random() < 0.5:
            word = chance.choice(["確認", "事務局チェック", "ファイル番号"])
            grid.heads.append(word)
            grid.columns.append(word)
            for row in grid.body:
                if row:
                    row.append(chance.choice([None, "済", "レ"]))


def as_texts(book: Book, chance: random.Random) -> None:
    """Save each sheet as a CSV."""
    book.encoding = chance.choice(["utf-8-sig", "utf-8", "cp932"])


def half_width(book: Book, chance: random.Random) -> None:
    """Write titles in other widths and with other blanks."""
    for grid in grids(book):
        for row in grid.titles:
            if row and isinstance(row[0], str):
                row[0] = chance.choice(
                    [row[0].replace("　", " "), unicodedata.normalize("NFKC", row[0]), row[0]]
                )


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        *(empty_rows, repeated_heads, date_forms, synonyms, decorated_heads, ditto_marks, notes),
        *(totals, moved, split, below, beside, amounts_as_texts, wide_texts, other_columns),
        *(as_texts, half_width),
    )
}


def with_other_area(book: Book, other: Book, chance: random.Random) -> Book:
    """Return a book with the tables of another area on the same sheets, each below its title."""
    pages = {page.name: page for page in other.pages}
    for page in book.pages:
        if page.name in pages:
            page.grids.append(pages.pop(page.name).grids[0])
            page.beside = chance.random() < 0.2
    book.pages += pages.values()
    book.name = f"支え合い会議_令和{int(book.year) - 2018}年度"
    return book
