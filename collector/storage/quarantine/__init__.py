"""What was rejected, kept with its reason until a person has dealt with it."""
