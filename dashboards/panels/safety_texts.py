"""The texts of the board of mine safety."""

from models.works.localize import Language

SAFETY_BOARD_TEXTS: dict[str, dict[Language, str]] = {
    "safety": {"en": "Mine safety", "ru": "Безопасность шахт", "kk": "Шахта қауіпсіздігі"},
    "methane_max": {"en": "Methane, greatest", "ru": "Метан, наибольший", "kk": "Метан, ең көбі"},
    "methane_mean": {"en": "Methane, mean", "ru": "Метан, средний", "kk": "Метан, орташа"},
    "methane_now": {"en": "Methane in this hour", "ru": "Метан в этот час", "kk": "Осы сағаттағы метан"},
    "limit_local": {"en": "Local limit", "ru": "Предел местный", "kk": "Жергілікті шек"},
    "limit_general": {"en": "General limit", "ru": "Предел общий", "kk": "Жалпы шек"},
    "above_local": {"en": "Above the local limit", "ru": "Выше местного предела", "kk": "Жергілікті шектен жоғары"},
    "above_general": {"en": "Above the general limit", "ru": "Выше общего предела", "kk": "Жалпы шектен жоғары"},
    "above_limits": {"en": "Time above limits", "ru": "Время выше пределов", "kk": "Шектен жоғары уақыт"},
    "made_above": {
        "en": "Output while above limits (known)",
        "ru": "Добыча при превышении (известная)",
        "kk": "Шектен жоғары кездегі өндіру (белгілі)",
    },
    "methane_known": {"en": "Known", "ru": "Известно", "kk": "Белгілі"},
    "silent_sensors": {"en": "Silent sensors", "ru": "Датчики молчат", "kk": "Үнсіз датчиктер"},
    "stuck_sensors": {"en": "Sensors that stand still", "ru": "Датчики застыли", "kk": "Тұрып қалған датчиктер"},
    "sensors_now": {"en": "Sensors in this hour", "ru": "Датчики в этот час", "kk": "Осы сағаттағы датчиктер"},
    "methane_by_hour": {
        "en": "Methane against its limits, by hour",
        "ru": "Метан и пределы по часам",
        "kk": "Метан мен шектер, сағат бойынша",
    },
    "air_velocity": {"en": "Air velocity", "ru": "Скорость воздуха", "kk": "Ауа жылдамдығы"},
    "air_mean": {"en": "Mean", "ru": "Средняя", "kk": "Орташа"},
    "air_least": {"en": "Least", "ru": "Наименьшая", "kk": "Ең азы"},
    "people_below": {
        "en": "People below ground, most",
        "ru": "Людей под землёй, наибольшее",
        "kk": "Жер астында, ең көбі",
    },
    "power_off": {"en": "Power off", "ru": "Без напряжения", "kk": "Кернеусіз"},
    "unit_minutes": {"en": "min", "ru": "мин", "kk": "мин"},
    "unit_metres_per_second": {"en": "m/s", "ru": "м/с", "kk": "м/с"},
}
