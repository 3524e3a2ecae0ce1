"""Open red flags are found by functions of the database, which keep the plans of what they ask.

To plan the question took longer than to answer it. ``patients_stops_of``: the open flags of some
cases. ``patients_gravest_stops``: by case, those of a practice that nobody was told of as an alert;
so many flags are looked at, emergencies before others and the latest first, and then the whole of
their cases. What stops, alone or beside another, comes along as lists: ``firsts`` and ``seconds``
are pairs that stop together, of which the second may be a condition.
"""

from django.db import migrations

# ruff: noqa: S608 - our own names
OPEN = """
    AND NOT EXISTS (SELECT FROM patients_screenanswer l
        WHERE l.case_id = {s}.case_id AND l.code = {s}.code AND l.id > {s}.id
            AND l.practice_id = wanted)
    AND NOT EXISTS (SELECT FROM patients_redflagclearance r
        WHERE r.answer_id = {s}.id AND r.practice_id = wanted)"""
BESIDE = f"""EXISTS (SELECT FROM patients_screenanswer o
                WHERE o.case_id = s.case_id AND o.code = {{code}} AND o.code = ANY (may)
                    AND o.answer = 'yes' AND o.practice_id = wanted{OPEN.format(s="o")})"""
STOPS = f"""{OPEN.format(s="s")}
    AND (s.code = ANY (alone) OR EXISTS (
        SELECT FROM unnest(firsts, seconds) AS pair (a, b)
        WHERE s.code = pair.a AND ({BESIDE.format(code="pair.b")}
                OR EXISTS (SELECT FROM patients_casecondition c WHERE c.case_id = s.case_id
                    AND c.code = pair.b AND c.practice_id = wanted))
            OR s.code = pair.b AND {BESIDE.format(code="pair.a")}))"""
UNTOLD = """
    AND NOT EXISTS (SELECT FROM patients_alert t
        WHERE t.case_id = {s}.case_id AND t.code = 'red_flag' AND t.acknowledged_at IS NULL
            AND t.facts ->> 'red_flag' = {s}.code AND t.practice_id = wanted)"""
FUNCTIONS = f"""
CREATE FUNCTION patients_stops_of(wanted bigint, cases uuid[], may text[], alone text[],
    firsts text[], seconds text[])
RETURNS TABLE (of_case uuid, flag text, pk bigint, at timestamptz, helper text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY SELECT s.case_id, s.code::text, s.id, s.answered_at, s.helper::text
    FROM patients_screenanswer s
    WHERE s.case_id = ANY (cases) AND s.code = ANY (may) AND s.answer = 'yes'
        AND s.practice_id = wanted{STOPS}
    ORDER BY s.id;
END;
$$;
CREATE FUNCTION patients_gravest_stops(wanted bigint, may text[], alone text[], firsts text[],
    seconds text[], emergencies text[], most bigint)
RETURNS TABLE (of_case uuid, flags text[], at timestamptz, is_emergency boolean, whole boolean)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    cases uuid[];
BEGIN
    SELECT array_agg(found.case_id) INTO cases FROM (
        SELECT s.case_id FROM (
            SELECT g.id, g.case_id, g.code FROM patients_screenanswer g
            WHERE g.practice_id = wanted AND g.answer = 'yes' AND g.code = ANY (may)
            ORDER BY g.code <> ALL (emergencies), g.answered_at DESC, g.id OFFSET 0) s
        WHERE true{STOPS}{UNTOLD.format(s="s")}
        LIMIT most) found;
    RETURN QUERY SELECT o.case_id, array_agg(o.code ORDER BY o.id), max(o.answered_at),
        bool_or(o.code = ANY (emergencies)), coalesce(cardinality(cases) < most, true)
    FROM (SELECT d.of_case AS case_id, d.flag AS code, d.pk AS id, d.at AS answered_at
        FROM patients_stops_of(wanted, cases, may, alone, firsts, seconds) d) o
    WHERE true{UNTOLD.format(s="o")}
    GROUP BY o.case_id ORDER BY 4 DESC, 3 DESC, 1;
END;
$$;
"""
BACK = """
DROP FUNCTION patients_gravest_stops(bigint, text[], text[], text[], text[], text[], bigint);
DROP FUNCTION patients_stops_of(bigint, uuid[], text[], text[], text[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0035_answers_name_the_settings")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
