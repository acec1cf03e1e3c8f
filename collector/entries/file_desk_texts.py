"""What the desk says of files that are handed in. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

_FILE_DESK_TEXTS: "Mapping[str, Texts]" = {
    "upload_gone": {
        "en": "the file is not kept any more (half an hour, three files a person): choose it again",
        "ru": "файл больше не хранится (полчаса, три файла на человека): выберите его ещё раз",
        "kk": "файл енді сақтаулы емес (жарты сағат, бір адамға үш файл): оны қайта таңдаңыз",
    },
    "upload_empty": {
        "en": "the file is empty: it has not one byte; choose another one",
        "ru": "файл пуст: в нём нет ни одного байта; выберите другой",
        "kk": "файл бос: онда бір де байт жоқ; басқасын таңдаңыз",
    },
    "upload_not_kept": {
        "en": "the file could not be kept on the server ({reason}): tell its administrator, then choose it again",
        "ru": "файл не удалось сохранить на сервере ({reason}): сообщите администратору и выберите его ещё раз",
        "kk": "файлды серверде сақтау мүмкін болмады ({reason}): әкімшіге хабарлап, файлды қайта таңдаңыз",
    },
    "places_not_yours": {
        "en": "it states something of places that are not yours, so none of it is taken: {places} (rows: {count}, the "
        "first is {where}); leave these rows out, or ask whoever manages the users",
        "ru": "в нём есть данные не ваших мест, поэтому файл не принят целиком: {places} (строк: {count}, первая: "
        "{where}); уберите эти строки или обратитесь к администратору пользователей",
        "kk": "онда сізге қарасты емес орындардың деректері бар, сондықтан файл түгел қабылданбайды: {places} (жолдар: "
        "{count}, біріншісі: {where}); бұл жолдарды алып тастаңыз немесе пайдаланушылар әкімшісіне хабарласыңыз",
    },
    "layout_gone": {
        "en": "the configuration has no layout {name} for it: choose another one",
        "ru": "в конфигурации нет для него правила {name}: выберите другое",
        "kk": "конфигурацияда оған арналған {name} ережесі жоқ: басқасын таңдаңыз",
    },
    "key_not_yours": {
        "en": "nothing was stored: a key of the file would take {figure} away from a place that is not yours",
        "ru": "ничего не сохранено: ключ из файла забрал бы {figure} у не вашего места",
        "kk": "ештеңе сақталған жоқ: файлдағы кілт {figure} санын сізге қарасты емес орыннан алып кетер еді",
    },
    "file_meanwhile": {
        "en": "nothing was stored: {origin} stated {figure} meanwhile; see below what changed, and decide which stands",
        "ru": "ничего не сохранено: тем временем введено {figure} ({origin}); ниже видно, что изменилось: решите, что "
        "верно",
        "kk": "ештеңе сақталған жоқ: осы арада {figure} енгізілді ({origin}); төменде не өзгергенін қарап, дұрысын "
        "таңдаңыз",
    },
}


def file_desk_text(key: str, /, **parameters: object) -> FilledText:
    """What the desk says of a file, to be told in a language."""
    return FilledText(_FILE_DESK_TEXTS[key], parameters)
