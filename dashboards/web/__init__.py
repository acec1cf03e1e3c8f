"""The web desk: a read-only page of today's output, in a process of its own beside the collector."""
