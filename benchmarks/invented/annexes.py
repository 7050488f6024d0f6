"""The table of goals at the end of a document."""

from invented.parts import Draft
from invented.vocabulary import tables
from invented.wording import END, START, Pen, Plant, Said

_LEAST = 3  # rows; fewer are no table


def add_annex(made: Draft, *, pen: Pen, sign: str) -> None:
    """Give a document a table: with a column of values and one of units, or goals in words."""
    goals = [pen.target(made.goal) for _ in range(pen.rng.randint(4, 8))]
    in_words = pen.rng.random() < 0.5
    kept: dict[str, Said] = {}
    for goal in goals:
        plant = goal.plants[0]
        if in_words or (plant.measure != "growth" and plant.low == plant.high):
            kept.setdefault(plant.indicator, goal)
    if len(kept) < _LEAST:
        return
    row = _row_in_words if in_words else _row_of_values
    last = ("责任单位",) if in_words else ("单位", f"{made.goal}年")
    made.rows = [("序号", f"{made.goal}年目标" if in_words else "指标", *last)]
    made.row_plants = [None]
    for n, goal in enumerate(kept.values(), 1):
        cells, plant = row(goal, pen, sign)
        made.rows.append((str(n), *cells))
        made.row_plants.append(plant)


def _row_in_words(goal: Said, pen: Pen, sign: str) -> tuple[tuple[str, ...], Plant]:
    department = sign + pen.pick(tables()["institutions"]["departments"])
    return (goal.text, department), goal.plants[0]


def _row_of_values(goal: Said, pen: Pen, sign: str) -> tuple[tuple[str, ...], Plant]:
    """Its column says the unit; the value is stated flatly."""
    plant = goal.plants[0]._replace(comparator="=", per_year=False)
    value = f"{plant.low:.10g}"
    return (plant.indicator, plant.unit, f"{START}{value}{END}"), plant
