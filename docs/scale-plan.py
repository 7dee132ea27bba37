"""Works out what a million practices would take: `python3 docs/scale-plan.py` prints the tables of docs/scale.md.

A million practices with unequal loads are drawn (the seed is fixed), spread over cells, and each cell is held against what one
installation was measured to do. A test compares what this prints with the document.
"""
import math
import random

# Measured, as docs/performance.md has it (PostgreSQL, 2 cores).
APPENDS_PER_SECOND = 22_160  # 64 callers, two writing nodes
REBUILT_EVENTS_PER_SECOND = 65_000
EVENT_GIB = 9.1 / 10_000_000  # without read models, on SQLite
WRITE_CORE_SECONDS = 104e-6  # a posted entry, caller and projections included
READ_CORE_SECONDS = 26e-6 + 481e-6  # an empty answer, and the whole time of a week's query as if a core had worked for all of it
FOLD_SECONDS_PER_EVENT = 868e-6 / 100  # a state from 100 events
COPY_SECONDS_PER_EVENT = 1_414e-6  # a durable append by itself

# Assumed; change them and run again.
PRACTICES = 1_000_000
READ_MODELS_OVER_EVENTS = 0.5
MEDIAN_EVENTS_A_YEAR = 1_500  # an assistant with regular clients: six time entries a working day
SIGMA = 1.2  # of the logarithm: one practice in a thousand has forty times the median
PEAK_OVER_MEAN = 12  # the busiest minutes: all work in one band of time zones, and months end at once
READS_PER_EVENT = 20
RECEIPTS_GIB_A_YEAR = 0.03  # 150 of 200 KB
YEARS = 5
COPIES = 3  # server, standby, backups
CORES_USED_AT_PEAK = 0.5
CORES_OF_A_CELL_AT_LEAST = 6  # two nodes of one core, two database servers of two
RESTORE_GIB_PER_SECOND = 0.2
DOLLARS_PER_CORE_YEAR = 300
DOLLARS_PER_GIB_YEAR_FAST = 1.5
DOLLARS_PER_GIB_YEAR_FILES = 0.3

GIB_PER_EVENT = EVENT_GIB * (1 + READ_MODELS_OVER_EVENTS)
SECONDS_A_YEAR = 365.25 * 86_400
CELLS = (1, 10, 50, 100, 200, 1_000)


def practices():
    """Of each practice its events a year, and a number from 0 to 1 that decides its cell."""
    draw = random.Random(20_260_501)
    return [(MEDIAN_EVENTS_A_YEAR * math.exp(SIGMA * draw.gauss(0, 1)), draw.random()) for _ in range(PRACTICES)]


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def heading(*cells):
    row(*cells)
    row(*("---" for _ in cells))


def whole(everyone):
    loads = sorted(load for load, _ in everyone)
    events = sum(loads)
    peak = events / SECONDS_A_YEAR * PEAK_OVER_MEAN
    heading("of all practices", "figure")
    row("events of the median practice a year", f"{loads[PRACTICES // 2]:,.0f}")
    row("of one in a thousand, at least", f"{loads[-PRACTICES // 1_000]:,.0f}")
    row("of the largest", f"{loads[-1]:,.0f}")
    row("events a year", f"{events / 1e9:.1f} thousand million")
    row("events a second, mean and peak", f"{events / SECONDS_A_YEAR:,.0f} and {peak:,.0f}")
    row("reads a second at the peak", f"{peak * READS_PER_EVENT:,.0f}")
    row(f"stored after {YEARS} years, one copy", f"{events * YEARS * GIB_PER_EVENT / 1024:.0f} TiB")
    row("receipts by then, one copy", f"{PRACTICES * RECEIPTS_GIB_A_YEAR * YEARS / 1024:.0f} TiB")
    print()


def in_cells(everyone, count):
    """Events a year of each cell."""
    sums = [0.0] * count
    for load, where in everyone:
        sums[int(where * count)] += load
    return sums


def by_cells(everyone):
    heading(
        "cells", "practices in each", "busiest over mean", "peak events a second / measured", "stored after five years",
        "read models anew", "restore", "cores for the peak", "dollars a practice a year")
    for count in CELLS:
        sums = in_cells(everyone, count)
        busiest = max(sums)
        peak = busiest / SECONDS_A_YEAR * PEAK_OVER_MEAN
        gib = busiest * YEARS * GIB_PER_EVENT
        row(
            f"{count:,}", f"{PRACTICES // count:,}", f"{busiest / (sum(sums) / count):.2f}",
            f"{peak:,.0f} ({peak / APPENDS_PER_SECOND:.1%})", f"{gib / 1024:.1f} TiB" if gib > 1024 else f"{gib:,.0f} GiB",
            duration(busiest * YEARS / REBUILT_EVENTS_PER_SECOND), duration(gib / RESTORE_GIB_PER_SECOND), f"{cores(peak):,.0f}",
            f"{dollars(sums):.2f}")
    print()


def cores(peak):
    """Nodes and database together."""
    busy = peak * (WRITE_CORE_SECONDS + READS_PER_EVENT * READ_CORE_SECONDS)
    return max(CORES_OF_A_CELL_AT_LEAST, math.ceil(busy / CORES_USED_AT_PEAK))


def dollars(sums):
    total = sum(cores(load / SECONDS_A_YEAR * PEAK_OVER_MEAN) * DOLLARS_PER_CORE_YEAR for load in sums)
    total += sum(sums) * YEARS * GIB_PER_EVENT * COPIES * DOLLARS_PER_GIB_YEAR_FAST
    total += PRACTICES * RECEIPTS_GIB_A_YEAR * YEARS * COPIES * DOLLARS_PER_GIB_YEAR_FILES
    return total / PRACTICES


def duration(seconds):
    if seconds < 60:
        return f"{seconds:,.0f} s"
    return f"{seconds / 3_600:,.1f} h" if seconds >= 3_600 else f"{seconds / 60:,.0f} min"


def books(everyone):
    """What the book of one practice costs whoever asks for all of it."""
    loads = sorted(load for load, _ in everyone)
    heading("practice", f"events after {YEARS} years", "stored", "the first report, which folds all of it", "moved to another cell by `copy`")
    for name, at in (("median", -PRACTICES // 2), ("one in a hundred", -PRACTICES // 100), ("one in a thousand", -PRACTICES // 1_000),
                     ("largest", -1)):
        events = loads[at] * YEARS
        row(name, f"{events:,.0f}", f"{events * EVENT_GIB * 1024:,.0f} MiB", f"{events * FOLD_SECONDS_PER_EVENT:,.1f} s",
            duration(events * COPY_SECONDS_PER_EVENT))
    print()


if __name__ == "__main__":
    drawn = practices()
    whole(drawn)
    by_cells(drawn)
    books(drawn)
