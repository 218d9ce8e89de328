"""The same model by other estimators, on the same rows, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
import pandas as pd
from scipy.special import stdtr

from underbalance.errors import EstimationError
from underbalance.models.design import design, measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan
from underbalance.models.estimators import fit_rows
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.sensitivity.estimators_of import Alternative, alternatives_of
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.tested import LABELS, PrimaryTest

COLUMNS = [
    *LABELS, "estimator", "scale", "estimate", "std_error", "se_type", "p_value", "p_method",
    "comparable", "comparable_std_error", "comparable_scale", "time_ratio", "direction",
    "n", "n_events", "n_clusters", "note",
]  # fmt: skip
