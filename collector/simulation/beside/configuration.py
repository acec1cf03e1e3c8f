"""The units and sources beside the PLC, as parts of a plant.yaml."""

from pathlib import Path
from typing import Any

from collector.simulation.beside import (
    boilers,
    heat_sources,
    longwall,
    mine_sheets,
    ore_belt,
    weather,
    weighbridge,
    works,
)
from collector.simulation.catalogue import NAMESPACE

SHEETS, BRIDGE, LAB = "mine_sheets", "weighbridge", "laboratory"


def _names(en: str, ru: str, kk: str) -> dict[str, str]:
    return {"en": en, "ru": ru, "kk": kk}


def products() -> list[dict[str, Any]]:
    """What is counted there."""
    return [
        {
            "code": code,
            "names": names,
            "definition": definition[0],
            "definition_in": dict(zip(("ru", "kk"), definition[1:], strict=True)),
            "basis": basis,
            "display_unit": "t",
        }
        for code, names, definition, basis in (
            (
                "iron_ore",
                _names("Ore hoisted", "Добыча руды", "Кен өндіру"),
                ("ore by skip", "руда по скипам", "скип бойынша кен"),
                "wet",
            ),
            (
                "ore_fed",
                _names("Ore fed", "Подача руды", "Кен беру"),
                ("ore by the belt's rate", "руда по расходу конвейера", "таспа шығыны бойынша кен"),
                "wet",
            ),
            (
                boilers.PRODUCT,
                _names("Steam coal", "Уголь энергетический", "Энергетикалық көмір"),
                (
                    "coal burned in boilers, belt scale",
                    "уголь, сожжённый в котлах, по весам",
                    "қазандарда жағылған көмір",
                ),
                "wet",
            ),
            (
                "scrap",
                _names("Scrap", "Лом", "Сынық"),
                ("scrap by lorry, weighbridge", "лом по автовесам", "автотаразы бойынша сынық"),
                "as weighed",
            ),
        )
    ]


def shop(opcua_source: str) -> dict[str, Any]:
    """The yard, with a mine, a belt and a weighbridge."""
    flow = {
        "signal": "flow",
        "names": _names("flow", "расход руды", "кен шығыны"),
        "kind": "rate",
        "source": opcua_source,
        "node": f"nsu={NAMESPACE};s={ore_belt.NODE}",
        "product": "ore_fed",
        "unit_of_measure": "t/h",
        "high": 900,
        "cadence": "10s",
        # Simulated time leaps by a minute between two polls while it catches up.
        "longest_bridge": "3m",
        "role": "activity",
        "nominal": 550,
    }
    scrap = {
        "signal": "scrap",
        "names": _names("lorries", "автомашины", "көліктер"),
        "kind": "event",
        "source": BRIDGE,
        "product": "scrap",
        "unit_of_measure": "t",
        "source_unit_of_measure": "kg",
        "newest": {
            "counter": {"register": weighbridge.COUNTER},
            "tonnes": {"register": weighbridge.GROSS, "type": "uint32"},
            "tare": {"register": weighbridge.TARE, "type": "uint32"},
            "key": {"register": weighbridge.LORRY, "type": "uint32"},
            "end": {"register": weighbridge.END, "type": "uint32"},
        },
    }
    key, tonnes, end = mine_sheets.COLUMNS
    skips = {
        "signal": "skips",
        "names": _names("skips", "скипы", "скиптер"),
        "kind": "event",
        "source": SHEETS,
        "product": "iron_ore",
        "unit_of_measure": "t",
        "file": "skips",
        # How often a file comes: a mine of which none came for three times as long is not heard.
        "cadence": "8m",
        "key": key,
        "tonnes": tonnes,
        "end": end,
    }
    return {
        "code": "yard",
        "names": _names("Ore and scrap", "Руда и лом", "Кен және сынық"),
        "calendar": {"zone": "Asia/Almaty", "day_start": "00:00", "shift_starts": ["00:00", "12:00"]},
        "units": [
            {
                "code": "ore_mine",
                "kind": "mine",
                "names": _names("Ore mine", "Рудник", "Кеніш"),
                "daily_target_t": {"iron_ore": 13_500},
                "tags": [skips],
            },
            {
                "code": "ore_belt",
                "kind": "conveyor",
                "names": _names("Ore belt", "Рудный конвейер", "Кен конвейері"),
                "daily_target_t": {"ore_fed": 13_200},
                "tags": [flow],
            },
            {
                "code": "weighbridge",
                "kind": "weighbridge",
                "names": _names("Weighbridge", "Автовесы", "Көлік таразысы"),
                "daily_target_t": {"scrap": 5_400},
                "tags": [scrap],
            },
        ],
    }


def silicon_tag() -> dict[str, Any]:
    """What the laboratory says of BF 3."""
    return {
        "signal": "silicon",
        "names": _names("silicon in iron", "кремний в чугуне", "шойындағы кремний"),
        "kind": "gauge",
        "source": LAB,
        "query": "assays",
        "when": {"furnace": 3},
        "time": "taken_at",
        "value": "silicon",
        "unit_of_measure": "%",
        "low": 0,
        "high": 3,
        "cadence": "10m",
    }


def outdoor_tag(opcua_source: str) -> dict[str, Any]:
    """The thermometer outside the power plant."""
    return {
        "signal": weather.SIGNAL,
        "names": _names("outdoor temperature", "температура наружного воздуха", "сыртқы ауа температурасы"),
        "kind": "gauge",
        "source": opcua_source,
        "node": f"nsu={NAMESPACE};s={weather.NODE}",
        "unit_of_measure": "degC",
        "low": -60,
        "high": 60,
        # Simulated time leaps by a minute between two polls while it catches up.
        "cadence": "60s",
    }


def longwall_tags(opcua_source: str) -> list[dict[str, Any]]:
    """The sensors of the longwall of mine 1."""
    names = {
        "methane_face": _names("methane at the face", "метан в лаве", "лавадағы метан"),
        "methane_return": _names("methane in the return", "метан на исходящей", "шығар ауадағы метан"),
        "air": _names("air velocity", "скорость воздуха", "ауа жылдамдығы"),
        "people": _names("people below ground", "люди под землёй", "жер астындағы адамдар"),
        "power": _names("power of the face", "напряжение лавы", "лава кернеуі"),
    }
    shows = {"air": ("m/s", 20), "people": ("1", 2000), "power": ("1", 1)}
    return [
        {
            "signal": signal,
            "names": names[signal],
            "kind": "gauge",
            "source": opcua_source,
            "node": f"nsu={NAMESPACE};s={node}",
            "unit_of_measure": shows.get(signal, ("%", 5))[0],
            "low": 0,
            "high": shows.get(signal, ("%", 5))[1],
            # As for the thermometer.
            "cadence": "60s",
        }
        for signal, node in longwall.NODES.items()
    ]


def beside_tonnes() -> dict[str, Any]:
    """The sections of plant.yaml about heat and mine safety."""
    kinds = {"air": "air_velocity", "people": "people", "power": "power"}
    return {
        "heat_supply": {**heat_supply(), **heat_sources.section()},
        "mine_safety": {
            "limits": {
                "local": longwall.LIMIT_LOCAL_PCT,
                "general": longwall.LIMIT_GENERAL_PCT,
                "clause": "SIMULATED rules, item 1",
                "approved_by": "SIMULATED chief engineer",
            },
            "workings": [
                {
                    "code": "longwall",
                    "names": _names("Mine 1, longwall", "Шахта 1, лава", "1-шахта, лава"),
                    "unit": longwall.UNIT,
                    "sensors": [
                        {"tag": f"{longwall.UNIT}.{signal}", "kind": kinds.get(signal, "methane")}
                        for signal in longwall.NODES
                    ],
                }
            ],
        },
    }


def heat_supply() -> dict[str, Any]:
    """The network that the power plant heats; its limits are made up like the works."""
    return {
        "networks": [
            {
                "code": "town",
                "names": _names("Temirtau, heat network", "Темиртау, тепловая сеть", "Теміртау, жылу желісі"),
                "outdoor": f"chp.{weather.SIGNAL}",
                "supply": "chp.supply_temperature",
                "return": "chp.return_temperature",
                "flow": "chp.flow",
                "heat": "chp.heat",
                "graph": [
                    {"outdoor": outdoor, "supply": supply, "return": returned}
                    for outdoor, supply, returned in weather.GRAPH
                ],
                "regime_flow": weather.REGIME_FLOW_T_H,
                "outdoor_hours": 24,
                "limits": {
                    "clause": "SIMULATED rules, item 547",
                    "approver": "SIMULATED chief engineer",
                    "frost_outdoor": -25,
                    # The simulated return water has another temperature each day, and the same all day long.
                    "stuck": "30h",
                },
            }
        ]
    }


def sources(folder: Path, modbus_port: int) -> list[dict[str, Any]]:
    """The three that are no OPC UA; `folder` is that of the works beside, as plant.yaml names it."""
    return [
        {
            "name": SHEETS,
            "names": _names("mine's files", "файлы рудника", "кеніш файлдары"),
            "type": "files",
            "folder": str(folder / works.DROP),
            "kinds": {"skips": {"files": [mine_sheets.FILES]}},
            "language": "ru",
            "poll": "1s",
            "settle": "1s",
        },
        {
            "name": BRIDGE,
            "names": _names("weighbridge", "автовесы", "көлік таразысы"),
            "type": "modbus",
            "host": "127.0.0.1",
            "port": modbus_port,
            "poll": "500ms",
            "clock": "trust",
        },
        {
            "name": LAB,
            "names": _names("laboratory", "лаборатория", "зертхана"),
            "type": "sql",
            "driver": "sqlite",
            "database": str(folder / works.LABORATORY),
            "queries": {
                "assays": "SELECT furnace, silicon, taken_at FROM assays WHERE taken_at >= :since ORDER BY taken_at"
            },
            "zone": "UTC",
            "poll": "5s",
        },
    ]
