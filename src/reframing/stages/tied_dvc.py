"""DVC that ends, with the stages that it runs, when the process that started it has ended, even by SIGKILL.

`python -m reframing.stages.tied_dvc NUMBER ARGUMENTS…` runs `dvc ARGUMENTS…` as the leader of a process group;
NUMBER is the end for reading of a pipe that is written to by nobody and that the process that started it holds.
"""

import os
import signal
import sys
from threading import Thread


def end_group_after(told: int) -> None:
    """End all processes of this group as soon as nobody holds the other end of the pipe `told`."""
    os.read(told, 1)
    os.killpg(0, signal.SIGTERM)


def main() -> None:
    Thread(target=end_group_after, args=(int(sys.argv[1]),), daemon=True).start()
    from dvc.cli import main as dvc

    sys.exit(dvc(sys.argv[2:]))


if __name__ == "__main__":
    main()
