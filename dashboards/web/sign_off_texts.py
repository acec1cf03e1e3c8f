"""Texts of signing the figures of a day, in the three languages."""

from dashboards.report.signed_texts import SIGNED_TEXTS
from models.works.localize import Language

SIGN_OFF_TEXTS: dict[str, dict[Language, str]] = {
    "signed_works": SIGNED_TEXTS["signed_works"],
    "sign_off": {"en": "Signatures, {day}", "ru": "Подписи, {day}", "kk": "Қолтаңбалар, {day}"},
    "sign_scope": {"en": "Signs for", "ru": "За кого", "kk": "Кім үшін"},
    "sign_state": {"en": "Signature", "ru": "Подпись", "kk": "Қолтаңба"},
    "sign_unusual": {"en": "Unusual", "ru": "Обратите внимание", "kk": "Назар аударыңыз"},
    "sign_column": {"en": "To sign", "ru": "Подписание", "kk": "Қол қою"},
    "sign_nothing_unusual": {"en": "nothing", "ru": "ничего", "kk": "ештеңе жоқ"},
    "sign_incomplete": {
        "en": "known of {unit}: {pct} % of its readings",
        "ru": "{unit}: известно {pct} % показаний",
        "kk": "{unit}: көрсеткіштердің {pct} %-ы белгілі",
    },
    "sign_without_figure": {
        "en": "{unit}, {product}: no figure, though it had a plan",
        "ru": "{unit}, {product}: нет данных, хотя план был",
        "kk": "{unit}, {product}: дерек жоқ, ал жоспар болған",
    },
    "sign_unreasoned": {
        "en": "{hours} h of standstill without a reason",
        "ru": "{hours} ч простоя без причины",
        "kk": "себебі көрсетілмеген {hours} сағ тұрып қалу",
    },
    "sign_held": {
        "en": "readings that wait for a decision: {count}",
        "ru": "показания, ждущие решения: {count}",
        "kk": "шешім күткен көрсеткіштер: {count}",
    },
    "sign_more": SIGNED_TEXTS["signed_more"],
    "sign_waits_for": {
        "en": "waits for the signatures of: {shops}",
        "ru": "ждёт подписей: {shops}",
        "kk": "мыналардың қолтаңбасын күтуде: {shops}",
    },
    "sign_press": {"en": "Sign: {scope}", "ru": "Подписать: {scope}", "kk": "Қол қою: {scope}"},
    "sign_title": {"en": "Sign: {scope}, {day}", "ru": "Подпись: {scope}, {day}", "kk": "Қол қою: {scope}, {day}"},
    "sign_note": {
        "en": "Note (may stay empty)",
        "ru": "Примечание (можно не заполнять)",
        "kk": "Ескертпе (бос қалуы мүмкін)",
    },
    "sign_do": {"en": "Sign", "ru": "Подписать", "kk": "Қол қою"},
    "sign_not_over_yet": {
        "en": "The day is not over. It can be signed from {over} on.",
        "ru": "Сутки ещё не окончены. Подписать можно с {over}.",
        "kk": "Тәулік әлі аяқталған жоқ. {over} бастап қол қоюға болады.",
    },
    "sign_no_figures": {
        "en": "There are no figures of this day to sign.",
        "ru": "За эти сутки нет данных, которые можно подписать.",
        "kk": "Бұл тәулік бойынша қол қоятын дерек жоқ.",
    },
    "sign_whose": {
        "en": "You may read this. For a shop signs its chief (role shop_chief), then for the works the director "
        "(role director).",
        "ru": "Вы можете это читать. За цех подписывает его начальник (роль shop_chief), затем за завод директор "
        "(роль director).",
        "kk": "Мұны оқи аласыз. Цех үшін оның бастығы (shop_chief рөлі), содан кейін зауыт үшін директор "
        "(director рөлі) қол қояды.",
    },
    "sign_in_to_sign": {
        "en": "Sign in to sign. For a shop signs its chief (role shop_chief), then for the works the director "
        "(role director).",
        "ru": "Войдите, чтобы подписать. За цех подписывает его начальник (роль shop_chief), затем за завод директор "
        "(роль director).",
        "kk": "Қол қою үшін кіріңіз. Цех үшін оның бастығы (shop_chief рөлі), содан кейін зауыт үшін директор "
        "(director рөлі) қол қояды.",
    },
    "add_users_to_sign": {
        "en": "To sign here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы подписывать здесь, нужны пользователи: tundish user add",
        "kk": "Осында қол қою үшін пайдаланушылар керек: tundish user add",
    },
    "sign_failed": {
        "en": "The signatures could not be read. Reload the page in a minute.",
        "ru": "Подписи не удалось прочитать. Обновите страницу через минуту.",
        "kk": "Қолтаңбаларды оқу мүмкін болмады. Бетті бір минуттан кейін жаңартыңыз.",
    },
}
