"""The same indicator side by side: entries, alignment, and the tables made from it."""
