"""What the page of the on-call roster says, in the three languages."""

from models.works.localize import Language

_DAYS: tuple[tuple[str, str, str], ...] = (
    ("Mon", "Пн", "Дс"),
    ("Tue", "Вт", "Сс"),
    ("Wed", "Ср", "Ср"),
    ("Thu", "Чт", "Бс"),
    ("Fri", "Пт", "Жм"),
    ("Sat", "Сб", "Сб"),
    ("Sun", "Вс", "Жс"),
)

ROSTER_TEXTS: dict[str, dict[Language, str]] = {
    **{f"weekday_{at}": {"en": en, "ru": ru, "kk": kk} for at, (en, ru, kk) in enumerate(_DAYS)},
    "roster_this_week": {"en": "this week", "ru": "эта неделя", "kk": "осы апта"},
    "roster_title": {"en": "On-call roster", "ru": "График дежурств", "kk": "Кезекшілік кестесі"},
    "roster_now": {"en": "On duty now", "ru": "Сейчас дежурят", "kk": "Қазір кезекшілікте"},
    "roster_until": {"en": "{name}, until {at}", "ru": "{name}, до {at}", "kk": "{name}, {at} дейін"},
    "lack_nobody": {"en": "nobody is entered", "ru": "никто не назначен", "kk": "ешкім тағайындалмаған"},
    "lack_disabled": {
        "en": "{name}: this user is disabled",
        "ru": "{name}: пользователь отключён",
        "kk": "{name}: пайдаланушы өшірілген",
    },
    "lack_no_address": {
        "en": "{name}: no channel in plant.yaml under alerts.people",
        "ru": "{name}: нет канала в plant.yaml, alerts.people",
        "kk": "{name}: plant.yaml ішіндегі alerts.people бөлімінде арна жоқ",
    },
    "lack_unread": {
        "en": "the roster cannot be read now",
        "ru": "график сейчас не прочитать",
        "kk": "кестені қазір оқу мүмкін емес",
    },
    "roster_fallback": {
        "en": "{why}. Messages go to the receivers of {key}.",
        "ru": "{why}. Сообщения получают получатели из {key}.",
        "kk": "{why}. Хабарламалар {key} алушыларына жіберіледі.",
    },
    "roster_week": {
        "en": "Week of {first} to {last}",
        "ru": "Неделя {first} – {last}",
        "kk": "{first} – {last} аптасы",
    },
    "roster_weeks": {"en": "Weeks", "ru": "Недели", "kk": "Апталар"},
    "roster_before": {"en": "Week before", "ru": "Предыдущая неделя", "kk": "Алдыңғы апта"},
    "roster_this": {"en": "This week", "ru": "Эта неделя", "kk": "Осы апта"},
    "roster_after": {"en": "Week after", "ru": "Следующая неделя", "kk": "Келесі апта"},
    "roster_gaps": {
        "en": "Duties in shifts of this week whose messages go to no person: {count}",
        "ru": "Дежурств в сменах этой недели, сообщения которых не идут никому лично: {count}",
        "kk": "Осы апта ауысымдарында хабарламалары ешкімге жеке жіберілмейтін кезекшіліктер: {count}",
    },
    "roster_no_gaps": {
        "en": "Every shift of this week that is not over has a person.",
        "ru": "Во всех незаконченных сменах этой недели есть дежурный.",
        "kk": "Осы аптаның аяқталмаған барлық ауысымында кезекші бар.",
    },
    "roster_shift": {"en": "Shift", "ru": "Смена", "kk": "Ауысым"},
    "roster_runs": {"en": "now", "ru": "сейчас", "kk": "қазір"},
    "roster_nobody": {"en": "nobody", "ru": "никто", "kk": "ешкім"},
    "roster_fill": {
        "en": "Fill gaps from the week before",
        "ru": "Заполнить пустые по прошлой неделе",
        "kk": "Бостарын алдыңғы апта бойынша толтыру",
    },
    "roster_unsaved": {
        "en": "Chosen and not saved yet: {count}",
        "ru": "Выбрано и ещё не сохранено: {count}",
        "kk": "Таңдалды, әлі сақталмады: {count}",
    },
    "roster_saved": {"en": "Saved.", "ru": "Сохранено.", "kk": "Сақталды."},
    "roster_nothing_to_fill": {
        "en": "The week before has nobody for the gaps.",
        "ru": "На прошлой неделе для пустых смен никого нет.",
        "kk": "Алдыңғы аптада бос ауысымдарға ешкім жоқ.",
    },
    "roster_entered": {"en": "What was entered last", "ru": "Что введено недавно", "kk": "Соңғы енгізілгендер"},
    "roster_none_entered": {
        "en": "Nothing has been entered yet.",
        "ru": "Пока ничего не введено.",
        "kk": "Әзірге ештеңе енгізілмеген.",
    },
    "roster_duty": {"en": "Duty", "ru": "Дежурство", "kk": "Кезекшілік"},
    "roster_person": {"en": "Person", "ru": "Дежурный", "kk": "Кезекші"},
    "roster_no_people": {
        "en": "No people are configured: name them in plant.yaml under alerts.people. Until then messages go to the "
        "receivers of the roles.",
        "ru": "Люди не заданы: укажите их в plant.yaml, alerts.people. До этого сообщения получают получатели ролей.",
        "kk": "Адамдар көрсетілмеген: оларды plant.yaml ішіндегі alerts.people бөлімінде атаңыз. Оған дейін "
        "хабарламалар рөл алушыларына жіберіледі.",
    },
    "roster_no_duties": {
        "en": "There is no duty: Tundish sends messages to nobody. Either Grafana notifies people (alerts.notifier: "
        "grafana), or plant.yaml names no channels in alerts.roles.",
        "ru": "Дежурств нет: Tundish никому не отправляет сообщений. Либо людей извещает Grafana (alerts.notifier: "
        "grafana), либо в plant.yaml в alerts.roles нет каналов.",
        "kk": "Кезекшілік жоқ: Tundish ешкімге хабарлама жібермейді. Не адамдарға Grafana хабарлайды (alerts.notifier: "
        "grafana), не plant.yaml ішіндегі alerts.roles бөлімінде арна жоқ.",
    },
    "roster_sign_in": {
        "en": "Sign in to say who is on duty.",
        "ru": "Войдите, чтобы назначить дежурных.",
        "kk": "Кезекшілерді тағайындау үшін кіріңіз.",
    },
    "roster_add_users": {
        "en": "To keep the roster here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы вести график здесь, нужны пользователи: tundish user add",
        "kk": "Кестені осы жерде жүргізу үшін пайдаланушылар керек: tundish user add",
    },
    "roster_unread": {
        "en": "The roster cannot be read now: {why}",
        "ru": "График сейчас не прочитать: {why}",
        "kk": "Кестені қазір оқу мүмкін емес: {why}",
    },
}
