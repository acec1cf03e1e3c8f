"""Files on disk: opened, checked, salvaged, written by one thread, copied."""
