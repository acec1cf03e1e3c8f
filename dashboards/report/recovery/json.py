"""The report on how a month can still be made, for programs. Pure."""

import json
from datetime import date

from dashboards.report.recovery.day_plan import days_of
from dashboards.report.recovery.document import RecoveryReport, shifts_a_day
from models.recovery.recovered import Recovery, UnitDemand, Way
from models.recovery.sentences import recovery_sentences, remark_sentences
from models.recovery.standing import UnitStanding
from models.recovery.standing_words import local_instant
from models.recovery.stock_words import stocks_of
from models.works.localize import Language
from models.works.month import period_text
from models.works.plant import Plant

_DECIMALS = 3
"""Kilograms: what the solver leaves behind them is noise of floats."""


def recovery_json(report: RecoveryReport, language: Language) -> str:
    """A list of products. What is not known is left out."""
    found = [_product(report, each, language) for each in report.products]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _product(report: RecoveryReport, found: Recovery, language: Language) -> dict[str, object]:
    tonnes = {
        "plan_t": found.plan_t,
        "made_t": found.made_t,
        "forecast_t": found.forecast_t,
        "needed_t": found.need_t,
        "reachable_t": found.reachable_t,
    }
    shown: dict[str, object] = {
        "product": found.product,
        "month": period_text(found.month),
        "simulated": report.plant.simulated,
        "as_of": report.as_of,
        "from": date.fromordinal(found.first).isoformat(),
        "days_left": round(found.days_left, _DECIMALS),
        **{name: round(value, _DECIMALS) for name, value in tonnes.items() if value is not None},
    }
    if found.is_reachable is not None:
        shown["plan_can_be_made"] = found.is_reachable
    if found.way is not None:
        shown |= _way(report.plant, found.way)
        shown["days"] = [day.isoformat() for day in days_of(found)]
        shown["stocks"] = [
            {
                "holds": list(stock.holds),
                "tonnes_of": stock.product,
                "now_t": round(stock.opening_t, _DECIMALS),
                "evening_t": [round(each, _DECIMALS) for each in stock.evening_t],
            }
            for stock in stocks_of(report.plant, found.way)
        ]
    shown["supposed"] = {
        "stands_until": {unit: date.fromordinal(day).isoformat() for unit, day in report.supposed.stands.items()},
        "repair_begins": {name: date.fromordinal(day).isoformat() for name, day in report.supposed.moved.items()},
        "repair_ends": {name: date.fromordinal(day).isoformat() for name, day in report.supposed.ended.items()},
    }
    shown["remarks"] = [
        {"kind": each.kind.value, "of": list(each.of), **({} if each.tonnes is None else {"t_per_day": each.tonnes})}
        for each in found.remarks
    ]
    shown["sentences"] = [
        *recovery_sentences(report.plant, found, language),
        *remark_sentences(report.plant, found.remarks, language),
    ]
    return shown


def _way(plant: Plant, way: Way) -> dict[str, object]:
    shown: dict[str, object] = {
        "required_t": round(way.total_t, _DECIMALS),
        "units": [_unit(plant, unit) for unit in way.units],
        "limits": [place.unit for place in way.limits],
        "limiting_stocks": [stock.product for node in plant.balance if node.name in way.stocks for stock in node.stock],
    }
    known = {"one_day_later_t": way.delay_t, "one_day_later_t_per_day": way.delayed_t_per_day}
    return {**shown, **{name: round(value, _DECIMALS) for name, value in known.items() if value is not None}}


def _unit(plant: Plant, unit: UnitDemand) -> dict[str, object]:
    shown: dict[str, object] = {
        "unit": unit.place.unit,
        "product": unit.place.product,
        "stage": unit.stage,
        "required_t": round(unit.required_t, _DECIMALS),
        "required_t_by_day": [round(each, _DECIMALS) for each in unit.by_day],
        "required_t_per_day": round(unit.required_t_per_day, _DECIMALS),
        "required_t_per_shift": round(unit.required_t_per_day / shifts_a_day(plant, unit), _DECIMALS),
        "possible_t_per_day": round(unit.limit_t_per_day, _DECIMALS),
        "possible_by": unit.limited_by.value,
        "hours": round(unit.hours, _DECIMALS),
        "stands_h": round(unit.stands_h, _DECIMALS),
        "standing": [_standing(plant, unit.place.unit, each) for each in unit.standing],
        "limits": unit.limits,
    }
    if unit.recent_t_per_day is not None:
        shown["now_t_per_day"] = round(unit.recent_t_per_day, _DECIMALS)
    return shown


def _standing(plant: Plant, unit: str, standing: UnitStanding) -> dict[str, str]:
    """From when and until when, in local time; what runs already has no beginning."""
    edges = {"from": standing.start_ns, "until": standing.end_ns}
    return {
        "held_by": standing.held_by.value,
        **({"repair": standing.repair} if standing.repair else {}),
        **{name: local_instant(plant, unit, at).isoformat() for name, at in edges.items() if at is not None},
    }
