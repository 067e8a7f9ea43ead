"""The full-text index, in the way of the database in use; see ``home.search``."""

from django.db import migrations

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE home_searchindex USING fts5("
        "title, standfirst, body, content='', contentless_delete=1, prefix='3 4', "
        "tokenize='unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "ALTER TABLE home_searchentry ADD COLUMN vector tsvector",
        "CREATE INDEX home_searchentry_vector ON home_searchentry USING gin (vector)",
    ],
}
UNMAKE = {
    "sqlite": ["DROP TABLE home_searchindex"],
    "postgresql": ["ALTER TABLE home_searchentry DROP COLUMN vector"],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_search")]
    operations = [migrations.RunPython(make, unmake)]
