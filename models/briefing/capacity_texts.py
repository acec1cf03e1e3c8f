"""What is said of the capacity that a project adds, in the three languages."""

from models.works.localize import Language

CAPACITY_TEXTS: dict[str, dict[Language, str]] = {
    "capacity": {
        "en": "{name} adds to capacity {amount} a year ({product}), {start}.",
        "ru": "{name}: прирост мощности {amount} в год ({product}), {start}.",
        "kk": "{name}: қуат өсімі жылына {amount} ({product}), {start}.",
    },
    "capacity_short": {
        "en": "{amount} a year: {product}, {start}",
        "ru": "{amount} в год: {product}, {start}",
        "kk": "жылына {amount}: {product}, {start}",
    },
    "capacity_kt": {"en": "{count}\u00a0kt", "ru": "{count}\u00a0тыс.\u00a0т", "kk": "{count}\u00a0мың\u00a0тонна"},
    "capacity_t": {"en": "{count}\u00a0t", "ru": "{count}\u00a0т", "kk": "{count}\u00a0тонна"},
    "start_on": {"en": "from {day}", "ru": "с {day}", "kk": "басталатын күні {day}"},
    "start_was": {"en": "since {day}", "ru": "с {day}", "kk": "басталған күні {day}"},
    "start_expected": {
        "en": "expected from {day} ({milestone})",
        "ru": "ожидается с {day} ({milestone})",
        "kk": "күтілетін күні {day} ({milestone})",
    },
    "start_reached": {
        "en": "since {day} ({milestone})",
        "ru": "с {day} ({milestone})",
        "kk": "басталған күні {day} ({milestone})",
    },
    "start_later": {
        "en": "from {day} ({milestone})",
        "ru": "с {day} ({milestone})",
        "kk": "басталатын күні {day} ({milestone})",
    },
    "start_passed": {
        "en": "the date by which it was expected has passed ({milestone})",
        "ru": "срок, к которому она ожидалась, прошёл ({milestone})",
        "kk": "күтілген мерзімі өтті ({milestone})",
    },
    "note_capacity": {
        "en": "{product}: {definition}. The capacity is declared in the configuration; a target changes only by a plan "
        "that a planner states.",
        "ru": "{product}: {definition}. Мощность указана в конфигурации; задание меняется только по плану, который "
        "внёс плановик.",
        "kk": "{product}: {definition}. Қуат конфигурацияда көрсетілген; тапсырма тек жоспарлаушы енгізген жоспар "
        "бойынша өзгереді.",
    },
}
