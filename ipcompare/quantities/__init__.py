"""Every quantity of a clause table: number, unit, comparator, indicator, deadline, kind."""
