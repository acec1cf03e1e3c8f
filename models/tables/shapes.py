"""The tables with their tags and the fixed types of their fields, as docs/tables.md has them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What a field holds, for ever: a number, a whole number, or a text."""

    NUMBER = "number"
    WHOLE = "whole"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table. Its time and all of `tags` tell its rows apart; `fields` are by name."""

    name: str
    tags: tuple[str, ...]
    fields: Mapping[str, FieldType]


def _fields(numbers: str = "", whole: str = "", texts: str = "") -> dict[str, FieldType]:
    """Fields by type; each argument is a list of names with spaces between."""
    by_type = ((FieldType.NUMBER, numbers), (FieldType.WHOLE, whole), (FieldType.TEXT, texts))
    return {name: kind for kind, names in by_type for name in names.split()}


_PLACE = ("site", "shop", "unit", "product", "level")
_OUTPUT = "actual_t target_t deviation_t attainment_pct completeness_pct"
_SPAN = _fields(f"{_OUTPUT} planned_stop_h unplanned_stop_h", "status start_ms end_ms", "codes")

CALCULATED: tuple[TableShape, ...] = (
    TableShape("output_hour", _PLACE, _SPAN),
    TableShape("output_shift", _PLACE, _SPAN | _fields(texts="shift")),
    TableShape(
        "output_day",
        _PLACE,
        _SPAN
        | _fields(
            "month_to_date_t booked_for_other_months_t month_to_date_target_t month_to_date_due_t month_target_t "
            "target_so_far_t attainment_so_far_pct forecast_month_t forecast_low_t forecast_high_t "
            "required_rate_t_per_day year_to_date_t ytd_pct",
            texts="forecast_lacks",
        ),
    ),
    TableShape(
        "output_month",
        _PLACE,
        _fields(
            f"{_OUTPUT} mom_pct mom_per_day_pct yoy_pct yoy_per_day_pct yoy_repair_free_pct ytd_t ytd_prev_year_t "
            "ytd_pct as_closed_t booked_for_other_months_t adjustment_t restated_t restated_mom_pct restated_yoy_pct "
            "restated_ytd_t restated_ytd_pct",
            "status in_progress_days start_ms end_ms",
            "period codes",
        ),
    ),
    TableShape("unit_kpi", ("site", "shop", "unit", "kpi"), _fields("value target")),
    TableShape(
        "unit_state",
        ("site", "shop", "unit"),
        _fields(
            "expected_t_per_h actual_t_per_h drop_pct",
            "state severity own",
            "product cause_unit evidence_en evidence_ru evidence_kk",
        ),
    ),
    TableShape("balance", ("site", "node"), _fields("residual_t sigma_t")),
    TableShape(
        "heat_hour",
        ("site", "network"),
        _fields(
            "outdoor_degc supply_degc return_degc supply_due_degc return_due_degc short_by_degc flow_t_per_h "
            "make_up_t_per_h supply_pressure_mpa return_pressure_mpa heat_gcal demand_gcal heat_known_s",
            "verdict",
            "no_verdict no_heat",
        ),
    ),
    TableShape(
        "fuel_day",
        ("site", "level", "kind", "fuel", "product"),
        _fields(
            "amount_nm3 amount_t energy_gj co2_t known_h energy_known_h flared_nm3 flared_known_h natural_gas_pct "
            "output_t gj_per_t month_amount_nm3 month_amount_t month_energy_gj month_co2_t month_flared_nm3 "
            "month_natural_gas_pct month_gj_per_t",
            "hours burned_h flared month_days month_of_days",
            "not_known share_lacks no_gj_per_t month_no_gj_per_t name_en name_ru name_kk",
        ),
    ),
    TableShape(
        "growth_part",
        ("site", "product", "base", "part"),
        _fields("change_t change_pct", "days known", "period name_en name_ru name_kk"),
    ),
    TableShape(
        "plant_event",
        ("site", "shop", "unit", "kind"),
        _fields(whole="end_ms", texts="title text_en text_ru text_kk event_id"),
    ),
    TableShape(
        "project_month",
        ("site", "project"),
        _fields(
            "work_plan work_done paid_plan paid work_plan_to_date work_done_to_date paid_plan_to_date paid_to_date "
            "budget paid_of_budget_pct physical_pct jobs capacity_t_per_year "
            "paid_growth_month_pct paid_growth_year_pct paid_growth_to_date_pct",
            "months_without_payment milestones milestones_reached milestones_late days_late",
            "currency period name_en name_ru name_kk "
            "capacity_product_en capacity_product_ru capacity_product_kk capacity_from",
        ),
    ),
    TableShape(
        "safety_hour",
        ("site", "shop", "unit", "working"),
        _fields(
            "methane_mean_pct methane_max_pct minutes_above_local minutes_above_general minutes_known limit_local_pct "
            "limit_general_pct air_velocity_mean air_velocity_min people_max minutes_power_off above_local_output_t "
            "above_general_output_t",
            "times_above_local times_above_general sensors silent_sensors stuck_sensors above_local_minutes "
            "above_general_minutes above_local_known_minutes above_general_known_minutes",
            "above_local_at above_general_at name_en name_ru name_kk",
        ),
    ),
    TableShape(
        "indicator",
        ("site", "indicator", "span"),
        _fields(
            "value growth_pct growth_computed_pct",
            "growth_differs",
            "period source published definition name_en name_ru name_kk unit_en unit_ru unit_kk",
        ),
    ),
)
RAW: tuple[TableShape, ...] = (
    TableShape("telemetry", ("site", "shop", "unit", "signal"), _fields("value", "quality")),
    TableShape(
        "source_health",
        ("site", "source", "collector"),
        _fields(
            "age_s poll_s queue_age_s loop_lag_ms clock_offset_s cert_days_left",
            "up readings rejected queue_rows queue_bytes",
        ),
    ),
)
MARK = TableShape("tundish_simulated", ("site",), _fields(whole="simulated"))
"""In every database of a simulated works."""


def by_name(shapes: Iterable[TableShape]) -> dict[str, TableShape]:
    """Shapes by the name of their table."""
    return {shape.name: shape for shape in shapes}
