"""The ledger: what was counted and stated, what is published, what was found and who was told."""
