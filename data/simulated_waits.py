"""The recipe of the simulated dataset beside it: waits in two emergency departments that do not exist, and a line.

First a smooth spread of waits, as if nobody had drawn a line. Then a line at four hours, in the same way for both
departments. Half of those who would have left up to an hour after it leave in the twenty minutes before it, most of
them in the last few. Half of those who still stay beyond it stay longer, as hands are elsewhere.

What differs is what leaving meant. In Kestrel those who were brought forward had been seen to. In Heron they were moved
to a bay where the four-hour clock does not run, and their visits ended when they would have ended anyway.

    python data/simulated_waits.py
"""

import numpy as np
import pandas as pd

from courseware.data import write

SEED = 240
LINE = 240  # minutes
VISITS = 5000  # in each department
MEDIAN, SPREAD = 140, 0.6  # minutes; standard deviation of the logarithm
REACH = 60  # minutes beyond the line from which somebody is brought forward
BROUGHT_FORWARD = 0.5  # of those within reach
WINDOW = 20  # minutes before the line into which they come
LEFT_TO_WAIT = 0.5  # of those who stay beyond the line
LONGER = 50  # minutes on average, for those
GOING = 15  # minutes, at most, between the end of the clock and the door or the ward


def make() -> pd.DataFrame:
    """Return one row a visit: what the clock recorded, when the visit ended, and the wait had there been no line."""
    stream = np.random.RandomState(SEED)  # its numbers are the same in every version of numpy
    made = pd.concat([_department(name, stream) for name in ("Kestrel", "Heron")], ignore_index=True)
    made.insert(0, "visit", range(1, len(made) + 1))
    return made


def _department(name: str, stream: np.random.RandomState) -> pd.DataFrame:
    no_line = np.maximum(np.exp(np.log(MEDIAN) + SPREAD * stream.standard_normal(VISITS)).round(), 1)
    within_reach = (no_line > LINE) & (no_line <= LINE + REACH)
    forward = within_reach & (stream.random_sample(VISITS) < BROUGHT_FORWARD)
    # The lower of two draws, so that most leave close to the line.
    early = np.minimum(*stream.randint(0, WINDOW, (2, VISITS)))
    left = (no_line > LINE) & ~forward & (stream.random_sample(VISITS) < LEFT_TO_WAIT)
    longer = (LONGER * stream.standard_exponential(VISITS)).round()
    clock = np.where(forward, LINE - early, np.where(left, no_line + longer, no_line))
    going = stream.randint(0, GOING + 1, VISITS)
    parked = forward & (name == "Heron")
    whole = np.where(parked, no_line, clock) + going
    return pd.DataFrame(
        {"clock_minutes": clock, "whole_visit_minutes": whole, "no_line_minutes": no_line}, dtype="int64"
    ).assign(department=name)[["department", "clock_minutes", "whole_visit_minutes", "no_line_minutes"]]


if __name__ == "__main__":
    write(__file__, make())
