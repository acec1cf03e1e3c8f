"""Everything that is said of a drop folder. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

WATCH_TEXTS: "Mapping[str, Texts]" = {
    "not_a_folder": {
        "en": "{folder} is not a folder: create it, or name another",
        "ru": "{folder} — не папка: создайте её или назовите другую",
        "kk": "{folder} — қалта емес: оны жасаңыз немесе басқасын атаңыз",
    },
    "folder_away": {
        "en": "{folder} cannot be read ({reason}): it is tried again",
        "ru": "{folder} не читается ({reason}): будет ещё одна попытка",
        "kk": "{folder} оқылмайды ({reason}): қайта әрекет жасалады",
    },
    "is_link": {
        "en": "{file} is a link, which is never followed: put the file itself here",
        "ru": "{file} — ссылка, по ссылкам ничего не читается: положите сюда сам файл",
        "kk": "{file} — сілтеме, сілтеме бойынша ештеңе оқылмайды: осында файлдың өзін қойыңыз",
    },
    "stays": {
        "en": "{file} stays and is tried again: {error}",
        "ru": "{file} остаётся, будет ещё одна попытка: {error}",
        "kk": "{file} қалады, қайта әрекет жасалады: {error}",
    },
    "not_understood": {
        "en": "{file} cannot be understood ({reason}): open it and save it again",
        "ru": "{file} не удалось понять ({reason}): откройте и сохраните снова",
        "kk": "{file} түсініксіз ({reason}): ашып, қайта сақтаңыз",
    },
    "rows_taken": {
        "en": "{file}: rows taken: {count}",
        "ru": "{file}: принято строк: {count}",
        "kk": "{file}: қабылданған жол саны: {count}",
    },
    "rows_refused": {
        "en": "rows refused: {count}",
        "ru": "отклонено строк: {count}",
        "kk": "қабылданбаған жол саны: {count}",
    },
    "only_first": {
        "en": "only the first {most} are listed",
        "ru": "перечислены только первые {most}",
        "kk": "тек алғашқы {most} жол көрсетілген",
    },
    "columns_lacking": {
        "en": "{tag}: there is no column {columns}; it was left out",
        "ru": "{tag}: нет столбца {columns}; пропущено",
        "kk": "{tag}: {columns} бағаны жоқ; қалдырылды",
    },
    "not_in_order": {
        "en": "{tag}: readings from before what is counted already: {count}; a rate is counted in the order of its "
        "times, so they count no more",
        "ru": "{tag}: показаний более ранних, чем уже учтённые: {count}; расход считается по порядку времени, они не "
        "учитываются",
        "kk": "{tag}: есептелгеннен бұрынғы көрсеткіш саны: {count}; шығын уақыт ретімен есептеледі, олар "
        "есепке алынбайды",
    },
    "rest_not_read": {
        "en": "from there on nothing was read: {reason}; correct the file and put it here again (the rows before count "
        "once)",
        "ru": "дальше ничего не прочитано: {reason}; исправьте файл и положите снова (строки выше "
        "учитываются один раз)",
        "kk": "одан әрі ештеңе оқылмады: {reason}; файлды түзетіп, қайта салыңыз (жоғарыдағы жолдар "
        "бір рет есептеледі)",
    },
    "set_aside": {
        "en": "read, but not believed; it waits in quarantine: {count}",
        "ru": "прочитано, но не принято на веру; ожидает в карантине: {count}",
        "kk": "оқылды, бірақ сенімсіз; карантинде күтуде: {count}",
    },
    "aside_known": {
        "en": "{place}{key}: {known} t ({known_at}) count, this file says {said} t ({at}): too far apart for a "
        "correction. If the file is right: tundish quarantine replay {name}; if not: tundish quarantine drop {name}",
        "ru": "{place}{key}: учтено {known} т ({known_at}), в файле {said} т ({at}): слишком большая разница для "
        "исправления. Если прав файл: tundish quarantine replay {name}; если нет: tundish quarantine drop {name}",
        "kk": "{place}{key}: {known} т ({known_at}) есептелген, файлда {said} т ({at}): түзету үшін айырма тым үлкен. "
        "Файл дұрыс болса: tundish quarantine replay {name}; болмаса: tundish quarantine drop {name}",
    },
    "aside_event": {
        "en": "{place}{key}: {said} t ({at}): {reason}. If it is right: tundish quarantine replay {name}; if not: "
        "correct the file and put it here again",
        "ru": "{place}{key}: {said} т ({at}): {reason}. Если верно: tundish quarantine replay {name}; если нет: "
        "исправьте файл и положите снова",
        "kk": "{place}{key}: {said} т ({at}): {reason}. Дұрыс болса: tundish quarantine replay {name}; болмаса: "
        "файлды түзетіп, қайта салыңыз",
    },
    "aside_reading": {
        "en": "{tag}: {reason}, the newest is {said} ({at}): see tundish quarantine show {name}; correct the file and "
        "put it here again",
        "ru": "{tag}: {reason}, последнее {said} ({at}): см. tundish quarantine show {name}; исправьте файл и положите "
        "снова",
        "kk": "{tag}: {reason}, соңғысы {said} ({at}): tundish quarantine show {name} қараңыз; файлды түзетіп, қайта "
        "салыңыз",
    },
    "not_counted_yet": {
        "en": "it is not known yet whether all of it is believed: see tundish quarantine list",
        "ru": "пока неизвестно, всё ли принято на веру: см. tundish quarantine list",
        "kk": "барлығы сенімді ме, әзірге белгісіз: tundish quarantine list қараңыз",
    },
    "not_moved": {
        "en": "{file} cannot be moved to {folder}/ ({reason}): check the permissions; {report}",
        "ru": "{file} не переносится в {folder}/ ({reason}): проверьте права доступа; {report}",
        "kk": "{file} {folder}/ ішіне көшірілмейді ({reason}): қол жеткізу құқығын тексеріңіз; {report}",
    },
}


def watch_text(key: str, /, **parameters: object) -> FilledText:
    """What is said of a drop folder, to be told in a language."""
    return FilledText(WATCH_TEXTS[key], parameters)
