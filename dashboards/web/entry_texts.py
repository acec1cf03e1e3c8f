"""Texts of the page of entry, in the three languages."""

from models.works.localize import Language

ENTRY_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "entry": {"en": "Entry", "ru": "Ввод", "kk": "Енгізу"},
    "entry_title": {"en": "Entry of figures", "ru": "Ввод данных", "kk": "Деректерді енгізу"},
    "entry_shifts": {"en": "Shifts", "ru": "Смены", "kk": "Ауысымдар"},
    "entry_stocks": {"en": "Stocks", "ru": "Остатки", "kk": "Қалдықтар"},
    "entry_surveys": {"en": "Month by survey", "ru": "Месяц по замеру", "kk": "Өлшем бойынша ай"},
    "entry_plans": {"en": "Month's plan", "ru": "План месяца", "kk": "Ай жоспары"},
    "entry_kind": {"en": "What is entered", "ru": "Что вводится", "kk": "Не енгізіледі"},
    "entry_shop": {"en": "Shop", "ru": "Цех", "kk": "Цех"},
    "entry_day": {"en": "Day", "ru": "Сутки", "kk": "Тәулік"},
    "entry_before": {"en": "Before", "ru": "Раньше", "kk": "Бұрынғы"},
    "entry_after": {"en": "Next", "ru": "Позже", "kk": "Келесі"},
    "entry_line": {"en": "Unit and product", "ru": "Агрегат и продукт", "kk": "Агрегат пен өнім"},
    "entry_tonnes": {"en": "tonnes", "ru": "тонны", "kk": "тонна"},
    "entry_shift": {"en": "Shift {number}", "ru": "Смена {number}", "kk": "{number}-ауысым"},
    "entry_whole_day": {"en": "The day", "ru": "Сутки", "kk": "Тәулік"},
    "entry_whole_month": {"en": "The month", "ru": "Месяц", "kk": "Ай"},
    "entry_last_shifts": {"en": "Day before", "ru": "Накануне", "kk": "Алдыңғы күні"},
    "entry_last_stocks": {"en": "Day before", "ru": "Накануне", "kk": "Алдыңғы күні"},
    "entry_last_surveys": {"en": "Month before", "ru": "Месяцем раньше", "kk": "Алдыңғы ай"},
    "entry_last_plans": {"en": "Month before", "ru": "Месяцем раньше", "kk": "Алдыңғы ай"},
    "entry_usual": {"en": "Last 30", "ru": "Последние 30", "kk": "Соңғы 30"},
    "entry_due_shifts": {"en": "Due a day", "ru": "План суток", "kk": "Тәулік жоспары"},
    "entry_due_stocks": {"en": "Due a day", "ru": "План суток", "kk": "Тәулік жоспары"},
    "entry_due_surveys": {"en": "Due a month", "ru": "План месяца", "kk": "Ай жоспары"},
    "entry_due_plans": {"en": "Due a month", "ru": "План месяца", "kk": "Ай жоспары"},
    "basis_stock": {"en": "in stock at the end", "ru": "остаток на конец", "kk": "соңындағы қалдық"},
    "basis_received": {"en": "received", "ru": "поступило", "kk": "келіп түсті"},
    "basis_shipped": {"en": "shipped", "ru": "отгружено", "kk": "жөнелтілді"},
    "entry_note": {
        "en": "Note (stays on record)",
        "ru": "Примечание (остаётся в записи)",
        "kk": "Ескерту (жазбада қалады)",
    },
    "entry_check": {"en": "Check and save", "ru": "Проверить и сохранить", "kk": "Тексеріп сақтау"},
    "entry_keys": {
        "en": "Enter and arrows go on, Esc takes back, Ctrl+S checks. A block from Excel can be pasted.",
        "ru": "Enter и стрелки ведут дальше, Esc отменяет, Ctrl+S проверяет. Можно вставить блок из Excel.",
        "kk": "Enter мен көрсеткілер әрі қарай жүргізеді, Esc қайтарады, Ctrl+S тексереді. Excel блогын қоюға болады.",
    },
    "entry_empty_shifts": {
        "en": "No unit of this shop has figures that people state: name its products under by_hand in plant.yaml.",
        "ru": "В этом цехе нет агрегатов, цифры которых вводят люди: укажите их продукты в by_hand в plant.yaml.",
        "kk": "Бұл цехта сандары қолмен енгізілетін агрегат жоқ: өнімін plant.yaml файлындағы by_hand ішіне жазыңыз.",
    },
    "entry_empty_stocks": {
        "en": "This shop has no stock: name it under stock of a node of balance in plant.yaml.",
        "ru": "У этого цеха нет остатков: укажите их в stock узла balance в plant.yaml.",
        "kk": "Бұл цехтың қалдығы жоқ: оны plant.yaml ішіндегі balance түйінінің stock тізіміне жазыңыз.",
    },
    "entry_empty_surveys": {
        "en": "No unit of this shop makes anything that is counted or stated.",
        "ru": "В этом цехе нет агрегатов с учитываемым выпуском.",
        "kk": "Бұл цехта өндірісі есептелетін агрегат жоқ.",
    },
    "entry_empty_plans": {
        "en": "No unit of this shop makes anything that is counted or stated.",
        "ru": "В этом цехе нет агрегатов с учитываемым выпуском.",
        "kk": "Бұл цехта өндірісі есептелетін агрегат жоқ.",
    },
    "entry_closed_plans": {
        "en": "The books of this month are closed: its plan stands.",
        "ru": "Этот месяц закрыт: его план остаётся.",
        "kk": "Бұл ай жабылған: оның жоспары өзгермейді.",
    },
    "entry_closed": {
        "en": "The books of this month are closed: its figures stay. A figure is corrected below the sheet.",
        "ru": "Этот месяц закрыт: его цифры остаются. Цифру корректируют под листом.",
        "kk": "Бұл ай жабылған: оның сандары өзгермейді. Сан парақтың астында түзетіледі.",
    },
    "entry_closed_stocks": {
        "en": "The books of this month are closed: its stocks stay.",
        "ru": "Этот месяц закрыт: его остатки не меняются.",
        "kk": "Бұл ай жабылған: оның қалдықтары өзгермейді.",
    },
    "entry_whose": {
        "en": "You may read this sheet. Users with the role clerk or shop_chief for this shop enter its figures.",
        "ru": "Этот лист вы можете читать. Его цифры вводят пользователи с ролью clerk или shop_chief для этого цеха.",
        "kk": "Бұл парақты оқи аласыз. Сандарын осы цехтың clerk немесе shop_chief рөлі бар адамдары енгізеді.",
    },
    "entry_whose_plans": {
        "en": "You may read this sheet. Users with the role planner for this shop enter its plans.",
        "ru": "Этот лист вы можете читать. Планы вводят пользователи с ролью planner для этого цеха.",
        "kk": "Бұл парақты оқи аласыз. Жоспарларын осы цехтың planner рөлі бар адамдары енгізеді.",
    },
    "sign_in_to_enter": {
        "en": "Sign in to enter figures.",
        "ru": "Войдите, чтобы вводить цифры.",
        "kk": "Сандарды енгізу үшін кіріңіз.",
    },
    "add_users_to_enter": {
        "en": "To enter figures here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы вводить цифры здесь, нужны пользователи: tundish user add",
        "kk": "Сандарды осы жерде енгізу үшін пайдаланушылар керек: tundish user add",
    },
    # What the script says.
    "entry_restored": {
        "en": "Typed on {at} and not saved yet, figures: {count}.",
        "ru": "Введено {at} и ещё не сохранено, цифр: {count}.",
        "kk": "{at} енгізілген, әлі сақталмаған сандар: {count}.",
    },
    "entry_discard": {"en": "Discard", "ru": "Отбросить", "kk": "Алып тастау"},
    "entry_other": {
        "en": "Not saved on the sheet of {sheet}: {count}",
        "ru": "Не сохранено на листе за {sheet}: {count}",
        "kk": "{sheet} парағында сақталмаған: {count}",
    },
    "entry_nothing": {
        "en": "Nothing is typed that differs from what stands.",
        "ru": "Ничего не изменено.",
        "kk": "Ештеңе өзгертілмеген.",
    },
    "entry_offline": {
        "en": "The server does not answer. What you typed stays in this browser: check again once it does.",
        "ru": "Сервер не отвечает. Введённое остаётся в этом браузере: проверьте ещё раз, когда он ответит.",
        "kk": "Сервер жауап бермейді. Енгізгеніңіз осы браузерде қалады: ол жауап бергенде қайта тексеріңіз.",
    },
    "entry_not_kept": {
        "en": "This browser keeps nothing: what you type is lost if the page is left.",
        "ru": "Этот браузер ничего не хранит: введённое пропадёт, если уйти со страницы.",
        "kk": "Бұл браузер ештеңе сақтамайды: беттен шықсаңыз, енгізгеніңіз жоғалады.",
    },
    "entry_no_room": {
        "en": "Nothing was pasted: the block has {rows} rows and {columns} columns, and from this cell on there is "
        "room for {room_rows} by {room_columns} that can be entered.",
        "ru": "Ничего не вставлено: в блоке строк {rows}, столбцов {columns}, а от этой ячейки можно ввести "
        "{room_rows} на {room_columns}.",
        "kk": "Ештеңе қойылмады: блокта {rows} жол, {columns} баған бар, ал осы ұяшықтан бастап {room_rows} × "
        "{room_columns} енгізуге болады.",
    },
    "entry_pasted": {
        "en": "Pasted, figures: {count}. Check and save them.",
        "ru": "Вставлено цифр: {count}. Проверьте и сохраните их.",
        "kk": "Қойылған сандар: {count}. Тексеріп, сақтаңыз.",
    },
    # Before it is saved.
    "entry_will_be": {"en": "This will be saved", "ru": "Будет сохранено", "kk": "Мыналар сақталады"},
    "entry_new": {"en": "New", "ru": "Новые", "kk": "Жаңа"},
    "entry_replaced": {"en": "Replaced", "ru": "Заменяются", "kk": "Ауыстырылады"},
    "entry_withdrawn": {"en": "Withdrawn", "ru": "Отзываются", "kk": "Қайтарып алынады"},
    "entry_meanwhile": {
        "en": "{name} stated this after your page was shown, {at}. If you save, yours stands.",
        "ru": "{name}: введено после того, как открылась ваша страница, {at}. Если сохраните, останется ваше.",
        "kk": "{name}: сіздің бетіңіз ашылғаннан кейін енгізілген, {at}. Сақтасаңыз, сіздікі қалады.",
    },
    "entry_said_by": {"en": "stated by {name}, {at}", "ru": "ввёл(а) {name}, {at}", "kk": "енгізген {name}, {at}"},
    "entry_unusual": {"en": "Unusual: {why}", "ru": "Необычно: {why}", "kk": "Әдеттен тыс: {why}"},
    "entry_save_anyway": {"en": "Save all the same", "ru": "Всё равно сохранить", "kk": "Бәрібір сақтау"},
    "entry_faulty": {
        "en": "Nothing can be saved yet. Correct these cells:",
        "ru": "Пока сохранить нельзя. Исправьте эти ячейки:",
        "kk": "Әзірге сақтауға болмайды. Мына ұяшықтарды түзетіңіз:",
    },
    "entry_more_faults": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "entry_accepted": {
        "en": "Saved as number {number}.",
        "ru": "Сохранено под номером {number}.",
        "kk": "{number} нөмірімен сақталды.",
    },
    "entry_accepted_before": {
        "en": "This was saved already, as number {number}.",
        "ru": "Это уже сохранено под номером {number}.",
        "kk": "Бұл {number} нөмірімен сақталып қойған.",
    },
    "entry_stands": {
        "en": "What you typed stands already: there is nothing to save.",
        "ru": "Введённое уже записано: сохранять нечего.",
        "kk": "Енгізгеніңіз жазылып қойған: сақтайтын ештеңе жоқ.",
    },
    "entry_not_understood": {
        "en": "The page sent something that cannot be: reload it. What you typed stays in this browser.",
        "ru": "Страница отправила то, чего не может быть: обновите её. Введённое остаётся в этом браузере.",
        "kk": "Бет болмайтын нәрсе жіберді: оны жаңартыңыз. Енгізгеніңіз осы браузерде қалады.",
    },
    # Who stated what.
    "entry_saves": {"en": "Who stated what", "ru": "Кто что ввёл", "kk": "Кім не енгізді"},
    "entry_no_saves": {
        "en": "Nobody has stated figures of this shop yet.",
        "ru": "Цифр этого цеха ещё никто не вводил.",
        "kk": "Бұл цехтың сандарын әлі ешкім енгізген жоқ.",
    },
    "entry_number": {"en": "Number", "ru": "Номер", "kk": "Нөмір"},
    "entry_when": {"en": "When", "ru": "Когда", "kk": "Қашан"},
    "entry_who": {"en": "Who", "ru": "Кто", "kk": "Кім"},
    "entry_figures": {"en": "Figures", "ru": "Цифры", "kk": "Сандар"},
    "entry_more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "entry_undo": {"en": "Undo", "ru": "Отменить", "kk": "Қайтару"},
    "entry_undo_title": {
        "en": "Undo number {number}",
        "ru": "Отмена номера {number}",
        "kk": "{number} нөмірін қайтару",
    },
    "entry_undo_what": {
        "en": "What stood before will stand again. Both stay on record.",
        "ru": "Снова будет действовать то, что было раньше. В записи остаётся и то и другое.",
        "kk": "Бұрынғысы қайта күшіне енеді. Екеуі де жазбада қалады.",
    },
    "entry_undone_by": {"en": "undone by {name}", "ru": "отменил(а) {name}", "kk": "қайтарған {name}"},
    "entry_undone": {
        "en": "Number {number} is undone.",
        "ru": "Номер {number} отменён.",
        "kk": "{number} нөмірі қайтарылды.",
    },
    "entry_undone_but": {
        "en": "Number {number} is undone, but for figures that were stated anew since then: {count}.",
        "ru": "Номер {number} отменён, кроме цифр, которые с тех пор введены заново: {count}.",
        "kk": "{number} нөмірі қайтарылды, тек содан бері қайта енгізілген сандар қалды: {count}.",
    },
    "entry_withdrawn_figure": {"en": "withdrawn", "ru": "отозвано", "kk": "қайтарып алынды"},
}
