"""How quantities are found in a sentence and what each field of a mention is."""
