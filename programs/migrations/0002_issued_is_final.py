"""Issued prescriptions and kept handouts are final: the database refuses change and deletion."""

from django.db import migrations

FORBID = """
CREATE FUNCTION programs_forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is final: it cannot be changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER issued_is_final BEFORE UPDATE OR DELETE ON programs_issuedprescription
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
CREATE TRIGGER handout_is_final BEFORE UPDATE OR DELETE ON programs_handout
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
ALLOW = """
DROP TRIGGER handout_is_final ON programs_handout;
DROP TRIGGER issued_is_final ON programs_issuedprescription;
DROP FUNCTION programs_forbid_change();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_catalogue_program_issue")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
