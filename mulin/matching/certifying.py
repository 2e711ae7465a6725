"""The certificate: prices, and the value no plan can exceed at those prices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mulin.matching.answers import best_answer, ceiling
from mulin.matching.arrays import NONE, Arrays
from mulin.matching.compiled import compiled
from mulin.matching.pricing import Relaxation, Rows
from mulin.matching.problem import Floats


class Asked(NamedTuple):
    """Prices in the problem's own value: of a unit of each lot, of engaging a lot's provider or
    exclusive resource once, of each supplier of a part; and what all that is scarce is worth."""

    lot: Floats
    entry: Floats
    supplier: Floats
    idle: float


def asked(arrays: Arrays, program: Relaxation, price: Rows) -> Asked:
    """What the scaled prices of rows mean for those who use them."""
    provider, single = arrays.place[:, 0], arrays.place[:, 1]
    entry = np.append(price.provider, 0.0)[provider] * program.hire
    entry += np.append(price.alone, 0.0)[single]
    limited = np.diff(arrays.ptr) > arrays.suppliers
    supplier = np.where(limited, price.suppliers * program.few, 0.0)
    scarce = price.lot.sum() + price.provider.sum() + price.alone.sum()
    return Asked(
        lot=price.lot * program.scale / np.where(arrays.capacity > 0, arrays.capacity, 1.0),
        entry=entry * program.scale,
        supplier=supplier * program.scale,
        idle=float(scarce) * program.scale,
    )


def bound_at(arrays: Arrays, prices: Asked) -> float:
    """The value no plan of the arrays can exceed, as these prices show it (Geoffrion 1974)."""
    alone = np.zeros(len(arrays.demand))
    return prices.idle + float(
        best_alone(arrays, prices.lot, prices.entry, prices.supplier, False, alone)
    )


@compiled
def best_alone(
    arrays: Arrays, lot_price: Floats, entry: Floats, supplier: Floats, exact: bool, alone: Floats
) -> float:
    """The sum of what each part could do alone at these prices, kept part by part in `alone`.

    exact: search through sets of up to three suppliers, with least amounts and all-or-nothing,
    instead of pricing suppliers and splitting units.
    """
    longest = 4
    for part in range(len(arrays.demand)):
        longest = max(longest, arrays.ptr[part + 1] - arrays.ptr[part])
    longest += 4
    gain = np.zeros(longest)
    once = np.zeros(longest)
    scratch = np.zeros(longest)
    order = np.zeros(longest, dtype=np.int32)
    units = np.zeros(longest, dtype=np.int32)
    chosen = np.zeros(longest, dtype=np.int32)
    amounts = np.zeros(longest, dtype=np.int32)
    nobody = np.full(longest, NONE, dtype=np.int32)
    total = 0.0
    for part in range(len(arrays.demand)):
        first, last = arrays.ptr[part], arrays.ptr[part + 1]
        rate, lift = arrays.rate[part], arrays.lift[part]
        each = 0.0 if exact else supplier[part]
        for e in range(first, last):
            lot = arrays.lot[e]
            gain[e - first] = rate * arrays.fit[e] + lift - lot_price[lot] * arrays.use[e]
            once[e - first] = arrays.bonus[e] - entry[lot] - each
        low, high = arrays.low[first:last], arrays.high[first:last]
        if exact:
            most = best_answer(
                last - first, gain, once, low, high, arrays.demand[part], arrays.whole[part],
                arrays.suppliers[part], nobody, nobody, nobody, last - first, scratch, order,
                units, chosen, amounts,
            )  # fmt: skip
        else:
            most = each * arrays.suppliers[part] + ceiling(
                last - first, gain, once, low, high, arrays.demand[part], scratch, order
            )
        alone[part] = most
        total += most
    return total
