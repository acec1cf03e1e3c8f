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
        "en": "{total} in all, of these {unnamed} without a reason; stops: {count}",
        "ru": "всего {total}, из них без причины {unnamed}; простоев: {count}",
        "kk": "барлығы {total}, оның ішінде себепсіз {unnamed}; тоқтау саны: {count}",
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
    "join_stops": {
        "en": "Join with the one before",
        "ru": "Объединить с предыдущим",
        "kk": "Алдыңғысымен біріктіру",
    },
    "join_stops_title": {
        "en": "{name}: count two stops as one?",
        "ru": "{name}: считать два простоя одним?",
        "kk": "{name}: екі тоқтауды бір деп есептеу керек пе?",
    },
    "join_stop": {"en": "{when} ({lasted})", "ru": "{when} ({lasted})", "kk": "{when} ({lasted})"},
    "join_ran": {
        "en": "Between them it ran for {ran}, {when}.",
        "ru": "Между ними агрегат работал {ran}, {when}.",
        "kk": "Арасында агрегат {ran} жұмыс істеді, {when}.",
    },
    "join_ran_none": {
        "en": "Between them it did not run.",
        "ru": "Между ними агрегат не работал.",
        "kk": "Арасында агрегат жұмыс істеген жоқ.",
    },
    "join_means": {
        "en": "That time stays counted as running: tonnes and running hours do not change, and no reason's hours "
        "include it. Each stop keeps the reason that it has. Separate takes this back.",
        "ru": "Это время остаётся временем работы: тонны и часы работы не меняются, и в часы причин оно не входит. "
        "Указанные причины остаются. Отменить можно кнопкой «Разъединить».",
        "kk": "Бұл уақыт жұмыс уақыты болып қалады: тонна мен жұмыс сағаты өзгермейді, себеп сағаттарына кірмейді. "
        "Көрсетілген себептер сақталады. «Ажырату» түймесі мұны қайтарады.",
    },
    "join_now": {"en": "Join", "ru": "Объединить", "kk": "Біріктіру"},
    "separate_stop": {
        "en": "Separate {when}",
        "ru": "Разъединить: {when}",
        "kk": "Ажырату: {when}",
    },
    "separate_title": {
        "en": "{name}: count the stop of {when} by itself again?",
        "ru": "{name}: снова считать простой {when} отдельно?",
        "kk": "{name}: {when} тоқтауын қайтадан бөлек есептеу керек пе?",
    },
    "separate_means": {
        "en": "Each part keeps its reason. That the stops were joined stays on record.",
        "ru": "Причины частей сохраняются. Запись об объединении остаётся.",
        "kk": "Бөліктердің себептері сақталады. Біріктірілгені туралы жазба қалады.",
    },
    "separate_now": {"en": "Separate", "ru": "Разъединить", "kk": "Ажырату"},
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
