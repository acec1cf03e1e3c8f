"""The journal: every delivery, synced before its source is told so."""
