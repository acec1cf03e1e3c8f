"""The `plant.yaml` that makes `tundish run` collect from the simulated works."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from collector.simulation.beside import configuration, fuels, heat_sources, longwall
from collector.simulation.built_for import NAMEPLATE_T_PER_DAY, USEFUL_VOLUME_M3
from collector.simulation.catalogue import (
    COUNTER_MODULUS_T,
    NAMESPACE,
    REPAIR_SHIFTS,
    REPORTED,
    SHOPS,
    ShopSpec,
    TagSpec,
    UnitSpec,
)
from collector.simulation.load_generator import LOAD_TAG, load_node
from collector.simulation.nodes import NODES, NodeSpec
from collector.simulation.products import PRODUCTS
from collector.simulation.signal_names import SIGNAL_NAMES, SOURCE_NAMES
from models.works.codes import TagKind

SOURCE_NAME = "simulated_plc"
# Units are judged every ten seconds. Counters are published with them, but a count each minute is what growth needs.
GAUGE_CADENCE = EVENT_CADENCE = "10s"
COUNTER_CADENCE = "60s"
METER_UNCERTAINTY_PCT = 0.25
"""What makers of belt scales and weighbridges promise of a day; the simulated ones are exact until a fault."""
RING_NODES = {"head": "Head", "sequence": "Sequence", "key": "Key", "tonnes": "Tonnes", "end": "End"}


def plant_yaml(
    url: str,
    data_dir: str = "./data",
    *,
    poll: str = "1s",
    extra_doubles: int = 0,
    sections: Mapping[str, Any] | None = None,
    beside: tuple[Path, int] | None = None,
) -> str:
    """The configuration of the simulated works behind `url`, as the text of a `plant.yaml`.

    `extra_doubles` adds the load generator's gauges. `sections` are further top-level sections (`influxdb`, `metrics`,
    `desk`, ...), taken as they are; the works' repair shifts stay in `detection` unless it gives others; `fuel` brings
    its gauges along. `beside`: the folder (as plant.yaml names it) and the Modbus port of what stands beside the PLC.
    """
    detection = {
        "repair_shifts": [
            {"units": [unit], "start": f"{start:02}:00", "end": f"{end:02}:00"}
            for unit, (start, end) in REPAIR_SHIFTS.items()
        ]
    }
    more = dict(sections or {})
    if isinstance(more.get("detection"), Mapping):
        more["detection"] = {**detection, **more["detection"]}
    shops = [_shop(shop) for shop in SHOPS]
    if extra_doubles:
        shops.append(_load_shop(extra_doubles))
    if beside is not None:
        shops.append(configuration.shop(SOURCE_NAME))
        (furnace,) = (unit for shop in shops for unit in shop["units"] if unit["code"] == "bf3")
        furnace["tags"].append(configuration.silicon_tag())
        (power_plant,) = (unit for shop in shops for unit in shop["units"] if unit["code"] == "chp")
        power_plant["tags"].append(configuration.outdoor_tag(SOURCE_NAME))
        (power,) = (shop for shop in shops if shop["code"] == "power")
        power["units"] += heat_sources.units(SOURCE_NAME)
        (mine,) = (unit for shop in shops for unit in shop["units"] if unit["code"] == longwall.UNIT)
        mine["tags"] += configuration.longwall_tags(SOURCE_NAME)
        if "fuel" in more:
            units = {unit["code"]: unit for shop in shops for unit in shop["units"]}
            for code, tag in fuels.fuel_tags(SOURCE_NAME):
                units[code]["tags"].append(tag)
    document = {
        "version": 1,
        "site": {
            "code": "temirtau",
            "names": {
                "en": "Temirtau works (SIMULATED)",
                "ru": "Комбинат Темиртау (SIMULATED, имитация)",
                "kk": "Теміртау комбинаты (SIMULATED, имитация)",
            },
            "zone": "Asia/Almaty",
            "simulated": True,
        },
        "data_dir": data_dir,
        "products": [
            {
                "code": product.code,
                "names": _names(product.names),
                "definition": product.definition[0],
                "definition_in": dict(zip(("ru", "kk"), product.definition[1:], strict=True)),
                "basis": product.basis,
                "display_unit": "t",
                "made_from": list(product.made_from),
            }
            for product in PRODUCTS
        ]
        + ([] if beside is None else configuration.products()),
        "reported": {name: {"product": product, "counted_at": list(at)} for name, (product, at) in REPORTED.items()},
        "shops": shops,
        **({} if beside is None else configuration.beside_tonnes()),
        "balance": [_node(node) for node in NODES],
        "detection": detection,
        "sources": [
            {
                "name": SOURCE_NAME,
                "names": _names(SOURCE_NAMES),
                "type": "opcua",
                "url": url,
                "mode": "poll",
                "poll": poll,
                "time_from": "source",
                # Simulated time runs as fast as it is told to, so its clock is compared with none.
                "clock": "trust",
                "security": {"policy": "None"},
            }
        ]
        + ([] if beside is None else configuration.sources(*beside)),
        **more,
    }
    return "# A SIMULATED works: written by `tundish simulate`, every figure in it is made up.\n" + yaml.safe_dump(
        document, allow_unicode=True, sort_keys=False, width=120
    )


def _names(names: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("en", "ru", "kk"), names, strict=True))


def _shop(shop: ShopSpec) -> dict[str, Any]:
    return {
        "code": shop.code,
        "names": _names(shop.names),
        "calendar": {"zone": "Asia/Almaty", "day_start": "00:00", "shift_starts": ["00:00", "12:00"]},
        "units": [_unit(unit) for unit in shop.units],
    }


def _unit(unit: UnitSpec) -> dict[str, Any]:
    return {
        "code": unit.code,
        "kind": unit.kind,
        "names": _names(unit.names),
        "daily_target_t": unit.daily_target_t,
        **({"nameplate_t_per_day": _nameplate(unit)} if unit.code in NAMEPLATE_T_PER_DAY else {}),
        **({"useful_volume_m3": USEFUL_VOLUME_M3[unit.code]} if unit.code in USEFUL_VOLUME_M3 else {}),
        **({"by_hand": list(unit.by_hand)} if unit.by_hand else {}),
        "tags": [_tag(tag) for tag in unit.tags],
    }


def _nameplate(unit: UnitSpec) -> dict[str, float]:
    return dict.fromkeys(unit.daily_target_t, NAMEPLATE_T_PER_DAY[unit.code])


def _node(node: NodeSpec) -> dict[str, Any]:
    at = {
        product: [unit.code for shop in SHOPS for unit in shop.units if product in unit.daily_target_t]
        for product in (node.taken, node.made)
    }
    taken = {
        "product": node.taken,
        "at": at[node.taken],
        "yield_t_per_t": node.t_per_t,
        "yield_spread_pct": node.spread_pct,
        "uncertainty_pct": METER_UNCERTAINTY_PCT,
    }
    made = {"product": node.made, "at": at[node.made], "uncertainty_pct": METER_UNCERTAINTY_PCT}
    # The survey of a heap errs by tonnes, however much lies there.
    stock = {"product": node.taken, "shop": node.shop, "uncertainty_pct": 0.01, "uncertainty_t": node.error_t}
    return {"node": node.name, "inputs": [taken], "outputs": [made], "stock": [stock]}


def _tag(tag: TagSpec) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "signal": tag.signal,
        "names": _names(SIGNAL_NAMES[tag.signal]),
        "kind": tag.kind.value,
        "source": SOURCE_NAME,
        "unit_of_measure": tag.stored_unit,
    }
    if tag.stored_unit != tag.unit:
        entry["source_unit_of_measure"] = tag.unit
    if tag.product is not None:
        entry["product"] = tag.product
    if tag.low is not None and tag.high is not None:
        entry |= {"low": tag.low, "high": tag.high}
    if tag.role is not None:
        entry |= {"role": tag.role.value, "nominal": tag.nominal}
    node = f"nsu={NAMESPACE};s={tag.node}"
    if tag.kind is TagKind.EVENT:
        ring = {key: f"{node}.{name}" for key, name in RING_NODES.items()}
        return entry | {"cadence": EVENT_CADENCE, "ring": ring}
    if tag.kind is TagKind.TOTALIZER:
        return entry | {
            "node": node,
            "modulus": COUNTER_MODULUS_T,
            "max_rate_per_h": tag.max_rate_per_h,
            "back_step": 0.5,
            "cadence": COUNTER_CADENCE,
        }
    return entry | {"node": node, "cadence": GAUGE_CADENCE}


def _load_shop(count: int) -> dict[str, Any]:
    tags = [
        {
            "signal": LOAD_TAG.format(index),
            "kind": "gauge",
            "source": SOURCE_NAME,
            "unit_of_measure": "t/h",
            "node": f"nsu={NAMESPACE};s={load_node(index)}",
            "cadence": "1s",
        }
        for index in range(count)
    ]
    names = {"en": "Load generator", "ru": "Генератор нагрузки", "kk": "Жүктеме генераторы"}
    unit = {"code": "load", "kind": "load_generator", "names": names, "tags": tags}
    return {"code": "load", "names": names, "units": [unit]}
