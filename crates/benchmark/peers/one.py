"""One program in a process of its own, so that its memory is its own and nothing of another's is warm.

One run first that does not count, then the one that does. What a run over no firms takes (reading the query,
planning) is told beside it.
"""

import argparse
import json
import resource
import time

import answers
from openfisca import OpenFisca
from sql_engines import DataFusion, DuckDB, Polars
from zen_engine import Zen

PROGRAMS = {"duckdb": DuckDB, "datafusion": DataFusion, "polars": Polars, "openfisca": OpenFisca, "zen": Zen}


def timed(program, warm):
    """Seconds of one run; a program that keeps what it has computed starts afresh before it."""
    if warm:
        program.run()
        if hasattr(program, "prepare"):
            program.prepare()
    start = time.perf_counter()
    program.run()
    return time.perf_counter() - start


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def from_memory(make, given):
    program = make(given.folder, given.rows, given.threads)
    # Firm by firm there is nothing to warm but the first few calls.
    told = {"seconds": timed(program, given.program != "zen"), "peak_bytes": peak()}
    if given.result:
        told["differences"] = answers.differences(answers.expected(given.result, given.rows), program.answers())
    del program
    told["fixed"] = timed(make(given.folder, 0, given.threads), True)
    return told


def file_to_file(make, given):
    program = make(given.folder, None, given.threads)
    start, worked = time.perf_counter(), time.process_time()
    program.write(given.write)
    worked = time.process_time() - worked
    return {"seconds": time.perf_counter() - start, "cpu": worked, "peak_bytes": peak()}


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("program", choices=PROGRAMS)
    asked.add_argument("folder")
    asked.add_argument("rows", type=int)
    asked.add_argument("threads", type=int)
    asked.add_argument("--result", help="hold the answers against this result of `tidu screen`")
    asked.add_argument("--write", help="file to file, into this file")
    given = asked.parse_args()
    make = PROGRAMS[given.program]
    told = file_to_file(make, given) if given.write else from_memory(make, given)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
