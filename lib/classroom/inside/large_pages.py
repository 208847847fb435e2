"""Large pages for the warm process: a submission is a fork of it, and that costs a copy of its page table."""

import ctypes

from classroom.inside.walls import libc

COLLAPSE = 25  # MADV_COLLAPSE, of Linux 6.1; older kernels refuse it, and all stays as it is
SIZE = 2 << 20


def collapse() -> None:
    """Put what this process holds in memory of its own into large pages, where the kernel can."""
    with open("/proc/self/maps") as stream:
        lines = [line.split() for line in stream]
    for place, powers, *_, name in ((*line, "") if len(line) == 5 else line for line in lines):
        if powers == "rw-p" and name in ("", "[heap]"):
            first, end = (int(number, 16) for number in place.split("-"))
            first, end = -(-first // SIZE) * SIZE, end // SIZE * SIZE
            if first < end:
                libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), COLLAPSE)
