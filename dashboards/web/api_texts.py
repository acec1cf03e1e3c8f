"""What the API says to programs and to who writes them, in the three languages."""

from models.works.localize import Language

API_TEXTS: dict[str, dict[Language, str]] = {
    "api_no_token": {
        "en": "Say who asks: send the header Authorization: Bearer TOKEN. A token is made on the server: tundish token "
        "add NAME --scope {given}",
        "ru": "Укажите, кто спрашивает: заголовок Authorization: Bearer ТОКЕН. Токен создают на сервере: tundish token "
        "add ИМЯ --scope {given}",
        "kk": "Кім сұрайтынын көрсетіңіз: Authorization: Bearer ТОКЕН тақырыбы. Токен серверде жасалады: tundish token "
        "add АТЫ --scope {given}",
    },
    "api_bad_token": {
        "en": "The token is not known here, was ended, or has expired. Have a new one made on the server: tundish "
        "token add",
        "ru": "Токен здесь неизвестен, отозван или истёк. Создайте новый на сервере: tundish token add",
        "kk": "Токен мұнда белгісіз, тоқтатылған немесе мерзімі өткен. Серверде жаңасын жасаңыз: tundish token add",
    },
    "api_bad_header": {
        "en": "The header Authorization must stand once and be Bearer, a space and the token.",
        "ru": "Заголовок Authorization должен быть один: Bearer, пробел и токен.",
        "kk": "Authorization тақырыбы біреу болуы керек: Bearer, бос орын және токен.",
    },
    "api_no_scope": {
        "en": "The token lacks {given}. Have one made that has it: tundish token add NAME --scope {given}",
        "ru": "У токена нет права {given}. Создайте токен с ним: tundish token add ИМЯ --scope {given}",
        "kk": "Токенде {given} құқығы жоқ. Онымен токен жасаңыз: tundish token add АТЫ --scope {given}",
    },
    "api_not_your_shop": {
        "en": "The token reads of these shops only: {given}. Name one of them.",
        "ru": "Токен действует только для цехов: {given}. Укажите один из них.",
        "kk": "Токен тек мына цехтарға арналған: {given}. Солардың бірін көрсетіңіз.",
    },
    "api_wait": {
        "en": "Too many questions at once. Ask again in {given} s.",
        "ru": "Слишком много запросов. Повторите через {given} с.",
        "kk": "Сұрау тым көп. {given} с кейін қайталаңыз.",
    },
    "api_no_route": {
        "en": "There is nothing at this address. /api/v1/openapi.json lists what there is.",
        "ru": "По этому адресу ничего нет. Список адресов: /api/v1/openapi.json.",
        "kk": "Бұл мекенжайда ештеңе жоқ. Мекенжайлар тізімі: /api/v1/openapi.json.",
    },
    "api_only_reads": {
        "en": "Here it is only read: ask with GET.",
        "ru": "Здесь можно только читать: используйте GET.",
        "kk": "Мұнда тек оқуға болады: GET қолданыңыз.",
    },
    "api_bad_parameter": {
        "en": "Not a parameter, or not a value for it: {given}. /api/v1/openapi.json says what can be asked.",
        "ru": "Неверный параметр или его значение: {given}. Что можно спросить: /api/v1/openapi.json.",
        "kk": "Параметр немесе оның мәні қате: {given}. Не сұрауға болатыны: /api/v1/openapi.json.",
    },
    "api_no_such_code": {
        "en": "The works has no such code: {given}. plant.yaml has the codes of shops, units and products.",
        "ru": "На заводе нет такого кода: {given}. Коды цехов, агрегатов и продуктов есть в plant.yaml.",
        "kk": "Зауытта мұндай код жоқ: {given}. Цехтардың, агрегаттардың және өнімдердің кодтары plant.yaml ішінде.",
    },
    "api_too_many_rows": {
        "en": "These are {given} rows, more than one answer of that form holds. Ask for fewer days, one product, one "
        "shop or one unit; CSV and Parquet hold more than XLSX.",
        "ru": "Здесь {given} строк, больше, чем вмещает один такой ответ. Возьмите меньше дней, один продукт, цех или "
        "агрегат; CSV и Parquet вмещают больше, чем XLSX.",
        "kk": "Мұнда {given} жол бар, бұл мұндай бір жауапқа сыймайды. Азырақ күн, бір өнім, цех немесе агрегат "
        "алыңыз; CSV мен Parquet XLSX-тен көбірек сыйдырады.",
    },
    "api_too_many_days": {
        "en": "So fine, at most {given} days are given at once. Ask for fewer days or a coarser grain.",
        "ru": "С такой подробностью даётся не больше {given} дней за раз. Возьмите меньше дней или крупнее интервал.",
        "kk": "Мұндай дәлдікпен бір рет ең көбі {given} күн беріледі. Азырақ күн немесе ірірек аралық алыңыз.",
    },
    "api_users_unread": {
        "en": "The users and tokens of the desk cannot be read: see the log of the desk.",
        "ru": "Не удалось прочитать пользователей и токены: см. журнал сервера страниц.",
        "kk": "Пайдаланушылар мен токендерді оқу мүмкін болмады: бет серверінің журналын қараңыз.",
    },
}
