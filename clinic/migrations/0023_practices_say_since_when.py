"""A practice says since when it is judged by what it has set, so that no row has to be marked.

Whatever does not speak in a judgement, such as the letterhead, is no change of that. A column that
comes later counts until it is named here.
"""

import datetime as dt

from django.db import migrations, models

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LETTERHEAD = (
    "name", "likeness", "address_line_1", "address_line_2", "city", "postcode", "country", "phone",
    "paper_size", "alert_email", "reply_email", "needs_second_factor", "figure_people",
    "keep_years", "created_at", "settings_at",
)  # fmt: skip
NOTED = f"""
CREATE FUNCTION clinic_settings_at() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    aside text[] := '{{{",".join(LETTERHEAD)}}}';
BEGIN
    NEW.settings_at := OLD.settings_at;
    IF to_jsonb(NEW) - aside IS DISTINCT FROM to_jsonb(OLD) - aside THEN
        -- Never the same moment twice: a row that is judged says by which it was.
        NEW.settings_at := greatest(clock_timestamp(), OLD.settings_at + interval '1 microsecond');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER clinic_settings_at BEFORE UPDATE ON clinic_practice FOR EACH ROW
    EXECUTE FUNCTION clinic_settings_at();
"""
NOTED_BACK = """
DROP TRIGGER clinic_settings_at ON clinic_practice;
DROP FUNCTION clinic_settings_at();
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0022_audit_by_patient")]

    operations = [
        migrations.AddField(
            "practice",
            "settings_at",
            models.DateTimeField(db_default=LONG_AGO, default=LONG_AGO, editable=False),
        ),
        migrations.RunSQL(NOTED, NOTED_BACK),
    ]
