"""The words of patients' names and the ends of their numbers get rows that an index finds."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.models.owned import InheritedPractice

KEYS = """
CREATE FUNCTION patients_keys(name text, phones text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT key), '{}') FROM (
        SELECT 'n:' || word FROM unnest(string_to_array(name, ' ')) word WHERE word <> ''
        UNION ALL
        SELECT 'p:' || right(number, 6) FROM unnest(string_to_array(phones, ' ')) number
        WHERE number <> ''
    ) found (key)
$$;
"""
KEEP = """
CREATE FUNCTION patients_keep_keys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text[] := '{}';
    after text[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN
        before := patients_keys(OLD.search_name, OLD.search_phone);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        after := patients_keys(NEW.search_name, NEW.search_phone);
    END IF;
    -- In one order, so that two who write at once never wait for each other.
    INSERT INTO patients_patientkey (practice_id, patient_id, key)
    SELECT NEW.practice_id, NEW.id, key FROM unnest(after) key
    WHERE key <> ALL (before) ORDER BY key;
    INSERT INTO patients_nameword AS known (practice_id, word, patients)
    SELECT NEW.practice_id, substr(key, 3), 1 FROM unnest(after) key
    WHERE key <> ALL (before) AND key LIKE 'n:%' ORDER BY key
    ON CONFLICT (practice_id, word) DO UPDATE SET patients = known.patients + 1;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM patients_patientkey gone
        WHERE gone.practice_id = OLD.practice_id AND gone.patient_id = OLD.id
            AND gone.key = ANY (before) AND gone.key <> ALL (after);
        UPDATE patients_nameword known SET patients = known.patients - 1
        WHERE known.practice_id = OLD.practice_id AND known.word IN (
            SELECT substr(key, 3) FROM unnest(before) key
            WHERE key <> ALL (after) AND key LIKE 'n:%'
        );
        DELETE FROM patients_nameword known
        WHERE known.practice_id = OLD.practice_id AND known.patients = 0 AND known.word IN (
            SELECT substr(key, 3) FROM unnest(before) key WHERE key <> ALL (after)
        );
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER patients_keep_keys AFTER INSERT OR DELETE ON patients_patient
    FOR EACH ROW EXECUTE FUNCTION patients_keep_keys();
CREATE TRIGGER patients_keep_new_keys AFTER UPDATE ON patients_patient
    FOR EACH ROW WHEN (OLD.search_name IS DISTINCT FROM NEW.search_name
                       OR OLD.search_phone IS DISTINCT FROM NEW.search_phone)
    EXECUTE FUNCTION patients_keep_keys();
"""
LET_GO = """
DROP TRIGGER patients_keep_new_keys ON patients_patient;
DROP TRIGGER patients_keep_keys ON patients_patient;
DROP FUNCTION patients_keep_keys();
"""
FILL = """
INSERT INTO patients_patientkey (practice_id, patient_id, key)
SELECT p.practice_id, p.id, key
FROM patients_patient p, unnest(patients_keys(p.search_name, p.search_phone)) key;
INSERT INTO patients_nameword (practice_id, word, patients)
SELECT practice_id, substr(key, 3), count(*) FROM patients_patientkey
WHERE key LIKE 'n:%' GROUP BY practice_id, key;
SET CONSTRAINTS ALL IMMEDIATE;
"""
SAME_PRACTICE = """
ALTER TABLE patients_patientkey ADD CONSTRAINT patients_patientkey_patient_id_practice
    FOREIGN KEY (patient_id, practice_id) REFERENCES patients_patient (id, practice_id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0017_what_a_limb_may_bear")]

    operations = [
        migrations.CreateModel(
            name="PatientKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice", InheritedPractice(parent="patient")),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="keys",
                        to="patients.patient",
                    ),
                ),
                ("key", models.CharField(max_length=450)),
            ],
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.practice",
                    ),
                ),
                ("word", models.CharField(max_length=450)),
                ("patients", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="patientkey",
            constraint=models.UniqueConstraint(
                fields=("practice", "key", "patient"), name="patient_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="nameword",
            constraint=models.UniqueConstraint(fields=("practice", "word"), name="name_word_once"),
        ),
        migrations.RunSQL(SAME_PRACTICE, migrations.RunSQL.noop),
        migrations.RunSQL(KEYS, "DROP FUNCTION patients_keys(text, text);"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, LET_GO),
    ]
