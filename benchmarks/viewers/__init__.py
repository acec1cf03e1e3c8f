"""Many browsers that look at the desk at once."""
