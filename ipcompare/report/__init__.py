"""The report page with the evidence behind each number."""
