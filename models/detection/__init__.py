"""What each unit does, and when output dropped."""
