"""What is asked about months of projects, what takes them back, and the words of forms. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

PROJECT_TEXTS: "Mapping[str, Texts]" = {
    "beyond_budget": {
        "en": "{project}: {column} comes to {sum} with this, more than its budget of {budget} ({amounts}): correct it, "
        "or confirm that it is so",
        "ru": "{project}: {column} вместе с этим - {sum}, больше бюджета в {budget} ({amounts}): исправьте или "
        "подтвердите, что это так",
        "kk": "{project}: {column} осымен бірге {sum}, бұл {budget} бюджетінен артық ({amounts}): түзетіңіз немесе "
        "солай екенін растаңыз",
    },
    "asked_of_file": {
        "en": "{file}: {asked}; nothing was recorded, and with --confirm it is taken as it stands",
        "ru": "{file}: {asked}; ничего не записано, с --confirm будет принято как есть",
        "kk": "{file}: {asked}; ештеңе жазылмады, --confirm арқылы сол күйінде қабылданады",
    },
    "percent_cell": {
        "en": "the cell is formatted as percent and shows {value} %, and {column} is none: give the number in a plain "
        "format",
        "ru": "ячейка в процентном формате и показывает {value} %, а {column} - не проценты: задайте обычный числовой "
        "формат",
        "kk": "ұяшық пайыз пішімінде, {value} % көрсетеді, ал {column} пайыз емес: кәдімгі сан пішімін беріңіз",
    },
    "asked_of_command": {
        "en": "{asked}: --confirm says so",
        "ru": "{asked}: для этого есть --confirm",
        "kk": "{asked}: ол үшін --confirm бар",
    },
    "amounts_1": {"en": "{currency}", "ru": "{currency}", "kk": "{currency}"},
    "amounts_1000": {"en": "thousand {currency}", "ru": "тыс. {currency}", "kk": "мың {currency}"},
    "amounts_1000000": {"en": "million {currency}", "ru": "млн {currency}", "kk": "млн {currency}"},
    "amounts_1000000000": {"en": "billion {currency}", "ru": "млрд {currency}", "kk": "млрд {currency}"},
    "nothing_to_withdraw": {
        "en": "{project}: nothing is stated of {what}; `tundish project list` and `tundish project milestones` have "
        "what is",
        "ru": "{project}: по «{what}» ничего не внесено; внесённое показывают `tundish project list` и `tundish "
        "project milestones`",
        "kk": "{project}: «{what}» бойынша ештеңе енгізілмеген; енгізілгендерін `tundish project list` және `tundish "
        "project milestones` көрсетеді",
    },
    "no_month_or_milestone": {
        "en": '"{value}" is neither a month such as 2025-08 nor a milestone of the project; known: {known}',
        "ru": "«{value}» - не месяц вида 2025-08 и не этап проекта; известны этапы: {known}",
        "kk": "«{value}» 2025-08 түріндегі ай да, жобаның кезеңі де емес; белгілі кезеңдер: {known}",
    },
    "withdrawn_of_project": {
        "en": "{project}, {what}: withdrawn ({count}); the earlier words stay on record",
        "ru": "{project}, {what}: отозвано ({count}); прежние записи сохранены",
        "kk": "{project}, {what}: қайтарып алынды ({count}); бұрынғы жазбалар сақталды",
    },
    "project_changed_meanwhile": {
        "en": "{author} stated something of it meanwhile: look at it anew",
        "ru": "тем временем это изменил(а) {author}: посмотрите заново",
        "kk": "осы арада мұны {author} өзгертті: қайта қараңыз",
    },
    "in_form": {
        "en": "correct what stands in red beside the fields",
        "ru": "исправьте то, что написано красным у полей",
        "kk": "өрістердің жанында қызылмен жазылғанды түзетіңіз",
    },
    "form_empty": {"en": "fill this in", "ru": "заполните это поле", "kk": "осы өрісті толтырыңыз"},
    "form_no_number": {
        "en": "fill in at least one of these fields",
        "ru": "заполните хотя бы одно из этих полей",
        "kk": "осы өрістердің кемінде біреуін толтырыңыз",
    },
    "form_below_zero": {
        "en": "{value} is below zero: correct it",
        "ru": "{value} меньше нуля: исправьте",
        "kk": "{value} нөлден кіші: түзетіңіз",
    },
    "form_not_a_count": {
        "en": "{value} is no whole number from 0 to {most}: correct it",
        "ru": "{value}: нужно целое число от 0 до {most}; исправьте",
        "kk": "{value}: 0 мен {most} аралығындағы бүтін сан керек; түзетіңіз",
    },
    "form_unknown": {
        "en": '"{value}" is not in the list: choose one of it',
        "ru": "«{value}»: такого в списке нет; выберите из списка",
        "kk": "«{value}» тізімде жоқ: тізімнен таңдаңыз",
    },
    "form_after_document": {
        "en": "it was reached after the date of the document: correct one of the two",
        "ru": "факт позже даты документа: исправьте одну из дат",
        "kk": "факт құжат күнінен кейін: күндердің бірін түзетіңіз",
    },
    "form_ambiguous": {
        "en": '"{value}" may mean {whole}.{decimals} or {whole}{decimals}: write {whole}.{decimals}0 or '
        "{whole}{decimals}",
        "ru": "«{value}» может значить и {whole},{decimals}, и {whole}{decimals}: запишите {whole},{decimals}0 или "
        "{whole}{decimals}",
        "kk": "«{value}» {whole},{decimals} немесе {whole}{decimals} болуы мүмкін: {whole},{decimals}0 немесе "
        "{whole}{decimals} деп жазыңыз",
    },
    "form_unreadable": {
        "en": '"{value}" is not a number: write it like 1234.5, or leave the field empty',
        "ru": "«{value}» - не число: запишите в виде 1234,5 или оставьте поле пустым",
        "kk": "«{value}» сан емес: 1234,5 түрінде жазыңыз немесе өрісті бос қалдырыңыз",
    },
    "old_year": {
        "en": "accident {number} is dated {date}, neither of this year nor of the last: correct the date, or confirm "
        "that it is so",
        "ru": "случай {number} датирован {date}, это не текущий и не прошлый год: исправьте дату или подтвердите, что "
        "это так",
        "kk": "{number} оқиғасының күні {date}, бұл биылғы да, былтырғы да жыл емес: күнді түзетіңіз немесе солай "
        "екенін растаңыз",
    },
}
