"""Write a corpus of invented documents: ``python benchmarks/invented FOLDER --n 1000 --seed 0``."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from invented import write_corpus  # noqa: E402


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--n", type=int, default=1000, help="how many documents")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=int, default=0, help="the number of the first one")
    given = parser.parse_args()

    def progress(done: int) -> None:
        if done % 1000 == 0:
            print(f"{done:,} documents", flush=True)

    write_corpus(given.folder, given.n, seed=given.seed, start=given.start, progress=progress)


if __name__ == "__main__":
    main()
