"""The briefing upward: figures of a span of months in sentences, in the grammar of each language."""
