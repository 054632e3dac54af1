"""Portfolio benchmarks: every figure is a ratio of two things measured in the same run, on returns that differ.

    python bench/portfolio.py                 quick: minutes
    python bench/portfolio.py --full          1,000 and 20,000 files
    python bench/portfolio.py --kill          200 files, killed at 5 random moments; a Dask worker killed (--full: 2,000, 20)
    python bench/portfolio.py --only scale    one part: readers, office, whole, scale, cluster, memory, matrices
    python bench/portfolio.py --folder DIR    where the returns are made, and kept for the next time
    python bench/portfolio.py --files 200 2000   so many, for the parts whole and cluster (the first), scale and memory

Needs the project's tests folder beside it (the returns are cloned by tests/portfolio/returns.py), and for the part
``office`` LibreOffice. On a busy machine only the ratios of processor times mean anything; its load is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "portfolio"))

_RUN = """
import json, os, resource, sys, time
from jwdt_xl.portfolio import run

def processor_time():
    "Of this process and all below it, while they are there (Linux)."
    parents, used = {}, {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as file:
                stat = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(pid)], used[int(pid)] = int(stat[1]), int(stat[11]) + int(stat[12])
    def ours(pid):
        return pid == os.getpid() or (pid in parents and ours(parents[pid]))
    return sum(ticks for pid, ticks in used.items() if ours(pid)) / os.sysconf("SC_CLK_TCK")

def plan_of(inbox, folder, workers):
    "On so many processes, or on a Dask cluster of two workers."
    plan = run.Plan((inbox,), folder + "/P.xlsx", folder + "/s.sqlite", jobs=1 if workers == "dask" else int(workers))
    if workers != "dask":
        return plan
    import distributed
    cluster = distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None)
    return plan._replace(dask=cluster.scheduler_address)

plan = plan_of(*sys.argv[1:])
begin = time.perf_counter()
with run.Run(plan) as work:
    n = sum(1 for _ in work.read())
    read = time.perf_counter()
    work.assembled()
    work.write(plan.output)
    processor = processor_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([n, read - begin, time.perf_counter() - read, peak, processor]))
"""


class Measured(NamedTuple):
    """A collection: files, seconds of reading and of the rest, MB of the main process, seconds of processor time."""

    files: int
    reading: float
    rest: float
    peak: float
    processor: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--quick", action="store_true", help="the default")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--only", choices=("readers", "office", "whole", "scale", "cluster", "memory", "matrices"))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--files", type=int, nargs=2, metavar=("FEW", "MANY"))
    options = parser.parse_args()
    few, many = options.files or ((1000, 20_000) if options.full else (100, 500))
    print(f"processors: {os.cpu_count()}, load: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="jwdt-bench-") as folder:
        work, kept = Path(folder), options.folder or Path(folder)
        base = made(kept / "base.xlsx")
        if options.kill:
            kill(work, base, *((2000, 20) if options.full else (200, 5)))
            return
        parts = {
            "readers": lambda: readers(work, base, 200 if options.full else 40),
            "office": lambda: office(work, base),
            "whole": lambda: whole(work, kept, base, few),
            "scale": lambda: scale(work, kept, base, few, many),
            "cluster": lambda: cluster(work, kept, base, few),
            "memory": lambda: memory(work, kept, few, many),
            "matrices": matrices,
        }
        for name, part in parts.items():
            if options.only in (None, name):
                part()
    print(f"load: {os.getloadavg()[0]:.1f}")


def made(path: Path) -> Any:
    from returns import Returns

    from jwdt_xl.cli import main as jwdt

    golden = ROOT / "tests" / "golden" / "example_cement.json"
    if path.exists():
        return Returns(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    assert jwdt(["fill", "--data", str(golden), "--host", "portable", "-o", str(path)]) == 0
    return Returns(path)


def show(name: str, value: float, wanted: str) -> None:
    print(f"{name:<64} {value:8.2f}   {wanted}", flush=True)


def interleaved(files: list[str], works: dict[str, Callable[[str], object]]) -> dict[str, float]:
    """Seconds a file, the best of five passes, the works taking turns so that a busy machine hits all alike."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(5):
        for name, work in works.items():
            few = files if name not in _SLOW else files[:3]
            begin = time.process_time()
            for file in few:
                work(file)
            best[name] = min(best[name], (time.process_time() - begin) / len(few))
    return best


_SLOW = ("pandas with openpyxl",)
_RESULT = re.compile(rb'(<c [^>]*?)( t="\w+")?([^>]*>)(<f[^>]*?(?:/>|>[^<]*</f>))<v>[^<]*</v>')


def without_results(base: Any, file: str) -> str:
    """A copy in which no formula has its result, as programs write it that do not calculate."""
    from returns import rewritten

    bare = {part: lambda xml: _RESULT.sub(rb"\1\3\4", xml) for part in base.part.values()}
    return str(rewritten(Path(file), Path(file).with_suffix(".bare.xlsx"), bare))


def with_old_results(base: Any, file: str) -> str:
    """A copy with another amount, and the results of the amount before."""
    from returns import rewritten, set_cell

    cell = base.layout.fields["output_value.report"].cell
    change = {base.sheet("enterprise"): lambda xml: set_cell(xml, cell, 123456789.0)}
    return str(rewritten(Path(file), Path(file).with_suffix(".old.xlsx"), change))


def readers(folder: Path, base: Any, count: int) -> None:
    import pandas
    from python_calamine import CalamineWorkbook

    from jwdt_xl.opening.limits import DEFAULT
    from jwdt_xl.opening.sources import Source
    from jwdt_xl.portfolio.collection import batches

    files = [str(base.write(folder / "few" / f"{i}.xlsx", i)) for i in range(count)]
    title = base.layout.title
    opened = sorted(
        {title(key) for key in base.returned.grids} | {title("howto"), title("indicators"), title("summary")}
    )

    def bare(file: str) -> None:
        book = CalamineWorkbook.from_path(file)
        for name in opened:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    def ours(file: str) -> None:
        [row] = batches.evaluate_jobs([batches.Job(Source(file, file))], DEFAULT)
        assert not row["refused"]

    bare_of, old_of = ({file: copy(base, file) for file in files} for copy in (without_results, with_old_results))
    ours(old_of[files[0]])  # the template's own formulas are worked out once in a worker
    times = interleaved(files, {
        "bare calamine": bare,
        "one process": ours,
        "pandas with calamine": lambda file: pandas.read_excel(file, sheet_name=None, header=None, engine="calamine"),
        "pandas with openpyxl": lambda file: pandas.read_excel(file, sheet_name=None, header=None, engine="openpyxl"),
        "one process, without saved results": lambda file: ours(bare_of[file]),
        "one process, with results of older data": lambda file: ours(old_of[file]),
    })  # fmt: skip
    for name, seconds in times.items():
        print(f"  {name:<40} {seconds * 1000:8.2f} ms a file (processor time)")
    show(
        "one process / bare calamine on the sheets opened",
        times["one process"] / times["bare calamine"],
        "wanted ≤ 1.4",
    )
    for kind in ("without saved results", "with results of older data"):
        show(f"a return {kind} / a usual one", times[f"one process, {kind}"] / times["one process"], "wanted ≤ 1.5")
    show("pandas with openpyxl / one process", times["pandas with openpyxl"] / times["one process"], "wanted ≥ 15")
    show("pandas with calamine / one process", times["pandas with calamine"] / times["one process"], "wanted ≥ 2")


def office(folder: Path, base: Any) -> None:
    """Wall-clock on both sides: LibreOffice works in a process of its own, warm after the first file."""
    sys.path.insert(0, str(ROOT / "tests"))
    from office import Office

    from jwdt_xl.opening.limits import DEFAULT
    from jwdt_xl.opening.sources import Source
    from jwdt_xl.portfolio.collection import batches

    files = [str(base.write(folder / "office" / f"{i}.xlsx", i)) for i in range(6)]
    best = {"office": float("inf"), "ours": float("inf")}
    with Office() as running:
        for file in files:
            begin = time.perf_counter()
            book = running.open(file)
            shown = book.get("out_total")
            book.close()
            middle = time.perf_counter()
            [row] = batches.evaluate_jobs([batches.Job(Source(file, file))], DEFAULT)
            best["office"] = min(best["office"], middle - begin)
            best["ours"] = min(best["ours"], time.perf_counter() - middle)
            assert shown > 0 and not row["refused"]
    print(
        f"  LibreOffice, opened, one cell read, closed     {best['office'] * 1000:8.1f} ms a file (best of {len(files)})"
    )
    show("LibreOffice, one warm process / one process", best["office"] / best["ours"], "wanted ≥ 100")


def measured(inbox: Path, folder: Path, jobs: int | str) -> Measured:
    folder.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(inbox), str(folder), str(jobs)], capture_output=True, text=True, check=True
    )
    return Measured(*json.loads(done.stdout))


def clones(folder: Path, base: Any, count: int) -> Path:
    """Returns that differ, made unless they are there."""
    inbox = folder / f"clones{count}"
    for i in range(count):
        path = inbox / f"{i // 500:03d}" / f"{i:06d}.xlsx"
        if not path.exists():
            base.write(path, i)
    return inbox


_READING = """
import json, sys, time
from pathlib import Path
from jwdt_xl.opening.limits import DEFAULT
from jwdt_xl.opening.sources import Source
from jwdt_xl.portfolio.collection import batches, one_return

one_return.prepare(None, False)
jobs = [batches.Job(Source(str(path), str(path))) for path in sorted(Path(sys.argv[1]).rglob("*.xlsx"))]
batches.evaluate_jobs(jobs[:3], DEFAULT)
begin = time.process_time()
for job in jobs:
    batches.evaluate_jobs([job], DEFAULT)
print(time.process_time() - begin)
"""


def whole(folder: Path, kept: Path, base: Any, count: int) -> None:
    """A whole run, with the start of its processes, against what a worker does with the same files; in turn, the best of three."""
    inbox = clones(kept, base, count)
    reading, runs = [], list[Measured]()
    for i in range(3):
        done = subprocess.run([sys.executable, "-c", _READING, str(inbox)], capture_output=True, text=True, check=True)
        reading.append(float(done.stdout))
        runs.append(measured(inbox, folder / f"whole{i}", 1))
    alone, all_of_it = min(reading), min(run.processor for run in runs)
    print(
        f"  {count} files, processor time a file: read {alone / count * 1000:.1f} ms, whole run {all_of_it / count * 1000:.1f} ms"
    )
    show("whole run / one process's reading (processor time)", all_of_it / alone, "wanted ≤ 1.25")


def memory(folder: Path, kept: Path, few: int, many: int) -> None:
    """Of the main process, whatever the files are: assessment files, which take a fifth of a workbook's time."""
    from returns import uscc

    golden = json.loads((ROOT / "tests" / "golden" / "example_cement.json").read_text(encoding="utf-8"))
    runs = []
    for count in (few, many):
        inbox = kept / f"json{count}"
        for i in range(count):
            path = inbox / f"{i // 500:03d}" / f"{i:06d}.json"
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                one = {**golden, "enterprise": {**golden["enterprise"], "uscc": uscc(i), "name": f"企业{i:06d}"}}
                one["output_value"] = {
                    **one["output_value"],
                    "report": one["output_value"]["report"] * (0.9 + i % 997 / 5000),
                }
                path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        runs.append(measured(inbox, folder / f"memory{count}", 2))
    small, large = runs
    wall = [(run.reading + run.rest) / run.files for run in runs]
    more = (large.peak - small.peak) / (large.files - small.files) * 1000
    show(
        f"peak memory at {many} / at {few} ({large.peak:.0f} / {small.peak:.0f} MB)",
        large.peak / small.peak,
        "wanted ≤ 1.3",
    )
    show(f"time a file at {many} / at {few} (wall-clock, assessment files)", wall[1] / wall[0], "wanted ≤ 1.1")
    print(f"  {more:.2f} kB of the main process a file more")


def cluster(folder: Path, kept: Path, base: Any, count: int) -> None:
    """A Dask cluster of two workers on this machine against two processes and one, in turn, the best of two each."""
    inbox = clones(kept, base, count)
    runs: dict[str, list[Measured]] = {"1": [], "2": [], "dask": []}
    for i in range(2):
        for workers, done in runs.items():
            done.append(measured(inbox, folder / f"{workers}{i}", workers))
    for field, name in (("reading", "wall-clock"), ("processor", "processor time")):
        best = {workers: min(getattr(run, field) for run in done) for workers, done in runs.items()}
        what = f"{count} files, Dask cluster of two workers / two processes ({name})"
        show(what, best["dask"] / best["2"], "wanted ≤ 1.15")
        if field == "reading":
            show("speed of a Dask cluster of two workers / one process", best["1"] / best["dask"], "wanted ≥ 1.75")
    assert (folder / "dask0" / "P.xlsx").read_bytes() == (folder / "20" / "P.xlsx").read_bytes(), "another portfolio"


def scale(folder: Path, kept: Path, base: Any, few: int, many: int) -> None:
    """One and two processes take turns; the best of three each."""
    less, more = clones(kept, base, few), clones(kept, base, many)
    one, two = [], []
    for i in range(3):
        one.append(measured(less, folder / f"one{i}", 1))
        two.append(measured(less, folder / f"two{i}", 2))
    speed = min(run.reading for run in one) / min(run.reading for run in two)
    show("speed of two processes / one (reading, wall-clock)", speed, "wanted ≥ 1.75")
    large, small = measured(more, folder / "large", 2), min(two, key=lambda run: run.processor)
    wall = [(run.reading + run.rest) / run.files for run in (small, large)]
    processor = [run.processor / run.files for run in (small, large)]
    show(f"time a file at {many} / at {few} (processor time)", processor[1] / processor[0], "wanted ≤ 1.1")
    show(f"time a file at {many} / at {few} (wall-clock)", wall[1] / wall[0], "wanted ≤ 1.1")
    peaks = f"{large.peak:.0f} / {small.peak:.0f} MB"
    show(f"peak memory at {many} / at {few} ({peaks})", large.peak / small.peak, "wanted ≤ 1.3")
    print(
        f"  {large.files} files: reading {large.reading:.1f} s, portfolio {large.rest:.1f} s, {processor[1] * 1000:.1f} ms of processor time a file"
    )


def matrices() -> None:
    import numpy as np

    from jwdt_xl.portfolio.analysis import matrix
    from jwdt_xl.standard.guide import builtin

    guide, rng = builtin(), np.random.default_rng(1)
    values = rng.uniform(0.1, 2.0, (1_000_000, len(guide.indicators)))
    values[:, -2:] = rng.choice([0.0, 0.5, 1.0], (1_000_000, 2))
    benchmarks, weights = [1.0] * len(guide.indicators), np.array(guide.weights)

    def by_hand() -> Any:
        with np.errstate(divide="ignore"):
            s = np.empty_like(values)
            s[:, 0] = np.minimum(values[:, 0], 1 / values[:, 0])
            for i in (1, 2, 5):
                s[:, i] = np.minimum(1, 1.0 / values[:, i])
            for i in (3, 4, 6):
                s[:, i] = np.minimum(1, values[:, i] / 1.0)
            s[:, 7:] = values[:, 7:]
        return 100 * s @ weights

    def ours() -> Any:
        attributes = matrix.attributes_of(guide)
        some = 4096  # rows at a time, so that they stay in the processor's cache
        parts = (values[first : first + some] for first in range(0, len(values), some))
        return np.concatenate([matrix.totals(matrix.score_matrix(p, benchmarks, attributes), weights) for p in parts])

    times = {by_hand: float("inf"), ours: float("inf")}
    for _ in range(5):
        for work in times:
            begin = time.process_time()
            work()
            times[work] = min(times[work], time.process_time() - begin)
    difference = float(np.abs(by_hand() - ours()).max())
    show("1,000,000 enterprises scored / hand-written numpy", times[ours] / times[by_hand], "wanted ≤ 1.5")
    print(f"  largest difference {difference:.1e} (wanted ≤ 1e-12 relative)")
    scores = rng.uniform(0, 100, (10_000, len(guide.indicators)))
    begin = time.process_time()
    matrix.rank_intervals(scores, np.tile(weights, (10_000, 1)))
    seconds = time.process_time() - begin
    for draws in (250, 1000):  # memory is bounded: it does not grow with the draws
        tracemalloc.start()
        matrix.rank_intervals(scores, np.tile(weights, (10_000, 1)), draws=draws)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(f"  rank intervals of 10,000 enterprises × {draws:,} draws: {peak:.0f} MB at most")
    print(f"  rank intervals of 10,000 enterprises × 1,000 draws: {seconds:.1f} s, all draws at once would take 80 MB")


def kill(folder: Path, base: Any, count: int, times: int) -> None:
    import kills

    for i in range(count):
        base.write(folder / "in" / f"{i:06d}.xlsx", i)
    right, seconds = kills.undisturbed(folder / "in", folder / "a" / "P.xlsx")
    expected, hits, again = seconds, 0, 0
    while hits < times:
        # what a run has kept shortens the next one, so a new store for every few kills
        output = folder / f"b{again}" / "P.xlsx"
        found, expected = kills.killed(folder / "in", output, min(4, times - hits), expected, seed=again)
        hits, again = hits + found, again + 1
        assert output.read_bytes() == right, "another portfolio than that of the undisturbed run"
        assert not kills.left_running(output), "processes were left behind"
    print(
        f"{count} files, {hits} kills at random moments in {again} runs: the same portfolio as undisturbed ({seconds:.1f} s)"
    )
    lost = kills.cluster(folder / "in", folder / "dask", max(2, times // 4))
    assert (folder / "dask" / "P.xlsx").read_bytes() == right, "another portfolio than that of the undisturbed run"
    print(f"{count} files on a Dask cluster of two workers, {lost} of them killed meanwhile: the same portfolio")


if __name__ == "__main__":
    main()
