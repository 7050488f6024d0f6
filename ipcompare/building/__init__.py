"""Everything at once: run the notebooks, publish, record what made what."""
