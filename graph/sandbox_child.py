"""The other end of graph/sandbox.py: reads one request, says "ready", answers and ends."""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

from graph.sandbox import OUT_OF_MEMORY, decode, encode_rows, store_for
from ontology.errors import GraphError

WARM_UP = {"cypher": "RETURN 1 AS one", "sparql": "ASK {}"}
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # Linux: clone(2)


def main() -> None:
    """Standard output is ours alone: a line "ready", then one JSON text."""
    leave_network()
    request = json.loads(sys.stdin.readline())
    try:
        store = store_for(request["language"], Path(request["folder"]))
        store.rows(WARM_UP[request["language"]])  # opens it, so that the limits are about the query alone
        limit_memory(int(request["memory_mb"]))
        _say("ready\n")
        parameters = {name: decode(value) for name, value in request["parameters"].items()}
        _say(encode_rows(store.rows(request["text"], parameters, limit=int(request["rows"]))))
    except GraphError as error:
        _say(json.dumps({"kind": type(error).__name__, "error": str(error)}))
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None


def leave_network() -> None:
    """Move into an empty network of our own. Where the system refuses that, nothing changes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)


def limit_memory(megabytes: int) -> None:
    """Allow so much address space beyond what is taken now."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
