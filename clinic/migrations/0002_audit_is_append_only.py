"""The database itself refuses to change or remove an audit entry."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION clinic_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit entries are never changed or deleted'
        USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER clinic_auditentry_append_only
    BEFORE UPDATE OR DELETE ON clinic_auditentry
    FOR EACH ROW EXECUTE FUNCTION clinic_refuse_audit_change();
"""

BACKWARD = """
DROP TRIGGER clinic_auditentry_append_only ON clinic_auditentry;
DROP FUNCTION clinic_refuse_audit_change();
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
