"""Three questions as Spark DataFrames, on the Parquet files of `egovkg export --as parquet`.

Use it for graphs too large for one machine: the program is the same from `local[2]` to a cluster, and only
the driver needs this package. A test checks that the answers equal those of the embedded store.

    spark = session("local[2]")
    quads = read(spark, Path("graph-files"))
    impact_of(quads, ["https://w3id.org/egovkg/id/system/bk-tt-tich-hop-du-lieu"]).show()
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ExportError
from ..graph.names import CODE, EGOV, GRAPH_EDGES, GRAPH_REGISTER, RDF_TYPE
from ..graph.network.network import relations
from ..words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, SparkSession

MAX_ROUNDS = 100  # of a fixed point; no path of dependencies comes near


def session(master: str | None = None) -> SparkSession:
    """Start a Spark session, or return the running one.

    :param master: address of the Spark master, such as `local[2]`; `None` to use that of the environment, as
        with spark-submit
    :raises ExportError: if pyspark or Java is missing
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ExportError(message(__package__, "error.no-pyspark")) from error
    if shutil.which("java") is None:
        raise ExportError(message(__package__, "error.no-java"))
    builder = SparkSession.Builder().appName("egovkg")
    if master:
        builder = builder.master(master)
        if master.startswith("local"):  # nothing listens beyond this machine, and few rows need few tasks
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
            builder = builder.config("spark.driver.host", "127.0.0.1")
            builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "8")
    return builder.getOrCreate()


def read(spark: SparkSession, folder: Path | str) -> DataFrame:
    """Open an export; columns: subject, predicate, object, datatype, language, graph.

    :param folder: a folder, or an address that Spark can read, such as `s3a://…`
    """
    # a path of here is made whole: Spark's own process may stand in another folder
    return spark.read.parquet(str(Path(folder).resolve() if Path(folder).exists() else folder))


def systems_per_province(quads: DataFrame) -> DataFrame:
    """Count the systems that serve each province or a unit within it, according to claims.

    :returns: `province`, `systems`; equal to the counts of the question `systems-of-province`
    """
    inside = _closure(_of_class(quads, "Province", "node"), _pairs(quads, "within", "source", "target"))
    places = inside.selectExpr("node AS place", "root AS province")
    served = _served(quads).join(_asserted(quads), "claim").join(_registered(quads), "thing")
    systems = served.join(places, "place").select("province", "thing").distinct()
    return systems.groupBy("province").count().withColumnRenamed("count", "systems")


def impact_of(quads: DataFrame, failed: Sequence[str]) -> DataFrame:
    """Find the systems affected when systems fail together, by repeated joins.

    :param failed: addresses of the failing systems
    :returns: `node`, `hops`; equal to the result of `egovkg impact` for stated edges
    """
    from pyspark.sql import functions as sql

    addresses = [EGOV + name for name in relations()]
    stated = quads.where((quads.graph == GRAPH_EDGES) & quads.predicate.isin(addresses))
    edges = stated.selectExpr("subject AS source", "object AS target").distinct()
    single_row = quads.sparkSession.range(1)
    start = single_row.select(sql.explode(sql.array(*[sql.lit(iri) for iri in failed])).alias("node"))
    reached = _closure(start.withColumn("root", sql.lit("failed")), edges)
    return reached.where("hops > 0").select("node", "hops")


def not_stated(quads: DataFrame) -> DataFrame:
    """List the kinds of system that are stated for some territory, but not for a given one with articles.

    :returns: `province`, `kind` as addresses; equal to the question `not-stated-systems`
    """
    articles = _of_class(quads, "Article", "node").selectExpr("node AS thing")
    territory = _pairs(quads, "ofTerritory", "thing", "province")
    provinces = articles.join(territory, "thing").select("province").distinct()
    kinds = _registered(quads, with_kind=True)
    stated_kinds = (
        _served(quads).join(_asserted(quads), "claim").join(kinds, "thing").select("kind").distinct()
    )
    named = _pairs(quads, "subject", "claim", "thing").union(_pairs(quads, "object", "claim", "thing"))
    in_territory = named.select("thing").distinct().join(territory, "thing")
    mentioned = _served(quads).selectExpr("thing", "place AS province").union(in_territory)
    types = quads.where(quads.predicate == RDF_TYPE).selectExpr("subject AS thing", "object AS kind")
    stated = mentioned.join(types, "thing")
    return provinces.crossJoin(stated_kinds).join(
        stated.select("province", "kind"), ["province", "kind"], "left_anti"
    )


def gap_counts(quads: DataFrame) -> DataFrame:
    """Count for each territory the kinds of system that no article states for it.

    :returns: `province`, `gaps`; territories without a gap are missing
    """
    return not_stated(quads).groupBy("province").count().withColumnRenamed("count", "gaps")


def _pairs(quads: DataFrame, name: str, subject: str, target: str) -> DataFrame:
    """Return the triples of one predicate as a table with two columns."""
    statements = quads.where(quads.predicate == EGOV + name)
    return statements.selectExpr(f"subject AS {subject}", f"object AS {target}").distinct()


def _of_class(quads: DataFrame, name: str, column: str) -> DataFrame:
    """List the instances of a class, each as its own root."""
    members = quads.where((quads.predicate == RDF_TYPE) & (quads.object == EGOV + name))
    return members.selectExpr(f"subject AS {column}", "subject AS root").distinct()


def _served(quads: DataFrame) -> DataFrame:
    """List the claims that an entity serves a territory."""
    claims = _pairs(quads, "predicate", "claim", "relation").where(f"relation = '{EGOV}serves'")
    ends = _pairs(quads, "subject", "claim", "thing").join(_pairs(quads, "object", "claim", "place"), "claim")
    return claims.select("claim").join(ends, "claim")


def _asserted(quads: DataFrame) -> DataFrame:
    return (
        _pairs(quads, "polarity", "claim", "polarity").where(f"polarity = '{CODE}asserted'").select("claim")
    )


def _registered(quads: DataFrame, *, with_kind: bool = False) -> DataFrame:
    """List the entities of the register, optionally with their class."""
    types = quads.where((quads.graph == GRAPH_REGISTER) & (quads.predicate == RDF_TYPE))
    columns = ["subject AS thing", *(["object AS kind"] if with_kind else [])]
    return types.selectExpr(*columns).distinct()


def _closure(start: DataFrame, edges: DataFrame) -> DataFrame:
    """Follow edges backwards from roots, one hop per round, until a round finds no new nodes.

    :param start: `node`, `root`
    :param edges: `source`, `target`
    :returns: `node`, `root`, `hops`: the nodes from which each root is reached; roots have 0 hops

    Cost: one shuffle of the edges per round; each round is cached, so that the query plan does not grow.
    """
    from pyspark.sql import functions as sql

    edges = edges.localCheckpoint()
    fresh = start.withColumn("hops", sql.lit(0)).localCheckpoint()
    reached = fresh
    for hops in range(1, MAX_ROUNDS + 1):
        near = fresh.join(edges, fresh.node == edges.target).select("source", "root")
        near = near.withColumnRenamed("source", "node").distinct()
        near = near.join(reached, ["node", "root"], "left_anti").withColumn("hops", sql.lit(hops))
        fresh = near.localCheckpoint()
        if fresh.isEmpty():
            break
        reached = reached.union(fresh).localCheckpoint()
    return reached
