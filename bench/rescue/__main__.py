"""How right, honest and fast are our dates, titles and texts beside the libraries' on the same pages in the same run?

``python -m bench.rescue`` measures speed on generated pages. ``--public FOLDER`` takes the tests folder of htmldate's
repository, ``--public-text FOLDER`` that of trafilatura's (neither is ever committed here); with both, dates are
measured too on those pages of the second that the first does not hold. ``--every N`` takes each Nth page.
``--invented ITEMS`` holds the rescue of an invented site of so many items against its truth, and hides known days of
it; with ``--large MEGABYTES`` its pages stand in a web archive of that size, and memory is measured. ``--bring ITEMS``
brings such a site across and asks for every old address, ``--illustrated MEGABYTES`` does so with an archive of stories
with photographs, ``--rows N`` looks through tables of N rows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.rescue.bringing import print_brought
from bench.rescue.dates import print_public, print_unseen, public, unseen
from bench.rescue.invented import print_hidden, print_invented
from bench.rescue.large import print_large, write_archive, write_illustrated
from bench.rescue.rows import print_rows
from bench.rescue.speed import generated, print_speed
from bench.rescue.texts import print_texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path, metavar="FOLDER")
    parser.add_argument("--public-text", type=Path, metavar="FOLDER")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--large", type=int, metavar="MEGABYTES", default=0)
    parser.add_argument("--bring", type=int, metavar="ITEMS", default=0)
    parser.add_argument("--illustrated", type=int, metavar="MEGABYTES", default=0)
    parser.add_argument("--rows", type=int, metavar="N", default=0)
    parser.add_argument("--invented", type=int, metavar="ITEMS", default=0)
    arguments = parser.parse_args()
    print_speed(generated(400), "generated pages")
    if arguments.bring:
        print_brought(lambda path: write_archive(path, 0, arguments.bring))
    if arguments.illustrated:
        print_brought(lambda path: write_illustrated(path, arguments.illustrated << 20))
    if arguments.rows:
        print_rows(arguments.rows)
    if arguments.large:
        print_large(arguments.large, arguments.invented or 10_000)
    elif arguments.invented:
        print_invented(arguments.invented)
        print_hidden(arguments.invented)
    if arguments.public:
        pages = list(public(arguments.public, arguments.every))
        print_speed([page.capture for page in pages[::4]], "public pages")
        print_public(pages)
        if arguments.public_text:
            print_unseen(list(unseen(arguments.public_text, arguments.public, arguments.every)))
    if arguments.public_text:
        print_texts(arguments.public_text, arguments.every)


if __name__ == "__main__":
    main()
