#!/usr/bin/env python3
"""Times other programs on the rules and firms of `tidu bench --export`, and holds their answers against tidu's."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from statistics import median

import pyarrow.parquet as parquet

import rules
import tidu_runs
from answers import rules_of

HERE = Path(__file__).parent
PACKAGES = {"polars": "polars", "datafusion": "datafusion", "duckdb": "duckdb", "openfisca": "openfisca-core",
            "zen": "zen-engine"}
TITLES = {"polars": "Polars", "datafusion": "DataFusion (Python)", "duckdb": "DuckDB", "openfisca": "OpenFisca",
          "zen": "ZEN (Python)", "kernels": "tidu", "loops": "loops by hand", "screen": "tidu screen"}
WITH_SQL = ("polars", "datafusion", "duckdb")


def arguments():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", help="what `tidu bench --export` wrote")
    asked.add_argument("--tidu", required=True, help="the binary, a release build")
    asked.add_argument("--rows", type=int, help="firms (all of the folder)")
    asked.add_argument("--slow-rows", type=int, default=20_000, help="firms for ZEN (20000)")
    asked.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="(every processor)")
    asked.add_argument("--times", type=int, default=3, help="rounds; the median counts (3)")
    asked.add_argument("--only", help="of polars, datafusion, duckdb, openfisca, zen, with commas")
    asked.add_argument("--json", help="write all figures to this file")
    given = asked.parse_args()
    given.only = given.only.split(",") if given.only else list(PACKAGES)
    for name in given.only:
        if name not in PACKAGES:
            asked.error(f"--only: no program is called {name!r}; there are {', '.join(PACKAGES)}")
    for needed in (given.tidu, f"{given.folder}/firms.parquet", f"{given.folder}/rules.sql"):
        if not Path(needed).is_file():
            asked.error(f"{needed} is not there")
    given.tidu = str(Path(given.tidu).resolve())
    return given


class Comparison:
    """Figures of all rounds."""

    def __init__(self, given):
        self.given = given
        there = parquet.read_metadata(Path(given.folder) / "firms.parquet").num_rows
        self.rows = min(given.rows or there, there)
        self.there = there
        found = rules.layers(rules_of(given.folder))
        self.criteria, self.programmes = len(found[2]), sum(name.startswith("v") for name, _ in found[-1])
        self.seconds, self.cpu, self.peaks, self.fixed = {}, {}, {}, {}
        self.differences, self.left_out = {}, {}

    def keep(self, key, seconds, peak, cpu=None):
        self.seconds.setdefault(key, []).append(seconds)
        self.cpu.setdefault(key, []).append(cpu)
        self.peaks[key] = max(self.peaks.get(key, 0), peak or 0)

    def plan(self):
        """Programs with their threads and rows."""
        for name in self.given.only:
            threads = self.given.threads if name in WITH_SQL else 1
            yield name, threads, min(self.rows, self.given.slow_rows) if name == "zen" else self.rows

    def one(self, name, threads, rows, *more):
        """A program in a process of its own; nothing if it could not run."""
        asked = [sys.executable, str(HERE / "one.py"), name, self.given.folder, str(rows), str(threads), *more]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            self.left_out[name] = next((line for line in done.stderr.splitlines()[::-1] if "Error" in line), "failed")
            return None
        return json.loads(done.stdout.splitlines()[-1])

    def round(self, number, scratch):
        given, result = self.given, f"{scratch}/result.parquet"
        # First, since its answers are what the others are held against.
        self.keep(("screen", given.threads), *tidu_runs.screen(given.tidu, given.folder, given.threads, result))
        threads = sorted({1, given.threads})
        for key, figures in tidu_runs.bench(given.tidu, self.rows, self.criteria, threads).items():
            self.keep(key, *figures)
        for name, threads, rows in self.plan():
            if name in self.left_out:
                continue
            print(f"round {number + 1}: {name}", file=sys.stderr)
            told = self.one(name, threads, rows, *(["--result", result] if number == 0 else []))
            if not told:
                continue
            self.keep((name, threads), told["seconds"], told["peak_bytes"])
            self.fixed.setdefault((name, threads), []).append(told["fixed"])
            if "differences" in told:
                self.differences[name] = told["differences"]
            if name in WITH_SQL:
                written = self.one(name, threads, rows, "--write", f"{scratch}/{name}.parquet")
                if written:
                    self.keep((f"{name} files", threads), written["seconds"], written["peak_bytes"],
                              written["cpu"])

    def row_cost(self, key, rows):
        """Seconds for a firm, without what a run over no firms takes; nothing where planning is most of it."""
        whole, fixed = median(self.seconds[key]), median(self.fixed.get(key, [0]))
        return (whole - fixed) / rows if whole > 1.25 * fixed else None

    def times(self, key, rows, way):
        cost, limit = self.row_cost(key, rows), self.row_cost((way, key[1]), self.rows)
        return f"{cost / limit:,.1f}" if cost else "too few firms"

    def print(self):
        print(f"\n{self.rows:,} firms, {self.programmes} programmes, {self.criteria} criteria, from memory; "
              f"median of {self.given.times}\n")
        line("program", "threads", "firms", "s", "of which planning", "peak memory",
             "times tidu", "times loops by hand", "answers that differ from tidu's")
        line(*["---"] * 9)
        own = [(name, threads, self.rows) for threads in sorted({1, self.given.threads})
               for name in ("loops", "kernels")]
        for name, threads, rows in [*own, *self.plan()]:
            key = name, threads
            if key not in self.seconds:
                continue
            times = [self.times(key, rows, way) for way in ("kernels", "loops")]
            line(TITLES[name], threads, f"{rows:,}", f"{median(self.seconds[key]):,.3f}",
                 f"{median(self.fixed[key]):.3f}" if key in self.fixed else "", megabytes(self.peaks[key]), *times,
                 self.differ(name))
        print(f"\n{self.there:,} firms, file to file (Parquet, zstd), planning included\n")
        line("program", "threads", "s", "processor s", "peak memory", "times tidu screen")
        line(*["---"] * 6)
        whole = median(self.seconds["screen", self.given.threads])
        for name in ("screen", *(f"{name} files" for name in WITH_SQL)):
            key = name, self.given.threads
            if key in self.seconds:
                seconds, worked = median(self.seconds[key]), median(self.cpu[key])
                line(TITLES[name.split()[0]], self.given.threads, f"{seconds:.2f}", f"{worked:.2f}",
                     megabytes(self.peaks[key]), f"{seconds / whole:.1f}")
        for name, why in self.left_out.items():
            print(f"\nleft out: {TITLES[name]}: {why}")

    def differ(self, name):
        told = self.differences.get(name)
        if not told:
            return ""
        if told["missing"]:
            return f"{len(told['missing'])} columns are missing"
        if not told["different"]:
            return f"0 of {told['compared']:,}"
        return (f"{told['different']:,} of {told['compared']:,}: {told['verdicts']:,} verdicts "
                f"in {told['programmes']} programmes")


def line(*cells):
    print("| " + " | ".join(map(str, cells)) + " |")


def megabytes(count):
    return f"{count / 2**20:,.0f} MiB" if count else ""


def machine(tidu):
    """What the figures were measured on."""
    model, flags = platform.machine(), ""
    if Path("/proc/cpuinfo").exists():
        said = dict(part.split(":", 1) for part in Path("/proc/cpuinfo").read_text().splitlines() if ":" in part)
        said = {key.strip(): text.strip() for key, text in said.items()}
        model, flags = said.get("model name", model), said.get("flags", "")
    vectors = next((name for name in ("avx512bw", "avx2") if name in flags.split()), "no wide vectors")
    load = os.getloadavg()[0]
    print(f"{model} ({vectors}), {os.cpu_count()} cores, Python {platform.python_version()}, {tidu}")
    print(f"load average {load:.1f} before the first round"
          + (": measured while other work ran on the machine" if load > 1 else ""))
    for package in PACKAGES.values():
        try:
            print(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            print(f"{package} is not installed")


def main():
    given = arguments()
    version = subprocess.run([given.tidu, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    machine(version)
    comparison = Comparison(given)
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(given.times):
            comparison.round(number, scratch)
    comparison.print()
    if given.json:
        kept = {"rows": comparison.rows, "slow_rows": given.slow_rows, "differences": comparison.differences,
                "left_out": comparison.left_out}
        for what in ("seconds", "cpu", "fixed", "peaks"):
            kept[what] = {f"{name}, {threads}": found for (name, threads), found in getattr(comparison, what).items()}
        Path(given.json).write_text(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
