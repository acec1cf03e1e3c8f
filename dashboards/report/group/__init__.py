"""Reports of a group of works."""
