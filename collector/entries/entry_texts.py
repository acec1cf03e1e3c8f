"""Everything that the entries say of what they refuse and of what they hold. Pure."""

from typing import TYPE_CHECKING

from collector.entries.held_texts import HELD_TEXTS
from collector.entries.stop_entry_texts import STOP_ENTRY_TEXTS
from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

ENTRY_TEXTS: "Mapping[str, Texts]" = {
    **HELD_TEXTS,
    **STOP_ENTRY_TEXTS,
    # Incidents.
    "no_such_incident": {
        "en": "there is no incident {number}: see tundish alert list --all",
        "ru": "инцидента {number} нет: см. `tundish alert list --all`",
        "kk": "{number} оқиғасы жоқ: `tundish alert list --all` қараңыз",
    },
    "acknowledged_already": {
        "en": "incident {number} was acknowledged already, by {name}",
        "ru": "инцидент {number} уже квитирован: {name}",
        "kk": "{number} оқиғасы расталып қойған: {name}",
    },
    "incident_merged": {
        "en": "incident {number} belongs to incident {into} now: name that one",
        "ru": "инцидент {number} теперь часть инцидента {into}: укажите его",
        "kk": "{number} оқиғасы енді {into} оқиғасының бөлігі: соны көрсетіңіз",
    },
    "incident_over": {
        "en": "incident {number} was cleared at {at}: nothing is left to do",
        "ru": "инцидент {number} снят {at}: делать больше нечего",
        "kk": "{number} оқиғасы {at} жойылды: істейтін ештеңе қалмады",
    },
    "incident_not_muted": {
        "en": "incident {number} is not muted: see tundish alert list",
        "ru": "сообщения по инциденту {number} не отключены: см. `tundish alert list`",
        "kk": "{number} оқиғасының хабарламалары өшірілмеген: `tundish alert list` қараңыз",
    },
    # The desk.
    "not_your_right": {
        "en": "your roles do not allow this: ask whoever manages the users",
        "ru": "ваши роли этого не позволяют: обратитесь к администратору пользователей",
        "kk": "рөлдеріңіз бұған рұқсат бермейді: пайдаланушылар әкімшісіне хабарласыңыз",
    },
    "reason_missing": {
        "en": "a reason is missing: it stays on record, so say why",
        "ru": "не указана причина: она остаётся в записи, поэтому напишите почему",
        "kk": "себебі көрсетілмеген: ол жазбада қалады, сондықтан неге екенін жазыңыз",
    },
    # Closing a month.
    "closed_already": {
        "en": "the books of {month} are closed already",
        "ru": "месяц {month} уже закрыт",
        "kk": "{month} айы жабылып қойған",
    },
    "nothing_to_reopen": {
        "en": "the books of {month} are open: there is nothing to reopen",
        "ru": "месяц {month} открыт: открывать снова нечего",
        "kk": "{month} айы ашық: қайта ашатын ештеңе жоқ",
    },
    "nothing_to_close": {
        "en": "nothing is known of {month}: there is nothing to close",
        "ru": "за месяц {month} ничего не известно: закрывать нечего",
        "kk": "{month} айы туралы дерек жоқ: жабатын ештеңе жоқ",
    },
    "month_not_over": {
        "en": "{month} is not over: close it when its last production day is",
        "ru": "месяц {month} ещё не кончился: закройте его, когда кончатся его последние сутки",
        "kk": "{month} айы әлі аяқталған жоқ: соңғы тәулігі аяқталғанда жабыңыз",
    },
    "days_unknown": {
        "en": "{month} has days of which nothing is known, at {places}: import figures for them, or close it as "
        "it is with --confirm",
        "ru": "в месяце {month} есть сутки, о которых ничего не известно, а именно {places}: импортируйте цифры "
        "за них или закройте как есть с --confirm",
        "kk": "{month} айында дерегі жоқ тәуліктер бар, атап айтқанда {places}: олардың сандарын импорттаңыз "
        "немесе --confirm арқылы осы күйінде жабыңыз",
    },
    # Imports by number.
    "no_import": {
        "en": "there is no import {number}: see tundish import list",
        "ru": "импорта {number} нет: смотрите tundish import list",
        "kk": "{number} импорты жоқ: tundish import list қараңыз",
    },
    "import_undone_already": {
        "en": "import {number} was undone already, by {author}",
        "ru": "импорт {number} уже отменён: {author}",
        "kk": "{number} импорты бұрын қайтарылған: {author}",
    },
    "import_of_closed_month": {
        "en": "import {number} is of {month}, whose books are closed: post a correction",
        "ru": "импорт {number} относится к месяцу {month}, он закрыт: проведите корректировку",
        "kk": "{number} импорты {month} айына жатады, ол жабылған: түзету енгізіңіз",
    },
    # Corrections.
    "day_in_future": {
        "en": "{day} is in the future: correct a day that has begun",
        "ru": "{day} ещё не наступило: корректируйте сутки, которые уже начались",
        "kk": "{day} әлі келген жоқ: басталған тәулікті түзетіңіз",
    },
    "no_adjustment": {
        "en": "there is no adjustment {name}: see tundish correct --list",
        "ru": "корректировки {name} нет: смотрите tundish correct --list",
        "kk": "{name} түзетуі жоқ: tundish correct --list қараңыз",
    },
    "undone_already": {
        "en": "{name} is undone already: see tundish correct --list",
        "ru": "корректировка {name} уже отменена: смотрите tundish correct --list",
        "kk": "{name} түзетуі бұрын жойылған: tundish correct --list қараңыз",
    },
    "book_in_current": {
        "en": "the books of {month} are closed: book it in {current}, which is open",
        "ru": "месяц {month} закрыт: проведите в месяце {current}, он открыт",
        "kk": "{month} айы жабылған: {current} айында өткізіңіз, ол ашық",
    },
    "book_in_open": {
        "en": "the books of {month} are closed: book it in a month that is open",
        "ru": "месяц {month} закрыт: проведите в открытом месяце",
        "kk": "{month} айы жабылған: ашық айда өткізіңіз",
    },
    "cannot_book": {
        "en": "{booked} cannot book what concerns {concerned}: name a month from that one to {current}",
        "ru": "в месяце {booked} нельзя провести то, что относится к месяцу {concerned}: назовите месяц от него "
        "до {current}",
        "kk": "{concerned} айына қатыстыны {booked} айында өткізуге болмайды: сол айдан {current} айына дейінгі "
        "айды атаңыз",
    },
    "no_such_place": {
        "en": "the plant has no {shop}/{unit}: name a shop and a unit of plant.yaml",
        "ru": "места {shop}/{unit} на комбинате нет: назовите цех и агрегат из plant.yaml",
        "kk": "кәсіпорында {shop}/{unit} орны жоқ: plant.yaml ішіндегі цех пен агрегатты атаңыз",
    },
    "no_figure": {
        "en": "there is no figure of {product} on {day} to correct: import one",
        "ru": "цифры для корректировки нет ({product}, {day}): импортируйте её",
        "kk": "түзететін сан жоқ ({product}, {day}): оны импорттаңыз",
    },
    "below_nothing": {
        "en": "{tonnes} t would leave {left} t for {month}: output is 0 or more",
        "ru": "с корректировкой {tonnes} т за месяц {month} осталось бы {left} т: выпуск не бывает меньше 0",
        "kk": "{tonnes} т түзетуімен {month} айында {left} т қалар еді: өндіріс 0-ден кем болмайды",
    },
    "large_share": {
        "en": "it is {share} % of {month}, over {limit}%: have it looked at",
        "ru": "это {share} % от месяца {month}, больше {limit} %: её стоит проверить",
        "kk": "бұл {month} айының {share} %, {limit} % шегінен көп: тексертіңіз",
    },
    "ask_large_share": {
        "en": "it is {share} % of {month}, over {limit}%, and was not booked: check it; if it is right, give --confirm",
        "ru": "это {share} % от месяца {month}, больше {limit} %, не проведено: проверьте; если всё верно, добавьте "
        "--confirm",
        "kk": "бұл {month} айының {share} %, {limit} % шегінен көп, өткізілген жоқ: тексеріңіз; дұрыс болса, --confirm "
        "қосыңыз",
    },
    "booked_already": {
        "en": "the same is booked already as {name} ({author}: {reason}): see tundish correct --list; if it is another "
        "one, give --confirm",
        "ru": "такая же корректировка уже проведена: {name} ({author}: {reason}); смотрите tundish correct --list; "
        "если это другая, добавьте --confirm",
        "kk": "дәл осындай түзету өткізілген: {name} ({author}: {reason}); tundish correct --list қараңыз; басқасы "
        "болса, --confirm қосыңыз",
    },
    "closed_figure_stays": {
        "en": "{month} is closed: its figure stays, the restated one stands beside it",
        "ru": "месяц {month} закрыт: его цифра остаётся, пересчитанная стоит рядом",
        "kk": "{month} айы жабылған: оның саны сол күйінде қалады, қайта есептелгені жанында тұрады",
    },
    # Plans and repairs.
    "plan_stands": {
        "en": "the books of {month} are closed: its plan stands",
        "ru": "месяц {month} закрыт: его план остаётся",
        "kk": "{month} айы жабылған: оның жоспары өзгермейді",
    },
    "no_plan": {
        "en": "there is no plan for {product} at {place} in {month}: see tundish plan show",
        "ru": "плана нет ({product}, {place}, {month}): смотрите tundish plan show",
        "kk": "жоспар жоқ ({product}, {place}, {month}): tundish plan show қараңыз",
    },
    "no_repair": {
        "en": "there is no repair {name}: see tundish repair list",
        "ru": "ремонта {name} нет: смотрите tundish repair list",
        "kk": "{name} жөндеуі жоқ: tundish repair list қараңыз",
    },
    "repairs_stand": {
        "en": "the books of {month} are closed: its repairs stand",
        "ru": "месяц {month} закрыт: его ремонты остаются",
        "kk": "{month} айы жабылған: оның жөндеулері өзгермейді",
    },
    # A file of which rows are refused.
    "rows_refused": {
        "en": "{file}: nothing was imported, rows refused: {count}",
        "ru": "{file}: ничего не импортировано, отклонено строк: {count}",
        "kk": "{file}: ештеңе импортталған жоқ, қабылданбаған жол саны: {count}",
    },
    "good_rows": {
        "en": "; {count} other rows are good, --keep-good takes them",
        "ru": "; остальные строки в порядке ({count}), их возьмёт --keep-good",
        "kk": "; қалған жолдар дұрыс ({count}), оларды --keep-good алады",
    },
    "more_rows": {
        "en": "  and {count} more",
        "ru": "  и ещё {count}",
        "kk": "  және тағы {count}",
    },
    # Figures that speak of the same tonnes.
    "whole_counts": {
        "en": "figures inside one that was stated whole ({whole}): {count}, of {parts} t; the whole one counts",
        "ru": "цифр: {count}, вместе {parts} т, внутри указанной целиком: {whole}; в счёт идёт целая",
        "kk": "бүтін көрсетілген санның ішінде {count} сан бар, барлығы {parts} т: {whole}; есепке бүтіні алынады",
    },
    "parts_count": {
        "en": "figures inside one that was stated whole ({whole}): {count}, of {parts} t; the parts count, for they "
        "are more final",
        "ru": "цифр: {count}, вместе {parts} т, внутри указанной целиком: {whole}; в счёт идут части, они уточнены",
        "kk": "бүтін көрсетілген санның ішінде {count} сан бар, барлығы {parts} т: {whole}; есепке бөліктері алынады, "
        "олар нақтыланған",
    },
    "total_differs": {
        "en": "the total {total} is not what its parts come to: {parts} t",
        "ru": "итог {total} не сходится с суммой частей: {parts} т",
        "kk": "{total} жиынтығы бөліктерінің қосындысына сай емес: {parts} т",
    },
    # The ledger.
    "no_ledger": {
        "en": "{file} does not exist yet: import figures, or start the service once",
        "ru": "{file} ещё нет: импортируйте цифры или один раз запустите службу",
        "kk": "{file} әлі жоқ: сандарды импорттаңыз немесе қызметті бір рет іске қосыңыз",
    },
    "older_ledger": {
        "en": "{file} is of an older version: start the service once, it upgrades it",
        "ru": "{file} создан более старой версией: один раз запустите службу, она его обновит",
        "kk": "{file} ескі нұсқада жасалған: қызметті бір рет іске қосыңыз, ол жаңартады",
    },
    "simulated_ledger": {
        "en": "{file} holds simulated figures: nothing of a real works may enter it",
        "ru": "в {file} цифры имитации: ничего с настоящего комбината в него попасть не может",
        "kk": "{file} ішінде имитация сандары бар: оған нақты кәсіпорынның ештеңесін енгізуге болмайды",
    },
    "real_ledger": {
        "en": "{file} holds a real works' figures: nothing of a simulated works may enter it",
        "ru": "в {file} цифры настоящего комбината: ничего из имитации в него попасть не может",
        "kk": "{file} ішінде нақты кәсіпорынның сандары бар: оған имитацияның ештеңесін енгізуге болмайды",
    },
    # A figure or a plan, with its tonnes.
    "figure": {
        "en": "{place} {product} {start} to {end}, {tonnes}",
        "ru": "{place}, {product}, {start} – {end}, {tonnes}",
        "kk": "{place}, {product}, {start} – {end}, {tonnes}",
    },
    "plan": {
        "en": "{place} {product} {month}, {tonnes}",
        "ru": "{place}, {product}, {month}, {tonnes}",
        "kk": "{place}, {product}, {month}, {tonnes}",
    },
    "tonnes": {
        "en": "{tonnes} t",
        "ru": "{tonnes} т",
        "kk": "{tonnes} т",
    },
}


def entry_text(key: str, /, **parameters: object) -> FilledText:
    """What the entries say, to be told in a language."""
    return FilledText(ENTRY_TEXTS[key], parameters)
