"""Texts that somebody might type, paste or plant, and records and words that contain them.

Each text is identified by its field and number appended to it, so that a test can check which
texts a page shows. None of them may become anything but text.
"""

import csv
from pathlib import Path

import pandas as pd

from aip_analysis.records import Records
from tests.home import NEWEST_COMPLETE, Home

RIGHT_TO_LEFT, LEFT_TO_RIGHT, POP = "\u202e", "\u202d", "\u202c"
AREA = "12"
# Name that each would leave behind if it were parsed as markup, for tests to look for.
PLANTED = "planted"
TEXTS = (
    f"<script>window.{PLANTED}=1;alert(1)</script>",
    f"</script><script>window.{PLANTED}=1;alert(2)</script>",
    f"</p></td></table></section><h1 class={PLANTED}>題</h1>",
    f"<img class={PLANTED} src=x onerror=alert(3)>",
    f"<img class={PLANTED} src=https://example.org/a.png>",
    f"<svg class={PLANTED} onload=alert(4)><rect width=9 height=9></rect></svg>",
    f'"><iframe class={PLANTED} src="https://example.org/"></iframe>',
    f"' onmouseover='alert(5)' class='{PLANTED}",
    f'" autofocus onfocus="alert(6)" class="{PLANTED}',
    f"<a class={PLANTED} href=javascript:alert(7)>押す</a>",
    f"<a class='{PLANTED}' href='https://example.org/'>外</a>",
    f"<b class={PLANTED}>太字</b><br><i>斜体</i><sup>上</sup>",
    f'<span class="{PLANTED}" style="font-size:90px;color:red">大</span>',
    f"<style class={PLANTED}>*{{display:none}}</style>",
    f"<link class={PLANTED} rel=stylesheet href=https://example.org/a.css>",
    f"<base class={PLANTED} href=https://example.org/>",
    f"<meta class={PLANTED} http-equiv=refresh content='0;url=https://example.org/'>",
    f"<form class={PLANTED} action=https://example.org/><input name=a></form>",
    f"<math class={PLANTED}><mtext></mtext></math><marquee>流</marquee>",
    f"<template class={PLANTED}></template><textarea>",
    "<!-- 注釈 --><!--",
    "]]><![CDATA[<x>",
    "<?php echo 1 ?><%= 1 %>",
    "&lt;b&gt;&amp;&#60;&copy;&nbsp;&#36;",
    "&",
    "[押す](javascript:alert(8)) ![絵](https://example.org/a.png)",
    "# 見出し\n* 箇条\n> 引用 `code` **太字** _斜_",
    r"$\frac{a}{b}$ \(\int_0^1\) \[x^2\] $$y$$ \href{https://example.org/}{z}",
    "費用は$5から$10まで",
    "{{ 7*7 }}{% raw %}{# c #}{%- for a in b %}",
    "%{x} %{customdata[0]} %{y:.2f}<extra></extra>",
    "${alert(9)} `${1}` #{2}",
    '=HYPERLINK("https://example.org/","押す")',
    "=1+1",
    "@SUM(A1:A9)",
    "+81+2",
    "-2+3",
    "＝cmd|' /C calc'!A0",
    "cmd|' /C calc'!A0",
    f"逆{RIGHT_TO_LEFT}gpj.exe",
    f"{LEFT_TO_RIGHT}左{POP}{POP}\u2069\u2069{RIGHT_TO_LEFT}右",
    "\u2067囲み\u2066中",
    "שלום 12 عربي 34",
    "ゼロ\u200b幅\u200d結\u2060合",
    "改行\u2028段落\u2029終",
    "垂直\x0bエスケープ\x1b[31m赤\x7f消\x85次",
    "タブ\tと\n改行",
    "👩‍👩‍👧‍👦🏳️‍🌈🇯🇵🤷🏽‍♀️",
    "が゙ぎ゚Z̸̡̢͎̗̖A̴͓͔͐͋L̷̰̈́G̵͖̈́O̶͇̐",
    "𠮷野家𩸽髙﨑葛󠄀城",
    "ア" * 300,
    "W" * 600,
    "constructor __proto__ toString",
    "undefined null NaN -0",
    "$part",
    "..\\..\\a/../../b?c=d#e",
)
# Free-text columns of the record tables, whose rows are repeated until each contains every text.
FIELDS = {
    "coordinators": ("affiliation",),
    "meetings": ("venue", "topic", "decisions"),
    "activities": ("name", "venue", "run_by"),
    "ideas": ("theme", "background", "shared_information", "findings", "idea"),
    "ledger": ("description", "payee"),
    "goals": ("text",),
    "payments": ("note",),
}
COUNCIL = (
    *("council_name", "meeting_frequency", "usual_venue", "usual_time", "secretariat", "vision"),
)


def told(field: str, number: int) -> str:
    """Return a text as a field contains it."""
    return f"{TEXTS[number]}{_mark(field, number)}"


def _mark(field: str, number: int) -> str:
    return f"〘{field} {number}〙"


def all_of(field: str) -> list[str]:
    """Return all texts as a field contains them, in one or in several rows."""
    return [told(field, number) for number in range(len(TEXTS))]


def shown(field: str, page: str) -> bool:
    """Return whether a page shows any text of a field."""
    return _mark(field, 0) in page


def hostile_records(records: Records) -> Records:
    """Return records with all texts in the free-text columns of one area's newest complete year."""
    tables = dict(records.tables)
    for name, columns in FIELDS.items():
        table = tables[name]
        own = (table["area_code"] == AREA) & (table["fiscal_year"] == NEWEST_COMPLETE)
        rows = table[own]
        repeated = rows.iloc[[at % len(rows) for at in range(len(TEXTS))]].reset_index(drop=True)
        for column in columns:
            repeated[column] = all_of(f"{name}.{column}")
        if name == "activities":
            _spread(repeated)
            months = tables["activity_months"]
            mine = months[
                (months["area_code"] == AREA) & (months["fiscal_year"] == NEWEST_COMPLETE)
            ]
            mine_repeated = mine.iloc[[0] * len(TEXTS)].reset_index(drop=True)
            mine_repeated["activity_id"] = repeated["activity_id"]
            tables["activity_months"] = pd.concat([months, mine_repeated], ignore_index=True)
        tables[name] = pd.concat([table[~own], repeated], ignore_index=True)
    councils = tables["councils"].copy()
    own = (councils["area_code"] == AREA) & (councils["fiscal_year"] == NEWEST_COMPLETE)
    for column in COUNCIL:
        councils.loc[own, column] = "／".join(all_of(f"councils.{column}"))
    tables["councils"] = councils
    return Records(tables, records.sources, records.set_aside)


def _spread(activities: pd.DataFrame) -> None:
    """Set an identifier and a spot of its own for each activity, so that the map shows each."""
    many = range(len(activities))
    activities["activity_id"] = [f"X{at:03}" for at in many]
    activities["lon"] = [139.674 + 0.0018 * (at % 8) for at in many]
    activities["lat"] = [35.7865 + 0.0014 * (at // 8) for at in many]


def hostile_words(home: Home) -> dict[str, str]:
    """Append texts to the names of areas and blocks, and to every label of terms and measures.

    Returns
    -------
    dict
        The names of the areas by their code.
    """
    names = _rewritten(home.reference / "areas.csv", "area", 0, "area_code")
    _rewritten(home.reference / "blocks.csv", "block", 18, "block_code")
    _rewritten(home.reference / "vocabularies.csv", "ja", 3, "code")
    _rewritten(home.reference / "codebook.csv", "ja", 7, "code")
    return names


def _rewritten(file: Path, column: str, first: int, key: str) -> dict[str, str]:
    """Append texts to the values of a column of a reference table, and return them by key."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    short = [text for text in TEXTS if len(text) < 120]
    for at, row in enumerate(rows):
        row[column] += short[(first + at) % len(short)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return {row[key]: row[column] for row in rows}
