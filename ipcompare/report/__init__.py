"""The report: one page with the evidence behind each number, and its Word twin."""
