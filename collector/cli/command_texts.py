"""Everything that `plan`, `repair`, `correct` and `close` say. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collector.sentence import Texts
    from models.works.localize import Language

COMMAND_TEXTS: "Mapping[str, Texts]" = {
    # Plans.
    "no_plans": {
        "en": "no plans",
        "ru": "планов нет",
        "kk": "жоспар жоқ",
    },
    "no_plans_for": {
        "en": "no plans for {month}",
        "ru": "на месяц {month} планов нет",
        "kk": "{month} айына жоспар жоқ",
    },
    "plan_withdrawn": {
        "en": "the plan of {product} at {place} for {month} is withdrawn",
        "ru": "план отозван: {product}, {place}, {month}",
        "kk": "жоспар қайтарып алынды: {product}, {place}, {month}",
    },
    "days_need_month": {
        "en": "--days needs a month: add --month 2025-08",
        "ru": "для --days нужен месяц: добавьте --month 2025-08",
        "kk": "--days үшін ай керек: --month 2025-08 қосыңыз",
    },
    "is_withdrawn": {
        "en": "withdrawn",
        "ru": "отозван",
        "kk": "қайтарып алынған",
    },
    "target_column": {
        "en": "{place} {product}, t",
        "ru": "{place} {product}, т",
        "kk": "{place} {product}, т",
    },
    # Corrections.
    "posted": {
        "en": "{name}: {tonnes} t of {product} at {place} on {day}, concerns {concerned}, booked in {booked}",
        "ru": "{name}: {tonnes} т, {product}, {place}, за {day}; относится к {concerned}, проведено в {booked}",
        "kk": "{name}: {tonnes} т, {product}, {place}, {day} тәулігі; қатысты айы {concerned}, өткізілген айы {booked}",
    },
    "note": {
        "en": "  note: {remark}",
        "ru": "  внимание: {remark}",
        "kk": "  назар аударыңыз: {remark}",
    },
    "no_adjustments": {
        "en": "no adjustments",
        "ru": "корректировок нет",
        "kk": "түзету жоқ",
    },
    "needs_author_and_reason": {
        "en": "a correction needs its author and its reason: give --by and --reason",
        "ru": "у корректировки должны быть автор и причина: укажите --by и --reason",
        "kk": "түзетудің авторы мен себебі болуы керек: --by және --reason көрсетіңіз",
    },
    "needs_day_product_tonnes": {
        "en": "a correction needs --day, --product and --tonnes; see --help",
        "ru": "для корректировки нужны --day, --product и --tonnes; смотрите --help",
        "kk": "түзету үшін --day, --product және --tonnes керек; --help қараңыз",
    },
    "tonnes_unreadable": {
        "en": "--tonnes {tonnes}: write it with a decimal point, like 1234.5 ({why})",
        "ru": "--tonnes {tonnes}: запишите с десятичной точкой, например 1234.5 ({why})",
        "kk": "--tonnes {tonnes}: ондық нүктемен жазыңыз, мысалы 1234.5 ({why})",
    },
    "tonnes_nothing": {
        "en": "--tonnes is 0: there is nothing to correct",
        "ru": "--tonnes равно 0: корректировать нечего",
        "kk": "--tonnes 0-ге тең: түзететін ештеңе жоқ",
    },
    # Closing.
    "closed": {
        "en": "{month} is closed by {by}: {count} figures stand",
        "ru": "месяц {month} закрыт: {by}; зафиксировано цифр: {count}",
        "kk": "{month} айы жабылды: {by}; бекітілген сандар: {count}",
    },
    "reopened": {
        "en": "{month} is open again, by {by}: {reason}; its closing stays on record",
        "ru": "месяц {month} снова открыт: {by}, {reason}; запись о закрытии остаётся",
        "kk": "{month} айы қайта ашылды: {by}, {reason}; жабу жазбасы сақталады",
    },
    "close_needs_author": {
        "en": "--by is empty: a closed month needs its author",
        "ru": "--by пусто: у закрытия месяца должен быть автор",
        "kk": "--by бос: айды жабудың авторы болуы керек",
    },
    "reopen_needs_reason": {
        "en": "a month is reopened for a reason: give --reason",
        "ru": "месяц открывают снова по причине: укажите --reason",
        "kk": "ай себеппен қайта ашылады: --reason көрсетіңіз",
    },
    "reason_without_reopen": {
        "en": "--reason says why a month is reopened: give --reopen too, or leave it out",
        "ru": "--reason говорит, почему месяц открывают снова: укажите и --reopen или уберите --reason",
        "kk": "--reason айдың неге қайта ашылатынын айтады: --reopen де көрсетіңіз немесе --reason алып тастаңыз",
    },
    # Headings of tables.
    "month": {
        "en": "month",
        "ru": "месяц",
        "kk": "ай",
    },
    "day": {
        "en": "day",
        "ru": "сутки",
        "kk": "тәулік",
    },
    "name": {
        "en": "name",
        "ru": "имя",
        "kk": "аты",
    },
    "shop": {
        "en": "shop",
        "ru": "цех",
        "kk": "цех",
    },
    "unit": {
        "en": "unit",
        "ru": "агрегат",
        "kk": "агрегат",
    },
    "product": {
        "en": "product",
        "ru": "продукция",
        "kk": "өнім",
    },
    "tonnes": {
        "en": "tonnes",
        "ru": "тонны",
        "kk": "тонна",
    },
    "author": {
        "en": "author",
        "ru": "автор",
        "kk": "автор",
    },
    "entered": {
        "en": "entered",
        "ru": "введено",
        "kk": "енгізілді",
    },
    "booked_in": {
        "en": "booked in",
        "ru": "проведено в",
        "kk": "өткізілген айы",
    },
    "reason": {
        "en": "reason",
        "ru": "причина",
        "kk": "себебі",
    },
    "undoes": {
        "en": "undoes",
        "ru": "отменяет",
        "kk": "жояды",
    },
    "site": {
        "en": "site",
        "ru": "комбинат",
        "kk": "кәсіпорын",
    },
    # Repairs.
    "repair_entered": {
        "en": "{name}: {kind} repair of {unit} from {start} to {end}, approved by {by}",
        "ru": "{name}: {kind}, {unit}, с {start} до {end}, утвердил: {by}",
        "kk": "{name}: {kind}, {unit}, {start} – {end}, бекіткен: {by}",
    },
    "repair_withdrawn": {
        "en": "{name}: withdrawn",
        "ru": "ремонт {name} отозван",
        "kk": "{name} жөндеуі қайтарып алынды",
    },
    "no_repairs": {
        "en": "no repairs",
        "ru": "ремонтов нет",
        "kk": "жөндеу жоқ",
    },
    "repair_ends_early": {
        "en": "the repair ends at {end}, which is not after its start {start}: fix one of them",
        "ru": "ремонт кончается {end}, не позже начала {start}: исправьте одно из двух",
        "kk": "жөндеудің соңы {end} басынан ({start}) кейін емес: біреуін түзетіңіз",
    },
    "from": {
        "en": "from",
        "ru": "с",
        "kk": "басы",
    },
    "to": {
        "en": "to",
        "ru": "до",
        "kk": "соңы",
    },
    "kind": {
        "en": "kind",
        "ru": "вид",
        "kk": "түрі",
    },
    "approved_by": {
        "en": "approved by",
        "ru": "утвердил",
        "kk": "бекіткен",
    },
    "entered_by": {
        "en": "entered by",
        "ru": "ввёл",
        "kk": "енгізген",
    },
    "entered_at": {
        "en": "entered at",
        "ru": "введено",
        "kk": "енгізілді",
    },
}


def command_text(key: str, /, **parameters: object) -> FilledText:
    """What a command says, to be told in a language."""
    return FilledText(COMMAND_TEXTS[key], parameters)


def headings(keys: "Iterable[str]", language: "Language") -> list[str]:
    """Headings of columns in a language."""
    return [COMMAND_TEXTS[key][language] for key in keys]
