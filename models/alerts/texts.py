"""Every text of an alert, in the three languages, and nothing else. Texts about data never mention a drop."""

from models.detection.finding import FindingKind
from models.works.localize import Language

WHAT: dict[FindingKind, dict[Language, str]] = {
    FindingKind.STOP: {"en": "stopped", "ru": "остановка", "kk": "тоқтап тұр"},
    FindingKind.SLOW: {"en": "output has dropped", "ru": "снижение выпуска", "kk": "өндірістің төмендеуі"},
    FindingKind.OVERRUN: {
        "en": "the repair has overrun its time",
        "ru": "ремонт вышел за срок",
        "kk": "жөндеу мерзімінен асып кетті",
    },
    FindingKind.SHIFT_SHORT: {
        "en": "the shift fell short of its target",
        "ru": "смена не выполнила задание",
        "kk": "ауысым тапсырманы орындамады",
    },
    FindingKind.DRIFT: {
        "en": "output falls behind its target day by day",
        "ru": "выпуск день за днём отстаёт от задания",
        "kk": "өндіріс күн сайын тапсырмадан қалып келеді",
    },
    FindingKind.MONTH_SHORT: {
        "en": "the month is forecast short of its plan",
        "ru": "ожидаемое за месяц ниже плана",
        "kk": "айға күтілетін жоспардан төмен",
    },
    FindingKind.HEAT: {
        "en": "the town gets less heat than the graph asks for",
        "ru": "тепла подаётся меньше, чем требует график",
        "kk": "график талап еткеннен аз жылу беріліп жатыр",
    },
    FindingKind.STALE: {
        "en": "no connection, output is not known",
        "ru": "нет связи, выпуск неизвестен",
        "kk": "байланыс жоқ, өндіріс белгісіз",
    },
    FindingKind.BAD: {
        "en": "its data cannot be believed, output is not known for certain",
        "ru": "данные недостоверны, выпуск неизвестен в точности",
        "kk": "деректер сенімсіз, өндіріс белгісіз",
    },
    FindingKind.MISSING: {
        "en": "no data, output is not known",
        "ru": "нет данных, выпуск неизвестен",
        "kk": "дерек жоқ, өндіріс белгісіз",
    },
    FindingKind.CLOCK: {
        "en": "the times of its data are wrong, output is not known for certain",
        "ru": "время данных неверно, выпуск неизвестен в точности",
        "kk": "деректердің уақыты қате, өндіріс белгісіз",
    },
    FindingKind.KEY_REUSED: {
        "en": "a number was used again, output is not known for certain",
        "ru": "номер использован повторно, выпуск неизвестен в точности",
        "kk": "нөмір қайта қолданылған, өндіріс белгісіз",
    },
    FindingKind.GAP: {
        "en": "a counter left a gap, output is not known for certain",
        "ru": "по счётчику есть пробел, выпуск неизвестен в точности",
        "kk": "есептегіште үзіліс бар, өндіріс белгісіз",
    },
    FindingKind.METER: {
        "en": "the mass balance does not close, a meter may err",
        "ru": "материальный баланс не сходится, возможна ошибка прибора",
        "kk": "материалдық баланс сәйкес келмейді, аспап қателесуі мүмкін",
    },
    FindingKind.METHANE: {
        "en": "methane is above the limit",
        "ru": "метан выше предела",
        "kk": "метан шектен жоғары",
    },
    FindingKind.SENSOR_SILENT: {
        "en": "a sensor of methane is silent",
        "ru": "датчик метана молчит",
        "kk": "метан датчигі көрсеткіш бермейді",
    },
    FindingKind.SENSOR_STUCK: {
        "en": "a sensor of methane stands still",
        "ru": "показания датчика метана не меняются",
        "kk": "метан датчигінің көрсеткіші өзгермейді",
    },
}

TEXTS: dict[str, dict[Language, str]] = {
    "clock": {
        "en": "the times of source {source} are wrong, output is not known for certain",
        "ru": "время источника {source} неверно, выпуск неизвестен в точности",
        "kk": "{source} дереккөзінің уақыты қате, өндіріс белгісіз",
    },
    "source": {
        "en": "no connection to source {source}, output is not known",
        "ru": "нет связи с источником {source}, выпуск неизвестен",
        "kk": "{source} дереккөзімен байланыс жоқ, өндіріс белгісіз",
    },
    "about_data": {
        "en": "This is about data, not about output.",
        "ru": "Это о данных, а не о выпуске.",
        "kk": "Бұл өндіріс емес, дерек туралы.",
    },
    # what is not known now, on the page, in reports and in lists
    "collector_silent": {
        "en": "The collector has been silent since {since}: what holds now is not known.",
        "ru": "Сборщик молчит с {since}: что происходит сейчас, неизвестно.",
        "kk": "Жинағыштан {since} бастап хабар жоқ: қазір не болып жатқаны белгісіз.",
    },
    "never_reported": {
        "en": "The collector has not reported yet: what holds now is not known.",
        "ru": "Сборщик ещё не выходил на связь: что происходит сейчас, неизвестно.",
        "kk": "Жинағыш әлі хабар берген жоқ: қазір не болып жатқаны белгісіз.",
    },
    "not_known_of": {
        "en": "What they do now is not known: {units}.",
        "ru": "Что делают сейчас, неизвестно: {units}.",
        "kk": "Қазір не істеп жатқаны белгісіз: {units}.",
    },
    "not_known_of_many": {
        "en": "What {count} units do now is not known, the first {since}.",
        "ru": "Что делают сейчас агрегаты ({count}), неизвестно, первый {since}.",
        "kk": "{count} агрегаттың қазір не істеп жатқаны белгісіз, біріншісі {since}.",
    },
    "never_heard": {"en": "not heard yet", "ru": "данных ещё не было", "kk": "дерек әлі болған жоқ"},
    "wrong_clock": {
        "en": "This host's clock was wrong when it was raised: nothing of it happened at that time.",
        "ru": "Когда инцидент был открыт, часы этого сервера шли неверно: в указанное время этого не было.",
        "kk": "Оқиға ашылғанда осы сервердің сағаты қате еді: көрсетілген уақытта мұндай болған жоқ.",
    },
    # heads of subjects
    "alert": {"en": "ALERT", "ru": "ТРЕВОГА", "kk": "ДАБЫЛ"},
    "data": {"en": "DATA", "ru": "ДАННЫЕ", "kk": "ДЕРЕК"},
    "worse": {"en": "WORSE", "ru": "УХУДШЕНИЕ", "kk": "НАШАРЛАДЫ"},
    "cleared": {"en": "CLEARED", "ru": "СНЯТО", "kk": "ЖОЙЫЛДЫ"},
    "escalated": {
        "en": "NOT ACKNOWLEDGED for {minutes} min",
        "ru": "НЕ КВИТИРОВАНО {minutes} мин",
        "kk": "{minutes} мин РАСТАЛМАДЫ",
    },
    "simulated": {"en": "SIMULATED", "ru": "ИМИТАЦИЯ (SIMULATED)", "kk": "ИМИТАЦИЯ (SIMULATED)"},
    "simulated_why": {
        "en": "SIMULATED works: every figure is made up, nothing happened in production.",
        "ru": "ИМИТАЦИЯ (SIMULATED): все цифры получены от модели завода, на производстве ничего не произошло.",
        "kk": "ИМИТАЦИЯ (SIMULATED): барлық сандар зауыт моделінен алынған, өндірісте ештеңе болған жоқ.",
    },
    # lines of the body
    "since": {"en": "Since", "ru": "Начало", "kk": "Басталуы"},
    "over": {"en": "Over since", "ru": "Закончилось", "kk": "Аяқталуы"},
    "lost": {"en": "Short so far", "ru": "Недодано к этому времени", "kk": "Осы уақытқа дейін жетіспеді"},
    "lost_in_all": {"en": "Short in all", "ru": "Недодано всего", "kk": "Барлығы жетіспеді"},
    "ahead": {
        "en": "Will be short downstream for each day of it",
        "ru": "Недовыпуск следующих переделов за каждые такие сутки",
        "kk": "Осындай әр тәулікте әрі қарай жетіспейді",
    },
    "ahead_in_all": {
        "en": "Short downstream by that",
        "ru": "Недовыпуск следующих переделов из-за этого",
        "kk": "Осының салдарынан әрі қарай жетіспейді",
    },
    "until_then": {"en": "Until then", "ru": "До этого", "kk": "Оған дейін"},
    "cause": {"en": "Cause", "ru": "Причина", "kk": "Себеп"},
    "consequences": {"en": "Consequences", "ru": "Последствия", "kk": "Салдары"},
    "is_over": {"en": "over", "ru": "закончилось", "kk": "аяқталды"},
    "acknowledged": {"en": "Acknowledged", "ru": "Квитировано", "kk": "Расталды"},
    "acknowledge": {"en": "To acknowledge", "ru": "Квитировать", "kk": "Растау үшін"},
    # the list of incidents
    "is_raised": {"en": "raised", "ru": "открыт", "kk": "ашық"},
    "is_acknowledged": {"en": "acknowledged", "ru": "квитирован", "kk": "расталды"},
    "is_cleared": {"en": "cleared", "ru": "снят", "kk": "жойылды"},
    "part_of": {"en": "part of {number}", "ru": "часть инцидента {number}", "kk": "{number} оқиғасының бөлігі"},
    "since_when": {"en": "since {at}", "ru": "с {at}", "kk": "{at} бастап"},
    "nobody": {"en": "not acknowledged", "ru": "не квитирован", "kk": "расталмаған"},
    "somebody": {"en": "acknowledged by {name}", "ru": "квитировал: {name}", "kk": "растаған: {name}"},
    "waiting": {"en": "{count} waiting", "ru": "ждут отправки: {count}", "kk": "жіберуді күтуде: {count}"},
    "sent": {"en": "{count} sent", "ru": "отправлено: {count}", "kk": "жіберілді: {count}"},
    "failed": {"en": "{count} given up", "ru": "не доставлено: {count}", "kk": "жеткізілмеді: {count}"},
    "held": {"en": "{count} held back", "ru": "задержано: {count}", "kk": "кідіртілді: {count}"},
    "summed": {"en": "{count} in a summary", "ru": "в сводке: {count}", "kk": "жиынтықта: {count}"},
    "no_messages": {"en": "no messages", "ru": "без сообщений", "kk": "хабарламасыз"},
    "muted": {
        "en": "muted until {until} by {name}",
        "ru": "без сообщений до {until}: {name}",
        "kk": "{until} дейін хабарламасыз: {name}",
    },
    "escalated_to": {"en": "escalated to {roles}", "ru": "передано выше: {roles}", "kk": "жоғары берілді: {roles}"},
    "came_back": {"en": "came back {count} x", "ru": "возвращался: {count}", "kk": "қайталанды: {count}"},
    "no_incidents": {
        "en": "no incidents are on record; rules look from the first start of the service on, and what was before, "
        "such as under-heating that a report shows, is not judged",
        "ru": "инцидентов не записано; правила смотрят с первого запуска службы, а то, что было раньше, например "
        "недогрев в отчёте, не оценивается",
        "kk": "оқиға жазылмаған; ережелер қызмет алғаш іске қосылғаннан бері қарайды, ал одан бұрынғысы, мысалы "
        "есептегі жылу жетіспеуі, бағаланбайды",
    },
    "no_open_incidents_then": {
        "en": "no incidents were open in what was known then",
        "ru": "по данным на то время открытых инцидентов не было",
        "kk": "сол кездегі дерек бойынша ашық оқиға болған жоқ",
    },
    "no_open_incidents": {"en": "no open incidents", "ru": "открытых инцидентов нет", "kk": "ашық оқиға жоқ"},
    "unit_muted": {
        "en": "{unit} is muted until {until}",
        "ru": "{unit}: без сообщений до {until}",
        "kk": "{unit}: {until} дейін хабарламасыз",
    },
    "grafana_notifies": {
        "en": "Grafana notifies people (alerts.notifier: grafana): nothing is sent from here",
        "ru": "Людей извещает Grafana (alerts.notifier: grafana): отсюда ничего не отправляется",
        "kk": "Адамдарға Grafana хабарлайды (alerts.notifier: grafana): осы жерден ештеңе жіберілмейді",
    },
    "nobody_notified": {
        "en": "nobody is notified: plant.yaml names no channels in alerts.roles",
        "ru": "никто не извещается: в plant.yaml в alerts.roles нет каналов",
        "kk": "ешкімге хабарланбайды: plant.yaml ішіндегі alerts.roles бөлімінде арна жоқ",
    },
    "role_dispatcher": {"en": "dispatcher", "ru": "диспетчер", "kk": "диспетчер"},
    "role_shop_chief": {"en": "chief of the shop", "ru": "начальник цеха", "kk": "цех бастығы"},
    "role_production_director": {
        "en": "production director",
        "ru": "директор по производству",
        "kk": "өндіріс директоры",
    },
    "role_shop": {"en": "shop", "ru": "цех", "kk": "цех"},
    "role_digest": {"en": "readers of the digest", "ru": "читатели обзора", "kk": "шолу оқырмандары"},
    "role_mine_safety": {"en": "mine safety", "ru": "безопасность шахт", "kk": "шахта қауіпсіздігі"},
    "role_instruments": {"en": "instruments", "ru": "служба КИПиА", "kk": "БӨАжА қызметі"},
    "units": {"en": "Units ({count})", "ru": "Агрегаты ({count})", "kk": "Агрегаттар ({count})"},
    # summaries and digests
    "more": {"en": "{count} more alerts", "ru": "ещё оповещений: {count}", "kk": "тағы {count} хабарлама"},
    "more_why": {
        "en": "{count} more alerts were held back: at most {limit} an hour are sent. See `tundish alert list`",
        "ru": "Задержано оповещений: {count}; в час отправляется не более {limit}. Смотрите `tundish alert list`",
        "kk": "{count} хабарлама кідіртілді: сағатына {limit} артық жіберілмейді. `tundish alert list` қараңыз",
    },
    "trends": {"en": "Trends", "ru": "Тенденции", "kk": "Үрдістер"},
}


def text(key: str, language: Language) -> str:
    """The text of that name."""
    return TEXTS[key][language]
