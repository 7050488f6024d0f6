"""Which canonical indicator a mention is about, and in which unit."""
