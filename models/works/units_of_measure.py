"""Units of measure as each language writes them."""

from collections.abc import Mapping

_PARTS: Mapping[str, Mapping[str, str]] = {
    "t": {"ru": "т", "kk": "т"},
    "kg": {"ru": "кг", "kk": "кг"},
    "m": {"ru": "м", "kk": "м"},
    "m3": {"ru": "м³", "kk": "м³"},
    "Nm3": {"ru": "нм³", "kk": "нм³"},
    "GJ": {"ru": "ГДж", "kk": "ГДж"},
    "MJ": {"ru": "МДж", "kk": "МДж"},
    "degC": {"ru": "°C", "kk": "°C"},
    "%": {"ru": "%", "kk": "%"},
    "A": {"ru": "А", "kk": "А"},
    "kW": {"ru": "кВт", "kk": "кВт"},
    "MW": {"ru": "МВт", "kk": "МВт"},
    "MPa": {"ru": "МПа", "kk": "МПа"},
    "Gcal": {"ru": "Гкал", "kk": "Гкал"},
    "s": {"ru": "с", "kk": "с"},
    "min": {"ru": "мин", "kk": "мин"},
    "h": {"ru": "ч", "kk": "сағ"},
}


def measure(configured: str, language: str) -> str:
    """m3/h is м³/ч in Russian and м³/сағ in Kazakh. In English, or if a part of it has no word, it is as configured; of
    the number 1, which has no dimension, nothing is written."""
    if configured == "1":
        return ""
    parts = [_PARTS.get(part, {}).get(language) for part in configured.split("/")]
    known = [part for part in parts if part is not None]
    return "/".join(known) if len(known) == len(parts) else configured
