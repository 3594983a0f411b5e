"""Texts on charts: plotly renders them as intended."""

import html

import pytest
from plotly import graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder, bold, escape_text
from aip_analysis.messages import say
from aip_analysis.messages.isolation import END, FIRST, isolate_direction
from tests.hostile_texts import TEXTS


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_what_it_is(text: str) -> None:
    markup = escape_text(text)
    for tag in ("<b>", "</b>"):
        assert tag not in markup
    # plotly renders the rest as text, and looks for formulas between two of these.
    assert "<" not in markup.replace("<br>", "")
    assert "$" not in markup
    lines = [html.unescape(line) for line in markup.split("<br>")]
    unmarked = "\n".join(line.strip(f"{FIRST}{END}") for line in lines)
    assert unmarked == "\n".join(line.strip(f"{FIRST}{END}") for line in text.split("\n"))


def test_line_ends_and_bold_are_all_that_counts() -> None:
    assert escape_text(f"{bold('区 & <町>')}\n12人") == "<b>区 &amp; &lt;町&gt;</b><br>12人"


def test_a_finished_drawing_has_no_text_that_plotly_would_take_for_markup() -> None:
    drawing = ChartBuilder(100)
    drawing.add_bars(
        x=[1, None], y=["<a>", "b"], text=["$1$", ""], name="a&b", hovertext=["x\ny", ""]
    )
    drawing.add_note("<i>", x=0)
    drawing.update_y_axis(ticktext=("<", "c"), title={"text": "&lt;"})
    figure = drawing.figure()
    assert isinstance(figure, go.Figure)
    bar = figure.data[0]
    assert (*bar.x, *bar.y, *bar.text) == (1, None, "&lt;a&gt;", "b", "&#36;1&#36;", "")
    assert (bar.name, bar.hovertext[0]) == ("a&amp;b", "x<br>y")
    assert figure.layout.annotations[0].text == "&lt;i&gt;"
    assert list(figure.layout.yaxis.ticktext) == ["&lt;", "c"]
    assert figure.layout.yaxis.title.text == "&amp;lt;"
    assert "Noto" in figure.layout.template.layout.font.family


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ふつうの名前 12", "ふつうの名前 12"),
        ("plain <b>", "plain <b>"),
        ("\u202eab", f"{FIRST}\u202eab{END}"),
        ("ab\u2067cd", f"{FIRST}ab\u2067cd{END}{END}"),
        ("ab\u2069cd", f"{FIRST}{FIRST}ab\u2069cd{END}"),
        ("\u2066a\u2069", f"{FIRST}\u2066a\u2069{END}"),
        ("שלום", f"{FIRST}שלום{END}"),
    ],
)
def test_a_text_that_turns_lines_around_is_kept_to_itself(text: str, expected: str) -> None:
    assert isolate_direction(text) == expected


def test_sentences_keep_texts_of_records_to_themselves() -> None:
    sentence = say("files.no_such_file", "ja", file="\u202eab.xlsx")
    assert f"{FIRST}\u202eab.xlsx{END}" in sentence
