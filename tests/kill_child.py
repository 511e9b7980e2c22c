"""Starts `innograph load` again and again and kills each after a while. Talks with test_load_kill.py through pipes.

Loads are forked from here, since starting Python and the rules of extraction would take most of the test's time. Each
is the leader of a process group of its own, and the group is killed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from cli import main
from loaders.extraction.extract import extract
from loaders.read import read_document


def load(words: list[str]) -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    main(["load", *words])  # ends the process


def was_killed(process: int, seconds: float) -> bool:
    """Kill the group after that time; False if it had come to its end before."""
    time.sleep(seconds)
    if os.waitpid(process, os.WNOHANG)[0]:
        return False
    os.killpg(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    warm = Path(sys.argv[1])
    extract(read_document(warm, source=warm.name))
    print("ready", flush=True)
    for line in sys.stdin:
        seconds, *words = line.rstrip("\n").split("\t")
        process = os.fork()
        # On both sides, so that the group is there whichever of them runs first.
        os.setpgid(process, process)
        if process == 0:
            load(words)
        print("killed" if was_killed(process, float(seconds)) else "ended", flush=True)
