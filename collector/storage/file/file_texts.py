"""What is said of a file of ours that cannot be used. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

FILE_TEXTS: "Mapping[str, Texts]" = {
    "damaged": {
        "en": "{file}: {error}; it is damaged: start the service, or give tundish verify --repair, which rebuild "
        "what can be and set the rest aside",
        "ru": "{file}: {error}; файл повреждён: запустите службу или дайте tundish verify --repair: что можно, будет "
        "восстановлено, остальное отложено",
        "kk": "{file}: {error}; файл бүлінген: қызметті іске қосыңыз немесе tundish verify --repair беріңіз: мүмкін "
        "болғаны қалпына келеді, қалғаны бөлек қойылады",
    },
    "disk_full": {
        "en": "{file}: {error}; nothing was stored: free space on its disk, it is tried again",
        "ru": "{file}: {error}; ничего не записано: освободите место на диске, будет ещё одна попытка",
        "kk": "{file}: {error}; ештеңе жазылған жоқ: дискіде орын босатыңыз, қайта әрекет жасалады",
    },
    "held_by_other": {
        "en": "{file}: {error}; nothing was stored: close the other program that holds the file",
        "ru": "{file}: {error}; ничего не записано: закройте другую программу, которая держит файл",
        "kk": "{file}: {error}; ештеңе жазылған жоқ: файлды ұстап тұрған басқа бағдарламаны жабыңыз",
    },
    "not_written": {
        "en": "{file}: {error}; nothing was stored: see that its disk can be written",
        "ru": "{file}: {error}; ничего не записано: проверьте, что на его диск можно писать",
        "kk": "{file}: {error}; ештеңе жазылған жоқ: дискіге жазуға болатынын тексеріңіз",
    },
    "cannot_open": {
        "en": "cannot open {file}: {error}; see that this user may write there and the disk has room",
        "ru": "{file} не открывается: {error}; проверьте, что этот пользователь может туда писать и на диске есть "
        "место",
        "kk": "{file} ашылмайды: {error}; бұл пайдаланушының онда жаза алатынын және дискіде орын барын тексеріңіз",
    },
    "newer_version": {
        "en": "{file} was written by a newer version (file {version}, this version reads up to {known}): start "
        "that version, or restore the backup from before its upgrade",
        "ru": "{file} записан более новой версией (файл {version}, эта версия читает до {known}): запустите ту "
        "версию или восстановите копию, сделанную до её обновления",
        "kk": "{file} жаңарақ нұсқада жазылған (файл {version}, бұл нұсқа {known} дейін оқиды): сол нұсқаны іске "
        "қосыңыз немесе оның жаңартуынан бұрынғы көшірмені қалпына келтіріңіз",
    },
}


def file_text(key: str, /, **parameters: object) -> FilledText:
    """What is said of a file, to be told in a language."""
    return FilledText(FILE_TEXTS[key], parameters)
