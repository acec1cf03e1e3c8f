"""Every word about heat supply, in the three languages, and nothing else."""

from models.works.localize import Language

HEAT_TEXTS: dict[str, dict[Language, str]] = {
    "heat_of_span": {
        "en": "{name}: {heat}\u00a0Gcal of {demand}\u00a0Gcal due by the graph ({pct}\u00a0%){known}.",
        "ru": "{name}: отпущено {heat}\u00a0Гкал при потребности по графику {demand}\u00a0Гкал ({pct}\u00a0%){known}.",
        "kk": "{name}: {heat}\u00a0Гкал жіберілді, график бойынша қажеті {demand}\u00a0Гкал ({pct}\u00a0%){known}.",
    },
    "heat_of_part": {
        "en": "{name}: {all}\u00a0Gcal{known}. In the {both}\u00a0h whose demand is known: {heat}\u00a0Gcal of "
        "{demand}\u00a0Gcal due by the graph ({pct}\u00a0%).",
        "ru": "{name}: отпущено {all}\u00a0Гкал{known}. За {both}\u00a0ч, для которых известна потребность: "
        "{heat}\u00a0Гкал из {demand}\u00a0Гкал по графику ({pct}\u00a0%).",
        "kk": "{name}: {all}\u00a0Гкал жіберілді{known}. Қажеттілігі белгілі {both}\u00a0сағатта: график бойынша "
        "{demand}\u00a0Гкал қажет, {heat}\u00a0Гкал жіберілді ({pct}\u00a0%).",
    },
    "heat_alone": {
        "en": "{name}: {heat}\u00a0Gcal{known}; the demand is not known, for the outdoor temperature is not.",
        "ru": "{name}: отпущено {heat}\u00a0Гкал{known}; потребность не определена: нет температуры наружного воздуха.",
        "kk": "{name}: {heat}\u00a0Гкал жіберілді{known}; сыртқы ауа температурасы жоқ, сондықтан қажеттілік "
        "анықталмады.",
    },
    "no_heat_known": {
        "en": "{name}: the heat of no hour is known.",
        "ru": "{name}: отпуск тепла не известен ни за один час.",
        "kk": "{name}: бірде-бір сағаттың жылуы белгілі емес.",
    },
    "known_part": {
        "en": ", known for {known} of {hours}\u00a0h",
        "ru": ", известно {known} из {hours}\u00a0ч",
        "kk": ", белгілісі {known}\u00a0сағ, барлығы {hours}\u00a0сағ",
    },
    "under": {
        "en": "Under-heating: {cold} of {days} days, {mean}\u00a0°C below the graph in the mean; {cold_h} of "
        "{judged_h}\u00a0h{lacking}.",
        "ru": "Недогрев: {cold} из {days} суток, в среднем на {mean}\u00a0°C ниже графика; {cold_h} из "
        "{judged_h}\u00a0ч{lacking}.",
        "kk": "Жылу жетіспеген тәулік: {cold}, барлығы {days}; графиктен орта есеппен {mean}\u00a0°C төмен; "
        "{cold_h}\u00a0сағ, барлығы {judged_h}\u00a0сағ{lacking}.",
    },
    "under_none": {
        "en": "No day of under-heating among {days} days; {cold_h} of {judged_h}\u00a0h below the graph by more than "
        "{low_by}\u00a0°C{lacking}.",
        "ru": "Суток с недогревом нет (всего {days}); ниже графика более чем на {low_by}\u00a0°C: {cold_h} из "
        "{judged_h}\u00a0ч{lacking}.",
        "kk": "Жылу жетіспеген тәулік жоқ (барлығы {days}); графиктен {low_by}\u00a0°C-тан артық төмен: "
        "{cold_h}\u00a0сағ, барлығы {judged_h}\u00a0сағ{lacking}.",
    },
    "under_hours": {
        "en": "More than {low_by}\u00a0°C below the graph: {cold_h} of {judged_h}\u00a0h.",
        "ru": "Ниже графика более чем на {low_by}\u00a0°C: {cold_h} из {judged_h}\u00a0ч.",
        "kk": "Графиктен {low_by}\u00a0°C-тан артық төмен: {cold_h}\u00a0сағ, барлығы {judged_h}\u00a0сағ.",
    },
    "under_unknown": {
        "en": "Under-heating is not judged: the outdoor or the supply temperature is not known for enough hours.",
        "ru": "Недогрев не оценён: температура наружного воздуха или подачи известна за слишком малое число часов.",
        "kk": "Жылу жетіспеуі бағаланбады: сыртқы ауа немесе беру температурасы жеткілікті сағатқа белгілі емес.",
    },
    "days_lacking": {
        "en": "; days not judged: {count}",
        "ru": "; не оценено суток: {count}",
        "kk": "; бағаланбаған тәулік: {count}",
    },
    "hour": {
        "en": "T1 {supply}\u00a0°C, due {due}\u00a0°C at {outdoor}\u00a0°C outside, the mean of {hours}\u00a0h: "
        "{verdict}.",
        "ru": "Т1 {supply}\u00a0°C, по графику {due}\u00a0°C при {outdoor}\u00a0°C снаружи в среднем за "
        "{hours}\u00a0ч: {verdict}.",
        "kk": "Т1 {supply}\u00a0°C, график бойынша {due}\u00a0°C, сыртта {hours}\u00a0сағат орташасы "
        "{outdoor}\u00a0°C: {verdict}.",
    },
    "verdict_by_graph": {"en": "by the graph", "ru": "по графику", "kk": "график бойынша"},
    "verdict_off_graph": {
        "en": "T1 or T2 is beyond ±{pct}\u00a0% of the graph",
        "ru": "Т1 или Т2 за пределами ±{pct}\u00a0% графика",
        "kk": "Т1 немесе Т2 графиктің ±{pct}\u00a0% шегінен тыс",
    },
    "verdict_low": {
        "en": "{short}\u00a0°C below the graph",
        "ru": "ниже графика на {short}\u00a0°C",
        "kk": "графиктен {short}\u00a0°C төмен",
    },
    "verdict_very_low": {
        "en": "{short}\u00a0°C below the graph, far too low",
        "ru": "ниже графика на {short}\u00a0°C, значительный недогрев",
        "kk": "графиктен {short}\u00a0°C төмен, жылу қатты жетіспейді",
    },
    "verdict_frost": {
        "en": "below {frost}\u00a0°C in frost",
        "ru": "ниже {frost}\u00a0°C в мороз",
        "kk": "аязда {frost}\u00a0°C-тан төмен",
    },
    "shortfall": {
        "en": "Heat is {gcal}\u00a0Gcal/h ({pct}\u00a0%) below the demand of {demand}\u00a0Gcal/h: {why}.",
        "ru": "Тепла на {gcal}\u00a0Гкал/ч ({pct}\u00a0%) меньше потребности в {demand}\u00a0Гкал/ч: {why}.",
        "kk": "Жылу {demand}\u00a0Гкал/сағ қажеттіліктен {gcal}\u00a0Гкал/сағ ({pct}\u00a0%) аз: {why}.",
    },
    "by_flow": {
        "en": "the flow is {read}\u00a0t/h, approved {due}\u00a0t/h (-{gcal}\u00a0Gcal/h)",
        "ru": "расход {read}\u00a0т/ч при утверждённом {due}\u00a0т/ч (-{gcal}\u00a0Гкал/ч)",
        "kk": "су шығыны {read}\u00a0т/сағ, бекітілгені {due}\u00a0т/сағ (-{gcal}\u00a0Гкал/сағ)",
    },
    "by_return": {
        "en": "the return is warmer, {read}\u00a0°C where {due}\u00a0°C is due (-{gcal}\u00a0Gcal/h)",
        "ru": "обратная вода теплее, {read}\u00a0°C при {due}\u00a0°C по графику (-{gcal}\u00a0Гкал/ч)",
        "kk": "қайтқан су жылырақ, {read}\u00a0°C, график бойынша {due}\u00a0°C (-{gcal}\u00a0Гкал/сағ)",
    },
    "by_supply": {
        "en": "the supply is cooler, {read}\u00a0°C where {due}\u00a0°C is due (-{gcal}\u00a0Gcal/h)",
        "ru": "подача холоднее, {read}\u00a0°C при {due}\u00a0°C по графику (-{gcal}\u00a0Гкал/ч)",
        "kk": "берілген су салқынырақ, {read}\u00a0°C, график бойынша {due}\u00a0°C (-{gcal}\u00a0Гкал/сағ)",
    },
    "by_meter": {
        "en": "flow, T1 and T2 do not show it; compare them with the heat meter",
        "ru": "по расходу, Т1 и Т2 этого не видно; сверьте их с теплосчётчиком",
        "kk": "су шығыны, Т1 және Т2 бойынша көрінбейді; оларды жылу есептегішпен салыстырыңыз",
    },
    "beyond_end": {
        "en": "The graph has no point for {outdoor}\u00a0°C; what is due at its end holds.",
        "ru": "В графике нет точки для {outdoor}\u00a0°C; принято значение на его границе.",
        "kk": "Графикте {outdoor}\u00a0°C нүктесі жоқ; оның шетіндегі мән алынды.",
    },
    "no_verdict": {"en": "No verdict: {why}.", "ru": "Оценки нет: {why}.", "kk": "Баға жоқ: {why}."},
    "no_heat": {
        "en": "No heat is counted: {why}.",
        "ru": "Тепло не учтено: {why}.",
        "kk": "Жылу есепке алынбады: {why}.",
    },
    "doubt_no_outdoor": {
        "en": "the outdoor temperature is not known for each of the {hours}\u00a0h before",
        "ru": "температура наружного воздуха известна не за каждый из предыдущих {hours}\u00a0ч",
        "kk": "алдыңғы {hours}\u00a0сағаттың әрқайсысына сыртқы ауа температурасы белгілі емес",
    },
    "doubt_no_supply": {
        "en": "T1 is not known for enough of the hour",
        "ru": "Т1 известна за слишком малую часть часа",
        "kk": "Т1 сағаттың тым аз бөлігінде белгілі",
    },
    "doubt_no_flow": {
        "en": "the flow, or the heat, is not known",
        "ru": "расход или тепло неизвестны",
        "kk": "су шығыны немесе жылу белгісіз",
    },
    "doubt_no_return": {"en": "T2 is not known", "ru": "Т2 неизвестна", "kk": "Т2 белгісіз"},
    "doubt_outdoor_stuck": {
        "en": "the outdoor temperature has not changed for {stuck}\u00a0h; look at its sensor",
        "ru": "температура наружного воздуха не менялась {stuck}\u00a0ч; проверьте датчик",
        "kk": "сыртқы ауа температурасы {stuck}\u00a0сағат өзгермеді; датчикті тексеріңіз",
    },
    "doubt_supply_stuck": {
        "en": "T1 has not changed for {stuck}\u00a0h; look at its sensor",
        "ru": "Т1 не менялась {stuck}\u00a0ч; проверьте датчик",
        "kk": "Т1 {stuck}\u00a0сағат өзгермеді; датчикті тексеріңіз",
    },
    "doubt_return_stuck": {
        "en": "T2 has not changed for {stuck}\u00a0h; look at its sensor",
        "ru": "Т2 не менялась {stuck}\u00a0ч; проверьте датчик",
        "kk": "Т2 {stuck}\u00a0сағат өзгермеді; датчикті тексеріңіз",
    },
    "doubt_flow_stuck": {
        "en": "the flow has not changed for {stuck}\u00a0h; look at its meter",
        "ru": "расход не менялся {stuck}\u00a0ч; проверьте расходомер",
        "kk": "су шығыны {stuck}\u00a0сағат өзгермеді; шығын өлшегішті тексеріңіз",
    },
    "doubt_flow_reversed": {
        "en": "the flow was below 0; look at the direction of its meter",
        "ru": "расход был ниже 0; проверьте направление расходомера",
        "kk": "су шығыны 0-ден төмен болды; шығын өлшегіштің бағытын тексеріңіз",
    },
    "doubt_return_above_supply": {
        "en": "T2 was above T1; look whether the sensors are interchanged",
        "ru": "Т2 была выше Т1; проверьте, не перепутаны ли датчики",
        "kk": "Т2 Т1-ден жоғары болды; датчиктер ауысып кетпегенін тексеріңіз",
    },
    "boilers": {
        "en": "Boilers: {working} at work, {reserve} in reserve, {repair} in repair{unknown}.",
        "ru": "Котлы: в работе {working}, в резерве {reserve}, в ремонте {repair}{unknown}.",
        "kk": "Қазандар: жұмыста {working}, резервте {reserve}, жөндеуде {repair}{unknown}.",
    },
    "turbines": {
        "en": "Turbines: {working} at work, {reserve} in reserve, {repair} in repair{unknown}.",
        "ru": "Турбины: в работе {working}, в резерве {reserve}, в ремонте {repair}{unknown}.",
        "kk": "Турбиналар: жұмыста {working}, резервте {reserve}, жөндеуде {repair}{unknown}.",
    },
    "boilers_of_days": {
        "en": "Boilers: {worked}{repairs}.",
        "ru": "Котлы: {worked}{repairs}.",
        "kk": "Қазандар: {worked}{repairs}.",
    },
    "turbines_of_days": {
        "en": "Turbines: {worked}{repairs}.",
        "ru": "Турбины: {worked}{repairs}.",
        "kk": "Турбиналар: {worked}{repairs}.",
    },
    "sources_worked": {
        "en": "{count} of {of} worked",
        "ru": "работали {count} из {of}",
        "kk": "{of} ішінен {count} жұмыс істеді",
    },
    "sources_unread": {
        "en": ", of {count} that is not known",
        "ru": ", о {count} это неизвестно",
        "kk": ", {count} бойынша белгісіз",
    },
    "sources_not_known": {
        "en": "which of them worked is not known",
        "ru": "какие работали, неизвестно",
        "kk": "қайсысы жұмыс істегені белгісіз",
    },
    "sources_in_repair": {"en": "; in repair: {named}", "ru": "; в ремонте: {named}", "kk": "; жөндеуде: {named}"},
    "not_known_of": {
        "en": ", not known of {count}",
        "ru": ", неизвестно о {count}",
        "kk": ", белгісізі {count}",
    },
    "one_may_fail": {
        "en": "N+1: yes, the demand of {demand}\u00a0Gcal/h is met without the greatest boiler.",
        "ru": "Резерв на отказ одного: есть, потребность {demand}\u00a0Гкал/ч покрывается без самого мощного котла.",
        "kk": "Біреуі істен шықса: резерв бар, {demand}\u00a0Гкал/сағ қажеттілік ең қуатты қазансыз да өтеледі.",
    },
    "none_may_fail": {
        "en": "N+1: no, the demand of {demand}\u00a0Gcal/h is not met without the greatest boiler.",
        "ru": "Резерв на отказ одного: нет, без самого мощного котла потребность {demand}\u00a0Гкал/ч не покрывается.",
        "kk": "Біреуі істен шықса: резерв жоқ, ең қуатты қазансыз {demand}\u00a0Гкал/сағ қажеттілік өтелмейді.",
    },
    "failure_unknown": {
        "en": "N+1: not known, for the demand or the state of a boiler is not known.",
        "ru": "Резерв на отказ одного: не определён, неизвестна потребность или состояние котла.",
        "kk": "Біреуі істен шықса: анықталмады, қажеттілік немесе қазанның күйі белгісіз.",
    },
    "deficit": {
        "en": "Deficit: {deficit}\u00a0Gcal/h.",
        "ru": "Дефицит: {deficit}\u00a0Гкал/ч.",
        "kk": "Тапшылық: {deficit}\u00a0Гкал/сағ.",
    },
    "coal_days": {
        "en": "{product}: in stock for {days}\u00a0d at the mean use of the last {over}\u00a0d.",
        "ru": "{product}: запас на {days}\u00a0сут при среднем расходе за {over}\u00a0сут.",
        "kk": "{product}: {over}\u00a0тәуліктің орташа шығынымен {days}\u00a0тәулікке жетеді.",
    },
    "note": {
        "en": "{name}: Q = G × (T1 - T2) / 1000; demand by the approved graph at {flow}\u00a0t/h and the outdoor mean "
        "of {hours}\u00a0h; under-heating: T1 below the graph by more than {low_by}\u00a0°C in the mean of a day. "
        "Limits: {clause}; approved by {approver}.",
        "ru": "{name}: Q = G × (Т1 - Т2) / 1000; потребность по утверждённому графику при расходе {flow}\u00a0т/ч и "
        "средней за {hours}\u00a0ч температуре наружного воздуха; недогрев: Т1 в среднем за сутки ниже графика более "
        "чем на {low_by}\u00a0°C. Пределы: {clause}; утвердил: {approver}.",
        "kk": "{name}: Q = G × (Т1 - Т2) / 1000; қажеттілік бекітілген график, {flow}\u00a0т/сағ су шығыны және сыртқы "
        "ауаның {hours}\u00a0сағаттық орташа температурасы бойынша; жылу жетіспеуі: Т1 тәулік орташасында графиктен "
        "{low_by}\u00a0°C-тан артық төмен. Шектер: {clause}; бекіткен: {approver}.",
    },
}


def heat_text(key: str, language: Language) -> str:
    """The text of that name. Raises KeyError for an unknown one."""
    return HEAT_TEXTS[key][language]
