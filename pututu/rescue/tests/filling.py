"""What becomes of an old site for which the database finds no more room, and when there is room again?

Run as a program with a folder: it makes an SQLite database there, lets it grow by little, and prints what came as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

PAGES = 40
MORE = 50  # pages of the database


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from pututu.publishing.models import StoryPage
    from pututu.rescue.bringing.room import DiskIsFull
    from pututu.rescue.tests.killing import work, write_site
    from tests.factories import make_site

    folder = Path(sys.argv[1])
    call_command("migrate", verbosity=0)
    make_site()
    write_site(folder, pages=PAGES, turn=1)
    told = ""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + MORE}")
        try:
            work(folder)
        except DiskIsFull as fault:
            told = str(fault)
        came = StoryPage.objects.count()
        cursor.execute("PRAGMA max_page_count = 1073741823")
    then = work(folder)["create"]
    public = StoryPage.objects.live().count()
    json.dump({"told": told, "pages": PAGES, "came": came, "then": then, "public": public}, sys.stdout)


if __name__ == "__main__":
    main()
