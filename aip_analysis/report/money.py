"""The money: spending by month and category, the settlement, coordinators' compensation."""

import pandas as pd

from aip_analysis.charts import spending_by_category_chart, spending_by_month_chart
from aip_analysis.narrative import money_sentences
from aip_analysis.report.context import Context
from aip_analysis.report.months import by_months
from aip_analysis.report.section import Block, ChartBlock, Section
from aip_analysis.tables import beside_table, plain_table, settlement_table
from aip_analysis.ward.calendar import FiscalYear

COMPENSATION = ("coordinator_months", "compensation", "compensation_paid")


def section(context: Context) -> Section:
    """Show spending against the allowance, by category against the budget, and the settlement."""
    sentences = money_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs(sentences)]
    if context.facts.has("spending"):
        blocks += [_by_month(context, sentences[0]), _by_category(context, sentences[0])]
    if context.facts.has("grant") or context.facts.has("spending"):
        table = settlement_table(
            context.figures, context.place, context.fiscal_year, context.language
        )
        blocks.append(context.table("settlement", table, "spending"))
    if context.facts.has("compensation"):
        measures = [context.measure(code) for code in COMPENSATION]
        table = beside_table(
            context.figures, [context.place], context.fiscal_year, measures, context.language
        )
        blocks.append(context.table("compensation", table, "compensation"))
    return Section("money", context.say("money"), tuple(blocks))


def _by_month(context: Context, finding: str) -> ChartBlock:
    months = context.figures.records.months(context.fiscal_year)
    spent = context.rows("spending_by_month")
    purposes = context.ward.vocabularies["ledger_purpose"].labels(context.language)
    parts = {
        name: part[["month", "amount_yen"]].rename(columns={"amount_yen": name})
        for code, name in purposes.items()
        if len(part := spent[spent["purpose"] == code])
    }
    heads = [context.say("head_month"), *parts]
    table = by_months(context, *parts.values())
    return context.chart(
        "spending_by_month",
        spending_by_month_chart(
            spent,
            months,
            _allowances(context),
            ward=context.ward,
            language=context.language,
        ),
        plain_table(table, heads),
        source="spending",
        finding=finding,
    )


def _allowances(context: Context) -> list[int]:
    """Give the allowance due up to the end of each month, in yen: areas summed."""
    rules = context.ward.rules_of(context.fiscal_year)
    areas = context.ward.areas_of(context.place)
    courses = context.figures.courses
    own = [
        courses[area.code, context.fiscal_year]
        for area in areas
        if (area.code, context.fiscal_year) in courses
    ]
    months = FiscalYear(context.fiscal_year).months
    lived = context.figures.records.months(context.fiscal_year)
    return [
        sum(rules.allowance(course.months_since_setting_up(months[: count + 1])) for course in own)
        for count in range(len(lived))
    ]


def _by_category(context: Context, finding: str) -> ChartBlock:
    keys = ["purpose", "category"]
    actual = context.rows("spending_by_category")
    budget = context.rows("budget_by_category")
    vocabularies = context.ward.vocabularies
    purposes = vocabularies["ledger_purpose"].labels(context.language)
    categories = vocabularies["ledger_category"].labels(context.language)
    both = budget.merge(actual, how="outer", on=keys, suffixes=("_budget", "_actual"))
    labels = [
        context.say("purpose_and_category", purpose=purposes.get(p, ""), category=categories[c])
        for p, c in zip(both["purpose"], both["category"], strict=True)
    ]
    shown = pd.DataFrame(
        {
            "label": labels,
            "budget": both["amount_yen_budget"].fillna(0).astype("Int64"),
            "actual": both["amount_yen_actual"].fillna(0).astype("Int64"),
        }
    )
    heads = [context.say(f"head_{name}") for name in ("category", "budget", "actual")]
    return context.chart(
        "spending_by_category",
        spending_by_category_chart(actual, budget, ward=context.ward, language=context.language),
        plain_table(shown, heads),
        source="spending",
        finding=finding,
    )
