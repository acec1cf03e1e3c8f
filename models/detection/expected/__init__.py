"""What each unit is expected to make, and when it is expected to stand."""
