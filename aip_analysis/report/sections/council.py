"""The section on the council: its profile, course, seats, coordinators and goals."""

from collections import Counter

import pandas as pd

from aip_analysis.charts import council_timeline, listed_places, seats_chart, steps_chart
from aip_analysis.measures.councils import intervals
from aip_analysis.narrative import council_sentences
from aip_analysis.reference import Place
from aip_analysis.reference.calendar import wareki
from aip_analysis.report import chart_findings
from aip_analysis.report.blocks import Block, ChartBlock, TableBlock
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.tables import coordinator_list, goal_list, profile_list, table_from_frame

# The lists of an area's page, with the measures whose sources they share.
LISTS = {
    "profile": (profile_list, "councils_established"),
    "coordinators": (coordinator_list, "coordinators"),
    "goals": (goal_list, "goals"),
}


def section(context: Context) -> Section:
    """Return the section on the council's profile, course, seats, coordinators and goals."""
    blocks: list[Block] = [context.paragraphs(council_sentences(context.facts))]
    if context.place.level == "area":
        course, seats = _course(context), _seats(context)
        profile, coordinators, goals = (_list(context, name) for name in LISTS)
        blocks += [*profile, *course, *seats, *coordinators, *goals]
    else:
        blocks += [*_course(context), *_seats(context), *_goals(context)]
    return Section("council", context.say("council"), tuple(blocks), context.language)


def _list(context: Context, name: str) -> list[TableBlock]:
    make, source = LISTS[name]
    table = context.area_list(make)
    return [context.table(name, table, source)] if table.rows else []


def _course(context: Context) -> list[ChartBlock]:
    """Return the chart of councils' courses; for a large ward, the councils at each step."""
    places = listed_places(context.ward, context.place)
    by_block = any(place.level == "block" for place in places)
    return [_steps(context, places)] if by_block else _timeline(context)


def _steps(context: Context, blocks: tuple[Place, ...]) -> ChartBlock:
    steps = context.figures.steps_of(context.place, context.fiscal_year)
    counts = [
        Counter(steps.get(area.code, "none") for area in context.ward.areas_of(block))
        for block in blocks
    ]
    names = [block.name(context.language) for block in blocks]
    labels = context.ward.vocabularies["council_step"].labels(context.language)
    table = pd.DataFrame(
        {"block": names} | {step: [by_step[step] for by_step in counts] for step in labels}
    )
    return context.chart(
        "steps_by_block",
        steps_chart(
            list(zip(names, counts, strict=True)), ward=context.ward, language=context.language
        ),
        table_from_frame(table, [context.say("head_block"), *labels.values()]),
        source="councils_established",
        headline=chart_findings.course(context),
    )


def _timeline(context: Context) -> list[ChartBlock]:
    areas = {place.code: place for place in context.ward.areas_of(context.place)}
    until = context.figures.as_of(context.fiscal_year)
    courses = context.figures.courses_of(context.place, context.fiscal_year)
    table = intervals(courses, list(areas), context.fiscal_year, until)
    if table.empty:
        return []
    labels = table["area_code"].map(lambda code: areas[code].name(context.language))
    steps = context.ward.vocabularies["council_step"].labels(context.language)
    labelled = pd.DataFrame(
        {
            "label": labels,
            "step": table["step"].map(steps),
            "starts_on": [_month(context, day) for day in table["starts_on"]],
            "ends_on": [_month(context, day) for day in table["ends_on"]],
        }
    )
    heads = [context.say(f"head_{name}") for name in ("area", "step", "from", "to")]
    return [
        context.chart(
            "course",
            council_timeline(
                table.assign(label=labels).drop(columns="area_code"),
                ward=context.ward,
                language=context.language,
            ),
            table_from_frame(labelled, heads),
            source="councils_established",
            headline=chart_findings.course(context),
        )
    ]


def _seats(context: Context) -> list[ChartBlock]:
    columns = ["role_group", "organisation_type"]
    seats = context.rows("seats_by_type_and_role", *columns, "seats")
    if seats.empty:
        return []
    vocabularies = context.ward.vocabularies
    orders = {name: list(vocabularies[name].codes) for name in columns}
    labelled = seats.sort_values(
        columns, key=lambda codes: codes.map(orders[str(codes.name)].index, "ignore")
    )
    for name in columns:
        labels = vocabularies[name].labels(context.language)
        labelled[name] = labelled[name].map(labels).fillna(context.say("not_recorded"))
    chart = context.chart(
        "seats",
        seats_chart(seats, ward=context.ward, language=context.language),
        table_from_frame(
            labelled[[*columns, "seats"]],
            [context.say(f"head_{name}") for name in ("role", "organisation", "seats")],
        ),
        source="seats",
        headline=chart_findings.seats(context),
    )
    return [chart]


def _goals(context: Context) -> list[TableBlock]:
    """Return the counts of several councils' goals by status."""
    goals = context.rows("goals_by_status", "status", "goals")
    if goals.empty:
        return []
    labels = context.ward.vocabularies["goal_status"].labels(context.language)
    counts = dict(zip(goals["status"].fillna(""), goals["goals"], strict=True))
    statuses = labels | ({"": context.say("not_recorded")} if "" in counts else {})
    table = pd.DataFrame(
        {
            "status": [*statuses.values(), context.say("sum")],
            "goals": [*(int(counts.get(code, 0)) for code in statuses), int(goals["goals"].sum())],
        }
    )
    heads = [context.say("head_status"), context.measure("goals").label(context.language)]
    return [context.table("goals_by_status", table_from_frame(table, heads), "goals")]


def _month(context: Context, day: pd.Timestamp) -> str:
    return context.say("month", era=wareki(day).split("月")[0], iso=f"{day:%Y-%m}")
