"""What is logged from before the day up to which old sessions were left out has them read again.

In the same transaction, whoever writes it, so that no answer rests on less than there is.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION programs_unfold(wanted uuid, moment timestamptz) RETURNS void LANGUAGE sql AS $$
    UPDATE patients_caseresponse SET folded_before = NULL, folded = NULL
    WHERE case_id = wanted AND folded_before > moment;
$$;
CREATE FUNCTION patients_symptomlog_unfold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM programs_unfold(NEW.case_id, NEW.at);
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_unfold AFTER INSERT OR UPDATE OF at, session ON patients_symptomlog
    FOR EACH ROW EXECUTE FUNCTION patients_symptomlog_unfold();
CREATE FUNCTION programs_sessionlog_unfold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM programs_unfold(NEW.case_id, NEW.started_at);
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_unfold AFTER INSERT OR UPDATE OF started_at ON programs_sessionlog
    FOR EACH ROW EXECUTE FUNCTION programs_sessionlog_unfold();
CREATE FUNCTION programs_exerciselog_unfold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM programs_unfold(s.case_id, LEAST(NEW.at, s.started_at))
    FROM programs_sessionlog s WHERE s.id = NEW.session_id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_unfold AFTER INSERT OR UPDATE OF at, session_id ON programs_exerciselog
    FOR EACH ROW EXECUTE FUNCTION programs_exerciselog_unfold();
"""
BACK = """
DROP TRIGGER programs_unfold ON programs_exerciselog;
DROP FUNCTION programs_exerciselog_unfold();
DROP TRIGGER programs_unfold ON programs_sessionlog;
DROP FUNCTION programs_sessionlog_unfold();
DROP TRIGGER programs_unfold ON patients_symptomlog;
DROP FUNCTION patients_symptomlog_unfold();
DROP FUNCTION programs_unfold(uuid, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0027_own_rules"),
        ("patients", "0026_answers_leave_old_sessions"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
