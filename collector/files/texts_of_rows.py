"""Sentences of refusals: a cell, a row, and what it states. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

TEXTS_OF_ROWS: "Mapping[str, Texts]" = {
    # A cell or a row.
    "cell_empty": {
        "en": "{field} is empty: fill it in",
        "ru": "пусто ({field}): заполните",
        "kk": "бос ({field}): толтырыңыз",
    },
    "no_stored_value": {
        "en": "cell {cell} is a formula whose value the file does not hold: open it in a spreadsheet program and "
        "save it again",
        "ru": "в ячейке {cell} формула, значения которой в файле нет: откройте файл в табличной программе и "
        "сохраните снова",
        "kk": "{cell} ұяшығында формула бар, бірақ файлда оның мәні жоқ: файлды кесте бағдарламасында ашып, қайта "
        "сақтаңыз",
    },
    "amount_merged": {
        "en": "its tonnes are in the merged cells {cells}: give each row its own amount",
        "ru": "тонны стоят в объединённых ячейках {cells}: укажите количество в каждой строке",
        "kk": "тонна {cells} біріктірілген ұяшықтарында тұр: әр жолда өз мөлшерін жазыңыз",
    },
    "more_cells": {
        "en": "it has {cells} cells and the header {columns}: a number may be cut at its comma; put it in quotes, "
        "or separate cells by semicolons",
        "ru": "ячеек {cells}, а в заголовке {columns}: возможно, число разрезано запятой; возьмите его в кавычки "
        "или разделяйте ячейки точкой с запятой",
        "kk": "ұяшық саны {cells}, ал тақырып жолында {columns}: сан үтірінен бөлініп кеткен болуы мүмкін; оны "
        "тырнақшаға алыңыз немесе ұяшықтарды нүктелі үтірмен бөліңіз",
    },
    "fewer_cells": {
        "en": "it has {cells} cells and the header {columns}: add the missing cells",
        "ru": "ячеек {cells}, а в заголовке {columns}: добавьте недостающие",
        "kk": "ұяшық саны {cells}, ал тақырып жолында {columns}: жетіспейтінін қосыңыз",
    },
    "wrong_bytes": {
        "en": "it holds bytes that are no letters of {encoding}: write the row anew",
        "ru": "в ней есть байты, которые не читаются в кодировке {encoding}: запишите строку заново",
        "kk": "онда {encoding} кодтауында оқылмайтын байттар бар: жолды қайта жазыңыз",
    },
    "key_too_long": {
        "en": '"{value}" is no number of an event: give 1 to {most} letters',
        "ru": "«{value}» — не номер: нужно от 1 до {most} знаков",
        "kk": "«{value}» — нөмір емес: 1-ден {most}-ке дейін таңба керек",
    },
    "not_in_format": {
        "en": '"{value}" is no time in the format {format}: write it so, or correct time_format in plant.yaml',
        "ru": "«{value}» — не время в формате {format}: запишите так или исправьте формат времени в plant.yaml",
        "kk": "«{value}» — {format} пішіміндегі уақыт емес: солай жазыңыз немесе plant.yaml ішінде уақыт "
        "пішімін түзетіңіз",
    },
    "ahead_of_clock": {
        "en": "its time is in the future ({time}; it is {now} now): correct the time or its zone",
        "ru": "время ещё не наступило ({time}; сейчас {now}): исправьте время или часовой пояс",
        "kk": "уақыты әлі келген жоқ ({time}; қазір {now}): уақытты немесе уақыт белдеуін түзетіңіз",
    },
    "row_swallowed": {
        "en": "a quote that opens in line {line} runs over several lines with separators: it swallows rows; close "
        "the quote, or remove it",
        "ru": "кавычка, открытая в строке {line}, тянется через несколько строк с разделителями и поглощает их: "
        "закройте её или уберите",
        "kk": "{line}-жолда ашылған тырнақша бөлгіштері бар бірнеше жолды жұтып тұр: оны жабыңыз немесе алып тастаңыз",
    },
    "unknown_unit_of_measure": {
        "en": 'unit of measure "{value}" is unknown: write t, kt (тыс. т, мың т) or kg',
        "ru": "единица измерения «{value}» неизвестна: напишите «т», «тыс. т» или «кг»",
        "kk": "«{value}» өлшем бірлігі белгісіз: «т», «мың т» немесе «кг» деп жазыңыз",
    },
    "units_of_measure_differ": {
        "en": "its column is in {column} and --unit-of-measure says {option}: fix one of them",
        "ru": "столбец в {column}, а в --unit-of-measure указано {option}: исправьте одно из двух",
        "kk": "баған {column} бірлігінде, ал --unit-of-measure ішінде {option}: біреуін түзетіңіз",
    },
    "no_unit_of_measure": {
        "en": "no unit of measure is declared: name the column like 'тонны' or 'plan, kt', or give --unit-of-measure",
        "ru": "единица измерения не указана: назовите столбец «тонны» или «план, тыс. т» или укажите --unit-of-measure",
        "kk": "өлшем бірлігі көрсетілмеген: бағанды «тонна» немесе «жоспар, мың т» деп атаңыз не "
        "--unit-of-measure көрсетіңіз",
    },
    "title_differs": {
        "en": "a title above the header is in {title} and the column in {column}: correct the wrong one; if the column "
        "is right, import it with --confirm",
        "ru": "в названии над таблицей единица {title}, а в столбце {column}: исправьте неверную; если верна та, что в "
        "столбце, импортируйте с --confirm",
        "kk": "кесте үстіндегі атауда бірлік {title}, ал бағанда {column}: қатесін түзетіңіз; бағандағысы дұрыс болса, "
        "--confirm арқылы импорттаңыз",
    },
    "total_line": {
        "en": 'the row is a total or a footer ("{text}") and no figure: have it left out by skip: [{word}] in an entry '
        "of imports, as tundish import --learn proposes",
        "ru": "строка — итог или подпись («{text}»), а не цифра: пропустите её с помощью skip: [{word}] в записи "
        "imports; запись предложит tundish import --learn",
        "kk": "жол — қорытынды немесе қол қою жері («{text}»), сан емес: оны imports жазбасындағы skip: [{word}] "
        "арқылы қалдырып кетіңіз; жазбаны tundish import --learn ұсынады",
    },
    "misspelt_basis": {
        "en": 'basis "{value}" would count as output; did you mean "{near}"?',
        "ru": "базис «{value}» пошёл бы в выпуск; возможно, это «{near}»?",
        "kk": "«{value}» негізі өндіріске қосылар еді; мүмкін, бұл «{near}»?",
    },
    "unknown_status": {
        "en": 'status "{value}" is unknown: write operational or refined',
        "ru": "статус «{value}» неизвестен: напишите «оперативный» или «уточнённый»",
        "kk": "«{value}» мәртебесі белгісіз: «жедел» немесе «нақтыланған» деп жазыңыз",
    },
    "status_closed": {
        "en": "only closing a month closes its figures (tundish close): import it as refined",
        "ru": "цифры закрывает только закрытие месяца (tundish close): импортируйте как уточнённые",
        "kk": "сандарды тек айды жабу жабады (tundish close): нақтыланған деп импорттаңыз",
    },
    # What it states.
    "over_target": {
        "en": "{tonnes} t is over {times} times the daily target of {target} t: check it; if it is right, import "
        "it with --confirm",
        "ru": "{tonnes} т — больше суточного задания ({target} т) более чем в {times} раза: проверьте; если всё "
        "верно, импортируйте с --confirm",
        "kk": "{tonnes} т — тәуліктік тапсырмадан ({target} т) {times} еседен астам көп: тексеріңіз; дұрыс болса, "
        "--confirm арқылы импорттаңыз",
    },
    "plan_over_targets": {
        "en": "{tonnes} t in {month} is over {times} times the {target} t of the daily targets: check it; if it "
        "is right, import it with --confirm",
        "ru": "{tonnes} т за {month} — больше суммы суточных заданий ({target} т) более чем в {times} раза: "
        "проверьте; если всё верно, импортируйте с --confirm",
        "kk": "{month} айына {tonnes} т — тәуліктік тапсырмалар қосындысынан ({target} т) {times} еседен астам "
        "көп: тексеріңіз; дұрыс болса, --confirm арқылы импорттаңыз",
    },
    "same_figure": {
        "en": "rows {rows} are figures for the same thing: keep one",
        "ru": "строки {rows} — цифры об одном и том же: оставьте одну",
        "kk": "{rows} жолдары бір нәрсенің саны: біреуін қалдырыңыз",
    },
    "same_plan": {
        "en": "rows {rows} are plans for the same month, place and product: keep one",
        "ru": "строки {rows} — планы на один месяц, место и продукцию: оставьте одну",
        "kk": "{rows} жолдары бір айдың, бір орынның және бір өнімнің жоспары: біреуін қалдырыңыз",
    },
    "overlaps_row": {
        "en": "its span overlaps that of row {row} in part: make one contain the other, or separate them",
        "ru": "промежуток частично перекрывает промежуток строки {row}: пусть один целиком входит в другой, или "
        "разделите их",
        "kk": "аралығы {row}-жолдың аралығымен ішінара қабаттасады: бірі екіншісінің ішінде толық болсын немесе "
        "оларды ажыратыңыз",
    },
    "overlaps_stored": {
        "en": "its span overlaps a figure from {origin} in part: let one hold the other, or withdraw that one",
        "ru": "промежуток частично перекрывает введённую раньше цифру ({origin}): пусть один целиком входит в "
        "другой, или отзовите ту цифру",
        "kk": "аралығы бұрын енгізілген санмен ({origin}) ішінара қабаттасады: бірі екіншісінің ішінде толық "
        "болсын немесе ол санды қайтарып алыңыз",
    },
    "month_closed": {
        "en": "the books of {month} are closed: post a correction (tundish correct)",
        "ru": "месяц {month} закрыт: проведите корректировку (tundish correct)",
        "kk": "{month} айы жабылған: түзету енгізіңіз (tundish correct)",
    },
    "plan_of_closed_month": {
        "en": "the books of {month} are closed: its plan stands",
        "ru": "месяц {month} закрыт: его план остаётся",
        "kk": "{month} айы жабылған: оның жоспары өзгермейді",
    },
    "longer_than_day": {
        "en": "it is longer than a production day and does not start and end with one: give whole days, by the "
        "calendar of its shop",
        "ru": "промежуток длиннее производственных суток и не начинается и не кончается вместе с ними: давайте "
        "целые сутки, по календарю цеха",
        "kk": "аралық өндірістік тәуліктен ұзақ және тәулікпен бірге басталып, бірге аяқталмайды: цех күнтізбесі "
        "бойынша толық тәулік беріңіз",
    },
    "over_day_start": {
        "en": "it runs over {day_start}, when the production day of its shop begins, so that nobody knows which "
        "day has what: give the part of each day, or set the calendar of the shop to its shifts",
        "ru": "промежуток переходит через {day_start}, когда в цехе начинаются производственные сутки, и "
        "неизвестно, к каким суткам что относится: дайте часть каждых суток или задайте календарь цеха по "
        "его сменам",
        "kk": "аралық цехтың өндірістік тәулігі басталатын {day_start} уақытынан асады, қай тәулікке не жататыны "
        "белгісіз: әр тәуліктің бөлігін беріңіз немесе цех күнтізбесін ауысымдарына сай қойыңыз",
    },
    "key_moves": {
        "en": "its key {key} names another figure, {old}, which it would take away: give it a key of its own; if "
        "that one is to be replaced, import it with --replace",
        "ru": "ключ {key} стоит у другой цифры, {old}, и она исчезла бы: дайте этой строке свой ключ; если ту "
        "цифру надо заменить, импортируйте с --replace",
        "kk": "{key} кілті басқа санға тиесілі, {old}, ол жойылып кетер еді: бұл жолға өз кілтін беріңіз; ол "
        "санды ауыстыру керек болса, --replace арқылы импорттаңыз",
    },
    "far_under_usual": {
        "en": "its day or span is less than one part in {times} of the usual output of the place: check the number and "
        "its unit of measure; if it is right, import it with --confirm",
        "ru": "его сутки или промежуток меньше обычного выпуска этого места более чем в {times} раз: проверьте число и "
        "единицу измерения; если всё верно, импортируйте с --confirm",
        "kk": "оның тәулігі немесе аралығы осы орынның әдеттегі өндірісінен {times} еседен артық аз: санды және өлшем "
        "бірлігін тексеріңіз; дұрыс болса, --confirm арқылы импорттаңыз",
    },
    "over_nominal": {
        "en": "its day or span is over {times} times what the place can make at its greatest rate ({most} t): check "
        "the number and its unit of measure; if it is right, import it with --confirm",
        "ru": "его сутки или промежуток больше наибольшей производительности этого места ({most} т) более чем в "
        "{times} раза: проверьте число и единицу измерения; если всё верно, импортируйте с --confirm",
        "kk": "оның тәулігі немесе аралығы осы орынның ең жоғары өнімділігінен ({most} т) {times} еседен артық көп: "
        "санды және өлшем бірлігін тексеріңіз; дұрыс болса, --confirm арқылы импорттаңыз",
    },
    "plan_unusual": {
        "en": "{tonnes} t in {month} is {times} times or more away from the usual {usual} t of the place: check the "
        "number and its unit of measure; if it is right, import it with --confirm",
        "ru": "{tonnes} т за {month} отличается от обычных для этого места {usual} т в {times} раз или больше: "
        "проверьте число и единицу измерения; если всё верно, импортируйте с --confirm",
        "kk": "{month} айына {tonnes} т осы орынға әдеттегі {usual} т мөлшерінен {times} есе не одан көп өзгеше: санды "
        "және өлшем бірлігін тексеріңіз; дұрыс болса, --confirm арқылы импорттаңыз",
    },
    "replaces_beside_unread": {
        "en": 'it would replace {old}, and column {column} "{heading}", which was not read, may tell the two apart: '
        "name that column, or give it ignored in columns of an entry of imports; if it is to be replaced, import it "
        "with --confirm",
        "ru": "строка заменила бы {old}, а столбец {column} «{heading}» не прочитан и, возможно, различает их: "
        "назовите столбец или задайте ему ignored в columns записи imports; если надо заменить, импортируйте с "
        "--confirm",
        "kk": "жол {old} орнын басар еді, ал оқылмаған {column} бағаны «{heading}» оларды ажыратуы мүмкін: бағанды "
        "атаңыз немесе imports жазбасының columns бөлімінде оған ignored беріңіз; ауыстыру керек болса, --confirm "
        "арқылы импорттаңыз",
    },
    "far_over_usual": {
        "en": "its day or span is over {times} times the usual output of the place: check the number and its unit of "
        "measure; if it is right, import it with --confirm",
        "ru": "его сутки или промежуток больше обычного выпуска этого места более чем в {times} раз: проверьте число "
        "и единицу измерения; если всё верно, импортируйте с --confirm",
        "kk": "оның тәулігі немесе аралығы осы орынның әдеттегі өндірісінен {times} еседен артық: санды және өлшем "
        "бірлігін тексеріңіз; дұрыс болса, --confirm арқылы импорттаңыз",
    },
}
