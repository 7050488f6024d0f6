"""The figures and their print style."""
