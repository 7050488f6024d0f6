"""Clause vectors, their nearest counterparts, and how far to trust them."""
