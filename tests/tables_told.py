"""What the tables of a database are, in one line each: to hold one way of making them against
another, and to say which table differs.

Rows of Django's own that migrations leave (which of them were applied, kinds of content,
permissions) are told as well. Who owns what is not: it differs from server to server.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Final

from django.db import connection

_PARTS: Final = {
    "columns": """
        SELECT c.relname, concat_ws(' ', a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
               a.attnotnull, a.attidentity, a.attgenerated, a.attcollation::regcollation,
               pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
          AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """
        SELECT c.relname, concat_ws(' ', o.conname, o.convalidated, pg_get_constraintdef(o.oid))
        FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
          AND o.contype <> 'n'""",
    "indexes": """
        SELECT c.relname, concat_ws(' ', i.indisvalid, pg_get_indexdef(i.indexrelid))
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')""",
    "triggers": """
        SELECT c.relname, concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid))
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
          AND NOT t.tgisinternal""",
    "policies": """
        SELECT tablename, concat_ws(' ', policyname, permissive, cmd, qual, '/', with_check)
        FROM pg_policies WHERE schemaname = 'public'""",
    "settings": """
        SELECT c.relname, concat_ws(' ', c.relkind, c.relrowsecurity, c.relforcerowsecurity,
               c.reloptions, s.amname)
        FROM pg_class c LEFT JOIN pg_am s ON s.oid = c.relam
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')""",
    "functions": """
        SELECT '(functions)', pg_get_functiondef(p.oid)
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')""",
    "rows": """
        SELECT 'django_migrations', app || ' ' || name FROM django_migrations
        UNION ALL SELECT 'django_content_type', app_label || ' ' || model FROM django_content_type
        UNION ALL SELECT 'auth_permission', t.app_label || ' ' || t.model || ' ' || p.codename
        FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id""",
}


def tables_told() -> list[str]:
    """A line for each table: how many of which part it has, and a digest of what they say."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    counts: defaultdict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        for part, query in _PARTS.items():
            cursor.execute(query)
            found: defaultdict[str, list[str]] = defaultdict(list)
            for table, text in cursor.fetchall():
                found[table].append(f"{part} {text}")
            for table, texts in found.items():
                told[table] += sorted(texts)
                if part != "settings":
                    counts[table].append(f"{len(texts)} {part}")
    return [
        f"{table}: {', '.join(counts[table])} {_digest(lines)}"
        for table, lines in sorted(told.items())
    ]


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
