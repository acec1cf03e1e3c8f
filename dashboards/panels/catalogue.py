"""Every figure of the boards, named once. Tables and fields are those of docs/tables.md."""

from dashboards.panels.quantity import (
    Balance,
    Buckets,
    Graded,
    Measure,
    Quantity,
    Renamed,
    SeriesRole,
    Share,
    Times,
    Tone,
)
from models.works.limits import DEFAULT_PACE

_T, _P = Measure.TONNES, Measure.PERCENT

HOUR_ACTUAL = Quantity("output_hour", "actual_t", "actual", Measure.TONNES_PER_HOUR, role=SeriesRole.ACTUAL)
HOUR_OVER = Quantity(
    "output_hour", "actual_t", "actual", Measure.TONNES_PER_HOUR, role=SeriesRole.ACTUAL, buckets=Buckets.OVER
)
HOUR_RUNNING = Quantity(
    "output_hour",
    "running_t",
    "running_hour",
    Measure.TONNES_PER_HOUR,
    role=SeriesRole.RUNNING,
    formula=Renamed("actual_t"),
    buckets=Buckets.RUNNING,
)
HOUR_TARGET = Quantity("output_hour", "target_t", "target", Measure.TONNES_PER_HOUR, role=SeriesRole.TARGET)
HOUR_LIMIT = Quantity(
    "output_hour",
    "limit_t",
    "limit_low",
    Measure.TONNES_PER_HOUR,
    role=SeriesRole.LIMIT,
    # Where a unit has a limit of its own, the panel puts that in place of this one (Panel.by_limit).
    formula=Times("target_t", DEFAULT_PACE.raise_pct / 100),
)
HOUR_COMPLETENESS = Quantity("output_hour", "completeness_pct", "completeness", _P, Tone.COMPLETENESS)
PACE = Quantity("output_hour", "pace_pct", "pace", _P, Tone.PACE, decimals=1)

DAY_ACTUAL = Quantity("output_day", "actual_t", "actual", _T, role=SeriesRole.ACTUAL)
DAY_TARGET = Quantity("output_day", "target_t", "target", _T, role=SeriesRole.TARGET)
DAY_OVER = Quantity("output_day", "actual_t", "actual", _T, role=SeriesRole.ACTUAL, buckets=Buckets.OVER)
DAY_RUNNING = Quantity(
    "output_day",
    "running_t",
    "running_day",
    _T,
    role=SeriesRole.RUNNING,
    formula=Renamed("actual_t"),
    buckets=Buckets.RUNNING,
)
DAY_ATTAINMENT = Quantity(
    "output_day", "attainment_pct", "attainment", _P, Tone.ATTAINMENT, decimals=1, buckets=Buckets.OVER
)
TARGET_SO_FAR = Quantity("output_day", "target_so_far_t", "target_so_far", _T, role=SeriesRole.TARGET)
ATTAINMENT_SO_FAR = Quantity(
    "output_day", "attainment_so_far_pct", "attainment_so_far", _P, Tone.ATTAINMENT, decimals=1
)
DAY_COMPLETENESS = Quantity("output_day", "completeness_pct", "completeness", _P, Tone.COMPLETENESS)
PLANNED_STOP = Quantity("output_day", "planned_stop_h", "planned_stop", Measure.HOURS, decimals=1)
MONTH_TO_DATE = Quantity("output_day", "month_to_date_t", "month_to_date", _T, role=SeriesRole.ACTUAL)
MONTH_TO_DATE_TARGET = Quantity("output_day", "month_to_date_due_t", "month_to_date_target", _T, role=SeriesRole.TARGET)
MONTH_TO_DATE_DEVIATION = Quantity(
    "output_day",
    "month_to_date_deviation_t",
    "month_to_date_deviation",
    _T,
    Tone.DEVIATION,
    formula=Balance(("month_to_date_t",), ("month_to_date_due_t",)),
)
# As it stood before the day: what the day itself made is the step from here to there.
DEVIATION_BEFORE = Quantity(
    "output_day",
    "deviation_before_t",
    "deviation_before",
    _T,
    Tone.DEVIATION,
    formula=Balance(("month_to_date_t", "target_t"), ("month_to_date_target_t", "actual_t")),
)
MONTH_TO_DATE_PCT = Quantity(
    "output_day",
    "month_to_date_pct",
    "attainment_to_date",
    _P,
    Tone.FORECAST,
    formula=Share("month_to_date_t", "month_to_date_due_t"),
    decimals=1,
)
MONTH_PLAN = Quantity("output_day", "month_target_t", "month_plan", _T, role=SeriesRole.PLAN)
MONTH_FORECAST = Quantity("output_day", "forecast_month_t", "forecast", _T, role=SeriesRole.FORECAST)
MONTH_FORECAST_LOW = Quantity("output_day", "forecast_low_t", "forecast_low", _T, role=SeriesRole.LOW)
MONTH_FORECAST_HIGH = Quantity("output_day", "forecast_high_t", "forecast_high", _T, role=SeriesRole.HIGH)
MONTH_FORECAST_PCT = Quantity(
    "output_day",
    "forecast_pct",
    "forecast_pct",
    _P,
    Tone.FORECAST,
    formula=Share("forecast_month_t", "month_target_t"),
    decimals=1,
)
# A unit that is in relining for the rest of the month has none.
REQUIRED_RATE = Quantity(
    "output_day",
    "required_rate_t_per_day",
    "required_rate",
    Measure.TONNES_PER_DAY,
    role=SeriesRole.REQUIRED,
    seldom=True,
)

MONTH_ACTUAL = Quantity("output_month", "actual_t", "actual", _T, role=SeriesRole.ACTUAL)
MONTH_TARGET = Quantity("output_month", "target_t", "plan_t", _T, role=SeriesRole.TARGET)
MONTH_ATTAINMENT = Quantity("output_month", "attainment_pct", "attainment_pct", _P, decimals=1)
# To 0.1 %, as the books round them once (docs/figures.md).
MOM = Quantity("output_month", "mom_pct", "mom_pct", _P, Tone.GROWTH, decimals=1)
MOM_PER_DAY = Quantity("output_month", "mom_per_day_pct", "mom_per_day_pct", _P, Tone.GROWTH, decimals=1)
YOY = Quantity("output_month", "yoy_pct", "yoy_pct", _P, Tone.GROWTH, decimals=1)
YOY_PER_DAY = Quantity("output_month", "yoy_per_day_pct", "yoy_per_day_pct", _P, Tone.GROWTH, decimals=1)
YTD = Quantity("output_month", "ytd_pct", "ytd_pct", _P, Tone.GROWTH, decimals=1)
# With every correction in the month that it concerns; absent where that changes nothing.
RESTATED_ACTUAL = Quantity("output_month", "restated_t", "restated_t", _T, seldom=True)
RESTATED_MOM = Quantity(
    "output_month", "restated_mom_pct", "restated_mom_pct", _P, Tone.GROWTH, decimals=1, seldom=True
)
RESTATED_YOY = Quantity(
    "output_month", "restated_yoy_pct", "restated_yoy_pct", _P, Tone.GROWTH, decimals=1, seldom=True
)
RESTATED_YTD = Quantity(
    "output_month", "restated_ytd_pct", "restated_ytd_pct", _P, Tone.GROWTH, decimals=1, seldom=True
)
PERIOD = Quantity("output_month", "period", "month", Measure.TEXT)
STATUS = Quantity("output_month", "status", "status", Measure.STATUS, Tone.CODE)

STATE = Quantity("unit_state", "state", "state", Measure.STATE, Tone.CODE)
STATE_GRADED = Quantity(
    "unit_state", "graded", "state", Measure.STATE, Tone.CODE, formula=Graded("state", "severity", "own")
)
EXPECTED_RATE = Quantity("unit_state", "expected_t_per_h", "target", Measure.TONNES_PER_HOUR, role=SeriesRole.TARGET)
ACTUAL_RATE = Quantity("unit_state", "actual_t_per_h", "actual", Measure.TONNES_PER_HOUR, role=SeriesRole.ACTUAL)
DROP = Quantity("unit_state", "drop_pct", "drop", _P)
EVIDENCE = Quantity("unit_state", "evidence", "evidence", Measure.TEXT)
# Three decimals: a useful-volume figure of 0.5 m³·d/t moves in the third.
KPI_VALUE = Quantity("unit_kpi", "value", "value", Measure.PLAIN, decimals=3)
KPI_TARGET = Quantity("unit_kpi", "target", "target", Measure.PLAIN, decimals=3)
SIGNAL = Quantity("telemetry", "value", "value", Measure.PLAIN, decimals=1)

UP = Quantity("source_health", "up", "source_state", Measure.UP, Tone.CODE)
AGE = Quantity("source_health", "age_s", "age", Measure.SECONDS, Tone.AGE, decimals=1)
REJECTED = Quantity("source_health", "rejected", "rejected", Measure.COUNT)
QUEUE_ROWS = Quantity("source_health", "queue_rows", "queue_rows", Measure.COUNT)
QUEUE_AGE = Quantity("source_health", "queue_age_s", "queue_age", Measure.SECONDS, Tone.QUEUE)
LOOP_LAG = Quantity("source_health", "loop_lag_ms", "loop_lag", Measure.MILLISECONDS, decimals=1)
CLOCK_OFFSET = Quantity("source_health", "clock_offset_s", "clock_offset", Measure.SECONDS, decimals=2)

_PROJECT, _INDICATOR = "project_month", "indicator"
PROJECT_NAME = Quantity(_PROJECT, "name", "project", Measure.TEXT)
PROJECT_PERIOD = Quantity(_PROJECT, "period", "month", Measure.TEXT)
CURRENCY = Quantity(_PROJECT, "currency", "currency", Measure.TEXT)
WORK_PLAN = Quantity(_PROJECT, "work_plan", "work_plan", Measure.MONEY, role=SeriesRole.TARGET, decimals=1)
WORK_DONE = Quantity(_PROJECT, "work_done", "work_done", Measure.MONEY, role=SeriesRole.ACTUAL, decimals=1)
PAID_PLAN = Quantity(_PROJECT, "paid_plan", "paid_plan", Measure.MONEY, role=SeriesRole.TARGET, decimals=1)
PAID = Quantity(_PROJECT, "paid", "paid", Measure.MONEY, role=SeriesRole.ACTUAL, decimals=1)
WORK_TO_DATE = Quantity(_PROJECT, "work_done_to_date", "work_done_to_date", Measure.MONEY, decimals=1, seldom=True)
PAID_TO_DATE = Quantity(_PROJECT, "paid_to_date", "paid_to_date", Measure.MONEY, decimals=1, seldom=True)
BUDGET = Quantity(_PROJECT, "budget", "budget", Measure.MONEY, decimals=1, seldom=True)
PAID_OF_BUDGET = Quantity(_PROJECT, "paid_of_budget_pct", "paid_of_budget_pct", _P, decimals=1, seldom=True)
PAID_GROWTH_MONTH, PAID_GROWTH_YEAR, PAID_GROWTH_TO_DATE = (
    Quantity(_PROJECT, name, name, _P, Tone.GROWTH, decimals=1, seldom=True)
    for name in ("paid_growth_month_pct", "paid_growth_year_pct", "paid_growth_to_date_pct")
)
PHYSICAL = Quantity(_PROJECT, "physical_pct", "physical_pct", _P, decimals=1, seldom=True)
JOBS = Quantity(_PROJECT, "jobs", "jobs", Measure.COUNT, seldom=True)
CAPACITY = Quantity(_PROJECT, "capacity_t_per_year", "capacity_t_per_year", Measure.COUNT, seldom=True)
CAPACITY_PRODUCT = Quantity(_PROJECT, "capacity_product", "capacity_product", Measure.TEXT, seldom=True)
CAPACITY_FROM = Quantity(_PROJECT, "capacity_from", "capacity_from", Measure.TEXT, seldom=True)
MONTHS_WITHOUT_PAYMENT = Quantity(
    _PROJECT, "months_without_payment", "months_without_payment", Measure.COUNT, Tone.LATE, seldom=True
)
MILESTONES = Quantity(_PROJECT, "milestones", "milestones", Measure.COUNT)
MILESTONES_REACHED = Quantity(_PROJECT, "milestones_reached", "milestones_reached", Measure.COUNT)
MILESTONES_LATE = Quantity(_PROJECT, "milestones_late", "milestones_late", Measure.COUNT, Tone.LATE)
DAYS_LATE = Quantity(_PROJECT, "days_late", "days_late", Measure.COUNT, Tone.LATE)
INDICATOR_NAME = Quantity(_INDICATOR, "name", "indicator_name", Measure.TEXT)
INDICATOR_PERIOD = Quantity(_INDICATOR, "period", "period", Measure.TEXT)
INDICATOR_VALUE = Quantity(_INDICATOR, "value", "value", Measure.PLAIN, decimals=1)
INDICATOR_UNIT = Quantity(_INDICATOR, "unit", "indicator_unit", Measure.TEXT)
GROWTH_PUBLISHED = Quantity(_INDICATOR, "growth_pct", "growth_published", _P, Tone.GROWTH, decimals=1, seldom=True)
GROWTH_COMPUTED = Quantity(
    _INDICATOR, "growth_computed_pct", "growth_computed", _P, Tone.GROWTH, decimals=1, seldom=True
)
GROWTH_DIFFERS = Quantity(_INDICATOR, "growth_differs", "growth_differs", Measure.DIFFERS, Tone.CODE, seldom=True)
PUBLISHED_BY = Quantity(_INDICATOR, "source", "published_by", Measure.TEXT)
PUBLISHED_ON = Quantity(_INDICATOR, "published", "published_on", Measure.TEXT)

_DEG, _GCAL = Measure.DEGREES, Measure.GCAL
HEAT_SUPPLY = Quantity("heat_hour", "supply_degc", "heat_supply_degc", _DEG, decimals=1)
HEAT_SUPPLY_DUE = Quantity(
    "heat_hour", "supply_due_degc", "heat_supply_due_degc", _DEG, role=SeriesRole.TARGET, decimals=1, seldom=True
)
HEAT_RETURN = Quantity("heat_hour", "return_degc", "heat_return_degc", _DEG, decimals=1)
HEAT_RETURN_DUE = Quantity(
    "heat_hour", "return_due_degc", "heat_return_due_degc", _DEG, role=SeriesRole.TARGET, decimals=1, seldom=True
)
HEAT_OUTDOOR = Quantity("heat_hour", "outdoor_degc", "heat_outdoor_degc", _DEG, role=SeriesRole.LOW, decimals=1)
HEAT_GCAL = Quantity("heat_hour", "heat_gcal", "heat_gcal_h", _GCAL, role=SeriesRole.ACTUAL, decimals=1)
HEAT_DEMAND = Quantity("heat_hour", "demand_gcal", "heat_demand_h", _GCAL, role=SeriesRole.TARGET, decimals=1)
HEAT_FLOW = Quantity("heat_hour", "flow_t_per_h", "heat_flow", Measure.TONNES_PER_HOUR)
HEAT_MAKE_UP = Quantity("heat_hour", "make_up_t_per_h", "heat_make_up", Measure.TONNES_PER_HOUR)
HEAT_VERDICT = Quantity("heat_hour", "verdict", "heat_verdict", Measure.VERDICT, Tone.CODE)

_FUEL, _GJ, _NM3 = "fuel_day", Measure.GJ, Measure.NM3
FUEL_ENERGY = Quantity(_FUEL, "energy_gj", "fuel_energy", _GJ)
FUEL_MONTH_ENERGY = Quantity(_FUEL, "month_energy_gj", "fuel_month_energy", _GJ)
FUEL_KNOWN = Quantity(_FUEL, "energy_known_h", "fuel_known", Measure.HOURS, decimals=1)
FUEL_HOURS = Quantity(_FUEL, "hours", "fuel_hours", Measure.HOURS)
FUEL_SHARE = Quantity(_FUEL, "natural_gas_pct", "fuel_energy", _P, decimals=1)
FUEL_MONTH_SHARE = Quantity(_FUEL, "month_natural_gas_pct", "fuel_month_energy", _P, decimals=1)
FUEL_FLARED = Quantity(_FUEL, "flared_nm3", "fuel_energy", _NM3)
FUEL_MONTH_FLARED = Quantity(_FUEL, "month_flared_nm3", "fuel_month_energy", _NM3)
FUEL_CO2 = Quantity(_FUEL, "co2_t", "fuel_energy", _T)
FUEL_MONTH_CO2 = Quantity(_FUEL, "month_co2_t", "fuel_month_energy", _T)
KIND_ENERGY = Quantity(_FUEL, "energy_gj", "fuel_burned", _GJ, role=SeriesRole.ACTUAL)
FUEL_SHARE_OF_DAY = Quantity(_FUEL, "natural_gas_pct", "fuel_share", _P, decimals=1)
FUEL_FLARED_OF_DAY = Quantity(_FUEL, "flared_nm3", "fuel_flared", _NM3, role=SeriesRole.ACTUAL)
FUEL_CO2_OF_DAY = Quantity(_FUEL, "co2_t", "fuel_co2", _T, role=SeriesRole.ACTUAL)
FUEL_SPECIFIC = Quantity(_FUEL, "gj_per_t", "fuel_specific", Measure.GJ_PER_TONNE, decimals=2)

_SAFETY, _MIN = "safety_hour", Measure.MINUTES
METHANE_MAX = Quantity(_SAFETY, "methane_max_pct", "methane_max", _P, role=SeriesRole.ACTUAL, decimals=2)
METHANE_MEAN = Quantity(_SAFETY, "methane_mean_pct", "methane_mean", _P, role=SeriesRole.LOW, decimals=2)
METHANE_LIMIT_LOCAL = Quantity(_SAFETY, "limit_local_pct", "limit_local", _P, role=SeriesRole.LIMIT, decimals=2)
METHANE_LIMIT_GENERAL = Quantity(_SAFETY, "limit_general_pct", "limit_general", _P, role=SeriesRole.TARGET, decimals=2)
ABOVE_LOCAL = Quantity(_SAFETY, "minutes_above_local", "above_local", _MIN, Tone.LATE, decimals=1)
ABOVE_GENERAL = Quantity(_SAFETY, "minutes_above_general", "above_general", _MIN, Tone.LATE, decimals=1)
MADE_ABOVE_LOCAL = Quantity(_SAFETY, "above_local_output_t", "above_local", _T, Tone.LATE, decimals=1)
MADE_ABOVE_GENERAL = Quantity(_SAFETY, "above_general_output_t", "above_general", _T, Tone.LATE, decimals=1)
METHANE_KNOWN = Quantity(_SAFETY, "minutes_known", "methane_known", _MIN, decimals=1)
SILENT_SENSORS = Quantity(_SAFETY, "silent_sensors", "silent_sensors", Measure.COUNT, Tone.LATE)
STUCK_SENSORS = Quantity(_SAFETY, "stuck_sensors", "stuck_sensors", Measure.COUNT, Tone.LATE)
AIR_MEAN = Quantity(_SAFETY, "air_velocity_mean", "air_mean", Measure.METRES_PER_SECOND, decimals=2)
AIR_LEAST = Quantity(
    _SAFETY, "air_velocity_min", "air_least", Measure.METRES_PER_SECOND, role=SeriesRole.LOW, decimals=2
)
PEOPLE_MOST = Quantity(_SAFETY, "people_max", "people_below", Measure.COUNT, role=SeriesRole.ACTUAL)
POWER_OFF = Quantity(_SAFETY, "minutes_power_off", "power_off", _MIN, role=SeriesRole.ACTUAL, decimals=1)

GROWTH_PART = Quantity("growth_part", "name", "growth_part", Measure.TEXT)
GROWTH_PART_T = Quantity("growth_part", "change_t", "growth_part_t", Measure.TONNES, tone=Tone.DEVIATION, decimals=1)

EVENT_TEXT = Quantity("plant_event", "text", "event", Measure.TEXT)
EVENT_END = Quantity("plant_event", "end_ms", "until", Measure.INSTANT)
IN_EACH_LANGUAGE = (EVENT_TEXT, EVIDENCE, PROJECT_NAME, CAPACITY_PRODUCT, INDICATOR_NAME, INDICATOR_UNIT, GROWTH_PART)
"""Texts that the tables have once for each language: a board takes the field of its own."""
