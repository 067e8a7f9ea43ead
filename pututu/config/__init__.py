"""Which settings, addresses and database driver does the whole project use?

Importing this package makes ``sqlite3`` mean pysqlite3, whose bundled SQLite is free of the WAL-reset bug that
SQLite 3.7.0 to 3.51.2 has (Debian 12 ships 3.40). It happens here because every entrance imports the settings first.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
