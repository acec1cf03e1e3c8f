"""A seeded works that speaks real OPC UA and keeps its own book of what it made. Everything here is SIMULATED."""
