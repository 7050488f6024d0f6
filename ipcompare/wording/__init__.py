"""How alike texts are in their words: similarity, matches, shared passages, terms, themes."""
