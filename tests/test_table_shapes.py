"""The shapes of the tables are those of docs/tables.md, and every row that is made fits them."""

import re
from pathlib import Path

from models.tables.shapes import CALCULATED, MARK, RAW, FieldType, by_name

ROOT = Path(__file__).resolve().parents[1]
TEXTS = {
    "shift", "forecast_lacks", "period", "codes", "product", "cause_unit", "title", "event_id",
    "evidence_en", "evidence_ru", "evidence_kk", "text_en", "text_ru", "text_kk",
    "currency", "source", "published", "definition", "name_en", "name_ru", "name_kk", "unit_en", "unit_ru", "unit_kk",
    "no_verdict", "no_heat", "not_known", "share_lacks", "no_gj_per_t", "month_no_gj_per_t",
    "capacity_product_en", "capacity_product_ru", "capacity_product_kk", "capacity_from",
    "above_local_at", "above_general_at",
}  # fmt: skip


def documented() -> dict[str, tuple[str, str]]:
    """By table: the cells of its tags and of its fields, as docs/tables.md has them."""
    text = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (?:raw|calculated|both) \| `(\w+)` \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    return {table: (tags, fields) for table, tags, fields in found}


def test_the_shapes_are_those_of_the_documentation() -> None:
    shapes = by_name((*CALCULATED, *RAW, MARK))
    cells = documented()
    assert cells.keys() == shapes.keys()
    for name, shape in shapes.items():
        tags, fields = cells[name]
        assert tags == "the same" or tuple(tags.split(", ")) == shape.tags
        named = dict(re.findall(r"\b([a-z][a-z0-9_]+)( i)?\b", fields))
        if "output_hour" in fields or "the same" in fields:
            named |= dict(re.findall(r"\b([a-z][a-z_]+)( i)?\b", cells["output_hour"][1]))
        for field, kind in shape.fields.items():
            if field == "codes":  # said below the table, for it is of rows of "unclaimed" alone
                continue
            assert field in named, f"{name}.{field} is not in docs/tables.md"
            assert (kind is FieldType.WHOLE) == (named[field] == " i"), f"{name}.{field}"
            assert (kind is FieldType.TEXT) == (field in TEXTS), f"{name}.{field}"
        assert {word for word in named if "_" in word} <= {*shape.fields, "output_hour"}
