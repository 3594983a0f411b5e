"""The money section: spending by month and category, settlement, coordinators' compensation."""

import pandas as pd

from aip_analysis.charts import spending_by_category_chart, spending_by_month_chart
from aip_analysis.charts.time_axis import by_month
from aip_analysis.measures.allowances import allowances
from aip_analysis.messages.months import month_name
from aip_analysis.narrative import money_sentences
from aip_analysis.report import chart_findings
from aip_analysis.report.blocks import Block, ChartBlock
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.tables import compensation_table, settlement_table, table_from_frame
from aip_analysis.tables.money import AMOUNTS

KEYS = ["purpose", "category"]


def section(context: Context) -> Section:
    """Return the section on spending against allowance and budget, and on the settlement."""
    sentences = money_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs(sentences)]
    if context.facts.has("spending"):
        blocks += [_by_month(context), _by_category(context)]
    place = (context.figures, context.place, context.fiscal_year, context.language)
    if any(context.facts.has(code) for code in ("allowance", "grant", "other_income", "spending")):
        name = "settlement" if context.facts.complete else "settlement_so_far"
        month = context.figures.as_of(context.fiscal_year).month
        table = settlement_table(*place)
        texts = {"month": month, "month_name": month_name(month, context.language)}
        blocks.append(context.table(name, table, ("spending", "budget"), **texts))
    if context.facts.has("compensation") or context.facts.has("compensation_paid"):
        table = compensation_table(*place)
        blocks.append(context.table("compensation", table, ("compensation", "compensation_paid")))
    return Section("money", context.say("money"), tuple(blocks), context.language)


def _by_month(context: Context) -> ChartBlock:
    months = context.months
    areas = [area.code for area in context.ward.areas_of(context.place)]
    courses = context.figures.courses_of(context.place, context.fiscal_year)
    rules = context.ward.rules_of(context.fiscal_year)
    due = allowances(courses, areas, months, rules)
    spent = context.rows("spending_by_month", "month", *AMOUNTS)
    figure = spending_by_month_chart(
        spent, months, due, ward=context.ward, language=context.language
    )
    table = _months_by_category(context, spent)
    totals = by_month(spent, "amount_yen", months)
    sums = {
        "sum": totals,
        "allowance_of_month": [
            after - before for before, after in zip([0, *due], due, strict=False)
        ],
        "spent_so_far": [sum(totals[: turn + 1]) for turn in range(len(totals))],
        "allowance_so_far": due,
    }
    heads = [context.say("head_month"), *table.columns[1:], *map(context.say, sums)]
    return context.chart(
        "spending_by_month",
        figure,
        table_from_frame(table.assign(**sums), heads),
        source=("spending", "allowance"),
        headline=chart_findings.spending_by_month(context),
    )


def _months_by_category(context: Context, spent: pd.DataFrame) -> pd.DataFrame:
    """Return spending in yen: a row per month, a column per purpose and category with spending."""
    months = context.months
    columns: dict[str, object] = {
        "month": [context.say("month_only", month=month.month) for month in months]
    }
    keys = [spent["purpose"].fillna(""), spent["category"]]
    parts = dict(list(spent.groupby(keys, sort=False)))
    for key, label in _labels(context, spent).items():
        columns[label] = by_month(parts[key], "amount_yen", months)
    return pd.DataFrame(columns)


def _labels(context: Context, table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the labels of a table's purposes and categories, in the order of the vocabularies."""
    keys = set(zip(table["purpose"].fillna(""), table["category"], strict=True))
    purposes = context.ward.vocabularies["ledger_purpose"].labels(context.language) | {"": ""}
    categories = context.ward.vocabularies["ledger_category"].labels(context.language)
    return {
        (purpose, category): context.say(
            "purpose_and_category", purpose=name, category=categories[category]
        )
        if purpose
        else categories[category]
        for purpose, name in purposes.items()
        for category in categories
        if (purpose, category) in keys
    }


def _by_category(context: Context) -> ChartBlock:
    actual = context.rows("spending_by_category", *AMOUNTS)
    budget = context.rows("budget_by_category", *AMOUNTS)
    both = budget.merge(actual, how="outer", on=KEYS, suffixes=("_budget", "_actual"))
    labels = _labels(context, both)
    purposes = both["purpose"].fillna("")
    amounts = both.set_index([purposes, "category"])[["amount_yen_budget", "amount_yen_actual"]]
    amounts = amounts.reindex(list(labels)).fillna(0).astype("Int64").reset_index(drop=True)
    labelled = pd.DataFrame({"label": list(labels.values())}).join(amounts)
    heads = [context.say(f"head_{name}") for name in ("category", "budget", "actual")]
    return context.chart(
        "spending_by_category",
        spending_by_category_chart(actual, budget, ward=context.ward, language=context.language),
        table_from_frame(labelled, heads),
        source=("spending", "budget"),
        headline=chart_findings.spending_by_category(context),
    )
