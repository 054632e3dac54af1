"""How long 10,000 answers take, as a ratio to the bare reading of the same file by pandas in the same run.

    python bench/survey.py [--people 10000]

One file as a survey tool exports it: a row each, options by their words in one column per question. Best of five.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas

from jwdt_xl.standard.questionnaire import MULTIPLE, SINGLE, annex_a
from jwdt_xl.survey import counted, intake, tally_book


def export(path: Path, people: int, columns: bool, seed: int = 1) -> None:
    """Answers drawn at random, as a text export (options joined) or a coded one (a column per option)."""
    rng = random.Random(seed)
    questions = annex_a().questions
    heading = ["序号"]
    for q in questions:
        wide = columns and q.kind != SINGLE
        heading += [f"第{q.number}题({o.zh})" for o in q.options] if wide else [f"{q.number}、{q.text.zh}"]
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        for number in range(1, people + 1):
            row: list[object] = [number]
            kind = rng.randint(1, 4)
            for q in questions:
                size = len(q.options)
                if q.kind == SINGLE:
                    put = q.number < 2 or q.number > 3 or (kind == 2) == (q.number == 3)
                    option = kind if q.number == 1 else rng.randint(1, size)
                    row.append(
                        (option if columns else q.options[option - 1].zh) if put else ("-3" if columns else "(跳过)")
                    )
                    continue
                chosen = rng.sample(range(1, size + 1), {5: 6, 10: 10}.get(q.number, rng.randint(0, size)))
                if columns:
                    cells = [chosen.index(o) + 1 if o in chosen else "-2" for o in range(1, size + 1)]
                    row += [int(cell != "-2") for cell in cells] if q.kind == MULTIPLE else cells
                else:
                    row.append(("┋" if q.kind == MULTIPLE else "→").join(q.options[o - 1].zh for o in chosen))
            writer.writerow(row)


def best(work: Callable[[], object], times: int = 5) -> float:
    found = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found = min(found, time.perf_counter() - begin)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        for columns in (False, True):
            path = Path(folder) / "answers.csv"
            export(path, people, columns)

            def tallied(path: Path = path) -> counted.Counted:
                return counted.count(intake.take_in(intake.sources_of([str(path)])))

            found = tallied()
            assert len(found.intake.people) == people and found.survey.tally(10).answered == people
            bare = best(lambda path=path: pandas.read_csv(path, dtype=str))
            ours = best(tallied)
            book = best(lambda found=found: tally_book.write(Path(folder) / "t.xlsx", found), 2)
            form = "a column per option" if columns else "options by their words"
            print(f"{people} people, {form} ({path.stat().st_size / 1e6:.1f} MB)")
            print(f"  pandas.read_csv {bare:.2f} s; read, checked and tallied {ours:.2f} s; workbook {book:.2f} s")
            print(f"  read, checked and tallied / pandas.read_csv: {ours / bare:.1f}", flush=True)


if __name__ == "__main__":
    main()
