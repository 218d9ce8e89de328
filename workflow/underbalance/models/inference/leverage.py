"""How many clusters a coefficient really rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.models.inference.one_step import inverse_information
from underbalance.models.model import Model


def effective_clusters(model: Model) -> pd.Series[float]:
    r"""Return the effective number of clusters of each term, from 1 to G.

    G*(0) of Carter, Schnepel and Steigerwald (2017): G / (1 + Γ), with Γ the squared
    coefficient of variation over clusters of [A⁻¹ A_g A⁻¹]_jj, which are the clusters'
    partial leverages (MacKinnon, Nielsen and Webb 2023). Their G*(1), for errors that are
    perfectly correlated within clusters, has no meaning beside effects of the clusters.

    Raises
    ------
    EstimationError : if the information matrix is singular.
    """
    at = model.linearised({})
    inverse = inverse_information(at)
    leverage = np.einsum("jk,gkl,lj->gj", inverse, at.information, inverse, optimize=True)
    leverage = leverage.clip(min=0)
    share = leverage / leverage.sum(axis=0)
    return pd.Series(1 / (share**2).sum(axis=0), index=model.terms)
