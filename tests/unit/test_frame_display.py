"""How tables of the workbench show themselves."""

import pandas as pd

from aip_analysis.workbench.lists.frame_display import described, frame_html


def table(rows: int = 2) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "fiscal_year": [2025] * rows,
            "name": ["<b>a"] * rows,
            "value": pd.array([1234.5, None] * (rows // 2), dtype="Float64"),
            "held_on": pd.to_datetime(["2025-04-08"] * rows),
            "known": [True, False] * (rows // 2),
        }
    )
    return described(
        frame, title="会議", heads={"value": "出席"}, units={"value": "人"}, note="架空の記録です。"
    )


def test_heads_have_units_and_cells_are_numbers_words_and_days() -> None:
    html = frame_html(table())
    assert '<th scope="col" class="n">出席（人）<small>value</small></th>' in html
    assert '<td class="n">1,234.50</td>' in html
    # A missing number is no empty cell, a year no amount, and a text is never markup.
    for cell in ('<td class="n">—</td>', '<td class="n">2025</td>', "<td>&lt;b&gt;a</td>"):
        assert cell in html
    assert "<td>2025-04-08</td><td>○</td>" in html
    assert "<caption>会議</caption>" in html
    assert "架空の記録です。" in html


def test_what_was_made_of_a_table_keeps_its_units_and_not_its_title() -> None:
    chosen = table().loc[lambda frame: frame["known"], ["name", "value"]]
    html = frame_html(chosen)
    assert "出席（人）" in html
    assert "会議" not in html
    assert "架空" not in html


def test_a_frame_of_another_kind_shows_as_pandas_shows_it() -> None:
    plain = pd.DataFrame({"x": [1]})
    assert 'class="dataframe"' in frame_html(plain)
    assert "aip-frame" not in frame_html(plain)


def test_a_long_table_has_pages_or_says_how_much_is_shown() -> None:
    long = table(600)
    assert "全600行" in frame_html(long)
    assert frame_html(long).count("<tr>") == 41
    paged = frame_html(long, paged=True)
    assert "先頭の500行" in paged
    assert "<script" in paged
    # Nothing is asked of another host, and the script itself is not in every table.
    assert "unpkg" not in paged
    assert len(paged) < 200_000
    assert "Rows _START_ to _END_ of _TOTAL_" in frame_html(long, paged=True, language="en")
