"""Tables as HTML: heads marked as heads, every text escaped."""

from jinja2 import Environment

from aip_analysis.tables.table import Table


def _plain(value: float) -> str:
    """Write a number in as few letters as tell all of it: a large page has thousands."""
    return str(int(value)) if value == int(value) else str(value)


_SETTING = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_SETTING.filters["plain"] = _plain
# A cell with a value is set as a number; only one that has none says so.
_TEMPLATE = _SETTING.from_string(
    """\
<div class="table-frame" tabindex="0" role="region" aria-label="{{ caption or name }}">
<table class="{{ table.kind }}"{% if name %} aria-label="{{ name }}"{% endif %}>
{% if caption %}
<caption>{{ caption }}</caption>
{% endif %}
<thead><tr>
{%- for head in table.heads -%}
<th scope="col"{% if loop.index0 in table.numeric %} class="number"{% endif %}>{{ head }}</th>
{%- endfor -%}
</tr></thead>
{% for heading, rows in table.bodies() %}
<tbody>
{% if heading %}
<tr class="part"><th scope="rowgroup" colspan="{{ table.heads | length }}">{{ heading }}</th></tr>
{% endif %}
{% for index in rows %}
<tr{% if index in table.strong %} class="sum"{% endif %}>
{%- for cell in table.rows[index] -%}
{% if loop.first %}<th scope="row"
{%- if cell.under %} class="under kept"><span class="unseen">{{ cell.under }} </span>
{%- else %}
{%- if 0 in table.kept %} class="kept"{% endif %}>
{%- endif %}
{{- cell.text }}</th>{% else -%}
<td{% if loop.index0 in table.numeric %}{% if cell.value is none %} class="number"{% endif %}
{%- elif loop.index0 in table.kept %} class="kept"{% endif %}
{%- if cell.measure %} data-measure="{{ cell.measure }}" data-place="{{ cell.place }}"
 data-year="{{ cell.fiscal_year }}"{% endif %}
{%- if cell.value is not none %} data-value="{{ cell.value | plain }}"{% endif -%}
>{{ cell.text }}</td>
{%- endif %}
{%- endfor -%}
</tr>
{% endfor %}
</tbody>
{% endfor %}
</table>
</div>
"""
)


def table_html(table: Table, caption: str = "", name: str = "") -> str:
    """Give the HTML of a table.

    Parameters
    ----------
    table
        What it says.
    caption
        Its caption, with its number.
    name
        What a screen reader calls it where it has no caption.
    """
    return _TEMPLATE.render(table=table, caption=caption, name=name)
