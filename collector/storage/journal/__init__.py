"""The journal: every intake, synced before its source is told so."""
