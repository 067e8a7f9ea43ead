"""How are pages fetched from an old site that still answers, politely, safely and so that they are kept?"""

from pututu.rescue.fetching.asking import Asker, NotFetched
from pututu.rescue.fetching.crawling import crawl

__all__ = ["Asker", "NotFetched", "crawl"]
