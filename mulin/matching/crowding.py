"""Why edges that are good enough are not used: who holds their supply, or serves the part."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.given import Given
from mulin.matching.placing import EPS
from mulin.matching.problem import Ints, Problem, Reason


def crowding(given: Given, edge: Ints) -> NDArray[np.str_]:
    """The code of the first limit that keeps each of these unused edges out of the plan."""
    problem, edges = given.problem, given.problem.edges
    part, lot, low = edges.part[edge], edges.lot[edge], edges.low[edge]
    resource = problem.lots.resource[lot]
    provider = problem.provider[resource]
    left, room = given.part_left[part], (given.lot_left[lot] + EPS) // edges.use[edge]
    limits = {
        "served_by_others": left <= 0,
        "suppliers_full": given.suppliers_left[part] < 1,
        "rest_too_small": left < low,
        "exclusive_taken": given.alone_left[resource] < 1,
        "provider_closed": problem.cap[provider] < 1,
        "provider_full": given.cap_left[provider] < 1,
        "taken": room < low,
        "not_completable": problem.parts.whole[part],
    }
    otherwise = "overlooked" if given.options.fairness == "none" else "fairer_elsewhere"
    return np.select(list(limits.values()), list(limits), otherwise)


def crowded(given: Given, edge: int, code: str) -> Reason:
    """Such a code as a cause: whose supply it is, and who holds it or serves the need instead."""
    problem, edges = given.problem, given.problem.edges
    part, lot = int(edges.part[edge]), int(edges.lot[edge])
    resource = int(problem.lots.resource[lot])
    params: dict[str, Any] = {"resource": offer_of(problem, resource)}
    if code in ("served_by_others", "suppliers_full", "rest_too_small"):
        held = problem.lots.resource[edges.lot[given.of_part(part)]].tolist()
        params["others"] = tuple(dict.fromkeys(offer_of(problem, one) for one in held))
        return Reason(code, params)
    holders = {
        "exclusive_taken": lambda: given.of_resource(resource),
        "provider_full": lambda: given.of_provider(int(problem.provider[resource])),
        "taken": lambda: given.of_lot(lot),
    }
    if code in holders:
        needs = problem.parts.need[edges.part[holders[code]()]].tolist()
        params["holders"] = tuple(dict.fromkeys(need_of(problem, one) for one in needs))
    return Reason(code, params)


def need_of(problem: Problem, row: int) -> str:
    """A need's id, or its row where the model was made without items."""
    return problem.needs[row].id if problem.needs else str(row)


def offer_of(problem: Problem, row: int) -> str:
    """A resource's id, or its row where the model was made without items."""
    return problem.resources[row].id if problem.resources else str(row)
