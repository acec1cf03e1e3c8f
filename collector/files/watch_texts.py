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
    "not_moved": {
        "en": "{file} cannot be moved to {folder}/ ({reason}): check the permissions; {report}",
        "ru": "{file} не переносится в {folder}/ ({reason}): проверьте права доступа; {report}",
        "kk": "{file} {folder}/ ішіне көшірілмейді ({reason}): қол жеткізу құқығын тексеріңіз; {report}",
    },
}


def watch_text(key: str, /, **parameters: object) -> FilledText:
    """What is said of a drop folder, to be told in a language."""
    return FilledText(WATCH_TEXTS[key], parameters)
