"""The whole corpus: hostile, broken and honest submissions."""

from tests.classroom.redteam import (
    banned,
    broken,
    broken_files,
    harm,
    honest,
    leak,
    lying,
    patching,
    reading,
    second,
    values,
    wire,
)
from tests.classroom.redteam.attack import Attack

FAMILIES = (honest, broken, broken_files, patching, lying, reading, harm, wire, values, banned, leak, second)
ATTACKS: tuple[Attack, ...] = tuple(attack for family in FAMILIES for attack in family.ATTACKS)
