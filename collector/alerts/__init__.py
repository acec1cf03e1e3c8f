"""The way of alerts to people: channels, and one step from findings to queued messages in the ledger."""
