"""What the page of stops says, in the three languages."""

from models.works.localize import Language

STOP_TEXTS: dict[str, dict[Language, str]] = {
    "stops": {"en": "Stops", "ru": "Простои", "kk": "Тоқтаулар"},
    "stops_title": {"en": "Stops and their reasons", "ru": "Простои и их причины", "kk": "Тоқтаулар мен себептері"},
    "last_day_short": {"en": "24 h", "ru": "24 ч", "kk": "24 сағ"},
    "last_days": {"en": "{count} days", "ru": "{count} сут", "kk": "{count} тәул"},
    "waiting_stops": {
        "en": "Without a reason",
        "ru": "Причина не указана",
        "kk": "Себебі көрсетілмеген",
    },
    "no_waiting_stops": {
        "en": "Every stop of this time has a reason.",
        "ru": "У всех простоев за это время указана причина.",
        "kk": "Осы уақыттағы барлық тоқтаудың себебі көрсетілген.",
    },
    "no_stops": {
        "en": "No stop was found in this time.",
        "ru": "За это время простоев не найдено.",
        "kk": "Осы уақытта тоқтау табылмаған.",
    },
    "all_stops": {"en": "All stops", "ru": "Все простои", "kk": "Барлық тоқтаулар"},
    "hours_by": {"en": "Hours of standstill", "ru": "Часы простоя", "kk": "Тоқтау сағаттары"},
    "hours_of_stops": {
        "en": "{total} in all, of these {unnamed} without a reason",
        "ru": "всего {total}, из них без причины {unnamed}",
        "kk": "барлығы {total}, оның ішінде себепсіз {unnamed}",
    },
    "by_reason": {"en": "By reason", "ru": "По причинам", "kk": "Себептері бойынша"},
    "by_unit": {"en": "By unit", "ru": "По агрегатам", "kk": "Агрегаттар бойынша"},
    "by_shift": {"en": "By shift", "ru": "По сменам", "kk": "Ауысымдар бойынша"},
    "shift_number": {"en": "shift {number}", "ru": "смена {number}", "kk": "{number}-ауысым"},
    "name_reason": {"en": "Name the reason", "ru": "Указать причину", "kk": "Себебін көрсету"},
    "change_reason": {"en": "Change", "ru": "Изменить", "kk": "Өзгерту"},
    "reason_is": {"en": "Reason", "ru": "Причина", "kk": "Себебі"},
    "comment": {"en": "Comment", "ru": "Примечание", "kk": "Ескерту"},
    "part_from": {"en": "From, hh:mm", "ru": "С, чч:мм", "kk": "Басталуы, сс:мм"},
    "split_stop": {"en": "Split", "ru": "Разделить", "kk": "Бөлу"},
    "merge_stop": {"en": "Join", "ru": "Объединить", "kk": "Біріктіру"},
    "stated_by": {"en": "stated by {name}", "ru": "указал(а): {name}", "kk": "көрсеткен: {name}"},
    "lasts_still": {"en": "lasts", "ru": "продолжается", "kk": "жалғасуда"},
    "time_missing": {
        "en": "A part has no time yet. Write when it began, such as 14:30.",
        "ru": "У одной из частей нет времени. Напишите, когда она началась, например 14:30.",
        "kk": "Бөліктердің бірінде уақыт жоқ. Қашан басталғанын жазыңыз, мысалы 14:30.",
    },
    "time_not_understood": {
        "en": "{value} is no time within this stop. Write it as 14:30, or 23.11 14:30 if the stop took days.",
        "ru": "{value} не время внутри этого простоя. Пишите 14:30 или 23.11 14:30, если простой длился сутки и более.",
        "kk": "{value} осы тоқтау ішіндегі уақыт емес. 14:30 деп, тоқтау тәуліктерге созылса, 23.11 14:30 деп жазыңыз.",
    },
    "sign_in_to_state": {
        "en": "Sign in to name the reason of a stop.",
        "ru": "Войдите, чтобы указать причину простоя.",
        "kk": "Тоқтаудың себебін көрсету үшін кіріңіз.",
    },
    "add_users_to_state": {
        "en": "To name reasons here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы указывать причины здесь, нужны пользователи: tundish user add",
        "kk": "Себептерді осы жерде көрсету үшін пайдаланушылар керек: tundish user add",
    },
}
