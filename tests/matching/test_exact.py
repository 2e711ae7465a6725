"""Every plan of a small random model beside the exact optimum of an independent solver."""

from hypothesis import given, settings

from mulin.matching import Options, solve, verify
from tests.matching.exact import best_plan
from tests.matching.instances import models


@settings(max_examples=150, deadline=None)
@given(models())
def test_plan_lies_under_the_optimum_and_its_bound_above(model):
    plan = solve(model, Options(seconds=0.2))

    exact = best_plan(model, plan.options)

    assert verify(model, plan).violations == ()
    assert plan.objective <= exact.objective + 1e-6
    assert plan.bound >= exact.objective - 1e-6
