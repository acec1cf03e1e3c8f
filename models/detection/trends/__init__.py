"""What only days show: drift, short shifts, months that come out short."""
