"""The service: how sources, journal, ledger, roll-up and sink are wired, watched and stopped."""
