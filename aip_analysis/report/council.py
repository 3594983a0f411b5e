"""The council: its course, its seats, its coordinators, its goals."""

from collections import Counter
from typing import Any

import pandas as pd

from aip_analysis.charts import course_timeline, listed, seats_chart, steps_chart
from aip_analysis.measures.councils import intervals
from aip_analysis.narrative import council_sentences
from aip_analysis.report.context import Context
from aip_analysis.report.rows import in_order
from aip_analysis.report.section import Block, ChartBlock, Section, TableBlock
from aip_analysis.tables import Cell, Table, plain_table
from aip_analysis.ward import Place, rows
from aip_analysis.ward.calendar import wareki


def section(context: Context) -> Section:
    """Show the course of the council or councils, the seats, and what they aim at."""
    sentences = council_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs(sentences)]
    blocks += _course(context)
    blocks += _seats(context, sentences[0])
    if context.place.level == "area":
        blocks += _profile(context)
    return Section("council", context.say("council"), tuple(blocks))


def _course(context: Context) -> list[ChartBlock]:
    """Show the courses of councils; of a large ward, how many have come how far."""
    places = listed(context.ward, context.place)
    by_block = any(place.level == "block" for place in places)
    return [_steps(context, places)] if by_block else _timeline(context)


def _steps(context: Context, blocks: tuple[Place, ...]) -> ChartBlock:
    reached = context.figures.steps
    own = reached[reached["fiscal_year"] == context.fiscal_year]
    steps = dict(zip(own["area_code"], own["step"], strict=True))
    counts = [
        Counter(steps.get(area.code, "none") for area in context.ward.areas_of(block))
        for block in blocks
    ]
    names = [block.name(context.language) for block in blocks]
    labels = context.ward.vocabularies["council_step"].labels(context.language)
    table = pd.DataFrame(
        {"block": names} | {step: [found[step] for found in counts] for step in labels}
    )
    return context.chart(
        "steps_by_block",
        steps_chart(
            list(zip(names, counts, strict=True)), ward=context.ward, language=context.language
        ),
        plain_table(table, [context.say("head_block"), *labels.values()]),
        source="councils_established",
        finding=context.say("finding_steps_by_block"),
    )


def _timeline(context: Context) -> list[ChartBlock]:
    areas = {place.code: place for place in context.ward.areas_of(context.place)}
    until = context.figures.records.as_of(context.fiscal_year)
    table = intervals(context.figures.courses, list(areas), context.fiscal_year, until)
    if table.empty:
        return []
    labels = table["area_code"].map(lambda code: areas[code].name(context.language))
    steps = context.ward.vocabularies["council_step"].labels(context.language)
    shown = pd.DataFrame(
        {
            "label": labels,
            "step": table["step"].map(steps),
            "starts_on": [_month(context, day) for day in table["starts_on"]],
            "ends_on": [_month(context, day) for day in table["ends_on"]],
        }
    )
    heads = [context.say(f"head_{name}") for name in ("area", "step", "from", "to")]
    last = shown.iloc[-1]
    return [
        context.chart(
            "course",
            course_timeline(
                table.assign(label=labels).drop(columns="area_code"),
                ward=context.ward,
                language=context.language,
            ),
            plain_table(shown, heads),
            source="councils_established",
            finding=context.say("finding_course", label=last["label"], step=last["step"]),
        )
    ]


def _seats(context: Context, finding: str) -> list[Block]:
    seats = context.rows("seats_by_type")
    if seats.empty:
        return []
    types = context.ward.vocabularies["organisation_type"].labels(context.language)
    seats = in_order(seats, "organisation_type", types).dropna()
    names = context.ward.vocabularies["role_group"].labels(context.language)
    roles = context.rows("seats_by_role")
    roles = roles.sort_values(
        "role_group", key=lambda codes: codes.map(list(names).index, "ignore")
    )
    unknown = context.say("not_recorded")
    chart = context.chart(
        "seats",
        seats_chart(seats, ward=context.ward, language=context.language),
        plain_table(
            seats.assign(organisation_type=seats["organisation_type"].map(types)),
            [context.say("head_organisation"), context.say("head_seats")],
        ),
        source="seats",
        finding=finding,
    )
    table = plain_table(
        roles.assign(role_group=roles["role_group"].map(names).fillna(unknown)),
        [context.say("head_role"), context.say("head_seats")],
    )
    return [chart, context.table("roles", table, "seats")]


def _profile(context: Context) -> list[TableBlock]:
    """Show what the council says of itself, and the goals that it set."""
    blocks = []
    councils = context.records("councils")
    if len(councils):
        row = councils.iloc[-1]
        fields = ("meeting_frequency", "usual_venue", "usual_time", "secretariat", "vision")
        lines = [
            (Cell(context.say(f"field_{name}")), Cell(str(row[name])))
            for name in ("council_name", *fields)
            if not pd.isna(row[name])
        ]
        heads = tuple(context.say(f"head_{name}") for name in ("field", "content"))
        blocks.append(
            context.table("profile", Table(heads, tuple(lines), kind="list"), "months_in_operation")
        )
    goals = context.records("goals")
    if len(goals):
        statuses = context.ward.vocabularies["goal_status"].labels(context.language)
        heads = tuple(context.say(f"head_{name}") for name in ("goal", "set_on", "status"))
        listed = tuple(
            (
                Cell(row.text),
                Cell(_day(context, row.set_on)),
                Cell("" if pd.isna(row.status) else statuses[row.status]),
            )
            for row in rows(goals)
        )
        blocks.append(context.table("goals", Table(heads, listed, kind="list"), "goals"))
    return blocks


def _day(context: Context, day: Any) -> str:  # noqa: ANN401 -- a Timestamp or NaT
    if pd.isna(day):
        return ""
    date = day.date()
    return wareki(date) if context.language == "ja" else str(date)


def _month(context: Context, day: pd.Timestamp) -> str:
    return context.say("month", era=wareki(day).split("月")[0], iso=f"{day:%Y-%m}")
