"""What the page of alerts says, in the three languages."""

from dashboards.web.alert_history_texts import ALERT_HISTORY_TEXTS
from dashboards.web.digest_texts import DIGEST_TEXTS
from dashboards.web.roster_texts import ROSTER_TEXTS
from models.alerts.incident import Role
from models.alerts.texts import TEXTS
from models.works.localize import Language

ALERT_TEXTS: dict[str, dict[Language, str]] = {
    **ALERT_HISTORY_TEXTS,
    **DIGEST_TEXTS,
    **ROSTER_TEXTS,
    "alerts": {"en": "Alerts", "ru": "Оповещения", "kk": "Хабарламалар"},
    "alerts_title": {"en": "Alerts", "ru": "Оповещения", "kk": "Хабарламалар"},
    "open_incidents": {"en": "Open incidents", "ru": "Открытые инциденты", "kk": "Ашық оқиғалар"},
    "past_incidents": {"en": "Latest incidents", "ru": "Последние инциденты", "kk": "Соңғы оқиғалар"},
    "no_open": {"en": "No incident is open.", "ru": "Открытых инцидентов нет.", "kk": "Ашық оқиға жоқ."},
    "no_past": {"en": "No incident is on record.", "ru": "Инцидентов не записано.", "kk": "Оқиға тіркелмеген."},
    "rules_look_since": {
        "en": "Rules look at what happens from the first start of the service on. What reports and pages show of "
        "before then, such as under-heating of an earlier winter, made no incident.",
        "ru": "Правила смотрят на то, что происходит с первого запуска службы. По тому, что отчёты и страницы "
        "показывают за более раннее время, например недогрев прошлой зимы, инцидентов нет.",
        "kk": "Ережелер қызмет алғаш іске қосылған сәттен бастап болғанды қарайды. Есептер мен беттер одан бұрынғы "
        "уақыт бойынша көрсететін нәрсе, мысалы өткен қыстағы жылу жетіспеуі, оқиға болып жазылмайды.",
    },
    "acknowledge_it": {"en": "Acknowledge", "ru": "Квитировать", "kk": "Растау"},
    "mute_it": {"en": "Mute", "ru": "Отключить сообщения", "kk": "Хабарламаларды өшіру"},
    "unmute_it": {"en": "Unmute", "ru": "Включить сообщения", "kk": "Хабарламаларды қосу"},
    "note": {"en": "What is being done about it", "ru": "Что предпринимается", "kk": "Не істелуде"},
    "reason_of_mute": {"en": "Why", "ru": "Почему", "kk": "Неліктен"},
    "for_hours": {"en": "{count} h", "ru": "{count} ч", "kk": "{count} сағ"},
    "cancel": {"en": "Cancel", "ru": "Отмена", "kk": "Бас тарту"},
    "who_was_told": {"en": "Who was told", "ru": "Кто извещён", "kk": "Кімге хабарланды"},
    "record": {"en": "Record", "ru": "Запись", "kk": "Жазба"},
    "sign_in_to_act": {
        "en": "Sign in to acknowledge or mute an incident.",
        "ru": "Войдите, чтобы квитировать инцидент или отключить сообщения о нём.",
        "kk": "Оқиғаны растау немесе оның хабарламаларын өшіру үшін кіріңіз.",
    },
    "add_users_to_act": {
        "en": "To acknowledge incidents here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы квитировать инциденты здесь, нужны пользователи: tundish user add",
        "kk": "Оқиғаларды осы жерде растау үшін пайдаланушылар керек: tundish user add",
    },
    "told_sent": {"en": "sent", "ru": "отправлено", "kk": "жіберілді"},
    "told_waiting": {"en": "waiting", "ru": "ждёт отправки", "kk": "жіберуді күтуде"},
    "told_failed": {"en": "given up", "ru": "не доставлено", "kk": "жеткізілмеді"},
    "told_held": {"en": "held back", "ru": "задержано", "kk": "кідіртілді"},
    "told_summed": {"en": "in a summary", "ru": "в сводке", "kk": "жиынтықта"},
    "told_when": {"en": "When", "ru": "Когда", "kk": "Қашан"},
    "told_whom": {"en": "Whom", "ru": "Кого", "kk": "Кімге"},
    "told_what": {"en": "What", "ru": "Что", "kk": "Не"},
    "told_how": {"en": "Delivery", "ru": "Доставка", "kk": "Жеткізу"},
    "done_by": {"en": "Who", "ru": "Кто", "kk": "Кім"},
    "detail": {"en": "Detail", "ru": "Подробно", "kk": "Толығырақ"},
    "message_raised": {"en": "alert", "ru": "тревога", "kk": "дабыл"},
    "message_worse": {"en": "worse", "ru": "ухудшение", "kk": "нашарлады"},
    "message_escalated": {"en": "escalation", "ru": "передача выше", "kk": "жоғары беру"},
    "message_cleared": {"en": "cleared", "ru": "снятие", "kk": "жойылу"},
    "message_summary": {"en": "summary", "ru": "сводка", "kk": "жиынтық"},
    "message_digest": {"en": "digest", "ru": "обзор", "kk": "шолу"},
    **{f"role_{role.value}": TEXTS[f"role_{role.value}"] for role in Role},
    "event_raised": {"en": "raised", "ru": "открыт", "kk": "ашылды"},
    "event_consequence_added": {"en": "consequence added", "ru": "добавлено последствие", "kk": "салдар қосылды"},
    "event_severity_raised": {"en": "more severe", "ru": "стал серьёзнее", "kk": "ауырлады"},
    "event_reopened": {"en": "came back", "ru": "открыт снова", "kk": "қайта ашылды"},
    "event_merged": {"en": "merged", "ru": "объединён", "kk": "біріктірілді"},
    "event_escalated": {"en": "escalated", "ru": "передан выше", "kk": "жоғары берілді"},
    "event_acknowledged": {"en": "acknowledged", "ru": "квитирован", "kk": "расталды"},
    "event_muted": {"en": "muted", "ru": "сообщения отключены", "kk": "хабарламалар өшірілді"},
    "event_unmuted": {"en": "unmuted", "ru": "сообщения включены", "kk": "хабарламалар қосылды"},
    "event_cleared": {"en": "cleared", "ru": "снят", "kk": "жойылды"},
    "event_message_held": {"en": "message held back", "ru": "сообщение задержано", "kk": "хабарлама кідіртілді"},
    "event_message_sent": {"en": "message sent", "ru": "сообщение отправлено", "kk": "хабарлама жіберілді"},
    "event_message_failed": {"en": "message given up", "ru": "сообщение не доставлено", "kk": "хабарлама жеткізілмеді"},
    "incident_number": {"en": "No.", "ru": "№", "kk": "№"},
    "incident_what": {"en": "Incident", "ru": "Инцидент", "kk": "Оқиға"},
    "incident_state": {"en": "State", "ru": "Состояние", "kk": "Күйі"},
    "close_it": {"en": "Close", "ru": "Закрыть", "kk": "Жабу"},
}
