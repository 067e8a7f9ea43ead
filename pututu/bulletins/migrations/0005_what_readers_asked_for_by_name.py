"""Note which series readers asked for by name and confirmed, where they had read nothing of the purpose before."""

import django.db.models.deletion
from django.db import migrations, models


def note_what_was_named(apps, _schema_editor):
    AskedChoice = apps.get_model("bulletins", "AskedChoice")
    Choice = apps.get_model("bulletins", "Choice")
    ConsentRecord = apps.get_model("people", "ConsentRecord")
    for asked in AskedChoice.objects.select_related("consent").order_by("pk"):
        row = asked.consent
        said = ConsentRecord.objects.filter(
            person_id=row.person_id, email_id=row.email_id, purpose=row.purpose
        ).exclude(act="asked")
        before = said.filter(pk__lt=row.pk).order_by("-at", "-pk").first()
        given = said.filter(pk__gt=row.pk, act="given", wording=row.wording).order_by("pk").first()
        theirs = Choice.objects.filter(person_id=row.person_id, email_id=row.email_id)
        is_narrow = theirs.filter(series__purpose=row.purpose, asked_for_at__isnull=False).exists()
        if given and (is_narrow or before is None or before.act == "withdrawn"):
            theirs.filter(series_id=asked.series_id).update(asked_for_at=given.at)


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0004_asked_by_the_form"),
        ("people", "0009_saved_filters"),
    ]

    operations = [
        migrations.AddField(
            model_name="choice",
            name="asked_for_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="choice",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="bulletins.series"
            ),
        ),
        migrations.RunPython(note_what_was_named, migrations.RunPython.noop, elidable=True),
    ]
