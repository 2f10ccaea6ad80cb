"""The covariance of the coefficients of a regression, by a jackknife over events."""

import numpy as np

from reframing.statistics.estimates import Floats

_SINGULAR = 1e12  # condition number of a matrix that is not inverted


def jackknifed(information: Floats, scores: Floats) -> Floats:
    """The covariance of coefficients: of their changes when one event is left out, each by one Newton step.

    `information` and `scores` have the part A_g and s_g of each event g at the estimate, where the scores sum
    to 0. Without g the coefficients change by -(A - A_g)⁻¹ s_g, A being the sum; the covariance is (G - 1) / G
    times the sum of squares of these changes over G events (MacKinnon, Nielsen & Webb 2024, arXiv 2406.00650;
    Bell & McCaffrey 2002, Surv. Methodol. 28, 169-181). nan where the others do not tell a coefficient.
    """
    n_events, n = scores.shape
    others = information.sum(axis=0) - information
    if n_events < 2 or (np.linalg.cond(others) > _SINGULAR).any():
        return np.full((n, n), np.nan)
    changes = np.linalg.solve(others, scores[:, :, None])[:, :, 0]
    return np.asarray((n_events - 1) / n_events * changes.T @ changes)
