"""A briefing as JSON: its sentences, and what each rests on."""

import json
from datetime import date

from models.briefing.document import Briefing, BriefingNote


def briefing_json(briefing: Briefing) -> str:
    """The document. `note` of a line is the number of one of `notes`, from 1 on; of what rests on nothing it is left
    out. `receipts` of a note name the figures: their place, and the first and last production date."""
    sections = [
        {
            "subject": section.subject.value,
            "heading": section.heading,
            "lines": [
                {"words": line.words, "missing": line.missing, **({"note": number} if number else {})}
                for line, number in numbered
            ],
        }
        for section, numbered in briefing.numbered
    ]
    document = {
        "title": briefing.title,
        "site": briefing.site,
        "language": briefing.language,
        "simulated": briefing.simulated,
        "sections": sections,
        "notes": [_note(note) for note in briefing.notes],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _note(note: BriefingNote) -> dict[str, object]:
    receipts = [
        {
            "shop": receipt.place.shop,
            "unit": receipt.place.unit,
            "product": receipt.place.product,
            "from": date.fromordinal(receipt.first).isoformat(),
            "to": date.fromordinal(receipt.end - 1).isoformat(),
        }
        for receipt in note.receipts
    ]
    return {"words": note.words, "receipts": receipts}
