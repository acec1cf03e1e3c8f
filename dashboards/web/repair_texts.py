"""Texts of the page of repairs, in the three languages."""

from models.works.localize import Language

REPAIR_TEXTS: dict[str, dict[Language, str]] = {
    "repairs_tab": {"en": "Repairs", "ru": "Ремонты", "kk": "Жөндеулер"},
    "repairs_of": {"en": "{shop}: repairs", "ru": "{shop}: ремонты", "kk": "{shop}: жөндеулер"},
    "repair_enter": {"en": "Enter a repair", "ru": "Ввести ремонт", "kk": "Жөндеу енгізу"},
    "repair_change": {"en": "Change", "ru": "Изменить", "kk": "Өзгерту"},
    "repair_withdraw": {"en": "Withdraw", "ru": "Отозвать", "kk": "Қайтарып алу"},
    "repair_withdraw_title": {
        "en": "Withdraw repair {name}",
        "ru": "Отзыв ремонта {name}",
        "kk": "{name} жөндеуін қайтарып алу",
    },
    "repair_withdraw_what": {
        "en": "Its time will count as available again. Both words stay on record.",
        "ru": "Его время снова станет рабочим. В записи остаётся и то и другое.",
        "kk": "Оның уақыты қайтадан жұмыс уақыты болады. Екеуі де жазбада қалады.",
    },
    "repair_name": {"en": "Repair", "ru": "Ремонт", "kk": "Жөндеу"},
    "repair_unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "repair_window": {"en": "From and to", "ru": "Начало и конец", "kk": "Басы мен соңы"},
    "repair_from": {"en": "From", "ru": "Начало", "kk": "Басталуы"},
    "repair_to": {"en": "To", "ru": "Конец", "kk": "Аяқталуы"},
    "repair_approved": {"en": "Approved by", "ru": "Утвердил(а)", "kk": "Бекіткен"},
    "repair_author": {"en": "Entered by", "ru": "Ввёл(а)", "kk": "Енгізген"},
    "repair_words": {
        "en": "{name}: {kind}, {begin} – {end}; approved by: {approved}; entered by: {author}",
        "ru": "{name}: {kind}, {begin} – {end}; утвердил(а): {approved}; ввёл(а): {author}",
        "kk": "{name}: {kind}, {begin} – {end}; бекіткен: {approved}; енгізген: {author}",
    },
    "repair_month": {"en": "Month of the repairs", "ru": "Месяц ремонтов", "kk": "Жөндеулер айы"},
    "repair_calendar": {"en": "Calendar", "ru": "Календарь", "kk": "Күнтізбе"},
    "no_repairs": {
        "en": "No repair of this shop runs, is to come or ended within the last month.",
        "ru": "У этого цеха нет ремонтов: ни идущих, ни предстоящих, ни законченных за последний месяц.",
        "kk": "Бұл цехта жүріп жатқан, алдағы немесе соңғы айда аяқталған жөндеу жоқ.",
    },
    "repair_time_missing": {
        "en": "A date or a time is missing: choose both, for the begin and for the end.",
        "ru": "Не хватает даты или времени: укажите и то и другое для начала и конца.",
        "kk": "Күні немесе уақыты жетіспейді: басы мен соңына екеуін де көрсетіңіз.",
    },
    "repair_unit_missing": {
        "en": "Choose the unit.",
        "ru": "Выберите агрегат.",
        "kk": "Агрегатты таңдаңыз.",
    },
    "repair_whose": {
        "en": "You may read this page. Users with the role planner for this shop enter its repairs.",
        "ru": "Эту страницу вы можете читать. Ремонты вводят пользователи с ролью planner для этого цеха.",
        "kk": "Бұл бетті оқи аласыз. Жөндеулерді осы цехтың planner рөлі бар адамдары енгізеді.",
    },
    "sign_in_to_plan": {
        "en": "Sign in to enter repairs.",
        "ru": "Войдите, чтобы вводить ремонты.",
        "kk": "Жөндеулерді енгізу үшін кіріңіз.",
    },
    "add_users_to_plan": {
        "en": "To enter repairs here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы вводить ремонты здесь, нужны пользователи: tundish user add",
        "kk": "Жөндеулерді осы жерде енгізу үшін пайдаланушылар керек: tundish user add",
    },
}
