"""DuckDB, DataFusion and Polars: rules.sql as SQL, over a table in memory, or (`rows` is None) file to file."""

import os
import re
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet

from answers import from_arrow, rules_of


def firms_of(folder, rows):
    return parquet.read_table(Path(folder) / "firms.parquet").slice(0, rows).combine_chunks()


class DuckDB:
    """`create table result as …` over a table in DuckDB's own memory."""

    def __init__(self, folder, rows, threads):
        import duckdb

        self.query = rules_of(folder)
        self.link = duckdb.connect(config={"threads": threads})
        if rows is None:
            self.link.read_parquet(str(Path(folder) / "firms.parquet")).create_view("firms")
            return
        given = firms_of(folder, rows)
        self.link.register("given", given)
        self.link.execute("create table firms as from given")
        self.link.unregister("given")

    def run(self):
        self.link.execute("create or replace table result as " + self.query)

    def write(self, file):
        kind = "(format parquet, compression zstd, compression_level 1)"
        self.link.execute(f"copy ({self.query}) to '{file}' {kind}")

    def answers(self):
        return from_arrow(self.link.sql("from result").to_arrow_table())


class DataFusion:
    """DataFusion's Python package over record batches in memory, one partition for each thread."""

    def __init__(self, folder, rows, threads):
        from datafusion import SessionConfig, SessionContext

        self.query = rules_of(folder)
        self.context = SessionContext(SessionConfig().with_target_partitions(threads))
        if rows is None:
            self.context.register_parquet("firms", str(Path(folder) / "firms.parquet"))
            return
        given = firms_of(folder, rows)
        part = max(1, -(-given.num_rows // threads))
        parts = [given.slice(start, part).to_batches(8_192) for start in range(0, given.num_rows, part)]
        parts = parts or [[pyarrow.RecordBatch.from_pylist([], given.schema)]]
        self.context.register_record_batches("firms", parts)

    def run(self):
        # Partitions one by one keep the order of the rows; all of them are worked on at the same time.
        self.result = self.context.sql(self.query).collect_partitioned()

    def write(self, file):
        from datafusion import DataFrameWriteOptions

        one = DataFrameWriteOptions(single_file_output=True)
        self.context.sql(self.query).write_parquet(file, compression="zstd", compression_level=1, write_options=one)

    def answers(self):
        return from_arrow(pyarrow.Table.from_batches([batch for part in self.result for batch in part]))


class Polars:
    """Polars' own SQL over a frame in memory."""

    def __init__(self, folder, rows, threads):
        # Read once, when the package is loaded.
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        import polars

        # In Polars, null is neither true nor false nor `not false`, as it is in SQL.
        self.query = re.sub(r"(\w+) IS NOT FALSE", r"coalesce(\1, TRUE)", rules_of(folder))
        if rows is None:
            firms = polars.scan_parquet(Path(folder) / "firms.parquet")
        else:
            firms = polars.from_arrow(firms_of(folder, rows)).rechunk().lazy()
        self.context = polars.SQLContext(firms=firms)

    def run(self):
        self.result = self.context.execute(self.query).collect()

    def write(self, file):
        self.context.execute(self.query).sink_parquet(file, compression="zstd", compression_level=1)

    def answers(self):
        return from_arrow(self.result.to_arrow())
