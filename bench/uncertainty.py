"""How long the interval of an enterprise takes, in the core and by numpy; processor time, so that a busy machine counts alike.

python bench/uncertainty.py
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from jwdt_xl.assessment import Result, evaluate
from jwdt_xl.assessment.draws import DRAWS
from jwdt_xl.assessment.uncertainty import uncertainty
from jwdt_xl.portfolio.analysis import uncertainty as fast

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"


def seconds(work: Callable[[Result], object], results: list[Result], rounds: int) -> tuple[float, float]:
    """Of the first result, when nothing has been drawn yet, and the mean of the others."""
    start = time.process_time()
    work(results[0])
    first = time.process_time() - start
    start = time.process_time()
    for _ in range(rounds):
        for result in results:
            work(result)
    return first, (time.process_time() - start) / rounds / len(results)


def main() -> None:
    names = ("cement", "dyeing", "both_rise", "not_applicable", "total_basis")
    results = [evaluate(json.loads((GOLDEN / f"example_{n}.json").read_text(encoding="utf-8"))) for n in names]
    for name, work, rounds in (("standard library", uncertainty, 10), ("numpy", fast.uncertainty, 200)):
        first, each = seconds(work, results, rounds)
        print(
            f"{name}: first {first * 1000:.0f} ms, then {each * 1000:.2f} ms an enterprise, "
            f"{DRAWS / each:,.0f} draws-enterprises/s (wanted by numpy: 60 ms, 1,000,000)"
        )


if __name__ == "__main__":
    main()
