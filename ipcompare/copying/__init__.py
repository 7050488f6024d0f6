"""Shared passages and the set phrases of official style."""
