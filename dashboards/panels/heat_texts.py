"""The texts of the board of heat and fuel."""

from models.works.localize import Language

HEAT_BOARD_TEXTS: dict[str, dict[Language, str]] = {
    "heat": {"en": "Heat and fuel", "ru": "Тепло и топливо", "kk": "Жылу және отын"},
    "heat_supply_degc": {"en": "T1, supply", "ru": "Т1, подача", "kk": "Т1, беру"},
    "heat_return_degc": {"en": "T2, return", "ru": "Т2, обратная", "kk": "Т2, қайту"},
    "heat_supply_due_degc": {"en": "T1 by the graph", "ru": "Т1 по графику", "kk": "Т1 график бойынша"},
    "heat_return_due_degc": {"en": "T2 by the graph", "ru": "Т2 по графику", "kk": "Т2 график бойынша"},
    "heat_outdoor_degc": {"en": "Outdoors", "ru": "Снаружи", "kk": "Сыртта"},
    "heat_gcal_h": {"en": "Heat of the hour", "ru": "Тепло за час", "kk": "Сағаттық жылу"},
    "heat_demand_h": {"en": "Due by the graph", "ru": "По графику", "kk": "График бойынша"},
    "heat_flow": {"en": "Flow", "ru": "Расход", "kk": "Су шығыны"},
    "heat_make_up": {"en": "Make-up water", "ru": "Подпитка", "kk": "Толықтыру суы"},
    "heat_short_by": {"en": "T1 below the graph", "ru": "Т1 ниже графика", "kk": "Т1 графиктен төмен"},
    "heat_verdict": {"en": "Against the graph", "ru": "К графику", "kk": "Графикке"},
    "heat_supply_now": {"en": "T1 and graph", "ru": "Т1 и график", "kk": "Т1 және график"},
    "heat_return_now": {"en": "T2 and graph", "ru": "Т2 и график", "kk": "Т2 және график"},
    "heat_now": {"en": "Heat and demand", "ru": "Тепло и потребность", "kk": "Жылу және қажеттілік"},
    "heat_temperatures": {
        "en": "T1 and T2 against the graph",
        "ru": "Т1 и Т2 против графика",
        "kk": "Т1, Т2 және график",
    },
    "heat_by_hour": {
        "en": "Heat against the demand, by hour",
        "ru": "Тепло и потребность по часам",
        "kk": "Жылу мен қажеттілік, сағат бойынша",
    },
    "verdict_0": {"en": "by the graph", "ru": "по графику", "kk": "график бойынша"},
    "verdict_1": {"en": "off the graph", "ru": "отклонение", "kk": "ауытқу"},
    "verdict_2": {"en": "low", "ru": "недогрев", "kk": "жылу жетіспейді"},
    "verdict_3": {"en": "far too low", "ru": "сильный недогрев", "kk": "жылу қатты жетіспейді"},
    "verdict_4": {"en": "danger in frost", "ru": "опасно в мороз", "kk": "аязда қауіпті"},
    "unit_degrees": {"en": "°C", "ru": "°C", "kk": "°C"},
    "unit_gcal": {"en": "Gcal", "ru": "Гкал", "kk": "Гкал"},
}
