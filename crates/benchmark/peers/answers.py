"""Answers of a program, held against those of `tidu screen` for the same firms."""

from pathlib import Path

import numpy
import pyarrow
import pyarrow.compute as compute
import pyarrow.parquet as parquet

# In the order of -1, 0, 1.
VERDICTS = pyarrow.array(["undetermined", "ineligible", "eligible"])


def expected(result, rows):
    """What tidu says: v (1, 0, or -1 for undetermined), n, u, and low and high in hundredths of points."""
    file = parquet.ParquetFile(result)
    known = set(file.schema_arrow.names)
    prefixes = sorted(name.removesuffix("_verdict") for name in known if name.endswith("_verdict"))
    answers = {}
    for number, prefix in enumerate(prefixes):
        wanted = {f"v{number}": "verdict", f"n{number}": "not_met", f"u{number}": "unknown",
                  f"low{number}": "score_low", f"high{number}": "score_high"}
        there = {key: f"{prefix}_{name}" for key, name in wanted.items() if f"{prefix}_{name}" in known}
        table = file.read(columns=list(there.values())).slice(0, rows)
        for key, name in there.items():
            column = table[name].combine_chunks()
            if key.startswith("v"):
                place = compute.cast(compute.index_in(column, value_set=VERDICTS), "int64")
                answers[key] = place.to_numpy(zero_copy_only=False) - 1
            elif key[0] in "lh":
                hundredths = compute.multiply(compute.cast(column, "float64"), 100.0)
                answers[key] = numpy.rint(hundredths.to_numpy(zero_copy_only=False)).astype(numpy.int64)
            else:
                answers[key] = column.to_numpy(zero_copy_only=False).astype(numpy.int64)
    return answers


def from_arrow(table):
    """The same of an Arrow table as rules.sql gives it."""
    answers = {}
    for name in table.column_names:
        column = compute.fill_null(compute.cast(table[name], "int64"), -1)
        answers[name] = column.to_numpy()
    return answers


def differences(wanted, given):
    """How many answers differ, of how many; by kind, and in how many programmes a verdict differs."""
    told = {"compared": 0, "different": 0, "verdicts": 0, "programmes": 0, "missing": []}
    for name, right in wanted.items():
        if name not in given:
            told["missing"].append(name)
            continue
        wrong = int(numpy.count_nonzero(right != given[name]))
        told["compared"] += len(right)
        told["different"] += wrong
        if name.startswith("v"):
            told["verdicts"] += wrong
            told["programmes"] += bool(wrong)
    return told


def rules_of(folder):
    """The query as exported."""
    return (Path(folder) / "rules.sql").read_text(encoding="utf-8")
