"""The themes that a person gave a provision in corrections.csv."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ipcompare.corrections import Correction, check_old, unpacked
from ipcompare.frames import JOINT, unknown_id

FIELD = "themes"
UNASSIGNED = "unassigned"
BY_HAND = "correction"  # the reason of a provision that a person left without theme


def themes_correction(row: Any) -> Correction | None:
    """The correction that a row of the clause table carries of its themes."""
    corrections = unpacked(getattr(row, "corrections", ""))
    return next((one for one in corrections if one.field == FIELD), None)


def not_a_leaf(row: Any) -> None:
    """Refuse a correction of the themes of what has none."""
    if (one := themes_correction(row)) is not None and not row.leaf:
        raise one.refused("only a provision without numbered parts has themes; name one of these")


def corrected_rows(
    one: Correction, lines: Iterable[tuple], known: Iterable[str],
    served: Callable[[str], tuple[float, list[str]]],
) -> Iterator[tuple]:  # fmt: skip
    """The rows of one provision with the themes that were chosen, in the order of the cell.

    ``lines`` are those that the rules give, ``known`` the ids of all themes; ``served`` gives
    score and evidence of a theme.
    """
    lines = list(lines)
    about, now = lines[0][:4], [line[4] for line in lines]
    if sorted(_split(one.old)) != sorted(now):
        check_old(one, JOINT.join(now))
    chosen = _split(one.new)
    _check(one, chosen, [*known, UNASSIGNED])
    for theme in chosen:
        yield *about, theme, *served(theme), BY_HAND if theme == UNASSIGNED else None


def _split(cell: str) -> list[str]:
    return [theme.strip() for theme in cell.split(JOINT) if theme.strip()]


def _check(one: Correction, chosen: list[str], known: list[str]) -> None:
    """Refuse what is no set of themes."""
    if not chosen:
        raise one.refused(f"new is empty; write the themes, or {UNASSIGNED} for none")
    for theme in chosen:
        if theme not in known:
            raise one.refused(unknown_id(theme, "theme", known))
    if len(set(chosen)) < len(chosen) or UNASSIGNED in chosen and len(chosen) > 1:
        raise one.refused(f"{one.new!r} has a theme twice, or {UNASSIGNED} beside another")
