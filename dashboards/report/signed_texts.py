"""What reports and pages say of signatures, in the three languages."""

from models.works.localize import Language

SIGNED_TEXTS: dict[str, dict[Language, str]] = {
    "signed_for": {"en": "Signed for {scope}", "ru": "Подпись ({scope})", "kk": "Қолтаңба ({scope})"},
    "signed_missing": {"en": "Not signed: {scopes}", "ru": "Не подписано: {scopes}", "kk": "Қол қойылмаған: {scopes}"},
    "signed_works": {"en": "the works", "ru": "завод", "kk": "зауыт"},
    "signed_none": {"en": "not signed", "ru": "не подписано", "kk": "қол қойылмаған"},
    "signed_holds": {
        "en": "{who}, No. {number}",
        "ru": "{who}, № {number}",
        "kk": "{who}, № {number}",
    },
    "signed_changed": {
        "en": "signed by {who}, No. {number}; figures changed since: needs a new signature ({what})",
        "ru": "подписано: {who}, № {number}; с тех пор данные изменились: нужна новая подпись ({what})",
        "kk": "қол қойған: {who}, № {number}; содан бері деректер өзгерді: жаңа қолтаңба керек ({what})",
    },
    "signed_counting": {
        "en": "signed by {who}, No. {number}; a change is being counted: whether the signature holds is not known yet",
        "ru": "подписано: {who}, № {number}; изменение ещё считается: действует ли подпись, пока неизвестно",
        "kk": "қол қойған: {who}, № {number}; өзгеріс есептелуде: қолтаңба күшінде ме, әзірге белгісіз",
    },
    "signed_uncounted": {
        "en": "not signed; a change is being counted",
        "ru": "не подписано; изменение ещё считается",
        "kk": "қол қойылмаған; өзгеріс есептелуде",
    },
    "signed_broken": {
        "en": "signature No. {number} is not as it was stored and counts for nothing: see tundish verify",
        "ru": "подпись № {number} не та, что была записана, и недействительна: см. tundish verify",
        "kk": "№ {number} қолтаңба жазылған күйінде емес, сондықтан жарамсыз: tundish verify қараңыз",
    },
    "signed_note": {"en": "note: {note}", "ru": "примечание: {note}", "kk": "ескертпе: {note}"},
    "signed_shops": {
        "en": "signatures of shops: {shops}",
        "ru": "подписи цехов: {shops}",
        "kk": "цехтардың қолтаңбалары: {shops}",
    },
    "signed_total": {"en": "total", "ru": "всего", "kk": "барлығы"},
    "signed_completeness": {"en": "completeness", "ru": "полнота", "kk": "толықтығы"},
    "signed_stops": {"en": "hours of standstill", "ru": "часы простоя", "kk": "тұрып қалу сағаттары"},
    "signed_more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "тағы {count}"},
}
