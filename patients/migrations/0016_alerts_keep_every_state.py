"""Every state of an alert is kept from here on, and what somebody acknowledged stays so."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

TABLE = "patients_alertstate"
CHILD = Child(TABLE, "alert_id", "patients_alert")
SAME_PRACTICE = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_alert_id_practice
    FOREIGN KEY (alert_id, practice_id) REFERENCES patients_alert (id, practice_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
KEEP = f"""
CREATE FUNCTION patients_alert_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {TABLE} (alert_id, practice_id, written_at, "row")
    VALUES (NEW.id, NEW.practice_id, clock_timestamp(), to_jsonb(NEW));
    RETURN NULL;
END;
$$;
CREATE TRIGGER patients_alert_state AFTER INSERT OR UPDATE ON patients_alert
    FOR EACH ROW EXECUTE FUNCTION patients_alert_state();

CREATE FUNCTION patients_alert_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.id, NEW.case_id, NEW.kind, NEW.code, NEW.item, NEW.raised_at)
            IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.kind, OLD.code, OLD.item, OLD.raised_at)
        OR OLD.acknowledged_at IS NOT NULL
            AND (NEW.acknowledged_at, NEW.acknowledged_by_id, NEW.note, NEW.facts, NEW.event)
            IS DISTINCT FROM
                (OLD.acknowledged_at, OLD.acknowledged_by_id, OLD.note, OLD.facts, OLD.event)
    THEN
        RAISE EXCEPTION 'What was raised and acknowledged in % stays', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER patients_alert_stays BEFORE UPDATE OR DELETE ON patients_alert
    FOR EACH ROW EXECUTE FUNCTION patients_alert_stays();

INSERT INTO {TABLE} (alert_id, practice_id, written_at, "row")
SELECT a.id, a.practice_id, clock_timestamp(), to_jsonb(a) FROM patients_alert a ORDER BY a.id;
SET CONSTRAINTS ALL IMMEDIATE;

CREATE TRIGGER {TABLE}_is_kept BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION patients_refuse_change();
"""  # noqa: S608 - our own names
LET_GO = f"""
DROP TRIGGER {TABLE}_is_kept ON {TABLE};
DROP TRIGGER patients_alert_stays ON patients_alert;
DROP FUNCTION patients_alert_stays();
DROP TRIGGER patients_alert_state ON patients_alert;
DROP FUNCTION patients_alert_state();
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0015_one_save_one_line")]

    operations = [
        migrations.CreateModel(
            name="AlertState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice", InheritedPractice(parent="alert")),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="states",
                        to="patients.alert",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("row", models.JSONField()),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunSQL(SAME_PRACTICE, migrations.RunSQL.noop),
        migrations.RunSQL(*looked_up(CHILD)),
        migrations.RunSQL(KEEP, LET_GO),
    ]
