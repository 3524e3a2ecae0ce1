"""What is asked with each log that a patient sends, as functions of the database.

A function of this kind keeps how its statements are to be run for as long as the line to the
server lasts, whatever pooler stands between; as plain statements they took longer to plan than to
run. One plan serves every case, since each begins with the case's own index. Each asks with the
rights of whoever calls it, behind the same policies. What they answer is told where they are
called: ``programs.portal.door.cookie``, ``programs.sessions.opening``, ``programs.sessions.known``.
"""

from django.db import migrations

DEVICE = """
CREATE FUNCTION programs_device(wanted uuid, moment timestamptz)
RETURNS TABLE (g programs_devicegrant, a programs_patientaccess, c patients_case,
               p patients_patient, i clinic_practice, conditions text[])
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT dg, pa, ca, pt, pr,
        ARRAY(SELECT cc.code FROM patients_casecondition cc WHERE cc.case_id = ca.id)::text[]
    FROM programs_devicegrant dg JOIN programs_patientaccess pa ON pa.id = dg.access_id
    JOIN patients_case ca ON ca.id = pa.case_id JOIN patients_patient pt ON pt.id = ca.patient_id
    JOIN clinic_practice pr ON pr.id = ca.practice_id
    WHERE dg.id = wanted AND dg.expires_at > moment AND pa.revoked_at IS NULL
    AND pa.expires_at > moment AND pt.archived_at IS NULL;
END;
$$;
"""
VERSIONS = """
CREATE FUNCTION programs_versions(wanted uuid) RETURNS json
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (SELECT json_agg(json_build_array(v.id, v.program_id, v.version, v.issued_at,
                v.issue_key, p.ended_at) ORDER BY p.created_at DESC, v.version DESC)
        FROM programs_issuedprescription v JOIN programs_program p ON p.id = v.program_id
        WHERE p.case_id = wanted);
END;
$$;
"""
LIBRARY = """
CREATE FUNCTION programs_library(wanted bigint) RETURNS json
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN json_build_array(
        (SELECT json_build_array(l.id, l.digest) FROM programs_catalogueload l
         ORDER BY l.id DESC LIMIT 1),
        (SELECT max(r.id) FROM programs_rulereview r
         WHERE r.practice_id = wanted AND r.kind IN ('signed', 'withdrawn')),
        (SELECT json_agg(json_build_array(e.id, e.digest, e.retired_at) ORDER BY e.id)
         FROM programs_exercise e WHERE e.practice_id = wanted));
END;
$$;
"""
OPEN = """
CREATE FUNCTION programs_open_case(wanted uuid, symptoms uuid[], exercises uuid[],
    since timestamptz, until timestamptz)
RETURNS TABLE (kept patients_caseresponse, c patients_case, versions json, seen uuid[],
               received bigint)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    earliest timestamptz := 'epoch';
BEGIN
    SELECT k.* INTO kept
    FROM patients_case ca JOIN patients_caseresponse k ON k.case_id = ca.id WHERE ca.id = wanted
    FOR NO KEY UPDATE OF ca FOR UPDATE OF k;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT ca.* INTO c FROM patients_case ca WHERE ca.id = wanted;
    -- What comes from before the day of a fold ends it: one made by then tells of all before it.
    IF kept.folded_before IS NOT NULL AND (kept.folded ->> 'made')::timestamptz <= since THEN
        earliest := kept.folded_before;
    END IF;
    -- Statements of their own, so that they see what the lock was waited for.
    versions := programs_versions(wanted);
    seen := ARRAY(SELECT l.client_id FROM patients_symptomlog l
                  WHERE l.case_id = wanted AND l.client_id = ANY (symptoms))
         || ARRAY(SELECT e.client_id FROM programs_exerciselog e
                  JOIN programs_sessionlog s ON s.id = e.session_id
                  WHERE s.case_id = wanted AND e.client_id = ANY (exercises));
    received :=
        (SELECT count(*) FROM patients_symptomlog l
         WHERE l.case_id = wanted AND l.at >= earliest AND l.received_at BETWEEN since AND until)
      + (SELECT count(*) FROM programs_exerciselog e JOIN programs_sessionlog s
         ON s.id = e.session_id
         WHERE s.case_id = wanted AND s.started_at >= earliest
         AND e.received_at BETWEEN since AND until)
      + (SELECT count(*) FROM programs_sessionlog s
         WHERE s.case_id = wanted AND s.started_at >= earliest
         AND s.received_at BETWEEN since AND until);
    RETURN NEXT;
END;
$$;
"""
HISTORY = """
-- What is left to read is two ranges of an index each, and not one with a filter over all the rest.
CREATE FUNCTION programs_history(wanted uuid, codes text[], everything boolean) RETURNS json
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    kept patients_caseresponse;
    earliest timestamptz := '-infinity';
    of_logs bigint[] := '{}';
    of_sessions bigint[] := '{}';
BEGIN
    SELECT * INTO kept FROM patients_caseresponse WHERE case_id = wanted;
    IF NOT everything AND kept.folded_before IS NOT NULL AND kept.folded IS NOT NULL THEN
        earliest := kept.folded_before;
        of_logs := ARRAY(SELECT jsonb_array_elements_text(kept.folded -> 'logs')::bigint);
        of_sessions := ARRAY(SELECT jsonb_array_elements_text(kept.folded -> 'sessions')::bigint);
    END IF;
    RETURN json_build_array(
        kept.folded_before,
        ARRAY(SELECT code FROM patients_casecondition WHERE case_id = wanted),
        (SELECT json_agg(json_build_array(a.code, a.answer, a.answered_at, a.answered_by_id,
                                          c.cleared_at) ORDER BY a.id)
         FROM patients_screenanswer a LEFT JOIN patients_redflagclearance c ON c.answer_id = a.id
         WHERE a.case_id = wanted AND a.code = ANY (codes)),
        (SELECT json_agg(json_build_array(m.kind, m.code, m.at,
             (SELECT min(l.at) FROM patients_symptomlog l
              WHERE l.case_id = wanted AND l.received_at > m.at AND l.at <= m.at)) ORDER BY m.id)
         FROM patients_responsemark m WHERE m.case_id = wanted),
        EXISTS (SELECT FROM patients_alert
                WHERE case_id = wanted AND (ended_at IS NULL OR acknowledged_at IS NULL)),
        (SELECT json_agg(json_build_array(l.id, l.session, l.at, l.phase, l.item, l.pain, l."left",
             l."right", l.kinds, l.provoked, l.red_flags,
             (SELECT later.id FROM patients_symptomlog later WHERE later.corrects_id = l.id),
             l.received_at) ORDER BY l.at, l.id)
         FROM (SELECT * FROM patients_symptomlog WHERE case_id = wanted AND at >= earliest
               UNION ALL
               SELECT * FROM patients_symptomlog
               WHERE id = ANY (of_logs) AND case_id = wanted AND at < earliest) l),
        (SELECT json_agg(json_build_array(e.session_id, s.client_id, s.started_at, e.item,
             e.state, e.at) ORDER BY e.at, e.id)
         FROM (SELECT * FROM programs_sessionlog WHERE case_id = wanted AND started_at >= earliest
               UNION ALL
               SELECT * FROM programs_sessionlog
               WHERE id = ANY (of_sessions) AND case_id = wanted AND started_at < earliest) s
         JOIN programs_exerciselog e ON e.session_id = s.id
         WHERE NOT EXISTS (SELECT FROM programs_exerciselog later
                           WHERE later.corrects_id = e.id)));
END;
$$;
"""
UNFOLD = """
DROP FUNCTION programs_unfold(uuid, timestamptz);
CREATE FUNCTION programs_unfold(wanted uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE patients_caseresponse SET folded_before = NULL, folded = NULL
    WHERE case_id = wanted AND folded_before > moment;
END;
$$;
"""
UNFOLD_AS_BEFORE = """
DROP FUNCTION programs_unfold(uuid, timestamptz);
CREATE FUNCTION programs_unfold(wanted uuid, moment timestamptz) RETURNS void LANGUAGE sql AS $$
    UPDATE patients_caseresponse SET folded_before = NULL, folded = NULL
    WHERE case_id = wanted AND folded_before > moment;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0038_made_rules"),
        ("patients", "0032_limits_of_the_surgeon"),
        ("clinic", "0021_unwanted_files"),
    ]

    operations = [
        migrations.RunSQL(DEVICE, "DROP FUNCTION programs_device(uuid, timestamptz);"),
        migrations.RunSQL(VERSIONS, "DROP FUNCTION programs_versions(uuid);"),
        migrations.RunSQL(LIBRARY, "DROP FUNCTION programs_library(bigint);"),
        migrations.RunSQL(
            OPEN,
            "DROP FUNCTION programs_open_case(uuid, uuid[], uuid[], timestamptz, timestamptz);",
        ),
        migrations.RunSQL(HISTORY, "DROP FUNCTION programs_history(uuid, text[], boolean);"),
        migrations.RunSQL(UNFOLD, UNFOLD_AS_BEFORE),
    ]
