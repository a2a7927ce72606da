"""tidu itself: from memory and the loops by hand from `tidu bench`, file to file from `tidu screen`."""

import json
import os
import subprocess
import time
from pathlib import Path

# The day of the exported law.
AS_OF = "2026-06-30"


def bench(tidu, rows, criteria, threads):
    """Seconds for so many rows and peak memory, by way and threads; ways are timed in turn within it."""
    asked = [tidu, "bench", "--json", "--rows", str(rows), "--criteria", str(criteria), "--times", "3",
             "--threads", ",".join(map(str, threads)), "--without", "sql", "--without", "files",
             "--without", "rulebook"]
    done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    (case,) = json.loads(done.stdout)["cases"]
    return {(figure["way"], figure["threads"]): (figure["elapsed_us"] / 1e6, figure["peak_bytes"])
            for figure in case["figures"]}


def screen(tidu, folder, threads, result):
    """Seconds, peak memory and processor time of the whole process, start and reading of the rules included."""
    Path(result).unlink(missing_ok=True)
    asked = [tidu, "screen", f"{folder}/population.parquet", "-o", result, "--rulebook", f"{folder}/rulebook",
             "--as-of", AS_OF, "--purpose", "new", "--threads", str(threads), "--json"]
    start = time.perf_counter()
    running = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = running.stderr.read().decode()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"tidu screen: {said.strip()}")
    return time.perf_counter() - start, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime
