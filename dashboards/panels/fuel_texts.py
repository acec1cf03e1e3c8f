"""The texts of the panels of fuel."""

from models.heat.fuel import FuelKind
from models.heat.fuel_texts import FUEL_TEXTS
from models.works.localize import Language

FUEL_BOARD_TEXTS: dict[str, dict[Language, str]] = {
    "fuel": {"en": "Gas and fuel", "ru": "Газ и топливо", "kk": "Газ және отын"},
    "fuel_energy": {"en": "Day", "ru": "Сутки", "kk": "Тәулік"},
    "fuel_month_energy": {"en": "Month", "ru": "Месяц", "kk": "Ай"},
    "fuel_burned": {"en": "Fuel burned", "ru": "Сожжено топлива", "kk": "Жағылған отын"},
    "fuel_share": {"en": "Natural gas of it", "ru": "Доля природного газа", "kk": "Табиғи газдың үлесі"},
    "fuel_flared": {"en": "Gas flared", "ru": "Газ на факелах", "kk": "Алаудағы газ"},
    "fuel_co2": {"en": "CO₂", "ru": "Углекислый газ", "kk": "Көмірқышқыл газы"},
    "fuel_known": {"en": "Known", "ru": "Известно", "kk": "Белгілі"},
    "fuel_hours": {"en": "of", "ru": "из", "kk": "барлығы"},
    "fuel_by_kind": {
        "en": "Energy burned by kind of fuel, by day",
        "ru": "Энергия по видам топлива, по суткам",
        "kk": "Отын түрлері бойынша энергия, тәулік бойынша",
    },
    "fuel_share_by_day": {
        "en": "Natural gas in the energy burned, by day",
        "ru": "Доля природного газа по суткам",
        "kk": "Табиғи газдың үлесі, тәулік бойынша",
    },
    "fuel_flared_by_day": {
        "en": "Gas flared, by day",
        "ru": "Газ на факелах по суткам",
        "kk": "Алаудағы газ, тәулік бойынша",
    },
    "fuel_co2_by_day": {
        "en": "CO₂ by the declared factors, by day",
        "ru": "Углекислый газ по заданным коэффициентам, по суткам",
        "kk": "Берілген коэффициенттер бойынша көмірқышқыл газы, тәулік бойынша",
    },
    "fuel_specific": {
        "en": "Fuel for each tonne of a product, by day",
        "ru": "Топливо на тонну продукции, по суткам",
        "kk": "Өнім тоннасына отын, тәулік бойынша",
    },
    "unit_gj": {"en": "GJ", "ru": "ГДж", "kk": "ГДж"},
    "unit_gj_per_t": {"en": "GJ/t", "ru": "ГДж/т", "kk": "ГДж/т"},
    "unit_nm3": {"en": "Nm³", "ru": "нм³", "kk": "нм³"},
    **{f"fuel_{kind.value}": FUEL_TEXTS[f"kind_{kind.value}"] for kind in FuelKind},
}
