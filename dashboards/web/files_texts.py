"""Texts of the page of files, in the three languages."""

from models.works.localize import Language

FILES_TEXTS: dict[str, dict[Language, str]] = {
    "files_tab": {"en": "Files", "ru": "Файлы", "kk": "Файлдар"},
    "files_title": {
        "en": "Files of figures and plans",
        "ru": "Файлы с цифрами и планами",
        "kk": "Сандар мен жоспарлар файлдары",
    },
    "files_take_in": {"en": "Hand in a file", "ru": "Сдать файл", "kk": "Файл тапсыру"},
    "files_what": {"en": "What the file states", "ru": "Что в файле", "kk": "Файлда не бар"},
    "files_figures": {"en": "Figures", "ru": "Цифры", "kk": "Сандар"},
    "files_plans": {"en": "Plans", "ru": "Планы", "kk": "Жоспарлар"},
    "files_choose": {"en": "Choose a file", "ru": "Выбрать файл", "kk": "Файл таңдау"},
    "files_drop_here": {
        "en": "or drop it here: CSV, XLSX, XLS or ODS, up to 50 MB. Nothing is stored before you have seen what it "
        "comes to.",
        "ru": "или перетащите его сюда: CSV, XLSX, XLS или ODS, до 50 МБ. Ничего не сохранится, пока вы не увидите, "
        "что в нём.",
        "kk": "немесе осында сүйреп әкеліңіз: CSV, XLSX, XLS не ODS, 50 МБ дейін. Ішінде не барын көргенше ештеңе "
        "сақталмайды.",
    },
    "files_sending": {
        "en": "Sending {file}: {share} %",
        "ru": "Передача {file}: {share} %",
        "kk": "{file} жіберілуде: {share} %",
    },
    "files_reading": {"en": "Reading {file} …", "ru": "Чтение {file} …", "kk": "{file} оқылуда …"},
    "files_too_large": {
        "en": "{file} has more than 50 MB: split it, or have it imported on the server with tundish import.",
        "ru": "{file} больше 50 МБ: разделите его или попросите загрузить на сервере командой tundish import.",
        "kk": "{file} 50 МБ-тан үлкен: оны бөліңіз немесе серверде tundish import арқылы жүктеуді сұраңыз.",
    },
    "files_cut": {
        "en": "The file did not arrive: the connection was cut, or the file was moved. Choose it again.",
        "ru": "Файл не дошёл: связь прервалась или файл перемещён. Выберите его ещё раз.",
        "kk": "Файл жетпеді: байланыс үзілді немесе файл орнынан алынды. Оны қайта таңдаңыз.",
    },
    "files_one": {
        "en": "One file at a time, please.",
        "ru": "Пожалуйста, по одному файлу.",
        "kk": "Файлдарды бір-бірлеп тапсырыңыз.",
    },
    "files_busy": {
        "en": "Other files are arriving right now: try again in a minute.",
        "ru": "Сейчас принимаются другие файлы: попробуйте через минуту.",
        "kk": "Қазір басқа файлдар қабылдануда: бір минуттан кейін қайталаңыз.",
    },
    "files_taken": {
        "en": "Saved as number {number}. It stands in the list below and can be undone there.",
        "ru": "Сохранено под номером {number}. Запись стоит в списке ниже, там её можно отменить.",
        "kk": "{number} нөмірімен сақталды. Жазба төмендегі тізімде, оны сол жерде болдырмауға болады.",
    },
    "files_stood": {
        "en": "All of it stood already as the file states it: nothing was changed.",
        "ru": "Всё это уже введено так же, как в файле: ничего не изменилось.",
        "kk": "Мұның бәрі файлдағыдай енгізіліп қойған: ештеңе өзгерген жоқ.",
    },
    "files_given_up": {"en": "The file is forgotten.", "ru": "Файл удалён.", "kk": "Файл өшірілді."},
    "files_look": {"en": "What {file} comes to", "ru": "Что даёт {file}", "kk": "{file} не береді"},
    "files_counts": {
        "en": "new: {new}, the same: {known}, replaced: {replaced}, refused: {refused}",
        "ru": "новых: {new}, без изменений: {known}, заменяется: {replaced}, отклонено: {refused}",
        "kk": "жаңа: {new}, өзгеріссіз: {known}, ауысады: {replaced}, қабылданбады: {refused}",
    },
    "files_span": {
        "en": "from {first} through {last}",
        "ru": "с {first} по {last}",
        "kk": "{first} бастап {last} дейін",
    },
    "files_places": {"en": "Places", "ru": "Места", "kk": "Орындар"},
    "files_layout": {"en": "Layout", "ru": "Форма файла", "kk": "Файл құрылымы"},
    "files_by_name": {"en": "By the name of the file", "ru": "По имени файла", "kk": "Файл аты бойынша"},
    "files_plain": {"en": "By its headings alone", "ru": "Только по заголовкам", "kk": "Тек тақырыптары бойынша"},
    "files_learned": {"en": "Learned from this file", "ru": "Изучить этот файл", "kk": "Осы файлдан үйрену"},
    "files_product": {"en": "Product of all rows", "ru": "Продукция всех строк", "kk": "Барлық жолдың өнімі"},
    "files_unit_of_measure": {"en": "Unit of measure", "ru": "Единица измерения", "kk": "Өлшем бірлігі"},
    "files_number_format": {"en": "Numbers are written like", "ru": "Числа записаны как", "kk": "Сандардың жазылуы"},
    "files_of_the_file": {"en": "as the file says", "ru": "как сказано в файле", "kk": "файлда айтылғандай"},
    "files_confirm": {
        "en": "Accept what is asked about",
        "ru": "Принять то, о чём спрошено",
        "kk": "Сұралғанды қабылдау",
    },
    "files_keep_good": {
        "en": "Take the good rows alone",
        "ru": "Взять только верные строки",
        "kk": "Тек дұрыс жолдарды алу",
    },
    "files_move_keys": {
        "en": "Let keys move their figures",
        "ru": "Разрешить ключам переносить цифры",
        "kk": "Кілттерге сандарды көшіруге рұқсат беру",
    },
    "files_take": {"en": "Save", "ru": "Сохранить", "kk": "Сақтау"},
    "files_take_good": {"en": "Save the good rows", "ru": "Сохранить верные строки", "kk": "Дұрыс жолдарды сақтау"},
    "files_give_up": {"en": "Forget this file", "ru": "Не сохранять", "kk": "Сақтамау"},
    "files_mend": {
        "en": "Nothing can be saved yet. Mend the rows below in the file and hand it in again, or say more about it "
        "here.",
        "ru": "Пока сохранить нельзя. Исправьте строки ниже в файле и сдайте его снова или уточните здесь, как его "
        "читать.",
        "kk": "Әзірше сақтауға болмайды. Төмендегі жолдарды файлда түзетіп, қайта тапсырыңыз немесе қалай оқылатынын "
        "осында айтыңыз.",
    },
    "files_no_rows": {
        "en": "No row could be read so. Choose another layout, let it be learned from this file, or start from a "
        "template below.",
        "ru": "Так не прочитана ни одна строка. Выберите другую форму, изучите этот файл или начните с шаблона ниже.",
        "kk": "Бұлай бірде-бір жол оқылмады. Басқа құрылымды таңдаңыз, осы файлдан үйретіңіз немесе төмендегі "
        "үлгіден бастаңыз.",
    },
    "files_faults": {"en": "Refused rows", "ru": "Отклонённые строки", "kk": "Қабылданбаған жолдар"},
    "files_where": {"en": "Where", "ru": "Где", "kk": "Қайда"},
    "files_why": {"en": "Why", "ru": "Почему", "kk": "Неге"},
    "files_sheet": {"en": "sheet {sheet}", "ru": "лист {sheet}", "kk": "{sheet} парағы"},
    "files_row": {"en": "row {row}", "ru": "строка {row}", "kk": "{row}-жол"},
    "files_cell": {"en": "cell {cell}", "ru": "ячейка {cell}", "kk": "{cell} ұяшығы"},
    "files_whole": {"en": "the file", "ru": "файл", "kk": "файл"},
    "files_more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "files_sums": {"en": "Sums of the file, t", "ru": "Итоги файла, т", "kk": "Файл қорытындысы, т"},
    "files_months": {"en": "By month, t", "ru": "По месяцам, т", "kk": "Айлар бойынша, т"},
    "files_made": {"en": "In the file", "ru": "В файле", "kk": "Файлда"},
    "files_target": {"en": "Target", "ru": "План", "kk": "Жоспар"},
    "files_plan_before": {"en": "Plan before", "ru": "Прежний план", "kk": "Бұрынғы жоспар"},
    "files_before": {
        "en": "Last month, as many days",
        "ru": "Прошлый месяц, столько же суток",
        "kk": "Өткен ай, сонша тәулік",
    },
    "files_level_unit": {"en": "units", "ru": "агрегаты", "kk": "агрегаттар"},
    "files_level_shop": {"en": "shops", "ru": "цеха", "kk": "цехтар"},
    "files_level_site": {"en": "works", "ru": "комбинат", "kk": "комбинат"},
    "files_changes": {"en": "What it replaces", "ru": "Что заменяется", "kk": "Не ауысады"},
    "files_stands": {"en": "Stands", "ru": "Введено", "kk": "Тұрғаны"},
    "files_becomes": {"en": "Becomes", "ru": "Станет", "kk": "Болады"},
    "files_stated_by": {"en": "Stated by", "ru": "Ввёл(а)", "kk": "Енгізген"},
    "files_meanwhile": {"en": "meanwhile: {name}", "ru": "тем временем: {name}", "kk": "осы арада: {name}"},
    "files_remarks": {"en": "To look at", "ru": "Обратите внимание", "kk": "Назар аударыңыз"},
    "files_sheets": {"en": "How it was read", "ru": "Как прочитано", "kk": "Қалай оқылды"},
    "files_head_row": {
        "en": "header in row {row}, rows: {count}",
        "ru": "заголовок в строке {row}, строк: {count}",
        "kk": "тақырыбы {row}-жолда, жолдар: {count}",
    },
    "files_column": {"en": "Column", "ru": "Столбец", "kk": "Баған"},
    "files_taken_for": {"en": "Taken for", "ru": "Прочитан как", "kk": "Не деп оқылды"},
    "files_unread": {"en": "not read", "ru": "не прочитан", "kk": "оқылмады"},
    "files_proposal": {
        "en": "The learned layout, for whoever keeps plant.yaml",
        "ru": "Изученная форма, для того, кто ведёт plant.yaml",
        "kk": "Үйренілген құрылым, plant.yaml жүргізетін адамға",
    },
    "files_proposal_how": {
        "en": "It is used for this file alone. Under imports in plant.yaml it reads every file of such a name.",
        "ru": "Она применяется только к этому файлу. В разделе imports файла plant.yaml она читает все файлы с таким "
        "именем.",
        "kk": "Ол тек осы файлға қолданылады. plant.yaml файлының imports бөлімінде осындай атты барлық файлды оқиды.",
    },
    "files_templates": {"en": "Templates", "ru": "Шаблоны", "kk": "Үлгілер"},
    "files_templates_how": {
        "en": "With the places of this works: fill in the tonnes, and hand it in above. A row without tonnes states "
        "nothing.",
        "ru": "С местами этого комбината: впишите тонны и сдайте файл выше. Строка без тонн ничего не вводит.",
        "kk": "Осы комбинаттың орындарымен: тоннасын жазып, жоғарыда тапсырыңыз. Тоннасыз жол ештеңе енгізбейді.",
    },
    "files_list": {
        "en": "Who stated what, and when",
        "ru": "Кто, что и когда ввёл",
        "kk": "Кім, нені және қашан енгізді",
    },
    "files_from": {"en": "File or sheet", "ru": "Файл или лист", "kk": "Файл не парақ"},
    "files_none": {
        "en": "Nobody has stated anything yet: hand in a file above, or type on a sheet of Entry.",
        "ru": "Пока никто ничего не ввёл: сдайте файл выше или заполните лист ввода.",
        "kk": "Әзірше ешкім ештеңе енгізген жоқ: жоғарыда файл тапсырыңыз немесе енгізу парағын толтырыңыз.",
    },
    "files_whose": {
        "en": "You may read this page. Users with the role clerk, shop_chief or planner hand in files.",
        "ru": "Эту страницу вы можете читать. Файлы сдают пользователи с ролью clerk, shop_chief или planner.",
        "kk": "Бұл бетті оқи аласыз. Файлдарды clerk, shop_chief немесе planner рөлі бар адамдар тапсырады.",
    },
    "sign_in_to_hand_in": {
        "en": "Sign in to hand in files.",
        "ru": "Войдите, чтобы сдавать файлы.",
        "kk": "Файл тапсыру үшін кіріңіз.",
    },
    "add_users_to_hand_in": {
        "en": "To hand in files here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы сдавать файлы здесь, нужны пользователи: tundish user add",
        "kk": "Файлдарды осы жерде тапсыру үшін пайдаланушылар керек: tundish user add",
    },
}
