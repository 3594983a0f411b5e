"""What a chart tells, in a short clause for its caption: counted, never judged."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from aip_analysis.charts.time_axis import by_month, month_label
from aip_analysis.measures.meetings import ATTENDANCES
from aip_analysis.messages import say
from aip_analysis.report.context import Context
from aip_analysis.tables.money import AMOUNTS
from aip_analysis.ward.calendar import wareki

# So many names stand in a clause; of more, the first alone.
FEW = 2


def course(context: Context) -> str:
    """Tell of one council when it was set up and how far it is; of many, how many are where."""
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
    found = context.figures.steps_of(context.place, context.fiscal_year)
    counts = Counter(found.get(area.code, "none") for area in areas)
    told = [
        _say(context, "count_of", what=label, count=counts[code])
        for code, label in steps.items()
        if counts[code]
    ]
    return _say(
        context, "courses", areas=len(areas), steps=_joined(context, told), until=_until(context)
    )


def seats(context: Context) -> str:
    """Tell how many seats each role group has."""
    names = context.ward.vocabularies["role_group"].labels(context.language)
    by_role = context.rows("seats_by_role", "role_group", "seats")
    found = dict(zip(by_role["role_group"], by_role["seats"], strict=True))
    told = [
        _say(context, "count_of", what=name, count=context.facts.written("seats", int(found[code])))
        for code, name in names.items()
        if found.get(code, 0)
    ]
    whole = context.facts.text("seats")
    if not told:
        return _say(context, "seats_no_role", seats=whole)
    return _say(context, "seats", seats=whole, roles=_joined(context, told))


def attendance(context: Context) -> str:
    """Tell in how many months meetings were held, and which had the most people."""
    months = context.months
    held = by_month(context.rows("meetings_by_month", "month", "meetings"), "meetings", months)
    present = context.rows("attendance_by_month", "month", *ATTENDANCES)
    each = [by_month(present, name, months) for name in ATTENDANCES]
    people = [sum(month) for month in zip(*each, strict=True)]
    counts = {"months": len(months), "held": sum(1 for count in held if count)}
    most = max(people, default=0)
    if not most:
        return _say(context, "attendance_unknown", **counts)
    every = "_every_month" if counts["held"] == counts["months"] else ""
    peak = _peak(context, people, most, "attendance")
    return _say(context, f"attendance{every}", **counts, peak=peak)


def topics(context: Context) -> str:
    """Tell which priority field was talked about most often."""
    names = context.ward.vocabularies["priority_field"].labels(context.language)
    counts: dict[str, int] = {}
    table = context.rows("topics", "priority_field", "meetings")
    for field, meetings in zip(table["priority_field"], table["meetings"], strict=True):
        if field in names:
            counts[field] = counts.get(field, 0) + int(meetings)
    most = max(counts.values(), default=0)
    if not most:
        return _say(context, "topics_unknown")
    first = [_say(context, "named", what=names[code]) for code in names if counts.get(code) == most]
    told = context.facts.written("meetings", most)
    each = "topics_each" if len(first) > 1 else "topics"
    return _say(context, each, fields=_few(context, first), meetings=told)


def activities(context: Context) -> str:
    """Tell which month had the most attendances."""
    months = context.months
    counts = by_month(
        context.rows("activities_by_month", "month", "attendances"), "attendances", months
    )
    most = max(counts, default=0)
    if not most:
        return _say(context, "activities_unknown", sessions=context.facts.text("sessions"))
    return _say(context, "activities", peak=_peak(context, counts, most, "attendances"))


def kinds(context: Context) -> str:
    """Tell which kind of activity had the largest share of attendances."""
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
        _say(context, "named", what=name) for name in names.values() if counts.get(name) == most
    ]
    name = "kinds_one" if most == whole else "kinds" if len(first) == 1 else "kinds_each"
    share = context.facts.written("execution_rate", 100 * most / whole)
    return _say(context, name, kinds=_few(context, first), share=share)


def ideas(context: Context) -> str:
    """Tell how many ideas are how far."""
    names = context.ward.vocabularies["idea_status"].labels(context.language)
    table = context.rows("ideas_by_status", "status", "ideas")
    found = dict(zip(table["status"], table["ideas"], strict=True))
    told = [
        _say(context, "count_of", what=name, count=context.facts.written("ideas", int(found[code])))
        for code, name in names.items()
        if found.get(code, 0)
    ]
    whole = context.facts.text("ideas")
    return _say(context, "ideas", ideas=whole, statuses=_joined(context, told))


def spending_by_month(context: Context) -> str:
    """Tell all spending beside the allowance."""
    facts = context.facts
    spent, due = facts.value("spending"), facts.value("allowance")
    told = {"spending": facts.text("spending")}
    if not due:
        return _say(context, "spending", **told)
    told["allowance"] = facts.text("allowance")
    if spent > due:
        return _say(context, "spending_above", **told, above=facts.written("spending", spent - due))
    return _say(context, "spending_within", **told, rate=facts.text("execution_rate"))


def spending_by_category(context: Context) -> str:
    """Tell on which category most was spent."""
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
    share = context.facts.written("execution_rate", 100 * most / context.facts.value("spending"))
    return _say(
        context,
        "category",
        category=line if purpose else category,
        amount=context.facts.written("spending", most),
        share=share,
    )


def _peak(context: Context, values: Sequence[int], most: int, measure: str) -> str:
    """Name the months that have the largest value, and that value."""
    months = context.months
    names = [
        month_label(month, context.language)
        for month, value in zip(months, values, strict=True)
        if value == most
    ]
    which = "peak" if len(names) == 1 else "peak_each"
    told = context.facts.written(measure, most)
    return _say(context, which, months=_few(context, names), most=told)


def _few(context: Context, names: Sequence[str]) -> str:
    """Join a few names; of more, tell the first and that there are others."""
    if len(names) <= FEW:
        return _say(context, "both").join(names)
    return _say(context, "and_others", first=names[0])


def _joined(context: Context, told: Iterable[str]) -> str:
    return _say(context, "between").join(told)


def _until(context: Context) -> str:
    """Name the end of the period."""
    if context.facts.complete:
        return say("narrative.until_year_end", context.language)
    month = context.figures.as_of(context.fiscal_year).month
    return say("narrative.until_month", context.language, month=month)


def _say(context: Context, name: str, **values: object) -> str:
    return say(f"headlines.{name}", context.language, **values)
