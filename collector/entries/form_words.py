"""Refusals of what was typed into a form: the rules are those of the files, the words are those of the form. Pure."""

from collector.errors import EntryRefused
from collector.files.field_faults import RefusedFields
from collector.files.measure_texts import MEASURE_TEXTS, measure_text
from collector.files.refusal import FileRefusal, RefusalCode
from collector.sentence import FilledText, Sentence

_OF_TEXTS = {
    id(MEASURE_TEXTS[key]): f"form_{name}"
    for key, name in {
        "empty": "empty",
        "no_number": "no_number",
        "below_zero": "below_zero",
        "not_a_count": "not_a_count",
        "unknown_subject": "unknown",
        "unknown_place": "unknown",
        "after_document": "after_document",
    }.items()
}
"""By the text of a file that of the form: a form has fields and no columns, and its fault stands at the field."""
_OF_CODES = {
    RefusalCode.NUMBER_AMBIGUOUS: "form_ambiguous",
    RefusalCode.NUMBER_UNREADABLE: "form_unreadable",
    RefusalCode.NOT_A_NUMBER: "form_unreadable",
    RefusalCode.NO_AMOUNT: "form_unreadable",
}


def form_refusal(error: RefusedFields) -> EntryRefused:
    """The refusal, each fault at its field."""
    by_field: dict[str, Sentence] = {}
    for fault in error.faults:
        by_field.setdefault(fault.field, _in_form(fault.why))
    return EntryRefused(measure_text("in_form"), by_field)


def _in_form(why: Sentence) -> Sentence:
    if isinstance(why, FileRefusal):
        key = _OF_CODES.get(why.code)
        return why if key is None else measure_text(key, **why.parameters)
    if isinstance(why, FilledText) and (key := _OF_TEXTS.get(id(why.texts))) is not None:
        return measure_text(key, **why.parameters)
    return why
