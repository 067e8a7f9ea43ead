"""From where does an old site come in: a folder, a web archive, an export, a feed, a table?"""

from pututu.rescue.sources.opening import UnknownSource, open_source

__all__ = ["UnknownSource", "open_source"]
