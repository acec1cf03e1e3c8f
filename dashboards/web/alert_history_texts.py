"""What the history of alerts says as a file, in the three languages."""

from models.works.localize import Language

ALERT_HISTORY_TEXTS: dict[str, dict[Language, str]] = {
    "history_as_file": {"en": "As a file", "ru": "Файлом", "kk": "Файлмен"},
    "history_incidents": {"en": "Incidents", "ru": "Инциденты", "kk": "Оқиғалар"},
    "history_record": {"en": "Record", "ru": "Запись", "kk": "Жазба"},
    "history_messages": {"en": "Messages", "ru": "Сообщения", "kk": "Хабарламалар"},
    "history_failed": {
        "en": "The history cannot be read now. Try again in a minute; if it stays so, look at the page of data.",
        "ru": "Историю сейчас не прочитать. Повторите через минуту; если не поможет, смотрите страницу данных.",
        "kk": "Тарихты қазір оқу мүмкін емес. Бір минуттан кейін қайталаңыз; көмектеспесе, деректер бетін қараңыз.",
    },
    "history_severity": {"en": "Severity", "ru": "Уровень", "kk": "Деңгейі"},
    "history_unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "history_shop": {"en": "Shop", "ru": "Цех", "kk": "Цех"},
    "history_product": {"en": "Product", "ru": "Продукт", "kk": "Өнім"},
    "history_since": {"en": "Since", "ru": "Начало", "kk": "Басталуы"},
    "history_opened": {"en": "Raised", "ru": "Открыт", "kk": "Ашылды"},
    "history_cleared": {"en": "Cleared", "ru": "Снят", "kk": "Жойылды"},
    "history_hours": {"en": "Lasted, h", "ru": "Длился, ч", "kk": "Ұзақтығы, сағ"},
    "history_acknowledged_by": {"en": "Acknowledged by", "ru": "Квитировал", "kk": "Растаған"},
    "history_acknowledged": {"en": "Acknowledged", "ru": "Квитирован", "kk": "Расталды"},
    "history_answered": {"en": "Answered after, min", "ru": "Ответ через, мин", "kk": "Жауап уақыты, мин"},
    "history_lost": {"en": "Short, t", "ru": "Недодано, т", "kk": "Жетіспеді, т"},
    "history_cause": {"en": "Cause", "ru": "Причина", "kk": "Себеп"},
    "history_consequences": {"en": "Consequences", "ru": "Последствия", "kk": "Салдары"},
    "history_escalated": {"en": "Escalated to", "ru": "Передан выше", "kk": "Жоғары берілді"},
    "history_muted_until": {"en": "Muted until", "ru": "Без сообщений до", "kk": "Хабарламасыз, дейін"},
    "history_muted_by": {"en": "Muted by", "ru": "Отключил сообщения", "kk": "Хабарламаларды өшірген"},
    "history_reopened": {"en": "Came back, times", "ru": "Возвращался, раз", "kk": "Қайталанды, рет"},
    "history_sent": {"en": "Messages sent", "ru": "Отправлено сообщений", "kk": "Жіберілген хабарлама"},
    "history_not_sent": {"en": "Messages not sent", "ru": "Не отправлено", "kk": "Жіберілмеген хабарлама"},
    "history_evidence": {"en": "Evidence", "ru": "Обоснование", "kk": "Негіздеме"},
    "history_subject": {"en": "Subject", "ru": "Тема", "kk": "Тақырыбы"},
    "history_tries": {"en": "Tries", "ru": "Попыток", "kk": "Әрекет саны"},
    "history_why": {"en": "Why not", "ru": "Почему нет", "kk": "Неге жоқ"},
}
