"""Reports that are sent by mail on schedule."""
