"""The coder as a map over shards on many machines, with Ray; one process reads, orders and writes.

Doors: ``Cluster``, whose ``coders`` a run's plan takes in place of processes of its own, and ``cores``. Ray
is imported only once they are used, and only here.
"""

from dragoman.cluster.engine import Cluster, cores

__all__ = ["Cluster", "cores"]
