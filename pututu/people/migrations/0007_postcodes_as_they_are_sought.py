from django.db import migrations, models

from pututu.people.rules import bare_postcode, likeness


def derive(apps, schema_editor):
    """Give those who are known already the forms in which postcodes and likenesses are sought."""
    for person in apps.get_model("people", "Person").objects.exclude(postcode="").iterator():
        person.bare_postcode = bare_postcode(person.postcode)
        person.likeness = likeness(person.name, person.postcode)
        person.save(update_fields=["bare_postcode", "likeness"])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_how_often_something_was_tried'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='bare_postcode',
            field=models.CharField(blank=True, db_index=True, default='', editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='person',
            name='likeness',
            field=models.CharField(blank=True, db_index=True, default='', editable=False, max_length=220),
        ),
        migrations.RunPython(derive, migrations.RunPython.noop, elidable=True),
    ]
