"""What the entries say of stops and their reasons. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

STOP_ENTRY_TEXTS: "Mapping[str, Texts]" = {
    "no_such_stop": {
        "en": "there is no such stop any more: reload the page",
        "ru": "такого простоя больше нет: обновите страницу",
        "kk": "мұндай тоқтау енді жоқ: бетті жаңартыңыз",
    },
    "stop_parts_begin": {
        "en": "the first part has to begin with the stop",
        "ru": "первая часть должна начинаться вместе с простоем",
        "kk": "бірінші бөлік тоқтаумен бірге басталуы керек",
    },
    "stop_parts_order": {
        "en": "each part has to begin after the one before and before the stop ends: correct its time",
        "ru": "каждая часть должна начинаться позже предыдущей и до конца простоя: исправьте время",
        "kk": "әр бөлік алдыңғысынан кейін және тоқтау аяқталғанға дейін басталуы керек: уақытын түзетіңіз",
    },
    "stop_reason_unknown": {
        "en": "there is no such reason: choose one of the list",
        "ru": "такой причины нет: выберите из списка",
        "kk": "мұндай себеп жоқ: тізімнен таңдаңыз",
    },
    "stops_not_neighbours": {
        "en": "these are not two stops of one unit that follow each other: choose two without another one between them",
        "ru": "это не два следующих друг за другом простоя одного агрегата: выберите два, между которыми нет другого",
        "kk": "бұл бір агрегаттың қатар келген екі тоқтауы емес: арасында басқа тоқтау жоқ екеуін таңдаңыз",
    },
    "stops_too_far_apart": {
        "en": "the unit ran for longer than a shift between these stops: name the reason of each",
        "ru": "между этими простоями агрегат работал дольше смены: укажите причину каждого",
        "kk": "осы тоқтаулардың арасында агрегат бір ауысымнан ұзақ жұмыс істеген: әрқайсысының себебін көрсетіңіз",
    },
    "stop_stated_meanwhile": {
        "en": "{name} stated a reason of this stop meanwhile: look at it, then state yours",
        "ru": "причину этого простоя тем временем указал(а) {name}: посмотрите и затем укажите свою",
        "kk": "осы тоқтаудың себебін осы арада {name} көрсетті: қарап шығып, содан кейін өзіңіздікін көрсетіңіз",
    },
}
