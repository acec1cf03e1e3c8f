"""What must survive: the journal (intakes, synced before they are acknowledged) and the ledger (what was produced)."""
