"""Alarms in words: as a part of the evidence of a stop, and as rows of their own."""

from collections.abc import Mapping, Sequence

from models.detection.alarm import STORM, PlantAlarm
from models.works.localize import LANGUAGES, Language

MOST_NAMED = 3
"""In the evidence of a stop. Who wants more of them looks at the time axis. A judgement."""
_ACTIVE: Mapping[Language, str] = {
    "en": "alarm '{name}' active since {since}",
    "ru": "сигнализация «{name}» активна с {since}",
    "kk": "«{name}» дабылы {since} бастап белсенді",
}
_OVER: Mapping[Language, str] = {
    "en": "alarm '{name}' was active from {since} to {until}",
    "ru": "сигнализация «{name}» была активна с {since} до {until}",
    "kk": "«{name}» дабылы {since} бастап {until} дейін белсенді болды",
}
_MORE: Mapping[Language, str] = {
    "en": "{count} more alarms",
    "ru": "других сигнализаций: {count}",
    "kk": "басқа дабылдар: {count}",
}
_ALARM: Mapping[Language, str] = {
    "en": "alarm '{name}'{origin}, severity {severity}{message}",
    "ru": "сигнализация «{name}»{origin}, важность {severity}{message}",
    "kk": "«{name}» дабылы{origin}, маңыздылығы {severity}{message}",
}
_EVENT: Mapping[Language, str] = {
    "en": "event '{name}'{origin}, severity {severity}{message}",
    "ru": "событие «{name}»{origin}, важность {severity}{message}",
    "kk": "«{name}» оқиғасы{origin}, маңыздылығы {severity}{message}",
}
_UNSEEN: Mapping[Language, str] = {
    "en": "; its end was not seen",
    "ru": "; момент окончания неизвестен",
    "kk": "; аяқталған сәті белгісіз",
}
_STORM: Mapping[Language, str] = {
    "en": "too many alarms of {source} at once: {count} were left out",
    "ru": "слишком много сигнализаций сразу ({source}): пропущено {count}",
    "kk": "бірден тым көп дабыл ({source}): {count} қалдырылды",
}


def named(alarms: Sequence[PlantAlarm], clock: Mapping[int, str], language: Language) -> list[str]:
    """A phrase for each of the first few, and how many more there are. `clock`: instants as people read them."""
    found = []
    for alarm in alarms[:MOST_NAMED]:
        words = {"name": alarm.name or alarm.origin, "since": clock[alarm.start_ns]}
        if alarm.end_ns is None:
            found.append(_ACTIVE[language].format(**words))
        else:
            found.append(_OVER[language].format(**words, until=clock[alarm.end_ns]))
    if len(alarms) > MOST_NAMED:
        found.append(_MORE[language].format(count=len(alarms) - MOST_NAMED))
    return found


def texts(alarm: PlantAlarm, source_names: Mapping[Language, str]) -> dict[Language, str]:
    """What its row says, by language. Names and message are the source's own."""
    if alarm.is_event and alarm.name == STORM:
        return {
            language: _STORM[language].format(source=source_names[language], count=alarm.message)
            for language in LANGUAGES
        }
    words = {
        "name": alarm.name or alarm.origin,
        "origin": f" ({alarm.origin})" if alarm.name and alarm.origin else "",
        "severity": alarm.severity,
        "message": f": {alarm.message}" if alarm.message else "",
    }
    forms = _EVENT if alarm.is_event else _ALARM
    return {
        language: forms[language].format(**words) + (_UNSEEN[language] if alarm.ended_unseen else "")
        for language in LANGUAGES
    }
