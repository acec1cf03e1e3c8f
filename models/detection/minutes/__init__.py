"""What was observed of each unit, minute by minute: kept, read back, judged again."""
