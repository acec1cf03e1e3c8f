"""Collection from a server that we did not write, beside Telegraf."""
