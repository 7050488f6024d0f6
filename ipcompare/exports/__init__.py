"""Everything that is written to outputs/."""
