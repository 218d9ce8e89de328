"""Inference with few clusters: one interface for every estimator (:func:`infer`)."""

from underbalance.models.inference.bootstrap import wild_bootstrap, wild_p_value
from underbalance.models.inference.jackknife import cluster_jackknife
from underbalance.models.inference.leverage import effective_clusters
from underbalance.models.inference.multiplicity import holm
from underbalance.models.inference.permutation import permutation_test
from underbalance.models.inference.result import Inference
from underbalance.models.inference.table import INFERENCE_COLUMNS, METHODS, infer
from underbalance.models.inference.wald import crv1

__all__ = [
    "INFERENCE_COLUMNS",
    "METHODS",
    "Inference",
    "cluster_jackknife",
    "crv1",
    "effective_clusters",
    "holm",
    "infer",
    "permutation_test",
    "wild_bootstrap",
    "wild_p_value",
]
