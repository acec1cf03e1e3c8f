"""What was made and what was to be made, for any place and any span of production days."""
