"""Names and phone numbers of patients known already, as they are compared from now on."""

from django.db import migrations

from patients.identity import names, phones
from patients.identity.regions import region_of

BATCH = 1000
FOLLOWERS = ["search_name", "name_key", "search_phone"]


def fold_again(apps, schema_editor):
    patient = apps.get_model("patients", "Patient")
    changed = []
    for row in patient.objects.select_related("practice").iterator(chunk_size=BATCH):
        length = patient._meta.get_field("search_phone").max_length
        row.search_name = names.fold(row.full_name)[: names.SEARCHED]
        row.name_key = names.key(row.search_name)
        found = phones.numbers(row.phone, region_of(row.practice.time_zone))
        row.search_phone = " ".join(found)[:length]
        changed.append(row)
        if len(changed) == BATCH:
            patient.objects.bulk_update(changed, FOLLOWERS)
            changed = []
    patient.objects.bulk_update(changed, FOLLOWERS)


class Migration(migrations.Migration):
    dependencies = [("patients", "0008_names_and_numbers_to_search_by")]

    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
