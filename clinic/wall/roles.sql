-- The three roles of Homeward in the database that this runs in, as a superuser; run twice, it
-- changes nothing. homeward_owner owns the tables and migrates them. homeward_app serves: it owns
-- nothing, and what it may do is granted table by table when the owner has migrated.
DO $$
DECLARE
    thing record;
BEGIN
    -- Of two that run this at once, one waits.
    PERFORM pg_advisory_xact_lock(482077);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_owner') THEN
        CREATE ROLE homeward_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_app') THEN
        CREATE ROLE homeward_app LOGIN;
    END IF;
    -- Reads every row to back it up, and changes none.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_backup') THEN
        CREATE ROLE homeward_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data;
        ALTER ROLE homeward_backup SET default_transaction_read_only = on;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname IN ('homeward_owner', 'homeward_app')
               AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)) THEN
        ALTER ROLE homeward_owner NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
        ALTER ROLE homeward_app NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
    END IF;
    -- One page cannot hold up the others: limits for the role that serves, unless it has its own.
    FOR thing IN SELECT * FROM (VALUES ('statement_timeout', '30s'), ('lock_timeout', '10s'),
                                ('idle_in_transaction_session_timeout', '60s')) AS lim (name, most)
                 WHERE NOT EXISTS (SELECT FROM pg_roles, unnest(rolconfig) AS set_so
                                   WHERE rolname = 'homeward_app'
                                     AND starts_with(set_so, lim.name || '='))
    LOOP
        EXECUTE format('ALTER ROLE homeward_app SET %I = %L', thing.name, thing.most);
    END LOOP;
    IF (SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database())
       <> 'homeward_owner' THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO homeward_owner', current_database());
    END IF;
    -- What an earlier release made as another role.
    FOR thing IN SELECT oid::regclass AS name FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                   AND relowner <> 'homeward_owner'::regrole
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO homeward_owner', thing.name);
    END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
                 WHERE pronamespace = 'public'::regnamespace
                   AND proowner <> 'homeward_owner'::regrole
    LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO homeward_owner', thing.name);
    END LOOP;
END $$;
