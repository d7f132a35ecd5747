"""What a recoding changed: the mentions of two versions of a corpus, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from dragoman.store.corpus import Corpus
from dragoman.store.ledger import current
from dragoman.store.snapshots import Snapshot, keep

FIELDS = (
    "mode",
    "contexts",
    "actors",
    "recipients",
    "status",
    "attribution",
    "date",
    "place",
    "casualties",
)
"""What is compared of two mentions of one type on the same words; ids change with the coder."""
SIDE = (
    'SELECT *, row_number() OVER (PARTITION BY document_id, event_type, "trigger"."start", '
    '"trigger"."end" ORDER BY id) AS nth FROM all_mentions WHERE batch IN (SELECT batch FROM {side})'
)


def compare(corpus: Corpus, before: int, after: int | None = None) -> dict[str, Any]:
    """What recoding changed from one version to a later one.

    ``same``, ``changed``, ``gone`` and ``new`` count mentions of the recoded documents: a mention is matched
    by its document, type and trigger. ``fields`` counts the changes of each field.
    """
    old, new = corpus.at(before), corpus.at(after)
    gone = [one.id for one in current(old.commits)]
    stand = {one.id for one in current(new.commits)}
    replaced = [one for one in gone if one not in stand]
    origins = {one.origin for one in old.commits if one.id in set(replaced)}
    standing = [one.id for one in current(new.commits) if one.origin in origins]
    figures = count_changes(new, replaced, standing)
    return {"before": old.version, "after": new.version, **figures}


def count_changes(snapshot: Snapshot, before: Sequence[str], after: Sequence[str]) -> dict[str, Any]:
    """The counts for the mentions of some batches against those of others."""
    for name, batches in (("old_side", before), ("new_side", after)):
        keep(snapshot.connection, name, pa.table({"batch": pa.array(list(batches), pa.string())}))
    differ = {name: f'o."{name}" IS DISTINCT FROM n."{name}"' for name in FIELDS}
    both = "o.id IS NOT NULL AND n.id IS NOT NULL"
    anything = " OR ".join(differ.values())
    columns = ", ".join(f"count_if({both} AND {test})" for test in differ.values())
    ((gone, new, changed, same, documents, *fields),) = snapshot.rows(
        f"SELECT count_if(n.id IS NULL), count_if(o.id IS NULL), count_if({both} AND ({anything})), "
        f"count_if({both} AND NOT ({anything})), "
        f"count(DISTINCT coalesce(o.document_id, n.document_id)) FILTER (NOT ({both}) OR {anything}), "
        f"{columns} FROM ({SIDE.format(side='old_side')}) o FULL JOIN ({SIDE.format(side='new_side')}) n "
        "ON o.document_id = n.document_id AND o.event_type = n.event_type AND o.nth = n.nth "
        'AND o."trigger"."start" = n."trigger"."start" AND o."trigger"."end" = n."trigger"."end"'
    )
    counts = {name: count for name, count in zip(FIELDS, fields, strict=True) if count}
    return {
        "same": same,
        "changed": changed,
        "gone": gone,
        "new": new,
        "documents_changed": documents,
        "fields": counts,
    }
