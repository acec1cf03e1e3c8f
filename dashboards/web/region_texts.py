"""Texts of the page of the region, in the three languages."""

from models.works.localize import Language

REGION_TEXTS: dict[str, dict[Language, str]] = {
    "region_title": {
        "en": "Indicators of the region",
        "ru": "Показатели региона",
        "kk": "Өңір көрсеткіштері",
    },
    "region_none": {
        "en": "plant.yaml declares no indicators: docs/modernisation.md says how",
        "ru": "В plant.yaml не описаны показатели: как это сделать, сказано в docs/modernisation.md",
        "kk": "plant.yaml файлында көрсеткіштер сипатталмаған: docs/modernisation.md қараңыз",
    },
    "region_defined": {
        "en": "In {unit}. {definition}",
        "ru": "Единица: {unit}. {definition}",
        "kk": "Өлшем бірлігі: {unit}. {definition}",
    },
    "region_differs": {
        "en": "A growth that was published differs from that of the published values by more than rounding.",
        "ru": "Опубликованный рост расходится с ростом по опубликованным значениям больше, чем на округление.",
        "kk": "Жарияланған өсім жарияланған мәндер бойынша өсімнен дөңгелектеуден артық алшақ.",
    },
    "region_difference": {
        "en": "Published less computed",
        "ru": "Публикация минус расчёт",
        "kk": "Жарияланғаннан есептелгенді алғанда",
    },
    "region_points": {
        "en": "{points}\u00a0pp",
        "ru": "{points}\u00a0п.\u00a0п.",
        "kk": "{points}\u00a0пайыздық тармақ",
    },
    "region_source": {"en": "Source", "ru": "Источник", "kk": "Дереккөз"},
    "region_published_on": {"en": "Published on", "ru": "Опубликовано", "kk": "Жарияланған күні"},
    "region_no_growth_published": {
        "en": "no growth was published",
        "ru": "рост не опубликован",
        "kk": "өсім жарияланбаған",
    },
    "region_older": {
        "en": "Older numbers that are not shown here: {count}",
        "ru": "Более ранних значений, здесь не показано: {count}",
        "kk": "Мұнда көрсетілмеген бұрынғы мәндер: {count}",
    },
}
