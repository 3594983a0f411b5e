"""Findings of charts as short clauses for their captions: counts, never judgements."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from aip_analysis.charts.time_axis import by_month
from aip_analysis.measures.counting.breakdowns import ATTENDANCES
from aip_analysis.messages import say
from aip_analysis.messages.capitals import after_words, within_sentence
from aip_analysis.messages.months import month_name
from aip_analysis.narrative.brackets import lacking
from aip_analysis.reference import Place
from aip_analysis.reference.calendar import wareki
from aip_analysis.report.context import Context
from aip_analysis.tables.money import AMOUNTS

# The maximum number of names in a clause; of more, only the first.
FEW = 2


def course(context: Context) -> str:
    """Return the clause on a council's setting up and step; for several, on how many are where."""
    steps = context.ward.vocabularies["council_step"].labels(context.language)
    if context.place.level != "area":
        return _steps(context, steps)
    known = context.figures.course_of(context.place, context.fiscal_year)
    step = steps[context.facts.step]
    until = context.figures.as_of(context.fiscal_year)
    set_up = known.established_on if known else None
    if set_up is None or set_up > until:
        return _say(context, "course", step=step, until=_until(context))
    day = wareki(set_up) if context.language == "ja" else set_up.isoformat()
    return _say(context, "course_set_up", day=day, step=step, until=_until(context))


def _steps(context: Context, steps: Mapping[str, str]) -> str:
    areas = context.ward.areas_of(context.place)
    step_by_area = context.figures.steps_of(context.place, context.fiscal_year)
    counts = Counter(step_by_area.values())
    unknown = len(areas) - len(step_by_area)
    parts = [
        _say(context, "step_of", what=_within(context, label), count=counts[code])
        for code, label in steps.items()
        if counts[code]
    ]
    parts += [_say(context, "step_unknown", count=unknown)] if unknown else []
    return _say(
        context, "courses", areas=len(areas), steps=_joined(context, parts), until=_until(context)
    )


def seats(context: Context) -> str:
    """Return the clause on the number of seats of each role group."""
    names = context.ward.vocabularies["role_group"].labels(context.language)
    by_role = context.rows("seats_by_role", "role_group", "seats")
    counts = dict(zip(by_role["role_group"], by_role["seats"], strict=True))
    parts = [
        _say(
            context,
            "role_of",
            what=_within(context, name),
            count=context.facts.format_value("seats", int(counts[code])),
        )
        for code, name in names.items()
        if counts.get(code, 0)
    ]
    whole, figure = context.facts.text("seats"), context.facts.figure("seats")
    if not parts or not figure.whole:
        lacks = lacking(context.facts, "seats")
        return _say(context, "seats_no_role", seats=whole, lacks=lacks)
    alone = _only(counts, names, figure.value or 0)
    if alone:
        key = "seat_alone" if figure.value == 1 else "seats_alike"
        return _say(context, key, seats=whole, role=_within(context, names[alone]))
    return _say(context, "seats", seats=whole, roles=_joined(context, parts))


def attendance(context: Context) -> str:
    """Return the clause on how many months had meetings, and which had the most people."""
    months = context.months
    held = by_month(context.rows("meetings_by_month", "month", "meetings"), "meetings", months)
    present = context.rows("attendance_by_month", "month", *ATTENDANCES, "lacking")
    by_kind = [by_month(present, name, months) for name in ATTENDANCES]
    people = [sum(month) for month in zip(*by_kind, strict=True)]
    met = [month for month, count in zip(months, held, strict=True) if count]
    operated = _months_in_operation(context)
    counts = {"months": len(operated), "held": len(met)}
    every = "_every_month" if set(met) == set(operated) else ""
    every = "_operated" if len(operated) < len(months) and not every else every
    if not set(met) <= set(operated):
        every = "_met"
    left_out = context.facts.figure("meetings").rows_left_out > 0
    most = max(people, default=0)
    if not most:
        text = _say(context, f"attendance_unknown{every}", **counts)
        return _as_recorded(context, text) if left_out else text
    peak = _peak(context, people, most, "attendance")
    text = _say(context, f"attendance{every}", **counts, peak=peak)
    unsure = left_out or _may_be_higher(context, present, people, most)
    return _as_recorded(context, text) if unsure else text


def _months_in_operation(context: Context) -> tuple[date, ...]:
    """Return the months in which an area's council worked; for several areas, all elapsed ones."""
    course = context.facts.course
    if course is None:
        return context.months if context.place.level != "area" else ()
    return tuple(month for month in context.months if course.months_in_operation((month,)))


def topics(context: Context) -> str:
    """Return the clause on the fields talked about most often, and on meetings that state none."""
    names = context.ward.vocabularies["priority_field"].labels(context.language)
    table = context.rows("topics", "priority_field", "meetings")
    stated = table["priority_field"].isin(list(names))
    counts = table[stated].groupby("priority_field")["meetings"].sum().astype(int).to_dict()
    unstated = int(table.loc[~stated, "meetings"].sum())
    most = max(counts.values(), default=0)
    unsure = context.facts.figure("meetings").rows_left_out > 0
    if not most:
        return _say(context, "topics_unknown")
    first = [
        _say(context, "named", what=_within(context, names[code]))
        for code in names
        if counts.get(code) == most
    ]
    text = context.facts.format_value("meetings", most)
    key = "topics_each" if len(first) > 1 else "topics"
    told = _say(context, key, fields=_few(context, first), meetings=text)
    if unstated:
        count = context.facts.format_value("meetings", unstated)
        told += _say(context, "topics_unstated", meetings=count)
    return _as_recorded(context, told) if unsure else told


def activities(context: Context) -> str:
    """Return the clause on the months with the most attendances."""
    held = context.rows("activities_by_month", "month", "attendances", "lacking")
    counts = by_month(held, "attendances", context.months)
    most = max(counts, default=0)
    if not most:
        return _say(context, "activities_unknown", sessions=context.facts.text("sessions"))
    text = _say(context, "activities", peak=_peak(context, counts, most, "attendances"))
    left_out = context.facts.figure("attendances").rows_left_out > 0
    unsure = left_out or _may_be_higher(context, held, counts, most)
    return _as_recorded(context, text) if unsure else text


def _may_be_higher(context: Context, table: pd.DataFrame, values: Sequence[int], most: int) -> bool:
    """Return whether a month with less than the most leaves something out."""
    lacks = by_month(table, "lacking", context.months)
    return any(lack for lack, value in zip(lacks, values, strict=True) if value < most)


def kinds(context: Context) -> str:
    """Return the clause on the kinds of activity with the largest share of attendances."""
    names = context.ward.vocabularies["activity_kind"].labels(context.language)
    table = context.rows("activities_by_kind", "kind", "attendances")
    counts = {
        names[code]: int(count)
        for code, count in zip(table["kind"], table["attendances"].fillna(0), strict=True)
        if code in names
    }
    whole = sum(counts.values())
    if not whole:
        return _say(context, "activities_unknown", sessions=context.facts.text("sessions"))
    most = max(counts.values())
    first = [
        _say(context, "named", what=_within(context, name))
        for name in names.values()
        if counts.get(name) == most
    ]
    name = "kinds_one" if most == whole else "kinds" if len(first) == 1 else "kinds_each"
    share = context.facts.format_value("execution_rate", 100 * most / whole)
    text = _say(context, name, kinds=_few(context, first), share=share)
    return text if context.facts.figure("attendances").whole else _as_recorded(context, text)


def ideas(context: Context) -> str:
    """Return the clause on the number of ideas by status."""
    names = context.ward.vocabularies["idea_status"].labels(context.language)
    table = context.rows("ideas_by_status", "status", "ideas")
    counts = dict(zip(table["status"], table["ideas"], strict=True))
    parts = [
        _say(
            context,
            "count_of",
            what=_within(context, name),
            count=context.facts.format_value("ideas", int(counts[code])),
        )
        for code, name in names.items()
        if counts.get(code, 0)
    ]
    whole, figure = context.facts.text("ideas"), context.facts.figure("ideas")
    lacks = lacking(context.facts, "ideas")
    alone = _only(counts, names, figure.value or 0)
    if alone:
        key = "idea_alone" if figure.value == 1 else "ideas_alike"
        return _say(context, key, ideas=whole, status=_status(context, alone), lacks=lacks)
    return _say(context, "ideas", ideas=whole, statuses=_joined(context, parts), lacks=lacks)


def spending_by_month(context: Context) -> str:
    """Return the clause on total spending compared with the allowance.

    In a running year, the allowance to date is not a limit while what was received covers it.
    """
    facts = context.facts
    spent, due = facts.figure("spending").value or 0, facts.figure("allowance").value or 0
    received = 0 if facts.complete else facts.figure("grant").value or 0
    texts: dict[str, object] = {
        "spending": facts.text("spending"),
        "lacks": lacking(facts, "spending"),
        "until_month": month_name(
            context.figures.as_of(context.fiscal_year).month, context.language
        ),
    }
    if not due and not received:
        return _say(context, "spending", **texts)
    limit, of = max((due, "allowance"), (received, "grant"))
    texts["limit"] = facts.text(of)
    when = "" if facts.complete else "_so_far" if of == "allowance" else "_received"
    if spent > limit:
        above = facts.format_value("spending", spent - limit)
        return _say(context, f"spending_above{when}", **texts, above=above)
    if facts.complete and len(_with_cash_book(context)) == len(_with_allowance(context)):
        return _say(context, "spending_rate", **texts, rate=facts.text("execution_rate"))
    return _say(context, f"spending_within{when}", **texts)


def _with_cash_book(context: Context) -> Sequence[Place]:
    return context.figures.areas_with(context.place, context.fiscal_year, "spending")


def _with_allowance(context: Context) -> Sequence[Place]:
    return context.figures.areas_with(context.place, context.fiscal_year, "allowance")


def spending_by_category(context: Context) -> str:
    """Return the clause on the category with the largest spending."""
    names = context.ward.vocabularies["ledger_category"].labels(context.language)
    purposes = context.ward.vocabularies["ledger_purpose"].labels(context.language)
    table = context.rows("spending_by_category", *AMOUNTS)
    lines = zip(*(table[name] for name in AMOUNTS), strict=True)
    amounts = {
        (purposes.get(purpose, ""), names.get(category, "")): int(amount)
        for purpose, category, amount in lines
    }
    most = max(amounts.values(), default=0)
    if most <= 0:
        return ""
    purpose, category = next(key for key, amount in amounts.items() if amount == most)
    line = context.say("purpose_and_category", purpose=purpose, category=category)
    share = context.facts.format_value(
        "execution_rate", 100 * most / (context.facts.figure("spending").value or most)
    )
    text = _say(
        context,
        "category",
        category=line if purpose else category,
        amount=context.facts.format_value("spending", most),
        share=share,
    )
    return text if context.facts.figure("spending").whole else _as_recorded(context, text)


def _as_recorded(context: Context, text: str) -> str:
    """Return a clause that something left out could change, said to go by what is recorded."""
    return _say(context, "as_recorded", finding=after_words(text, context.language))


def _peak(context: Context, values: Sequence[int], most: int, measure: str) -> str:
    """Return the names of the months with the largest value, and that value, as text."""
    months = context.months
    names = [
        month_name(month.month, context.language)
        for month, value in zip(months, values, strict=True)
        if value == most
    ]
    which = "peak" if len(names) == 1 else "peak_each"
    text = context.facts.format_value(measure, most)
    return _say(context, which, months=_few(context, names), most=text)


def _only(counts: Mapping[str, int], known: Mapping[str, str], whole: float) -> str:
    """Return the code that all of a whole have; empty where they differ or some have none."""
    return next((code for code in known if whole and counts.get(code) == whole), "")


def _status(context: Context, code: str) -> str:
    """Return the words for the status of ideas: 検討中 for those that wait, 「実施」 for others."""
    statuses = context.ward.vocabularies["idea_status"]
    if code in statuses.with_trait("waiting"):
        return _say(context, "under_discussion")
    return _say(context, "named", what=_within(context, statuses[code].label(context.language)))


def _within(context: Context, label: str) -> str:
    return within_sentence(label, context.language)


def _few(context: Context, names: Sequence[str]) -> str:
    """Return a few names joined; of more, only the first with a mention of others."""
    if len(names) <= FEW:
        return _say(context, "both").join(names)
    return _say(context, "and_others", first=names[0])


def _joined(context: Context, parts: Iterable[str]) -> str:
    return _say(context, "between").join(parts)


def _until(context: Context) -> str:
    """Return the end of the period in words."""
    if context.facts.complete:
        return say("narrative.until_year_end", context.language)
    month = context.figures.as_of(context.fiscal_year).month
    name = month_name(month, context.language)
    return say("narrative.until_month", context.language, month=month, month_name=name)


def _say(context: Context, name: str, **values: object) -> str:
    return say(f"headlines.{name}", context.language, **values)
