"""What must survive: the journal (deliveries, synced before they are acknowledged) and the ledger (production)."""
