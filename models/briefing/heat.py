"""Heat supply in sentences: heat against the demand by the graph, days of under-heating, boilers as they are now."""

from models.briefing.document import BriefingLine, BriefingNote, BriefingSection, BriefingSubject
from models.briefing.texts import briefing_text
from models.heat.report import HeatReport
from models.heat.sentences import network_note, span_sentence, standby_sentences, under_sentence
from models.works.localize import Language


def heat_section(report: HeatReport, source: str, language: Language, *, lasts: bool) -> BriefingSection:
    """Of the networks in the order of the configuration. `source`: the sentence that names the ledger and the instant.
    `lasts`: the months run still, so that boilers and coal as they are now belong to them."""
    lines = []
    for network in report.networks:
        note = BriefingNote(f"{network_note(network.network, language)} {source}")
        heat, under = span_sentence(network, language), under_sentence(network, language)
        lines.append(BriefingLine(heat.words, None if heat.missing else note, heat.missing))
        lines.append(BriefingLine(under.words, None if under.missing else note, under.missing))
    if lasts:
        lines += [
            BriefingLine(said.words, None if said.missing else BriefingNote(source), said.missing)
            for said in standby_sentences(report, language)
        ]
    return BriefingSection(BriefingSubject.HEAT, briefing_text("subject_heat", language), lines)
