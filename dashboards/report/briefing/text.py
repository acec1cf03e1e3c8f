"""A briefing as plain text, for a terminal and for a mail."""

from models.briefing.document import Briefing
from models.briefing.texts import briefing_text


def briefing_lines(briefing: Briefing) -> str:
    """The title, the sections with the numbers of their notes in brackets, and the notes."""
    lines = [f"{briefing.site}. {briefing.title}", *([briefing.simulated] if briefing.simulated else [])]
    for section, numbered in briefing.numbered:
        lines += ["", section.heading]
        lines += [f"  {line.words}{f' [{number}]' if number else ''}" for line, number in numbered]
    if briefing.notes:
        lines += ["", briefing_text("notes", briefing.language)]
        lines += [f"  [{number}] {note.words}" for number, note in enumerate(briefing.notes, 1)]
    return "\n".join(lines) + "\n"
