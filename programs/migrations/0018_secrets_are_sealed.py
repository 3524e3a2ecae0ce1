"""Links, codes and tokens are kept as hashes to find them by, and sealed to show them again.

What is printed already goes on opening its door.
"""

from django.db import migrations, models

import clinic.models.secret
import programs.access.models

# Model, the secret's column, how long it was, and whether it is a short code.
SECRETS = [
    ("patientaccess", "token", 64, False),
    ("patientaccess", "code", 8, True),
    ("calendarfeed", "token", 64, False),
    ("reminder", "confirm_token", 64, False),
    ("reminder", "stop_token", 64, False),
]
BATCH = 500


def seal(apps, schema_editor):
    for name, column, _, _ in SECRETS:
        model = apps.get_model("programs", name)
        field = model._meta.get_field(f"{column}_hash")
        rows = []
        for row in model.objects.iterator(chunk_size=BATCH):
            plain = getattr(row, f"plain_{column}")
            setattr(row, column, plain)
            setattr(row, f"{column}_hash", field.made_of(plain))
            rows.append(row)
            if len(rows) == BATCH:
                model.objects.bulk_update(rows, [column, f"{column}_hash"])
                rows = []
        model.objects.bulk_update(rows, [column, f"{column}_hash"])
    checked(schema_editor)


def unseal(apps, schema_editor):
    for name, column, _, _ in SECRETS:
        model = apps.get_model("programs", name)
        rows = list(model.objects.all())
        for row in rows:
            plain = getattr(row, column)
            if not plain:
                raise RuntimeError(f"{name}.{column} was sealed with a key that is not known.")
            setattr(row, f"plain_{column}", plain)
        model.objects.bulk_update(rows, [f"plain_{column}"], batch_size=BATCH)
    checked(schema_editor)


def checked(schema_editor):
    """Whatever was to be checked at the end is checked now, so that tables may change after it."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _made(name, column, length, short):
    default = programs.access.models.new_code if short else programs.access.models.new_token
    sealed = clinic.models.secret.SealedText
    found_by = clinic.models.secret.SecretHash
    plain = f"plain_{column}"
    before = [
        migrations.RenameField(name, column, plain),
        migrations.AlterField(
            name, plain, models.CharField(max_length=length, unique=True, null=True)
        ),
        migrations.AddField(name, column, sealed(null=True)),
        migrations.AddField(name, f"{column}_hash", found_by(of=column, short=short, null=True)),
    ]
    after = [
        migrations.RemoveField(name, plain),
        migrations.AlterField(name, column, sealed(default=default)),
        migrations.AlterField(name, f"{column}_hash", found_by(of=column, short=short)),
    ]
    return before, after


class Migration(migrations.Migration):
    dependencies = [("programs", "0017_balance_and_relaxing")]

    operations = [
        *(step for secret in SECRETS for step in _made(*secret)[0]),
        migrations.RunPython(seal, unseal),
        *(step for secret in SECRETS for step in _made(*secret)[1]),
    ]
