"""What the columns of a table are for."""

import pytest

from models.counting.shape_watch import Sureness
from models.counting.table_columns import ColumnKind, TableColumn, table_finding

TIME, WHOLE, NUMBER, TEXT = ColumnKind.TIME, ColumnKind.WHOLE, ColumnKind.NUMBER, ColumnKind.TEXT
HEATS = tuple(range(1, 9))


def test_heats_are_read_by_their_number_weight_and_time_with_reasons() -> None:
    found = table_finding(
        [
            TableColumn("id", WHOLE, leads=True, is_unique=True, values=HEATS),
            TableColumn("heat_no", TEXT, is_unique=True, values=tuple(f"H{n}" for n in HEATS)),
            TableColumn("furnace", WHOLE, values=(1, 2) * 4),
            TableColumn("gross_kg", WHOLE, values=(390_000,) * 8),
            TableColumn("net_kg", WHOLE, values=(310_000,) * 8),
            TableColumn("created_at", TIME, leads=True),
            TableColumn("tapped_at", TIME),
        ]
    )
    assert {role: one.column.name for role, one in found.roles.items()} == {
        "key": "heat_no", "tonnes": "net_kg", "end": "tapped_at",
    }  # fmt: skip
    assert (found.unit, found.unit_reason) == ("kg", "its name says kg")
    assert found.roles["key"].sureness is Sureness.SURE
    assert found.roles["end"].reasons[-2:] == (
        "no index begins with it: ask for one",
        "there are others: created_at",
    )


@pytest.mark.parametrize(("weights", "unit"), [((310.5, 299.0, 305.1), "t"), ((310_500.0, 299_000.0), "kg")])
def test_a_weight_without_a_unit_is_judged_by_its_size(weights: tuple[float, ...], unit: str) -> None:
    columns = [
        TableColumn("№ плавки", WHOLE, values=HEATS),
        TableColumn("Вес", NUMBER, values=weights),
        TableColumn("Время выпуска", TIME, leads=True),
    ]
    found = table_finding(columns)
    assert found.is_event
    assert found.unit == unit
    assert found.unit_reason.endswith("check")


def test_a_table_of_readings_has_a_time_and_a_value() -> None:
    found = table_finding([TableColumn("at", TIME, leads=True), TableColumn("t_per_h", NUMBER, values=(1.5, 1.5))])
    assert {role: one.column.name for role, one in found.roles.items()} == {"time": "at", "value": "t_per_h"}
    assert found.roles["time"].sureness is Sureness.SURE


def test_a_key_that_repeats_is_none_and_a_table_without_a_time_is_nothing() -> None:
    weight, time = TableColumn("weight", NUMBER), TableColumn("at", TIME)
    assert not table_finding([TableColumn("ladle", WHOLE, values=(1, 2, 1, 2, 3)), weight, time]).is_event
    assert table_finding([TableColumn("heat_no", WHOLE, values=HEATS), weight]).roles == {}
