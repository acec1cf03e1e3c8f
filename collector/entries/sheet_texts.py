"""What the desk says of figures that are typed into its sheets. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

SHEET_TEXTS: "Mapping[str, Texts]" = {
    # Why a cell cannot be stated.
    "cell_gone": {
        "en": "the sheet has no such cell any more: reload the page",
        "ru": "такой ячейки в листе больше нет: обновите страницу",
        "kk": "парақта мұндай ұяшық енді жоқ: бетті жаңартыңыз",
    },
    "cell_ambiguous": {
        "en": '"{value}" may mean {small} or {large}: write {small} with a point, or {large} without a comma',
        "ru": "«{value}» может значить {small} или {large}: запишите однозначно",
        "kk": "«{value}» {small} немесе {large} болуы мүмкін: бірмәнді жазыңыз",
    },
    "cell_unreadable": {
        "en": '"{value}" is not a number: write tonnes like 1234.5, or 0 if nothing was made',
        "ru": "«{value}» — не число: запишите тонны в виде 1234,5 или 0, если выпуска не было",
        "kk": "«{value}» сан емес: тоннаны 1234,5 түрінде, ал өндіріс болмаса 0 деп жазыңыз",
    },
    "cell_negative": {
        "en": '"{value}" is less than 0: tonnes are 0 or more',
        "ru": "«{value}» меньше 0: тонны не бывают отрицательными",
        "kk": "«{value}» 0-ден кем: тонна теріс болмайды",
    },
    "cell_too_large": {
        "en": '"{value}" is more than any works makes: check the number',
        "ru": "«{value}» больше, чем выпускает любой завод: проверьте число",
        "kk": "«{value}» кез келген зауыт өндіретіннен көп: санды тексеріңіз",
    },
    "cell_not_yours": {
        "en": "your roles do not let you state this figure: ask whoever manages the users",
        "ru": "ваши роли не позволяют вводить эту цифру: обратитесь к администратору пользователей",
        "kk": "рөлдеріңіз бұл санды енгізуге рұқсат бермейді: пайдаланушылар әкімшісіне хабарласыңыз",
    },
    "cell_not_begun": {
        "en": "its time has not begun: enter it when it has",
        "ru": "это время ещё не началось: введите цифру, когда оно начнётся",
        "kk": "бұл уақыт әлі басталған жоқ: басталғанда енгізіңіз",
    },
    "cell_closed": {
        "en": "the books of {month} are closed: whoever may correct figures posts a correction below",
        "ru": "месяц {month} закрыт: корректировку ниже проводит тот, кто имеет на это право",
        "kk": "{month} айы жабылған: түзетуді төменде құқығы бар адам енгізеді",
    },
    "correction_of_nothing": {
        "en": "there is nothing to correct: write the tonnes to add, or with a minus those to take off",
        "ru": "корректировать нечего: напишите, сколько тонн добавить, или со знаком минус, сколько снять",
        "kk": "түзететін ештеңе жоқ: қосылатын тоннаны немесе минус таңбасымен алынатынын жазыңыз",
    },
    "correction_without_reason": {
        "en": "the reason is missing: it stays on record, so say why",
        "ru": "не указана причина: она остаётся в записи, поэтому напишите почему",
        "kk": "себебі көрсетілмеген: ол жазбада қалады, сондықтан неге екенін жазыңыз",
    },
    "correction_repeated": {
        "en": "the same is booked already as {name} ({author}: {reason}): post it only if this is another one",
        "ru": "такая же корректировка уже проведена: {name} ({author}: {reason}); проводите, только если это другая",
        "kk": "дәл осындай түзету өткізілген: {name} ({author}: {reason}); басқасы болса ғана өткізіңіз",
    },
    # What a person is asked.
    "unusual_far_over": {
        "en": "{times} times the usual {middle} t: a digit too many, or kilograms?",
        "ru": "в {times} раза больше обычных {middle} т: лишняя цифра или килограммы?",
        "kk": "әдеттегі {middle} т-дан {times} есе көп: артық цифр ма, әлде килограмм ба?",
    },
    "unusual_far_under": {
        "en": "the usual {middle} t are {times} times as much: a digit too few, or thousands of tonnes?",
        "ru": "в {times} раза меньше обычных {middle} т: не хватает цифры или это тысячи тонн?",
        "kk": "әдеттегі {middle} т-дан {times} есе аз: цифр жетпей ме, әлде мың тонна ма?",
    },
    "unusual_over": {
        "en": "more than each of the last {count}, which were {low} to {high} t",
        "ru": "больше каждой из последних {count} цифр ({low} – {high} т)",
        "kk": "соңғы {count} санның әрқайсысынан көп ({low} – {high} т)",
    },
    "unusual_under": {
        "en": "less than each of the last {count}, which were {low} to {high} t",
        "ru": "меньше каждой из последних {count} цифр ({low} – {high} т)",
        "kk": "соңғы {count} санның әрқайсысынан аз ({low} – {high} т)",
    },
    "unusual_day_over": {
        "en": "its day is over {times} times what the place usually makes",
        "ru": "сутки больше обычного выпуска этого места более чем в {times} раз",
        "kk": "тәулігі осы орынның әдеттегі өндірісінен {times} еседен артық көп",
    },
    "unusual_day_under": {
        "en": "its day is less than one part in {times} of what the place usually makes",
        "ru": "сутки меньше обычного выпуска этого места более чем в {times} раз",
        "kk": "тәулігі осы орынның әдеттегі өндірісінен {times} еседен артық аз",
    },
    "unusual_nominal": {
        "en": "its day is over {times} times what the place can make at its greatest rate ({most} t)",
        "ru": "сутки больше наибольшей производительности этого места ({most} т) более чем в {times} раза",
        "kk": "тәулігі осы орынның ең үлкен өнімділігінен ({most} т) {times} еседен артық көп",
    },
    "unusual_plan": {
        "en": "{times} times or more away from the usual {usual} t of a month",
        "ru": "отличается от обычных {usual} т за месяц в {times} раз или больше",
        "kk": "бір айдағы әдеттегі {usual} т мөлшерінен {times} есе не одан көп өзгеше",
    },
    "unusual_running": {
        "en": "its time is not over yet",
        "ru": "это время ещё не закончилось",
        "kk": "бұл уақыт әлі аяқталған жоқ",
    },
    "unusual_survey": {
        "en": "{share} % away from what the books have ({books} t), over {limit} %",
        "ru": "отличается от учёта ({books} т) на {share} %, больше {limit} %",
        "kk": "есептегіден ({books} т) {share} % өзгеше, {limit} % шегінен көп",
    },
    # Repairs.
    "repair_long": {
        "en": "it lasts {days} days",
        "ru": "он длится {days} сут",
        "kk": "ол {days} тәулікке созылады",
    },
    "repair_over": {
        "en": "it is over already",
        "ru": "он уже закончился",
        "kk": "ол аяқталып қойған",
    },
    "repair_overlaps": {
        "en": "the unit is in repair in a part of this time already: {name}, entered by {author}",
        "ru": "в часть этого времени агрегат уже в ремонте: {name}, ввёл(а) {author}",
        "kk": "осы уақыттың бір бөлігінде агрегат жөндеуде: {name}, енгізген {author}",
    },
    "repair_ends_early": {
        "en": "it ends before it begins: correct one of the two times",
        "ru": "он заканчивается раньше, чем начинается: исправьте одно из времён",
        "kk": "ол басталғанға дейін аяқталады: уақыттардың бірін түзетіңіз",
    },
    "repair_too_long": {
        "en": "it lasts over three years: check the years",
        "ru": "он длится больше трёх лет: проверьте годы",
        "kk": "ол үш жылдан артыққа созылады: жылдарын тексеріңіз",
    },
    "repair_unapproved": {
        "en": "it is not said who approved it: write the name",
        "ru": "не указано, кто его утвердил: напишите имя",
        "kk": "оны кім бекіткені көрсетілмеген: атын жазыңыз",
    },
    "repair_meanwhile": {
        "en": "{name} changed this repair meanwhile: look at it, then enter yours",
        "ru": "этот ремонт тем временем изменил(а) {name}: посмотрите и затем введите своё",
        "kk": "бұл жөндеуді осы арада {name} өзгертті: қарап шығып, содан кейін өзіңіздікін енгізіңіз",
    },
    # Why a save was not stored.
    "sheet_refused": {
        "en": "nothing was stored: {why}",
        "ru": "ничего не сохранено: {why}",
        "kk": "ештеңе сақталған жоқ: {why}",
    },
    "sheet_meanwhile": {
        "en": "nothing was stored: {origin} stated {figure} meanwhile; check again, and decide which one stands",
        "ru": "ничего не сохранено: тем временем введено {figure} ({origin}); проверьте ещё раз и решите, что верно",
        "kk": "ештеңе сақталған жоқ: осы арада {figure} енгізілді ({origin}); қайта тексеріп, дұрысын таңдаңыз",
    },
    "sheet_nothing": {
        "en": "there is nothing to store: what was typed stands already",
        "ru": "сохранять нечего: введённое уже записано",
        "kk": "сақтайтын ештеңе жоқ: енгізілген мән жазылып қойған",
    },
    "request_reused": {
        "en": "this page has stored something else under that name: reload it, and type the figures again",
        "ru": "эта страница уже сохранила под этим именем другое: обновите её и введите цифры снова",
        "kk": "бұл бет осы атпен басқа нәрсе сақтап қойған: бетті жаңартып, сандарды қайта енгізіңіз",
    },
}


def sheet_text(key: str, /, **parameters: object) -> FilledText:
    """What the desk says of a sheet, to be told in a language."""
    return FilledText(SHEET_TEXTS[key], parameters)
