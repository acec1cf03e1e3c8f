"""Why something about alerts beside an incident is not shown or entered. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

ALERT_ENTRY_TEXTS: "Mapping[str, Texts]" = {
    "too_many_incidents": {
        "en": "there were more than {most} incidents in {days} days: ask for fewer days",
        "ru": "за {days} сут было более {most} инцидентов: укажите меньше суток",
        "kk": "{days} тәулікте {most} көп оқиға болды: азырақ тәулік көрсетіңіз",
    },
}


def alert_entry_text(key: str, /, **parameters: object) -> FilledText:
    """The sentence, to be told in a language."""
    return FilledText(ALERT_ENTRY_TEXTS[key], parameters)
