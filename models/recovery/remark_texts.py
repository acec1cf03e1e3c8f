"""What a way takes for granted, or could not know, in the three languages, and nothing else."""

from models.works.localize import Language

REMARK_TEXTS: dict[str, dict[Language, str]] = {
    "remark_no_plan": {
        "en": "There is no plan of this month for {names}.",
        "ru": "Плана на этот месяц нет: {names}.",
        "kk": "Бұл айға жоспар жоқ: {names}.",
    },
    "remark_no_output": {
        "en": "A day of this month is not known of {names}: tundish report completeness names it.",
        "ru": "За этот месяц известны не все сутки: {names}. Какие, покажет tundish report completeness.",
        "kk": "Бұл айдың барлық тәулігі белгілі емес: {names}. Қайсысы екенін tundish report completeness көрсетеді.",
    },
    "remark_no_rate": {
        "en": "What {names} can make is not known: fewer than 20 windows of three known days in 90, and no "
        "nameplate_t_per_day.",
        "ru": "Возможности неизвестны: {names}. За 90 суток меньше 20 окон по трое известных суток, и "
        "nameplate_t_per_day не задан.",
        "kk": "Мүмкіндігі белгісіз: {names}. 90 тәулікте үш белгілі тәуліктен тұратын 20 терезе жоқ және "
        "nameplate_t_per_day берілмеген.",
    },
    "remark_no_chain": {
        "en": "No node of balance makes {names}: nothing that comes before is taken for a limit.",
        "ru": "Ни один узел balance не даёт продукцию «{names}»: предыдущие переделы не считаются пределом.",
        "kk": "balance түйіндерінің ешқайсысы мына өнімді бермейді: {names}. Алдыңғы бөлімдер шек деп алынбайды.",
    },
    "remark_not_in_chain": {
        "en": "It is made from {names} too, but no node of balance brings it: nothing is taken to be short of it.",
        "ru": "Для выпуска нужно и это: {names}, но ни один узел balance его не подаёт; считается, что его хватает.",
        "kk": "Өндіруге мыналар да керек: {names}, бірақ balance түйіндерінің ешқайсысы бермейді; жеткілікті деп "
        "алынды.",
    },
    "remark_stocks_of_now": {
        "en": "What will lie in stock when the month begins is not known; what lies there now is taken: {names}.",
        "ru": "Какой запас будет к началу месяца, неизвестно; принят нынешний: {names}.",
        "kk": "Ай басында қандай қор болатыны белгісіз; қазіргісі алынды: {names}.",
    },
    "remark_supply_left_out": {
        "en": "What {names} can make is not known, so what it supplies is not taken for a limit.",
        "ru": "Возможности неизвестны: {names}. Снабжение от них не считается пределом.",
        "kk": "Мүмкіндігі белгісіз: {names}. Олардан келетін жеткізілім шек деп алынбайды.",
    },
    "remark_no_stock": {
        "en": "No stock of {names} is configured: what a day brings is used on that day.",
        "ru": "Запас не задан в конфигурации: {names}. Что пришло за сутки, в те же сутки и расходуется.",
        "kk": "Қор конфигурацияда берілмеген: {names}. Тәулікте келгені сол тәулікте жұмсалады.",
    },
    "remark_no_stock_figure": {
        "en": "The stock of {names} is not known (no figure of the last 10 days): nothing is drawn from it.",
        "ru": "Запас неизвестен (нет данных за последние 10 суток): {names}. Из него ничего не берётся.",
        "kk": "Қор белгісіз (соңғы 10 тәулікте дерек жоқ): {names}. Одан ештеңе алынбайды.",
    },
    "remark_stock_outside": {
        "en": "The stock of {names} lies outside least_t and most_t; it is taken to go no further.",
        "ru": "Запас вне пределов least_t и most_t: {names}. Считается, что дальше он не уйдёт.",
        "kk": "Қор least_t және most_t шегінен тыс: {names}. Одан әрі кетпейді деп алынды.",
    },
    "remark_no_running_day": {
        "en": "What the running day has so far is not known of {names}, and not counted.",
        "ru": "Выпуск текущих суток пока неизвестен и не учтён: {names}.",
        "kk": "Ағымдағы тәуліктің өнімі әзірге белгісіз және есепке алынбады: {names}.",
    },
    "remark_no_nameplate": {
        "en": "No nameplate_t_per_day is configured: {names}; what they held in the last 90 days counts alone.",
        "ru": "nameplate_t_per_day не задан: {names}; считается только лучший темп за 90 суток.",
        "kk": "nameplate_t_per_day берілмеген: {names}; тек соңғы 90 тәуліктің үздік қарқыны есептеледі.",
    },
    "remark_above_nameplate": {
        "en": "The best rate is above the nameplate, which counts: {names}. Is nameplate_t_per_day right?",
        "ru": "Лучший темп выше проектной мощности, считается она: {names}. Верно ли задан nameplate_t_per_day?",
        "kk": "Үздік қарқын жобалық қуаттан жоғары, есепке қуат алынды: {names}. nameplate_t_per_day дұрыс па?",
    },
    "remark_stands_now": {
        "en": "Stands now, and is taken to run from now on: {names}. Suppose until when it stands: by its slider at "
        "the desk, by --without and --until in the command.",
        "ru": "Стоит сейчас, а в расчёте работает с этого момента: {names}. Задайте, до каких суток стоит: на странице "
        "ползунком, в команде через --without и --until.",
        "kk": "Қазір тұр, есепте осы сәттен жұмыс істейді деп алынды: {names}. Қашанға дейін тұратынын беріңіз: бетте "
        "жүгірткімен, командада --without және --until арқылы.",
    },
    "remark_deliveries": {
        "en": "Bought as in the last 90 days: {names}, {tonnes}\u00a0t a day.",
        "ru": "Покупается, как за последние 90 суток: {names}, {tonnes}\u00a0т в сутки.",
        "kk": "Соңғы 90 тәуліктегідей сатып алынады: {names}, тәулігіне {tonnes}\u00a0т.",
    },
    "remark_sales": {
        "en": "Sold out of the stock as in the last 90 days: {names}, {tonnes}\u00a0t a day.",
        "ru": "Продаётся из запаса, как за последние 90 суток: {names}, {tonnes}\u00a0т в сутки.",
        "kk": "Соңғы 90 тәуліктегідей қордан сатылады: {names}, тәулігіне {tonnes}\u00a0т.",
    },
}
