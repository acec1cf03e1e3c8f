"""Printed reports: the production day, the month against its plan, and growth, in three languages."""
