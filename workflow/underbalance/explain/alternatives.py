"""Explainers of what makes up the rival explanations, and of the alternative codings."""

from __future__ import annotations

from underbalance.explain.alignment import ALIGNMENT
from underbalance.explain.cabinets import CABINETS
from underbalance.explain.dependence import DEPENDENCE
from underbalance.explain.expectations import EXPECTATIONS
from underbalance.explain.governments import GOVERNMENTS
from underbalance.explain.size import SIZE
from underbalance.explain.threat import THREAT

ALTERNATIVES = ALIGNMENT | CABINETS | DEPENDENCE | EXPECTATIONS | GOVERNMENTS | SIZE | THREAT
