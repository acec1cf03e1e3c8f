"""What reports of a group say beside those of a works, in the three languages."""

from models.works.localize import Language

GROUP_TEXTS: dict[str, dict[Language, str]] = {
    "works": {"en": "Works", "ru": "Завод", "kk": "Зауыт"},
    "all_works": {"en": "The group", "ru": "Группа", "kk": "Топ"},
    "compared_days": {"en": "Days compared", "ru": "Сравнено суток", "kk": "Салыстырылған тәулік"},
    "compared": {
        "en": "{product}: {days} days are compared, which all works know; no more is known of {sites}",
        "ru": "{product}: сравниваются {days} сут., известные по всем заводам; больше неизвестно по: {sites}",
        "kk": "{product}: барлық зауыт бойынша белгілі {days} тәулік салыстырылды; одан артығы белгісіз: {sites}",
    },
    "not_known_at": {
        "en": "{product}: no sum, for nothing is known of {sites}",
        "ru": "{product}: итога нет, так как нет данных по: {sites}",
        "kk": "{product}: жиынтық жоқ, себебі дерек жоқ: {sites}",
    },
    "differs": {
        "en": "{product}: nothing is added, for the works define it differently: {definitions}",
        "ru": "{product}: не суммируется, так как заводы определяют его по-разному: {definitions}",
        "kk": "{product}: қосылмайды, себебі зауыттар оны әртүрлі анықтайды: {definitions}",
    },
    "no_such_product": {
        "en": "{site} has no product {product}: correct it under products in group.yaml",
        "ru": "{site}: продукта с кодом {product} нет, исправьте список продуктов группы",
        "kk": "{site}: {product} коды бар өнім жоқ, топтың өнімдер тізімін түзетіңіз",
    },
    "late_since": {
        "en": "{site} is late: nothing since {since}",
        "ru": "{site} опаздывает: данных нет с {since}",
        "kk": "{site} кешігіп тұр: {since} бері дерек жоқ",
    },
    "never_heard": {
        "en": "{site} is late: nothing has come from it yet",
        "ru": "{site} опаздывает: данных ещё не было",
        "kk": "{site} кешігіп тұр: әлі дерек келген жоқ",
    },
    "hole_since": {
        "en": "{site} stands: message {number} is missing since {since}, and asked for",
        "ru": "{site} стоит: сообщения {number} нет с {since}, оно запрошено",
        "kk": "{site} тоқтап тұр: {number}-хабар {since} бері жоқ, ол сұралды",
    },
    "newer_version": {
        "en": "{site} stands: it sends what a newer program is for; upgrade the group",
        "ru": "{site} стоит: отправляет данные для более новой версии программы; обновите группу",
        "kk": "{site} тоқтап тұр: бағдарламаның жаңарақ нұсқасына арналған дерек жібереді; топты жаңартыңыз",
    },
    "two_ledgers": {
        "en": "two ledgers send as {code}: end one of them, then run tundish group go-on {code}",
        "ru": "под кодом {code} отправляют два журнала: остановите один и выполните tundish group go-on {code}",
        "kk": "{code} кодымен екі журнал жібереді: біреуін тоқтатып, tundish group go-on {code} орындаңыз",
    },
    "in_time": {"en": "in time", "ru": "вовремя", "kk": "уақытында"},
    "attention": {"en": "see below", "ru": "см. ниже", "kk": "төменде қараңыз"},
    "state": {"en": "State", "ru": "Состояние", "kk": "Күйі"},
    "stream": {"en": "Stream", "ru": "Поток", "kk": "Ағын"},
    "last_number": {"en": "Last message", "ru": "Последнее сообщение", "kk": "Соңғы хабар"},
    "made_at": {"en": "Made at", "ru": "Создано", "kk": "Жасалған уақыты"},
    "message_age": {"en": "Age", "ru": "Давность", "kk": "Өткен уақыт"},
    "to_read": {
        "en": "messages that wait to be read: {number}, as of {at}",
        "ru": "ещё не прочитано сообщений: {number}, на {at}",
        "kk": "әлі оқылмаған хабар: {number}, {at} бойынша",
    },
    "never_read": {
        "en": "nothing was read yet; start tundish group run",
        "ru": "ещё ничего не прочитано; запустите tundish group run",
        "kk": "әлі ештеңе оқылған жоқ; tundish group run іске қосыңыз",
    },
    "not_taken": {
        "en": "not taken, {times}, last at {at}, key {key}: {why}",
        "ru": "не принято, {times}, последнее {at}, ключ {key}: {why}",
        "kk": "қабылданбады, {times}, соңғысы {at}, кілті {key}: {why}",
    },
    "going_on": {
        "en": "{site} is asked for all it has; what stands is shown until that is whole",
        "ru": "у {site} запрошены все данные; до полной передачи показываются прежние",
        "kk": "{site} барлық дерегін жіберуі сұралды; толық келгенше бұрынғысы көрсетіледі",
    },
    "image_coming": {
        "en": "{site}: its figures are coming anew, {number} messages so far; until they are whole, the old ones stand",
        "ru": "{site}: данные передаются заново, сообщений: {number}; до полной передачи действуют прежние",
        "kk": "{site}: деректер қайта беріліп жатыр, хабар саны: {number}; толық келгенше бұрынғылары күшінде",
    },
}


def group_text(key: str, language: Language, /, **given: object) -> str:
    """The text of `key` with what stands in it."""
    return GROUP_TEXTS[key][language].format(**given)
