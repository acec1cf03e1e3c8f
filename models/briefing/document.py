"""A briefing as a document: sections of sentences, each with the number of the note that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.tables.receipt_record import AskedReceipt
from models.works.localize import Language


class BriefingSubject(StrEnum):
    """What a briefing speaks of, in its order; the value is what people type."""

    GROWTH = "growth"
    MODERNISATION = "modernisation"
    GAS = "gas"
    SAFETY = "safety"
    HEAT = "heat"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class BriefingNote:
    """On what a sentence rests: source, definition, as of when; and the figures whose receipts can be asked for."""

    words: str
    receipts: Sequence[AskedReceipt] = ()


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """A sentence. `missing`: it says that something is not known. `note`: on what it rests; None if on nothing."""

    words: str
    note: BriefingNote | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class BriefingSection:
    """The sentences about one subject, below their heading."""

    subject: BriefingSubject
    heading: str
    lines: Sequence[BriefingLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The whole, of one page. `simulated`: a sentence that stands above all, or ""."""

    title: str
    site: str
    language: Language
    simulated: str
    sections: Sequence[BriefingSection]

    @property
    def missing(self) -> list[BriefingLine]:
        """What it could not say."""
        return [line for section in self.sections for line in section.lines if line.missing]

    @property
    def numbered(self) -> list[tuple[BriefingSection, list[tuple[BriefingLine, int]]]]:
        """The sections, each line with the number of its note, from 1 on; 0: it has none."""
        found, number = [], 0
        for section in self.sections:
            lines = []
            for line in section.lines:
                number += line.note is not None
                lines.append((line, number if line.note is not None else 0))
            found.append((section, lines))
        return found

    @property
    def notes(self) -> list[BriefingNote]:
        """The notes in the order of their numbers."""
        return [line.note for section in self.sections for line in section.lines if line.note is not None]
