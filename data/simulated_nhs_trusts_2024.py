"""The recipe of the simulated dataset beside it: NHS trusts that nobody runs, alike in the mass to those that answered.

One row a trust is not published here; how many trusts of each type there are, and the mean, spread and correlations of
their results, are. Trusts drawn from a normal distribution are moved and stretched until, type by type, their means,
spreads and correlations are exactly the published ones, and only then rounded. Across all types nothing is fitted: what
comes out there follows from the types, and is held against the published figure in the dataset's caveats.

    python data/simulated_nhs_trusts_2024.py
"""

import numpy as np
import pandas as pd

from courseware.data import dataset, write

SEED = 210
YEAR = 2024
QUESTIONS = ("able_to_make_improvements", "burnt_out", "enough_staff")
ALL = "All trusts"
DECIMALS = 1


def make() -> pd.DataFrame:
    """Return one row a simulated trust, type by type in the published order."""
    spread = dataset("nhs_trust_spread")
    spread = spread[(spread["year"] == YEAR) & spread["question"].isin(QUESTIONS) & (spread["trust_type"] != ALL)]
    linked = dataset("nhs_trust_correlations_2024")
    stream = np.random.RandomState(SEED)  # its numbers are the same in every version of numpy
    made = pd.concat(
        [
            _type(name, rows.set_index("question").loc[list(QUESTIONS)], linked[linked["trust_type"] == name], stream)
            for name, rows in spread.groupby("trust_type", sort=False)
        ],
        ignore_index=True,
    )
    made.insert(0, "trust", [f"S{number:03}" for number in range(1, len(made) + 1)])
    return made


def _type(name: str, spread: pd.DataFrame, linked: pd.DataFrame, stream: np.random.RandomState) -> pd.DataFrame:
    """Return the trusts of one type, with that type's published means, spreads and correlations."""
    drawn = stream.standard_normal((int(spread["trusts"].iloc[0]), len(QUESTIONS)))
    drawn -= drawn.mean(axis=0)
    # Uncorrelated and of spread 1 to the last digit, not only on average; then as correlated and as wide as published.
    plain = np.linalg.solve(np.linalg.cholesky(np.cov(drawn, rowvar=False)), drawn.T)
    shaped = (np.linalg.cholesky(_correlations(linked)) @ plain).T
    results = spread["mean_percent"].to_numpy() + shaped * spread["sd_percentage_points"].to_numpy()
    columns = [f"{question}_percent" for question in QUESTIONS]
    return pd.DataFrame(results.round(DECIMALS), columns=columns).assign(trust_type=name)[["trust_type", *columns]]


def _correlations(linked: pd.DataFrame) -> np.ndarray:
    """Return the published correlations of the questions, as a square."""
    square = np.eye(len(QUESTIONS))
    for row in linked.itertuples():
        if row.question_a in QUESTIONS and row.question_b in QUESTIONS:
            one, other = QUESTIONS.index(row.question_a), QUESTIONS.index(row.question_b)
            square[one, other] = square[other, one] = row.correlation_coefficient
    return square


if __name__ == "__main__":
    write(__file__, make())
