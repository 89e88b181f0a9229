-- The schema as the migrations leave it, for readers. Written by make schema; TestSchemaFile compares it.
-- Tables, constraints, policies and grants come from the migrations, never from this file.
-- PostgreSQL 15
CREATE SCHEMA public;

ALTER SCHEMA public OWNER TO pg_database_owner;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE FUNCTION public.account_find(typed text) RETURNS TABLE(id bigint, password_hash text, disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select id, password_hash, disabled_at is not null from account
  where ward_id = app_ward() and (login = typed or phone = typed) limit 1
$$;

ALTER FUNCTION public.account_find(typed text) OWNER TO portal_definer;

CREATE FUNCTION public.account_names(ids bigint[]) RETURNS TABLE(id bigint, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select a.id, a.name from account a
  where a.ward_id = app_ward() and a.id = any (ids) and app_has('{admin,official}')
$$;

ALTER FUNCTION public.account_names(ids bigint[]) OWNER TO portal_definer;

CREATE FUNCTION public.app_associations() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ begin return coalesce(case
      when app_has('{official,leader}') then (select array_agg(id) from association where ward_id = app_ward())
      else (select array_agg(distinct g.association_id) from account_grant g join account a on a.id = g.account_id
            where g.account_id = app_user() and g.ward_id = app_ward() and a.disabled_at is null and g.role in ('chair', 'secretary')
              and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today()))
    end, '{}'); end $$;

ALTER FUNCTION public.app_associations() OWNER TO portal_definer;

CREATE FUNCTION public.app_branches() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ begin return coalesce((select array_agg(distinct g.branch_id) from account_grant g join account a on a.id = g.account_id
      where g.account_id = app_user() and g.ward_id = app_ward() and a.disabled_at is null and g.role = 'branch_head'
        and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today())), '{}'); end $$;

ALTER FUNCTION public.app_branches() OWNER TO portal_definer;

CREATE FUNCTION public.app_has(wanted text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ begin return app_system() or exists (
      select 1 from account_grant g join account a on a.id = g.account_id
      where g.account_id = app_user() and g.ward_id = app_ward() and a.disabled_at is null
        and g.role = any (wanted) and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today())); end $$;

ALTER FUNCTION public.app_has(wanted text[]) OWNER TO portal_definer;

CREATE FUNCTION public.app_meetings() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select coalesce((select array_agg(distinct meeting_id) from meeting_association
      where ward_id = app_ward() and association_id = any ((select app_associations())::bigint[])), '{}')
  $$;

ALTER FUNCTION public.app_meetings() OWNER TO portal_definer;

CREATE FUNCTION public.app_now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select timestamptz 'epoch' + nullif(current_setting('app.now', true), '')::bigint * interval '1 microsecond' $$;

ALTER FUNCTION public.app_now() OWNER TO portal_owner;

CREATE FUNCTION public.app_sensitive_associations() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ begin return coalesce(case
      when app_system() then (select array_agg(id) from association where ward_id = app_ward())
      else (select array_agg(distinct g.association_id) from account_grant g join account a on a.id = g.account_id
            where g.account_id = app_user() and g.ward_id = app_ward() and a.disabled_at is null and g.role in ('chair', 'secretary')
              and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today()))
    end, '{}'); end $$;

ALTER FUNCTION public.app_sensitive_associations() OWNER TO portal_definer;

CREATE FUNCTION public.app_system() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select coalesce(current_setting('app.system', true) = '1', false) $$;

ALTER FUNCTION public.app_system() OWNER TO portal_owner;

CREATE FUNCTION public.app_today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select date '1970-01-01' + nullif(current_setting('app.day', true), '')::integer $$;

ALTER FUNCTION public.app_today() OWNER TO portal_owner;

CREATE FUNCTION public.app_user() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(nullif(current_setting('app.user', true), '')::bigint, 0) $$;

ALTER FUNCTION public.app_user() OWNER TO portal_owner;

CREATE FUNCTION public.app_ward() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.ward', true), '')::bigint $$;

ALTER FUNCTION public.app_ward() OWNER TO portal_owner;

CREATE FUNCTION public.app_write_associations() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ begin return coalesce(case
      when app_has('{official}') then (select array_agg(id) from association where ward_id = app_ward())
      else (select array_agg(distinct g.association_id) from account_grant g join account a on a.id = g.account_id
            where g.account_id = app_user() and g.ward_id = app_ward() and a.disabled_at is null and g.role in ('chair', 'secretary')
              and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today()))
    end, '{}'); end $$;

ALTER FUNCTION public.app_write_associations() OWNER TO portal_definer;

CREATE FUNCTION public.demo_accounts_exist() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select exists (select 1 from account where demo and disabled_at is null) $$;

ALTER FUNCTION public.demo_accounts_exist() OWNER TO portal_definer;

CREATE FUNCTION public.letter_find(hash bytea) RETURNS TABLE(subject text, body text, state text, answer text, answered_at timestamp with time zone, note text, received_at timestamp with time zone, due_on date, published boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select l.subject, l.body, l.state, l.answer, l.answered_at, l.note, l.received_at, l.due_on,
         exists (select 1 from letter_publication p where p.letter_id = l.id and p.withdrawn_at is null)
  from letter l where l.ward_id = app_ward() and l.code_hash = hash
$$;

ALTER FUNCTION public.letter_find(hash bytea) OWNER TO portal_definer;

CREATE FUNCTION public.letter_recent(key bytea) RETURNS TABLE(hour_mine integer, day_mine integer, hour_all integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select (count(*) filter (where address_key = key and at > app_now() - interval '1 hour'))::integer,
         (count(*) filter (where address_key = key))::integer,
         (count(*) filter (where at > app_now() - interval '1 hour'))::integer
  from letter_sending where ward_id = app_ward() and at > app_now() - interval '1 day'
$$;

ALTER FUNCTION public.letter_recent(key bytea) OWNER TO portal_definer;

CREATE FUNCTION public.member_ask_others(person bigint, told_by bigint, told_day text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    insert into member_question (ward_id, association_id, membership_id, kind, day, asked_at)
    select m.ward_id, m.association_id, m.id, 'died', told_day, app_now()
    from membership m
    where m.ward_id = app_ward() and m.person_id = person and m.id <> told_by and m.status in ('active', 'exempt')
      and exists (select 1 from membership own where own.id = told_by and own.person_id = person and own.ward_id = app_ward() and own.ended_how = 'qua_doi'
                  and own.changed_at = app_now())
    on conflict (membership_id, kind) where answered_at is null do nothing
  $$;

ALTER FUNCTION public.member_ask_others(person bigint, told_by bigint, told_day text) OWNER TO portal_definer;

CREATE FUNCTION public.member_people_at(day date, OUT memberships bigint, OUT people bigint) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select count(*), count(distinct m.person_id)
    from membership_span s join membership m on m.id = s.membership_id
    where s.ward_id = app_ward() and not s.voided and s.from_day <= day and (s.to_day is null or s.to_day > day)
  $$;

ALTER FUNCTION public.member_people_at(day date, OUT memberships bigint, OUT people bigint) OWNER TO portal_definer;

CREATE FUNCTION public.member_public_counts() RETURNS TABLE(association_id bigint, branch_id bigint, members bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    with live as (
      select t.association_id, t.branch_id, sum(t.n) as n from member_tally t
      where t.ward_id = app_ward() and t.status in ('active', 'exempt') group by 1, 2 having sum(t.n) > 0),
    ranked as (
      select l.*, count(*) filter (where l.n < 5) over (partition by l.association_id) as small,
             row_number() over (partition by l.association_id order by l.n, l.branch_id) as place from live l)
    select r.association_id, r.branch_id, case when r.n < 5 or (r.small = 1 and r.place = 2) then null else r.n::bigint end from ranked r
    union all
    select l.association_id, null, case when sum(l.n) < 5 then null else sum(l.n)::bigint end from live l group by l.association_id
  $$;

ALTER FUNCTION public.member_public_counts() OWNER TO portal_definer;

CREATE FUNCTION public.member_unask_others(person bigint, told_by bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    update member_question q set answered_at = app_now(), answer = 'withdrawn'
    from membership m
    where m.id = q.membership_id and m.ward_id = app_ward() and m.person_id = person and m.id <> told_by and q.answered_at is null
      and exists (select 1 from membership own where own.id = told_by and own.person_id = person and own.ward_id = app_ward() and own.changed_at = app_now())
  $$;

ALTER FUNCTION public.member_unask_others(person bigint, told_by bigint) OWNER TO portal_definer;

CREATE FUNCTION public.member_words_of(words text[], phone text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select case when length(phone) >= 4 then words || array[phone, right(phone, 4)] else words end $$;

ALTER FUNCTION public.member_words_of(words text[], phone text) OWNER TO portal_owner;

CREATE FUNCTION public.membership_copy_person() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare p person;
begin
  select * into p from person where ward_id = new.ward_id and id = new.person_id;
  -- A membership may be opened for a person written down for this association, or one that it has had; only the ward links others.
  if p.id is null or not (p.made_for = new.association_id or app_has('{official}')
      or exists (select 1 from membership m where m.association_id = new.association_id and m.person_id = p.id)) then
    raise insufficient_privilege using message = 'person is not open to this association';
  end if;
  new.full_name := btrim(p.family_middle || ' ' || p.given);
  new.alias := p.alias; new.sort_key := p.sort_key; new.folded := p.folded; new.sex := p.sex; new.birth := p.birth;
  new.birth_year := left(p.birth, 4)::integer; new.died := p.died; new.words := p.words;
  return new;
end $$;

ALTER FUNCTION public.membership_copy_person() OWNER TO portal_definer;

CREATE FUNCTION public.membership_index_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  delete from member_word w using new_row n, old_row o
    where o.id = n.id and (o.words, o.phone) is distinct from (n.words, n.phone) and w.membership_id = n.id
      and not (w.word = any (member_words_of(n.words, n.phone)));
  insert into member_word (ward_id, association_id, branch_id, membership_id, word)
    select distinct n.ward_id, n.association_id, n.branch_id, n.id, w
    from new_row n join old_row o on o.id = n.id, unnest(member_words_of(n.words, n.phone)) w
    where (o.words, o.phone, o.branch_id) is distinct from (n.words, n.phone, n.branch_id)
    on conflict (membership_id, word) do update set branch_id = excluded.branch_id;
  -- What comes is counted before what goes, so that no row is asked to fall below nothing by an empty insert.
  insert into member_tally as t (ward_id, association_id, branch_id, status, n)
    select n.ward_id, n.association_id, n.branch_id, n.status, count(*) from new_row n join old_row o on o.id = n.id
    where (o.branch_id, o.status) is distinct from (n.branch_id, n.status) group by 1, 2, 3, 4 order by 2, 3, 4
    on conflict (association_id, branch_id, status) do update set n = t.n + excluded.n;
  update member_tally t set n = t.n - d.n
    from (select o.association_id, o.branch_id, o.status, count(*) as n from new_row n join old_row o on o.id = n.id
          where (o.branch_id, o.status) is distinct from (n.branch_id, n.status) group by 1, 2, 3) d
    where t.association_id = d.association_id and t.branch_id = d.branch_id and t.status = d.status;
  return null;
end $$;

ALTER FUNCTION public.membership_index_changed() OWNER TO portal_definer;

CREATE FUNCTION public.membership_index_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into member_word (ward_id, association_id, branch_id, membership_id, word)
    select distinct n.ward_id, n.association_id, n.branch_id, n.id, w from new_row n, unnest(member_words_of(n.words, n.phone)) w;
  insert into member_tally as t (ward_id, association_id, branch_id, status, n)
    select ward_id, association_id, branch_id, status, count(*) from new_row group by 1, 2, 3, 4 order by 2, 3, 4
    on conflict (association_id, branch_id, status) do update set n = t.n + excluded.n;
  return null;
end $$;

ALTER FUNCTION public.membership_index_new() OWNER TO portal_definer;

CREATE FUNCTION public.news_search(words text, folded_phrase text, phrase text, most integer) RETURNS TABLE(id bigint, rank integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select a.id,
         case when strpos(lower(a.title), phrase) > 0 then 3
              when strpos(a.folded, folded_phrase) > 0 then 2 else 1 end
  from article a
  where a.ward_id = app_ward() and a.status = 'published' and a.published_at <= app_now()
    and a.search @@ plainto_tsquery('simple', words)
  order by 2 desc, a.published_at desc, a.id desc
  limit most
$$;

ALTER FUNCTION public.news_search(words text, folded_phrase text, phrase text, most integer) OWNER TO portal_definer;

CREATE FUNCTION public.news_slug_taken(wanted text, but bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select 1 from article where ward_id = app_ward() and slug = wanted and id <> but)
      or exists (select 1 from article_slug where ward_id = app_ward() and slug = wanted and article_id <> but)
$$;

ALTER FUNCTION public.news_slug_taken(wanted text, but bigint) OWNER TO portal_definer;

CREATE FUNCTION public.officer_in_office(of_association bigint, on_day date) RETURNS TABLE(id bigint, association_id bigint, branch_id bigint, code text, title text, body text, rank integer, seat integer, name text, acting boolean, starts_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select a.id, a.association_id, a.branch_id, o.code, o.title, o.body, o.rank, a.seat, a.person_name, a.acting, a.starts_on
  from appointment a join office o on o.association_id = a.association_id and o.id = a.office_id
  where a.ward_id = app_ward() and (of_association = 0 or a.association_id = of_association) and on_day <= app_today()
    and a.starts_on <= on_day and (a.ends_on is null or a.ends_on > on_day)
$$;

ALTER FUNCTION public.officer_in_office(of_association bigint, on_day date) OWNER TO portal_definer;

CREATE FUNCTION public.person_copy_memberships() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update membership set full_name = btrim(new.family_middle || ' ' || new.given), alias = new.alias, sort_key = new.sort_key,
    folded = new.folded, sex = new.sex, birth = new.birth, birth_year = left(new.birth, 4)::integer, died = new.died, words = new.words,
    version = version + 1
  where person_id = new.id;
  return null;
end $$;

ALTER FUNCTION public.person_copy_memberships() OWNER TO portal_definer;

CREATE FUNCTION public.report_published() RETURNS TABLE(year integer, association_id bigint, code text, answer text, number bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select c.year, r.association_id, v.code, v.answer, v.number
  from report r
  join campaign c on c.id = r.campaign_id
  join report_value v on v.report_id = r.id
  where r.ward_id = app_ward() and c.period = 'nam' and r.branch_id is null and r.state in ('accepted', 'consolidated')
    and v.code = any ('{GEN.ORG.BRANCH,GEN.MEM.END,GEN.MEM.NEW,GEN.ACT.BRANCH,GEN.ACT.PROP,GEN.CARE.SICK,GEN.CARE.GIFT,GEN.CARE.GIFT_AMT,GEN.CLUB.N,GEN.EMU.COL,NCT.MEM60,NCT.MT.TOTAL,KHOC.HB,KHOC.HB_AMT,KHOC.THUONG_HS,KHOC.GDHT_CN,KHOC.CONGDAN_CN,TNXP.GDTT,TYN.GDTT}')
$$;

ALTER FUNCTION public.report_published() OWNER TO portal_definer;

CREATE FUNCTION public.report_sole_official() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select count(distinct g.account_id) <= 1
    from account_grant g join account a on a.id = g.account_id
    where g.ward_id = app_ward() and g.role = 'official' and a.disabled_at is null
      and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today())
  $$;

ALTER FUNCTION public.report_sole_official() OWNER TO portal_definer;

CREATE FUNCTION public.session_find(hash bytea, at timestamp with time zone, idle interval) RETURNS TABLE(id bigint, account_id bigint, name text, title text, demo boolean, own_device boolean, acting_for bigint, seen_at timestamp with time zone, roles text[], associations bigint[], branches bigint[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.id, s.account_id, a.name, a.title, a.demo, s.own_device, s.acting_for, s.seen_at,
         coalesce(array_agg(g.role order by g.id) filter (where g.id is not null), '{}'),
         coalesce(array_agg(coalesce(g.association_id, 0) order by g.id) filter (where g.id is not null), '{}'),
         coalesce(array_agg(coalesce(g.branch_id, 0) order by g.id) filter (where g.id is not null), '{}')
  from session s
  join account a on a.id = s.account_id and a.disabled_at is null
  left join account_grant g on g.account_id = a.id and g.starts_on <= app_today() and (g.ends_on is null or g.ends_on >= app_today())
  where s.token_hash = hash and s.ward_id = app_ward() and s.ended_at is null and s.expires_at > at
    and (s.own_device or s.seen_at > at - idle)
  group by s.id, a.id
$$;

ALTER FUNCTION public.session_find(hash bytea, at timestamp with time zone, idle interval) OWNER TO portal_definer;

CREATE FUNCTION public.ward_list() RETURNS TABLE(id bigint, code text, name text, demo boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select id, code, name, demo from ward order by id $$;

ALTER FUNCTION public.ward_list() OWNER TO portal_definer;

CREATE FUNCTION public.ward_of_host(host text) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select id from ward
    where host = any (hosts) or (hosts = '{}' and (select count(*) from ward) = 1)
    order by (host = any (hosts)) desc, id limit 1
  $$;

ALTER FUNCTION public.ward_of_host(host text) OWNER TO portal_definer;

CREATE TABLE public.account (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    login text NOT NULL,
    phone text,
    name text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    password_hash text,
    demo boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone,
    password_at timestamp with time zone,
    seen_news_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT account_login_format CHECK ((login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'::text))
);

ALTER TABLE ONLY public.account FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account OWNER TO portal_owner;

COMMENT ON TABLE public.account IS 'People who sign in. Owner: internal/account';

CREATE TABLE public.account_grant (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    account_id bigint NOT NULL,
    role text NOT NULL,
    association_id bigint,
    branch_id bigint,
    starts_on date NOT NULL,
    ends_on date,
    granted_by bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT account_grant_dates_order CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT account_grant_role_known CHECK ((role = ANY (ARRAY['branch_head'::text, 'chair'::text, 'editor'::text, 'secretary'::text, 'official'::text, 'leader'::text, 'admin'::text]))),
    CONSTRAINT account_grant_scope_fits CHECK (
CASE
    WHEN (role = ANY (ARRAY['chair'::text, 'secretary'::text])) THEN ((association_id IS NOT NULL) AND (branch_id IS NULL))
    WHEN (role = 'branch_head'::text) THEN ((association_id IS NOT NULL) AND (branch_id IS NOT NULL))
    ELSE ((association_id IS NULL) AND (branch_id IS NULL))
END)
);

ALTER TABLE ONLY public.account_grant FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account_grant OWNER TO portal_owner;

COMMENT ON TABLE public.account_grant IS 'Dated rights: a role with its scope. Rights end with the date, never by a forgotten flag. Owner: internal/account';

ALTER TABLE public.account_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.activity (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    happened_on date NOT NULL,
    kind text NOT NULL,
    quantity integer NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    for_whom text DEFAULT 'none'::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    removed_at timestamp with time zone,
    removed_reason text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT activity_amount_range CHECK (((amount >= 0) AND (amount <= '1000000000000'::bigint))),
    CONSTRAINT activity_for_whom_known CHECK ((for_whom = ANY (ARRAY['member'::text, 'non_member'::text, 'household'::text, 'none'::text]))),
    CONSTRAINT activity_note_length CHECK ((char_length(note) <= 2000)),
    CONSTRAINT activity_people_range CHECK (((people >= 0) AND (people <= 1000000))),
    CONSTRAINT activity_quantity_range CHECK (((quantity >= 0) AND (quantity <= 100000))),
    CONSTRAINT activity_removed_reason CHECK (((removed_at IS NULL) OR (removed_reason <> ''::text))),
    CONSTRAINT activity_source_known CHECK ((source = ANY (ARRAY[''::text, 'quy_hoi'::text, 'van_dong'::text, 'ngan_sach'::text, 'khac'::text])))
);

ALTER TABLE ONLY public.activity FORCE ROW LEVEL SECURITY;

ALTER TABLE public.activity OWNER TO portal_owner;

COMMENT ON TABLE public.activity IS 'The diary (sổ hoạt động): entries that fill the report. Owner: internal/activity';

CREATE TABLE public.activity_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    object text NOT NULL,
    object_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.activity_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.activity_change OWNER TO portal_owner;

COMMENT ON TABLE public.activity_change IS 'Timeline of the diary, the funds and the clubs. Owner: internal/activity';

ALTER TABLE public.activity_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activity_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.activity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.appointment (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    office_id bigint NOT NULL,
    branch_id bigint,
    term_id bigint,
    seat integer NOT NULL,
    person_id bigint,
    person_name text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    began text NOT NULL,
    ended text,
    acting boolean DEFAULT false NOT NULL,
    decision_no text DEFAULT ''::text NOT NULL,
    decision_on date,
    begin_note text DEFAULT ''::text NOT NULL,
    end_note text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT appointment_began_known CHECK ((began = ANY (ARRAY['bau_dai_hoi'::text, 'bau_bo_sung'::text, 'hiep_thuong'::text, 'chi_dinh'::text, 'cong_nhan'::text, 'giao_phu_trach'::text]))),
    CONSTRAINT appointment_dates_order CHECK (((ends_on > starts_on) OR ((ends_on = starts_on) AND (ended = 'nhap_nham'::text)))),
    CONSTRAINT appointment_end_whole CHECK (((ended IS NULL) = (ends_on IS NULL))),
    CONSTRAINT appointment_ended_known CHECK ((ended = ANY (ARRAY['het_nhiem_ky'::text, 'mien_nhiem'::text, 'xin_thoi'::text, 'chuyen_di'::text, 'qua_doi'::text, 'sap_nhap'::text, 'nhap_nham'::text]))),
    CONSTRAINT appointment_name_length CHECK (((char_length(person_name) >= 2) AND (char_length(person_name) <= 120))),
    CONSTRAINT appointment_seat_range CHECK (((seat >= 1) AND (seat <= 999)))
);

ALTER TABLE ONLY public.appointment FORCE ROW LEVEL SECURITY;

ALTER TABLE public.appointment OWNER TO portal_owner;

COMMENT ON TABLE public.appointment IS 'Who holds which seat from when to when. Owner: internal/officer';

ALTER TABLE public.appointment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.article (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint,
    slug text NOT NULL,
    title text NOT NULL,
    lead text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    html text DEFAULT ''::text NOT NULL,
    folded text DEFAULT ''::text NOT NULL,
    category text NOT NULL,
    byline text DEFAULT ''::text NOT NULL,
    source_name text DEFAULT ''::text NOT NULL,
    source_url text DEFAULT ''::text NOT NULL,
    source_date date,
    status text DEFAULT 'draft'::text NOT NULL,
    featured boolean DEFAULT false NOT NULL,
    author_id bigint,
    submitted_by bigint,
    submitted_at timestamp with time zone,
    approved_by bigint,
    published_by bigint,
    published_at timestamp with time zone,
    note text DEFAULT ''::text NOT NULL,
    view_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, folded)) STORED,
    CONSTRAINT article_approver_second CHECK (((submitted_by IS NULL) OR (approved_by IS NULL) OR (approved_by <> submitted_by))),
    CONSTRAINT article_body_length CHECK ((char_length(body) <= 60000)),
    CONSTRAINT article_byline_length CHECK ((char_length(byline) <= 60)),
    CONSTRAINT article_lead_length CHECK ((char_length(lead) <= 600)),
    CONSTRAINT article_published_dated CHECK (((status <> 'published'::text) OR (published_at IS NOT NULL))),
    CONSTRAINT article_publisher_second CHECK (((submitted_by IS NULL) OR (published_by IS NULL) OR (published_by <> submitted_by))),
    CONSTRAINT article_slug_format CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (char_length(slug) <= 120))),
    CONSTRAINT article_source_url_scheme CHECK (((source_url = ''::text) OR (source_url ~ '^https?://'::text))),
    CONSTRAINT article_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'published'::text, 'withdrawn'::text]))),
    CONSTRAINT article_title_length CHECK (((char_length(title) >= 5) AND (char_length(title) <= 250))),
    CONSTRAINT article_views_positive CHECK ((view_count >= 0))
);

ALTER TABLE ONLY public.article FORCE ROW LEVEL SECURITY;

ALTER TABLE public.article OWNER TO portal_owner;

COMMENT ON TABLE public.article IS 'News. Owner: internal/news';

CREATE TABLE public.article_association (
    ward_id bigint NOT NULL,
    article_id bigint NOT NULL,
    association_id bigint NOT NULL
);

ALTER TABLE ONLY public.article_association FORCE ROW LEVEL SECURITY;

ALTER TABLE public.article_association OWNER TO portal_owner;

COMMENT ON TABLE public.article_association IS 'Which associations an article is about. Owner: internal/news';

ALTER TABLE public.article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.article_photo (
    ward_id bigint NOT NULL,
    article_id bigint NOT NULL,
    media_id bigint NOT NULL,
    "position" integer NOT NULL,
    caption text DEFAULT ''::text NOT NULL,
    alt text DEFAULT ''::text NOT NULL,
    credit text DEFAULT ''::text NOT NULL,
    CONSTRAINT article_photo_position_range CHECK ((("position" >= 1) AND ("position" <= 30))),
    CONSTRAINT article_photo_text_length CHECK (((char_length(caption) <= 400) AND (char_length(alt) <= 400) AND (char_length(credit) <= 120)))
);

ALTER TABLE ONLY public.article_photo FORCE ROW LEVEL SECURITY;

ALTER TABLE public.article_photo OWNER TO portal_owner;

COMMENT ON TABLE public.article_photo IS 'Photos of an article with their words and order. Owner: internal/news';

CREATE TABLE public.article_slug (
    ward_id bigint NOT NULL,
    slug text NOT NULL,
    article_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.article_slug FORCE ROW LEVEL SECURITY;

ALTER TABLE public.article_slug OWNER TO portal_owner;

COMMENT ON TABLE public.article_slug IS 'Addresses an article was published under before; they redirect. Owner: internal/news';

CREATE TABLE public.association (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    kind text NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    short_name text DEFAULT ''::text NOT NULL,
    about text DEFAULT ''::text NOT NULL,
    history text DEFAULT ''::text NOT NULL,
    symbol text DEFAULT ''::text NOT NULL,
    sort integer DEFAULT 0 NOT NULL,
    founded text,
    bch_quota integer,
    contact text DEFAULT ''::text NOT NULL,
    opened_on date,
    closed_on date,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT association_name_length CHECK (((char_length(name) >= 2) AND (char_length(name) <= 160))),
    CONSTRAINT association_quota_range CHECK (((bch_quota >= 1) AND (bch_quota <= 99))),
    CONSTRAINT association_slug_format CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (slug <> 'tong-hop'::text)))
);

ALTER TABLE ONLY public.association FORCE ROW LEVEL SECURITY;

ALTER TABLE public.association OWNER TO portal_owner;

COMMENT ON TABLE public.association IS 'The ward''s associations (hội). Owner: internal/association';

CREATE TABLE public.association_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.association_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.association_change OWNER TO portal_owner;

COMMENT ON TABLE public.association_change IS 'Timeline of an association and its branches. Owner: internal/association';

ALTER TABLE public.association_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.association_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.association ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.association_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    actor text DEFAULT ''::text NOT NULL,
    action text NOT NULL,
    object text DEFAULT ''::text NOT NULL,
    object_id bigint,
    association_id bigint,
    on_behalf boolean DEFAULT false NOT NULL,
    fields text[] DEFAULT '{}'::text[] NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    request_id text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.audit_log FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log OWNER TO portal_owner;

COMMENT ON TABLE public.audit_log IS 'Append-only for the program: ids and field names, never a personal value. Owner: internal/audit';

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.beneficiary (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    activity_id bigint NOT NULL,
    sort integer DEFAULT 0 NOT NULL,
    kind text NOT NULL,
    person_id bigint,
    name text NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    received_on date,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT beneficiary_amount_range CHECK (((amount >= 0) AND (amount <= '1000000000000'::bigint))),
    CONSTRAINT beneficiary_kind_known CHECK ((kind = ANY (ARRAY['member'::text, 'pupil'::text, 'household'::text, 'other'::text]))),
    CONSTRAINT beneficiary_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160)))
);

ALTER TABLE ONLY public.beneficiary FORCE ROW LEVEL SECURITY;

ALTER TABLE public.beneficiary OWNER TO portal_owner;

COMMENT ON TABLE public.beneficiary IS 'Who received what at an entry of the diary. Owner: internal/activity';

ALTER TABLE public.beneficiary ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.beneficiary_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.branch (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    name text NOT NULL,
    sort integer DEFAULT 0 NOT NULL,
    listed boolean DEFAULT true NOT NULL,
    place text DEFAULT 'group'::text NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT branch_dates_order CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
    CONSTRAINT branch_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT branch_place_known CHECK ((place = ANY (ARRAY['group'::text, 'school'::text, 'agency'::text, 'clan'::text, 'other'::text])))
);

ALTER TABLE ONLY public.branch FORCE ROW LEVEL SECURITY;

ALTER TABLE public.branch OWNER TO portal_owner;

COMMENT ON TABLE public.branch IS 'Branches (chi hội). Owner: internal/association';

CREATE TABLE public.branch_count (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint NOT NULL,
    counted_on date NOT NULL,
    members integer NOT NULL,
    female integer,
    source text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT branch_count_female_range CHECK (((female >= 0) AND (female <= members))),
    CONSTRAINT branch_count_members_range CHECK (((members >= 0) AND (members <= 100000)))
);

ALTER TABLE ONLY public.branch_count FORCE ROW LEVEL SECURITY;

ALTER TABLE public.branch_count OWNER TO portal_owner;

COMMENT ON TABLE public.branch_count IS 'Dated counts of branches kept by number only. Owner: internal/association';

ALTER TABLE public.branch_count ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.branch_count_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.branch_group (
    ward_id bigint NOT NULL,
    branch_id bigint NOT NULL,
    group_id bigint NOT NULL
);

ALTER TABLE ONLY public.branch_group FORCE ROW LEVEL SECURITY;

ALTER TABLE public.branch_group OWNER TO portal_owner;

COMMENT ON TABLE public.branch_group IS 'Which residential groups a branch covers. Owner: internal/association';

ALTER TABLE public.branch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.branch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    year integer NOT NULL,
    period text DEFAULT 'nam'::text NOT NULL,
    opens_on date NOT NULL,
    cut_off date NOT NULL,
    deadline date NOT NULL,
    closes_on date NOT NULL,
    asks_branches boolean DEFAULT false NOT NULL,
    historical boolean DEFAULT false NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT campaign_closes_order CHECK ((closes_on >= deadline)),
    CONSTRAINT campaign_deadline_order CHECK ((deadline >= cut_off)),
    CONSTRAINT campaign_note_length CHECK ((char_length(note) <= 4000)),
    CONSTRAINT campaign_opens_order CHECK ((opens_on <= deadline)),
    CONSTRAINT campaign_period_known CHECK ((period = ANY (ARRAY['nam'::text, '6_thang'::text]))),
    CONSTRAINT campaign_year_range CHECK (((year >= 1990) AND (year <= 2100)))
);

ALTER TABLE ONLY public.campaign FORCE ROW LEVEL SECURITY;

ALTER TABLE public.campaign OWNER TO portal_owner;

COMMENT ON TABLE public.campaign IS 'A year''s round of reports. Owner: internal/report';

CREATE TABLE public.campaign_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    action text NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.campaign_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_change OWNER TO portal_owner;

COMMENT ON TABLE public.campaign_change IS 'Timeline of a campaign and of the ward''s summary. Owner: internal/report';

ALTER TABLE public.campaign_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign_extension (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    association_id bigint NOT NULL,
    until date NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    CONSTRAINT campaign_extension_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
);

ALTER TABLE ONLY public.campaign_extension FORCE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_extension OWNER TO portal_owner;

COMMENT ON TABLE public.campaign_extension IS 'More time for one association; the newest row holds. Owner: internal/report';

ALTER TABLE public.campaign_extension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.campaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign_row (
    ward_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    sort integer NOT NULL
);

ALTER TABLE ONLY public.campaign_row FORCE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_row OWNER TO portal_owner;

COMMENT ON TABLE public.campaign_row IS 'The rows that a campaign chose for the first page of each kind. Owner: internal/report';

CREATE TABLE public.club (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    name text NOT NULL,
    kind text NOT NULL,
    members integer DEFAULT 0 NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT club_dates_order CHECK ((ends_on >= starts_on)),
    CONSTRAINT club_members_range CHECK (((members >= 0) AND (members <= 100000))),
    CONSTRAINT club_name_length CHECK (((char_length(name) >= 2) AND (char_length(name) <= 160)))
);

ALTER TABLE ONLY public.club FORCE ROW LEVEL SECURITY;

ALTER TABLE public.club OWNER TO portal_owner;

COMMENT ON TABLE public.club IS 'Clubs, models and movements (CLB, mô hình). Owner: internal/activity';

ALTER TABLE public.club ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.club_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.form_key (
    ward_id bigint NOT NULL,
    key text NOT NULL,
    account_id bigint,
    path text NOT NULL,
    location text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT form_key_key_length CHECK (((char_length(key) >= 16) AND (char_length(key) <= 64)))
);

ALTER TABLE ONLY public.form_key FORCE ROW LEVEL SECURITY;

ALTER TABLE public.form_key OWNER TO portal_owner;

COMMENT ON TABLE public.form_key IS 'One row per form that was carried out: a second submit gets the first one''s answer. Owner: internal/draft';

CREATE TABLE public.fund_entry (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    fund text NOT NULL,
    happened_on date NOT NULL,
    category text NOT NULL,
    amount bigint NOT NULL,
    counterpart text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    removed_at timestamp with time zone,
    removed_reason text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT fund_entry_amount_range CHECK (((amount >= 1) AND (amount <= '1000000000000'::bigint))),
    CONSTRAINT fund_entry_category_known CHECK ((category = ANY (ARRAY['OPEN'::text, 'FEE'::text, 'MOB'::text, 'BUD'::text, 'OTH'::text, 'OUT'::text]))),
    CONSTRAINT fund_entry_note_length CHECK ((char_length(note) <= 2000)),
    CONSTRAINT fund_entry_removed_reason CHECK (((removed_at IS NULL) OR (removed_reason <> ''::text)))
);

ALTER TABLE ONLY public.fund_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE public.fund_entry OWNER TO portal_owner;

COMMENT ON TABLE public.fund_entry IS 'Simple books of the funds. Owner: internal/activity';

ALTER TABLE public.fund_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fund_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.import_row (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    run_id bigint NOT NULL,
    n integer NOT NULL,
    sheet text NOT NULL,
    "row" integer NOT NULL,
    name text NOT NULL,
    outcome text NOT NULL,
    warned boolean DEFAULT false NOT NULL,
    decision text DEFAULT ''::text NOT NULL,
    membership_id bigint,
    sealed bytea NOT NULL,
    done bigint,
    changes bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    version_after integer,
    CONSTRAINT import_row_outcome_known CHECK ((outcome = ANY (ARRAY['new'::text, 'changed'::text, 'same'::text, 'ask'::text, 'wrong'::text, 'repeat'::text])))
);

ALTER TABLE ONLY public.import_row FORCE ROW LEVEL SECURITY;

ALTER TABLE public.import_row OWNER TO portal_owner;

COMMENT ON TABLE public.import_row IS 'Rows of a roster file with what they will do. Owner: internal/member';

ALTER TABLE public.import_row ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.import_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.import_run (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_name text NOT NULL,
    file_hash bytea NOT NULL,
    file_sealed bytea,
    sheets_sealed bytea NOT NULL,
    mapping jsonb DEFAULT '[]'::jsonb NOT NULL,
    learned jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    roster_mark text NOT NULL,
    applied_at timestamp with time zone,
    applied_by text DEFAULT ''::text NOT NULL,
    undone_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT import_run_applied_complete CHECK (((applied_at IS NOT NULL) = (state = ANY (ARRAY['applied'::text, 'undone'::text])))),
    CONSTRAINT import_run_file_name_length CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 200))),
    CONSTRAINT import_run_state_known CHECK ((state = ANY (ARRAY['planned'::text, 'applied'::text, 'undone'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.import_run FORCE ROW LEVEL SECURITY;

ALTER TABLE public.import_run OWNER TO portal_owner;

COMMENT ON TABLE public.import_run IS 'Roster files: how they were read, the stored plan, executed and undone as a whole. Owner: internal/member';

ALTER TABLE public.import_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.import_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.key_check (
    id integer DEFAULT 1 NOT NULL,
    proof bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT key_check_id_one CHECK ((id = 1)),
    CONSTRAINT key_check_proof_length CHECK ((octet_length(proof) = 32))
);

ALTER TABLE ONLY public.key_check FORCE ROW LEVEL SECURITY;

ALTER TABLE public.key_check OWNER TO portal_owner;

COMMENT ON TABLE public.key_check IS 'Proof of the secret file in use: a program with another key refuses to start. Owner: internal/ward';

CREATE TABLE public.letter (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint,
    code_hash bytea NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    consent boolean DEFAULT false NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    answer text DEFAULT ''::text NOT NULL,
    answered_by bigint,
    answered_at timestamp with time zone,
    answered_on date,
    note text DEFAULT ''::text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT letter_answer_dated CHECK ((((answer <> ''::text) = (answered_at IS NOT NULL)) AND ((answer <> ''::text) = (answered_on IS NOT NULL)))),
    CONSTRAINT letter_answer_length CHECK ((char_length(answer) <= 5000)),
    CONSTRAINT letter_answered_complete CHECK (((state <> 'answered'::text) OR (answer <> ''::text))),
    CONSTRAINT letter_body_length CHECK (((char_length(body) >= 10) AND (char_length(body) <= 5000))),
    CONSTRAINT letter_note_length CHECK ((char_length(note) <= 1000)),
    CONSTRAINT letter_state_known CHECK ((state = ANY (ARRAY['new'::text, 'reading'::text, 'answered'::text, 'closed'::text, 'spam'::text]))),
    CONSTRAINT letter_subject_length CHECK (((char_length(subject) >= 5) AND (char_length(subject) <= 200)))
);

ALTER TABLE ONLY public.letter FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter OWNER TO portal_owner;

COMMENT ON TABLE public.letter IS 'Letters of residents, without who sent them. Owner: internal/feedback';

CREATE TABLE public.letter_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    letter_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.letter_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter_change OWNER TO portal_owner;

COMMENT ON TABLE public.letter_change IS 'Timeline of a letter; no personal value of the sender. Owner: internal/feedback';

ALTER TABLE public.letter_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.letter_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.letter_publication (
    letter_id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint,
    subject text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT letter_publication_answer_length CHECK (((char_length(answer) >= 1) AND (char_length(answer) <= 5000))),
    CONSTRAINT letter_publication_question_length CHECK (((char_length(question) >= 10) AND (char_length(question) <= 5000))),
    CONSTRAINT letter_publication_subject_length CHECK (((char_length(subject) >= 5) AND (char_length(subject) <= 200)))
);

ALTER TABLE ONLY public.letter_publication FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter_publication OWNER TO portal_owner;

COMMENT ON TABLE public.letter_publication IS 'Questions and answers that residents may read: nothing of the sender. Owner: internal/feedback';

CREATE TABLE public.letter_sender (
    letter_id bigint NOT NULL,
    ward_id bigint NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    contact text DEFAULT ''::text NOT NULL,
    CONSTRAINT letter_sender_contact_length CHECK ((char_length(contact) <= 160)),
    CONSTRAINT letter_sender_name_length CHECK ((char_length(name) <= 120))
);

ALTER TABLE ONLY public.letter_sender FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter_sender OWNER TO portal_owner;

COMMENT ON TABLE public.letter_sender IS 'Name and contact of a letter''s sender: only for those who answer. Owner: internal/feedback';

CREATE TABLE public.letter_sending (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    address_key bytea NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.letter_sending FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter_sending OWNER TO portal_owner;

COMMENT ON TABLE public.letter_sending IS 'Feeds the throttle of letters; rows older than a day are deleted. Owner: internal/feedback';

ALTER TABLE public.letter_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.letter_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.media (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    purpose text NOT NULL,
    association_id bigint,
    uploaded_by bigint,
    width integer NOT NULL,
    height integer NOT NULL,
    widths integer[] NOT NULL,
    digest bytea NOT NULL,
    public_since timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT media_public_purpose CHECK (((public_since IS NULL) OR (purpose = 'news'::text))),
    CONSTRAINT media_purpose_known CHECK ((purpose = ANY (ARRAY['news'::text, 'record'::text]))),
    CONSTRAINT media_size_range CHECK ((((width >= 1) AND (width <= 1600)) AND ((height >= 1) AND (height <= 6400))))
);

ALTER TABLE ONLY public.media FORCE ROW LEVEL SECURITY;

ALTER TABLE public.media OWNER TO portal_owner;

COMMENT ON TABLE public.media IS 'Uploaded photos, re-encoded. Alt, caption and credit belong to the use, not to the photo. Owner: internal/media';

ALTER TABLE public.media ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.media_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.media_size (
    ward_id bigint NOT NULL,
    media_id bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT media_size_body_length CHECK (((octet_length(body) >= 1) AND (octet_length(body) <= 5000000)))
);
ALTER TABLE ONLY public.media_size ALTER COLUMN body SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.media_size FORCE ROW LEVEL SECURITY;

ALTER TABLE public.media_size OWNER TO portal_owner;

COMMENT ON TABLE public.media_size IS 'One photo in one fixed width. Owner: internal/media';

CREATE TABLE public.meeting (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint,
    branch_id bigint,
    kind text NOT NULL,
    title text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    place text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    public boolean DEFAULT false NOT NULL,
    chair_name text DEFAULT ''::text NOT NULL,
    conclusion text DEFAULT ''::text NOT NULL,
    state_reason text DEFAULT ''::text NOT NULL,
    invited integer,
    present integer,
    excused integer,
    absent integer,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT meeting_absent_range CHECK ((((excused >= 0) AND (excused <= 100000)) AND ((absent >= 0) AND (absent <= 100000)))),
    CONSTRAINT meeting_branch_whole CHECK (((branch_id IS NULL) OR (association_id IS NOT NULL))),
    CONSTRAINT meeting_closed_counts CHECK (((state <> ALL (ARRAY['closed'::text, 'minutes_approved'::text])) OR ((present IS NOT NULL) AND (ends_at IS NOT NULL)))),
    CONSTRAINT meeting_invited_range CHECK (((invited >= 0) AND (invited <= 100000))),
    CONSTRAINT meeting_place_length CHECK ((char_length(place) <= 200)),
    CONSTRAINT meeting_present_range CHECK (((present >= 0) AND (present <= 100000))),
    CONSTRAINT meeting_reason_given CHECK (((state <> ALL (ARRAY['postponed'::text, 'cancelled'::text])) OR (state_reason <> ''::text))),
    CONSTRAINT meeting_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'invited'::text, 'running'::text, 'closed'::text, 'minutes_approved'::text, 'postponed'::text, 'cancelled'::text]))),
    CONSTRAINT meeting_times_order CHECK ((ends_at > starts_at)),
    CONSTRAINT meeting_title_length CHECK (((char_length(title) >= 3) AND (char_length(title) <= 200)))
);

ALTER TABLE ONLY public.meeting FORCE ROW LEVEL SECURITY;

ALTER TABLE public.meeting OWNER TO portal_owner;

COMMENT ON TABLE public.meeting IS 'Meetings of the ward, its associations and branches. Owner: internal/meeting';

CREATE TABLE public.meeting_association (
    ward_id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    association_id bigint NOT NULL
);

ALTER TABLE ONLY public.meeting_association FORCE ROW LEVEL SECURITY;

ALTER TABLE public.meeting_association OWNER TO portal_owner;

COMMENT ON TABLE public.meeting_association IS 'Which associations take part. Owner: internal/meeting';

CREATE TABLE public.meeting_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    association_id bigint,
    branch_id bigint,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.meeting_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.meeting_change OWNER TO portal_owner;

COMMENT ON TABLE public.meeting_change IS 'Timeline of meetings. Owner: internal/meeting';

ALTER TABLE public.meeting_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meeting_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.meeting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meeting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.meeting_invitee (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    association_id bigint,
    branch_id bigint,
    class text NOT NULL,
    person_id bigint,
    name text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    unit text DEFAULT ''::text NOT NULL,
    attendance text DEFAULT 'invited'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    sort integer DEFAULT 0 NOT NULL,
    CONSTRAINT meeting_invitee_attendance_known CHECK ((attendance = ANY (ARRAY['invited'::text, 'present'::text, 'excused'::text, 'absent'::text]))),
    CONSTRAINT meeting_invitee_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160)))
);

ALTER TABLE ONLY public.meeting_invitee FORCE ROW LEVEL SECURITY;

ALTER TABLE public.meeting_invitee OWNER TO portal_owner;

COMMENT ON TABLE public.meeting_invitee IS 'Who was invited, frozen; later edits of the roster never change a quorum. Owner: internal/meeting';

ALTER TABLE public.meeting_invitee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meeting_invitee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    act text NOT NULL,
    sentence text NOT NULL,
    fields text[] DEFAULT '{}'::text[] NOT NULL,
    before jsonb,
    after jsonb,
    undone_by bigint
);

ALTER TABLE ONLY public.member_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.member_change OWNER TO portal_owner;

COMMENT ON TABLE public.member_change IS 'Timeline of a membership; before and after for restore and the conflict page. Owner: internal/member';

ALTER TABLE public.member_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.member_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_question (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    kind text NOT NULL,
    day text,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answer text,
    CONSTRAINT member_question_answer_known CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text, 'withdrawn'::text]))),
    CONSTRAINT member_question_kind_known CHECK ((kind = 'died'::text))
);

ALTER TABLE ONLY public.member_question FORCE ROW LEVEL SECURITY;

ALTER TABLE public.member_question OWNER TO portal_owner;

COMMENT ON TABLE public.member_question IS 'Asks an association to confirm what was told elsewhere, without saying who told. Owner: internal/member';

ALTER TABLE public.member_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.member_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_tally (
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint NOT NULL,
    status text NOT NULL,
    n integer NOT NULL,
    CONSTRAINT member_tally_n_range CHECK ((n >= 0))
);

ALTER TABLE ONLY public.member_tally FORCE ROW LEVEL SECURITY;

ALTER TABLE public.member_tally OWNER TO portal_owner;

COMMENT ON TABLE public.member_tally IS 'How many memberships each branch has in each state, kept by triggers in the writing transaction. Owner: internal/member';

CREATE TABLE public.member_word (
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.member_word FORCE ROW LEVEL SECURITY;

ALTER TABLE public.member_word OWNER TO portal_owner;

COMMENT ON TABLE public.member_word IS 'Search words of memberships, written by triggers. Owner: internal/member';

CREATE TABLE public.membership (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    person_id bigint NOT NULL,
    branch_id bigint NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    class text DEFAULT 'chinh_thuc'::text NOT NULL,
    began text NOT NULL,
    joined text,
    ended text,
    ended_how text,
    card text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    phone_owner text DEFAULT ''::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    group_id bigint,
    note text DEFAULT ''::text NOT NULL,
    profile jsonb DEFAULT '{}'::jsonb NOT NULL,
    id_key bytea,
    id_tail text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    full_name text NOT NULL,
    alias text NOT NULL,
    sort_key bytea NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    sex text NOT NULL,
    birth text,
    birth_year integer,
    died text,
    words text[] NOT NULL,
    CONSTRAINT membership_address_length CHECK ((char_length(address) <= 300)),
    CONSTRAINT membership_began_known CHECK ((began = ANY (ARRAY['ket_nap'::text, 'chuyen_den'::text, 'bo_sung'::text]))),
    CONSTRAINT membership_card_length CHECK ((char_length(card) <= 40)),
    CONSTRAINT membership_class_known CHECK ((class = ANY (ARRAY['chinh_thuc'::text, 'lien_ket'::text, 'danh_du'::text, 'tu_nguyen'::text]))),
    CONSTRAINT membership_ended_fits CHECK (((status = 'left'::text) = (ended_how IS NOT NULL))),
    CONSTRAINT membership_id_tail_format CHECK ((id_tail ~ '^[0-9]{0,4}$'::text)),
    CONSTRAINT membership_joined_age CHECK ((("left"(joined, 4))::integer >= (birth_year + 14))),
    CONSTRAINT membership_joined_format CHECK ((joined ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?$'::text)),
    CONSTRAINT membership_note_length CHECK ((char_length(note) <= 4000)),
    CONSTRAINT membership_phone_format CHECK ((phone ~ '^[0-9]{0,15}$'::text)),
    CONSTRAINT membership_phone_owner_length CHECK ((char_length(phone_owner) <= 100)),
    CONSTRAINT membership_status_known CHECK ((status = ANY (ARRAY['active'::text, 'exempt'::text, 'left'::text, 'mistake'::text])))
);

ALTER TABLE ONLY public.membership FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership OWNER TO portal_owner;

COMMENT ON TABLE public.membership IS 'A person in an association, now; its dated past lies in membership_span, _branch and _state. Owner: internal/member';

CREATE TABLE public.membership_branch (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    branch_id bigint NOT NULL,
    moved text,
    from_day date NOT NULL,
    to_day date,
    earlier_id bigint,
    reason text DEFAULT ''::text NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    CONSTRAINT membership_branch_dates_order CHECK ((to_day >= from_day)),
    CONSTRAINT membership_branch_reason_length CHECK ((char_length(reason) <= 500))
);

ALTER TABLE ONLY public.membership_branch FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership_branch OWNER TO portal_owner;

COMMENT ON TABLE public.membership_branch IS 'Dated branches of a membership; a move closes one row and opens the next. Owner: internal/member';

ALTER TABLE public.membership_branch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.membership_branch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.membership_secret (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    code text NOT NULL,
    sealed bytea NOT NULL,
    id_key bytea,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    voided boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.membership_secret FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership_secret OWNER TO portal_owner;

COMMENT ON TABLE public.membership_secret IS 'Sealed sensitive fields. Owner: internal/member';

ALTER TABLE public.membership_secret ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.membership_secret_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.membership_span (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    began text NOT NULL,
    joined text,
    from_day date NOT NULL,
    ended_how text,
    ended text,
    to_day date,
    reason text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    CONSTRAINT membership_span_began_known CHECK ((began = ANY (ARRAY['ket_nap'::text, 'chuyen_den'::text, 'bo_sung'::text]))),
    CONSTRAINT membership_span_dates_order CHECK ((to_day >= from_day)),
    CONSTRAINT membership_span_end_complete CHECK (((ended_how IS NULL) = (to_day IS NULL))),
    CONSTRAINT membership_span_ended_known CHECK ((ended_how = ANY (ARRAY['chuyen_di'::text, 'xin_ra'::text, 'xoa_ten'::text, 'khai_tru'::text, 'qua_doi'::text, 'nhap_nham'::text]))),
    CONSTRAINT membership_span_reason_length CHECK (((char_length(reason) <= 500) AND (char_length(place) <= 200)))
);

ALTER TABLE ONLY public.membership_span FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership_span OWNER TO portal_owner;

COMMENT ON TABLE public.membership_span IS 'Dated belonging, closed and never deleted. Owner: internal/member';

ALTER TABLE public.membership_span ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.membership_span_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.membership_state (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    membership_id bigint NOT NULL,
    state text NOT NULL,
    since text,
    from_day date NOT NULL,
    to_day date,
    reason text DEFAULT ''::text NOT NULL,
    voided boolean DEFAULT false NOT NULL,
    CONSTRAINT membership_state_dates_order CHECK ((to_day >= from_day)),
    CONSTRAINT membership_state_reason_length CHECK ((char_length(reason) <= 500)),
    CONSTRAINT membership_state_state_known CHECK ((state = 'mien_sinh_hoat'::text))
);

ALTER TABLE ONLY public.membership_state FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership_state OWNER TO portal_owner;

COMMENT ON TABLE public.membership_state IS 'Dated exemptions from meetings (miễn sinh hoạt). Owner: internal/member';

ALTER TABLE public.membership_state ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.membership_state_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.news_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    article_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.news_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.news_change OWNER TO portal_owner;

COMMENT ON TABLE public.news_change IS 'Timeline and versions of an article. Owner: internal/news';

ALTER TABLE public.news_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.office (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    rank integer NOT NULL,
    seats integer DEFAULT 0 NOT NULL,
    mandatory boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT office_body_known CHECK ((body = ANY (ARRAY['BTV'::text, 'BCH'::text, 'BKT'::text, 'CHI_HOI'::text, 'KHAC'::text]))),
    CONSTRAINT office_seats_range CHECK (((seats >= 0) AND (seats <= 99))),
    CONSTRAINT office_title_length CHECK (((char_length(title) >= 2) AND (char_length(title) <= 80)))
);

ALTER TABLE ONLY public.office FORCE ROW LEVEL SECURITY;

ALTER TABLE public.office OWNER TO portal_owner;

COMMENT ON TABLE public.office IS 'Offices with their seats: the seat stands apart from the person. Owner: internal/officer';

ALTER TABLE public.office ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.office_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.officer_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    appointment_id bigint,
    person_id bigint,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.officer_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.officer_change OWNER TO portal_owner;

COMMENT ON TABLE public.officer_change IS 'Timeline of terms, offices and appointments. Owner: internal/officer';

ALTER TABLE public.officer_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.officer_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parked_post (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    path text NOT NULL,
    body jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.parked_post FORCE ROW LEVEL SECURITY;

ALTER TABLE public.parked_post OWNER TO portal_owner;

COMMENT ON TABLE public.parked_post IS 'What was typed when the session had expired, until the person is back. Deleted when taken or after a day. Owner: internal/draft';

ALTER TABLE public.parked_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parked_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.person (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    made_for bigint NOT NULL,
    family_middle text DEFAULT ''::text NOT NULL,
    given text NOT NULL,
    alias text DEFAULT ''::text NOT NULL,
    sex text DEFAULT ''::text NOT NULL,
    birth text,
    died text,
    sort_key bytea NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    words text[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT person_alias_length CHECK ((char_length(alias) <= 100)),
    CONSTRAINT person_birth_format CHECK ((birth ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?$'::text)),
    CONSTRAINT person_birth_range CHECK (((("left"(birth, 4))::integer >= 1900) AND (("left"(birth, 4))::integer <= 2200))),
    CONSTRAINT person_died_format CHECK ((died ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?$'::text)),
    CONSTRAINT person_died_order CHECK (("left"(rtrim(died, '~'::text), LEAST(length(rtrim(died, '~'::text)), length(rtrim(birth, '~'::text)))) >= "left"(rtrim(birth, '~'::text), LEAST(length(rtrim(died, '~'::text)), length(rtrim(birth, '~'::text)))))),
    CONSTRAINT person_name_length CHECK ((((char_length(given) >= 1) AND (char_length(given) <= 60)) AND (char_length(family_middle) <= 100))),
    CONSTRAINT person_sex_known CHECK ((sex = ANY (ARRAY[''::text, 'nam'::text, 'nu'::text])))
);

ALTER TABLE ONLY public.person FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person OWNER TO portal_owner;

COMMENT ON TABLE public.person IS 'People of the ward, one row per person and association until the ward links them. Owner: internal/member';

ALTER TABLE public.person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.report (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    association_id bigint NOT NULL,
    branch_id bigint,
    state text DEFAULT 'not_started'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    final boolean DEFAULT false NOT NULL,
    amendment integer DEFAULT 0 NOT NULL,
    amended_closed boolean DEFAULT false NOT NULL,
    submitted_at timestamp with time zone,
    submitted_by bigint,
    submitted_name text DEFAULT ''::text NOT NULL,
    returned_at timestamp with time zone,
    returned_name text DEFAULT ''::text NOT NULL,
    return_note text DEFAULT ''::text NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by bigint,
    accepted_name text DEFAULT ''::text NOT NULL,
    sole_official boolean DEFAULT false NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    typed_name text DEFAULT ''::text NOT NULL,
    paper_date date,
    paper_media bigint,
    paper_number text DEFAULT ''::text NOT NULL,
    paper_signer text DEFAULT ''::text NOT NULL,
    stance text DEFAULT ''::text NOT NULL,
    stance_at timestamp with time zone,
    stance_name text DEFAULT ''::text NOT NULL,
    stance_note text DEFAULT ''::text NOT NULL,
    rating text DEFAULT ''::text NOT NULL,
    CONSTRAINT report_paper_number_length CHECK ((char_length(paper_number) <= 60)),
    CONSTRAINT report_paper_signer_length CHECK ((char_length(paper_signer) <= 120)),
    CONSTRAINT report_rating_length CHECK ((char_length(rating) <= 60)),
    CONSTRAINT report_stance_known CHECK ((stance = ANY (ARRAY[''::text, 'confirmed'::text, 'objected'::text]))),
    CONSTRAINT report_state_known CHECK ((state = ANY (ARRAY['not_started'::text, 'drafting'::text, 'submitted'::text, 'returned'::text, 'accepted'::text, 'consolidated'::text])))
);

ALTER TABLE ONLY public.report FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report OWNER TO portal_owner;

COMMENT ON TABLE public.report IS 'One association''s (later also one branch''s) report of a campaign. Owner: internal/report';

CREATE TABLE public.report_change (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    report_id bigint NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    by_name text NOT NULL,
    on_behalf boolean DEFAULT false NOT NULL,
    action text NOT NULL,
    sentence text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.report_change FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_change OWNER TO portal_owner;

COMMENT ON TABLE public.report_change IS 'Timeline of a report, and what its cells held before. Owner: internal/report';

ALTER TABLE public.report_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.report_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.report_flag (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    report_id bigint NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_name text NOT NULL,
    resolved boolean DEFAULT false NOT NULL,
    CONSTRAINT report_flag_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 1000)))
);

ALTER TABLE ONLY public.report_flag FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_flag OWNER TO portal_owner;

COMMENT ON TABLE public.report_flag IS 'Reasons on fields of a returned report. Owner: internal/report';

ALTER TABLE public.report_flag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.report_flag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.report_note (
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    report_id bigint NOT NULL,
    finding text NOT NULL,
    about text NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT report_note_body_length CHECK (((char_length(body) >= 1) AND (char_length(body) <= 2000)))
);

ALTER TABLE ONLY public.report_note FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_note OWNER TO portal_owner;

COMMENT ON TABLE public.report_note IS 'Written explanations of findings. Owner: internal/report';

CREATE TABLE public.report_snapshot (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    report_id bigint NOT NULL,
    version integer NOT NULL,
    action text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_name text NOT NULL,
    body jsonb NOT NULL
);

ALTER TABLE ONLY public.report_snapshot FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_snapshot OWNER TO portal_owner;

COMMENT ON TABLE public.report_snapshot IS 'Immutable copies of reports as sent and as accepted. Owner: internal/report';

ALTER TABLE public.report_snapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.report_snapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.report_target (
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    year integer NOT NULL,
    code text NOT NULL,
    number bigint NOT NULL,
    report_id bigint NOT NULL,
    version integer NOT NULL,
    CONSTRAINT report_target_number_range CHECK (((number >= '-1000000000000000'::bigint) AND (number <= '1000000000000000'::bigint)))
);

ALTER TABLE ONLY public.report_target FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_target OWNER TO portal_owner;

COMMENT ON TABLE public.report_target IS 'Targets planned in the report of the year before. Owner: internal/report';

CREATE TABLE public.report_text (
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    report_id bigint NOT NULL,
    section text NOT NULL,
    slot integer NOT NULL,
    body text NOT NULL,
    basis text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT report_text_body_length CHECK ((char_length(body) <= 20000)),
    CONSTRAINT report_text_slot_range CHECK (((slot >= 0) AND (slot <= 9)))
);

ALTER TABLE ONLY public.report_text FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_text OWNER TO portal_owner;

COMMENT ON TABLE public.report_text IS 'Free texts of a report. Owner: internal/report';

CREATE TABLE public.report_value (
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    report_id bigint NOT NULL,
    code text NOT NULL,
    answer text NOT NULL,
    number bigint,
    note text DEFAULT ''::text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT report_value_answer_known CHECK ((answer = ANY (ARRAY[''::text, 'number'::text, 'nothing'::text, 'no_data'::text, 'not_applicable'::text]))),
    CONSTRAINT report_value_note_length CHECK ((char_length(note) <= 1000)),
    CONSTRAINT report_value_number_present CHECK (((answer = 'number'::text) = (number IS NOT NULL))),
    CONSTRAINT report_value_number_range CHECK (((number >= '-1000000000000000'::bigint) AND (number <= '1000000000000000'::bigint)))
);

ALTER TABLE ONLY public.report_value FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_value OWNER TO portal_owner;

COMMENT ON TABLE public.report_value IS 'Typed figures of a report. Owner: internal/report';

CREATE TABLE public.residential_group (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    number integer,
    name text NOT NULL,
    opened_on date,
    closed_on date,
    CONSTRAINT residential_group_dates_order CHECK (((closed_on IS NULL) OR (opened_on IS NULL) OR (closed_on >= opened_on)))
);

ALTER TABLE ONLY public.residential_group FORCE ROW LEVEL SECURITY;

ALTER TABLE public.residential_group OWNER TO portal_owner;

COMMENT ON TABLE public.residential_group IS 'Tổ dân phố. Owner: internal/ward';

ALTER TABLE public.residential_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.residential_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.session (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    account_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    own_device boolean DEFAULT false NOT NULL,
    acting_for bigint,
    address text DEFAULT ''::text NOT NULL,
    agent text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.session FORCE ROW LEVEL SECURITY;

ALTER TABLE public.session OWNER TO portal_owner;

COMMENT ON TABLE public.session IS 'Signed-in devices. Owner: internal/account';

ALTER TABLE public.session ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sign_in_attempt (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    login_key bytea NOT NULL,
    address text NOT NULL,
    at timestamp with time zone NOT NULL,
    ok boolean NOT NULL
);

ALTER TABLE ONLY public.sign_in_attempt FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_attempt OWNER TO portal_owner;

COMMENT ON TABLE public.sign_in_attempt IS 'Feeds the throttle of sign-ins; old rows are deleted. Owner: internal/account';

ALTER TABLE public.sign_in_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sign_in_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.term (
    id bigint NOT NULL,
    ward_id bigint NOT NULL,
    association_id bigint NOT NULL,
    name text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    bch_quota integer,
    congress_on date,
    decision_no text DEFAULT ''::text NOT NULL,
    decision_on date,
    authority text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT term_dates_order CHECK (((ends_on > starts_on) AND (ends_on <= (starts_on + 3660)))),
    CONSTRAINT term_name_length CHECK (((char_length(name) >= 2) AND (char_length(name) <= 120))),
    CONSTRAINT term_quota_range CHECK (((bch_quota >= 1) AND (bch_quota <= 99)))
);

ALTER TABLE ONLY public.term FORCE ROW LEVEL SECURITY;

ALTER TABLE public.term OWNER TO portal_owner;

COMMENT ON TABLE public.term IS 'Terms (nhiệm kỳ) of an association. Owner: internal/officer';

ALTER TABLE public.term ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.term_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ward (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    province text NOT NULL,
    hosts text[] DEFAULT '{}'::text[] NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    hours text DEFAULT ''::text NOT NULL,
    responsible text DEFAULT ''::text NOT NULL,
    about text DEFAULT ''::text NOT NULL,
    demo boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ward_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

ALTER TABLE ONLY public.ward FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ward OWNER TO portal_owner;

COMMENT ON TABLE public.ward IS 'The tenant: everything belongs to a ward. Owner: internal/ward';

ALTER TABLE public.ward ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ward_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ward_summary_text (
    campaign_id bigint NOT NULL,
    ward_id bigint NOT NULL,
    assessment text DEFAULT ''::text NOT NULL,
    limits text DEFAULT ''::text NOT NULL,
    direction text DEFAULT ''::text NOT NULL,
    proposals text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_name text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ward_summary_text_length CHECK ((GREATEST(char_length(assessment), char_length(limits), char_length(direction), char_length(proposals)) <= 20000))
);

ALTER TABLE ONLY public.ward_summary_text FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ward_summary_text OWNER TO portal_owner;

COMMENT ON TABLE public.ward_summary_text IS 'The ward''s own words in its summary. Owner: internal/report';

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_login_unique UNIQUE (ward_id, login);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_phone_unique UNIQUE (ward_id, phone);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.activity_change
    ADD CONSTRAINT activity_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_seat_overlap EXCLUDE USING gist (office_id WITH =, COALESCE(branch_id, (0)::bigint) WITH =, seat WITH =, ((acting)::integer) WITH =, daterange(starts_on, ends_on, '[)'::text) WITH &&);

ALTER TABLE ONLY public.article_association
    ADD CONSTRAINT article_association_pkey PRIMARY KEY (article_id, association_id);

ALTER TABLE ONLY public.article_photo
    ADD CONSTRAINT article_photo_pkey PRIMARY KEY (article_id, media_id);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.article_slug
    ADD CONSTRAINT article_slug_pkey PRIMARY KEY (ward_id, slug);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_slug_unique UNIQUE (ward_id, slug);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.association_change
    ADD CONSTRAINT association_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.association
    ADD CONSTRAINT association_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.association
    ADD CONSTRAINT association_slug_unique UNIQUE (ward_id, slug);

ALTER TABLE ONLY public.association
    ADD CONSTRAINT association_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.beneficiary
    ADD CONSTRAINT beneficiary_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.branch
    ADD CONSTRAINT branch_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.branch_count
    ADD CONSTRAINT branch_count_day_unique UNIQUE (branch_id, counted_on);

ALTER TABLE ONLY public.branch_count
    ADD CONSTRAINT branch_count_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.branch_group
    ADD CONSTRAINT branch_group_pkey PRIMARY KEY (branch_id, group_id);

ALTER TABLE ONLY public.branch
    ADD CONSTRAINT branch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.branch
    ADD CONSTRAINT branch_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.campaign_change
    ADD CONSTRAINT campaign_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_extension
    ADD CONSTRAINT campaign_extension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_row
    ADD CONSTRAINT campaign_row_pkey PRIMARY KEY (campaign_id, kind, code);

ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_year_unique UNIQUE (ward_id, year, period);

ALTER TABLE ONLY public.club
    ADD CONSTRAINT club_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.form_key
    ADD CONSTRAINT form_key_pkey PRIMARY KEY (ward_id, key);

ALTER TABLE ONLY public.fund_entry
    ADD CONSTRAINT fund_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_place_unique UNIQUE (run_id, n);

ALTER TABLE ONLY public.import_run
    ADD CONSTRAINT import_run_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.import_run
    ADD CONSTRAINT import_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.key_check
    ADD CONSTRAINT key_check_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.letter_change
    ADD CONSTRAINT letter_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_code_unique UNIQUE (ward_id, code_hash);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.letter_publication
    ADD CONSTRAINT letter_publication_pkey PRIMARY KEY (letter_id);

ALTER TABLE ONLY public.letter_sender
    ADD CONSTRAINT letter_sender_pkey PRIMARY KEY (letter_id);

ALTER TABLE ONLY public.letter_sending
    ADD CONSTRAINT letter_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.media_size
    ADD CONSTRAINT media_size_pkey PRIMARY KEY (media_id, width);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.meeting_association
    ADD CONSTRAINT meeting_association_pkey PRIMARY KEY (meeting_id, association_id);

ALTER TABLE ONLY public.meeting_change
    ADD CONSTRAINT meeting_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.meeting_invitee
    ADD CONSTRAINT meeting_invitee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.member_change
    ADD CONSTRAINT member_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_question
    ADD CONSTRAINT member_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_tally
    ADD CONSTRAINT member_tally_pkey PRIMARY KEY (association_id, branch_id, status);

ALTER TABLE ONLY public.member_word
    ADD CONSTRAINT member_word_pkey PRIMARY KEY (membership_id, word);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.membership_branch
    ADD CONSTRAINT membership_branch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.membership_secret
    ADD CONSTRAINT membership_secret_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.membership_span
    ADD CONSTRAINT membership_span_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.membership_state
    ADD CONSTRAINT membership_state_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.news_change
    ADD CONSTRAINT news_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.office
    ADD CONSTRAINT office_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.office
    ADD CONSTRAINT office_code_unique UNIQUE (association_id, code);

ALTER TABLE ONLY public.office
    ADD CONSTRAINT office_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.officer_change
    ADD CONSTRAINT officer_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parked_post
    ADD CONSTRAINT parked_post_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parked_post
    ADD CONSTRAINT parked_post_token_unique UNIQUE (token_hash);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.report_change
    ADD CONSTRAINT report_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.report_flag
    ADD CONSTRAINT report_flag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.report_note
    ADD CONSTRAINT report_note_pkey PRIMARY KEY (report_id, finding);

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.report_snapshot
    ADD CONSTRAINT report_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.report_target
    ADD CONSTRAINT report_target_pkey PRIMARY KEY (association_id, year, code);

ALTER TABLE ONLY public.report_text
    ADD CONSTRAINT report_text_pkey PRIMARY KEY (report_id, section, slot);

ALTER TABLE ONLY public.report_value
    ADD CONSTRAINT report_value_pkey PRIMARY KEY (report_id, code);

ALTER TABLE ONLY public.residential_group
    ADD CONSTRAINT residential_group_name_unique UNIQUE (ward_id, name);

ALTER TABLE ONLY public.residential_group
    ADD CONSTRAINT residential_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.residential_group
    ADD CONSTRAINT residential_group_ward_id_key UNIQUE (ward_id, id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_token_unique UNIQUE (token_hash);

ALTER TABLE ONLY public.sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_association_id_key UNIQUE (association_id, id);

ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_period_overlap EXCLUDE USING gist (association_id WITH =, daterange(starts_on, ends_on, '[)'::text) WITH &&);

ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ward
    ADD CONSTRAINT ward_code_unique UNIQUE (code);

ALTER TABLE ONLY public.ward
    ADD CONSTRAINT ward_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ward_summary_text
    ADD CONSTRAINT ward_summary_text_pkey PRIMARY KEY (campaign_id);

CREATE INDEX account_grant_account ON public.account_grant USING btree (account_id, role);

CREATE INDEX activity_branch ON public.activity USING btree (branch_id, happened_on DESC) WHERE (branch_id IS NOT NULL);

CREATE INDEX activity_change_list ON public.activity_change USING btree (association_id, id DESC);

CREATE INDEX activity_change_object ON public.activity_change USING btree (object, object_id, id DESC);

CREATE INDEX activity_list ON public.activity USING btree (association_id, happened_on DESC, id DESC);

CREATE INDEX appointment_association ON public.appointment USING btree (association_id, starts_on);

CREATE INDEX appointment_person ON public.appointment USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX article_association_list ON public.article_association USING btree (association_id, article_id);

CREATE INDEX article_category ON public.article USING btree (ward_id, category, published_at DESC, id DESC) WHERE (status = 'published'::text);

CREATE INDEX article_desk ON public.article USING btree (ward_id, status, updated_at DESC, id DESC);

CREATE INDEX article_list ON public.article USING btree (ward_id, published_at DESC, id DESC) WHERE (status = 'published'::text);

CREATE INDEX article_photo_media ON public.article_photo USING btree (media_id);

CREATE INDEX article_search ON public.article USING gin (search);

CREATE INDEX association_change_list ON public.association_change USING btree (association_id, id DESC);

CREATE INDEX audit_log_object ON public.audit_log USING btree (ward_id, object, object_id, id DESC);

CREATE INDEX audit_log_ward_at ON public.audit_log USING btree (ward_id, id DESC);

CREATE INDEX beneficiary_activity ON public.beneficiary USING btree (activity_id, sort, id);

CREATE UNIQUE INDEX branch_name_unique ON public.branch USING btree (association_id, name) WHERE (closed_on IS NULL);

CREATE INDEX campaign_change_list ON public.campaign_change USING btree (campaign_id, id DESC);

CREATE INDEX campaign_extension_newest ON public.campaign_extension USING btree (campaign_id, association_id, id DESC);

CREATE UNIQUE INDEX club_name_unique ON public.club USING btree (association_id, name) WHERE (ends_on IS NULL);

CREATE INDEX form_key_created ON public.form_key USING btree (created_at);

CREATE INDEX fund_entry_list ON public.fund_entry USING btree (association_id, fund, happened_on, id);

CREATE UNIQUE INDEX fund_entry_opening_unique ON public.fund_entry USING btree (association_id, fund) WHERE ((category = 'OPEN'::text) AND (removed_at IS NULL));

CREATE INDEX import_row_outcome ON public.import_row USING btree (run_id, outcome, n);

CREATE INDEX import_run_association ON public.import_run USING btree (association_id, id DESC);

CREATE INDEX letter_change_list ON public.letter_change USING btree (letter_id, id DESC);

CREATE INDEX letter_list ON public.letter USING btree (ward_id, state, received_at DESC, id DESC);

CREATE INDEX letter_publication_list ON public.letter_publication USING btree (ward_id, published_at DESC, letter_id DESC) WHERE (withdrawn_at IS NULL);

CREATE INDEX letter_sending_recent ON public.letter_sending USING btree (ward_id, at);

CREATE INDEX media_association ON public.media USING btree (association_id) WHERE (association_id IS NOT NULL);

CREATE INDEX meeting_association_of ON public.meeting_association USING btree (association_id, meeting_id);

CREATE INDEX meeting_change_list ON public.meeting_change USING btree (meeting_id, id DESC);

CREATE INDEX meeting_invitee_list ON public.meeting_invitee USING btree (meeting_id, sort, id);

CREATE INDEX meeting_organiser ON public.meeting USING btree (association_id, starts_at);

CREATE INDEX meeting_time ON public.meeting USING btree (ward_id, starts_at DESC, id DESC);

CREATE INDEX member_change_association ON public.member_change USING btree (association_id, id DESC);

CREATE INDEX member_change_membership ON public.member_change USING btree (membership_id, id DESC);

CREATE UNIQUE INDEX member_question_one_open ON public.member_question USING btree (membership_id, kind) WHERE (answered_at IS NULL);

CREATE INDEX member_question_open ON public.member_question USING btree (association_id, id) WHERE (answered_at IS NULL);

CREATE INDEX member_word_find ON public.member_word USING btree (association_id, word, membership_id);

CREATE INDEX membership_branch_membership ON public.membership_branch USING btree (membership_id, id);

CREATE UNIQUE INDEX membership_branch_one_open ON public.membership_branch USING btree (membership_id) WHERE ((to_day IS NULL) AND (NOT voided));

CREATE INDEX membership_folded ON public.membership USING btree (ward_id, folded);

CREATE UNIQUE INDEX membership_id_unique ON public.membership USING btree (association_id, id_key) WHERE (status <> 'mistake'::text);

CREATE INDEX membership_id_ward ON public.membership USING btree (ward_id, id_key) WHERE (id_key IS NOT NULL);

CREATE INDEX membership_list ON public.membership USING btree (association_id, sort_key, id);

CREATE INDEX membership_list_branch ON public.membership USING btree (branch_id, sort_key, id);

CREATE INDEX membership_list_status ON public.membership USING btree (association_id, status, sort_key, id);

CREATE INDEX membership_list_ward ON public.membership USING btree (ward_id, sort_key, id);

CREATE INDEX membership_no_birth ON public.membership USING btree (association_id, sort_key, id) WHERE (birth_year IS NULL);

CREATE INDEX membership_person ON public.membership USING btree (person_id);

CREATE UNIQUE INDEX membership_person_unique ON public.membership USING btree (association_id, person_id) WHERE (status <> 'mistake'::text);

CREATE INDEX membership_phone ON public.membership USING btree (association_id, phone) WHERE (phone <> ''::text);

CREATE INDEX membership_secret_membership ON public.membership_secret USING btree (membership_id, code, id DESC);

CREATE INDEX membership_span_days ON public.membership_span USING btree (association_id, from_day, to_day) WHERE (NOT voided);

CREATE INDEX membership_span_membership ON public.membership_span USING btree (membership_id, id);

CREATE UNIQUE INDEX membership_span_one_open ON public.membership_span USING btree (membership_id) WHERE ((to_day IS NULL) AND (NOT voided));

CREATE INDEX membership_state_membership ON public.membership_state USING btree (membership_id, id);

CREATE UNIQUE INDEX membership_state_one_open ON public.membership_state USING btree (membership_id) WHERE ((to_day IS NULL) AND (NOT voided));

CREATE INDEX news_change_list ON public.news_change USING btree (article_id, id DESC);

CREATE INDEX officer_change_list ON public.officer_change USING btree (association_id, id DESC);

CREATE INDEX officer_change_person ON public.officer_change USING btree (person_id, id DESC) WHERE (person_id IS NOT NULL);

CREATE INDEX report_association ON public.report USING btree (association_id);

CREATE UNIQUE INDEX report_association_unique ON public.report USING btree (campaign_id, association_id) WHERE (branch_id IS NULL);

CREATE UNIQUE INDEX report_branch_unique ON public.report USING btree (campaign_id, branch_id) WHERE (branch_id IS NOT NULL);

CREATE INDEX report_change_report ON public.report_change USING btree (report_id, id DESC);

CREATE UNIQUE INDEX report_flag_open_unique ON public.report_flag USING btree (report_id, code) WHERE (NOT resolved);

CREATE INDEX report_snapshot_report ON public.report_snapshot USING btree (report_id, id DESC);

CREATE INDEX session_account ON public.session USING btree (account_id, id DESC);

CREATE INDEX sign_in_attempt_address ON public.sign_in_attempt USING btree (ward_id, address, at);

CREATE INDEX sign_in_attempt_login ON public.sign_in_attempt USING btree (ward_id, login_key, at);

CREATE TRIGGER membership_copy_person BEFORE INSERT ON public.membership FOR EACH ROW EXECUTE FUNCTION public.membership_copy_person();

CREATE TRIGGER membership_index_changed AFTER UPDATE ON public.membership REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION public.membership_index_changed();

CREATE TRIGGER membership_index_new AFTER INSERT ON public.membership REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION public.membership_index_new();

CREATE TRIGGER person_copy_memberships AFTER UPDATE OF family_middle, given, alias, sex, birth, died, sort_key, folded, words ON public.person FOR EACH ROW EXECUTE FUNCTION public.person_copy_memberships();

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_account_fkey FOREIGN KEY (ward_id, account_id) REFERENCES public.account(ward_id, id);

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.activity_change
    ADD CONSTRAINT activity_change_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.activity_change
    ADD CONSTRAINT activity_change_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_office_fkey FOREIGN KEY (association_id, office_id) REFERENCES public.office(association_id, id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_person_fkey FOREIGN KEY (ward_id, person_id) REFERENCES public.person(ward_id, id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_term_fkey FOREIGN KEY (association_id, term_id) REFERENCES public.term(association_id, id);

ALTER TABLE ONLY public.article_association
    ADD CONSTRAINT article_association_article_fkey FOREIGN KEY (ward_id, article_id) REFERENCES public.article(ward_id, id);

ALTER TABLE ONLY public.article_association
    ADD CONSTRAINT article_association_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.article_photo
    ADD CONSTRAINT article_photo_article_fkey FOREIGN KEY (ward_id, article_id) REFERENCES public.article(ward_id, id);

ALTER TABLE ONLY public.article_photo
    ADD CONSTRAINT article_photo_media_fkey FOREIGN KEY (ward_id, media_id) REFERENCES public.media(ward_id, id);

ALTER TABLE ONLY public.article_slug
    ADD CONSTRAINT article_slug_article_fkey FOREIGN KEY (ward_id, article_id) REFERENCES public.article(ward_id, id);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.association_change
    ADD CONSTRAINT association_change_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.association
    ADD CONSTRAINT association_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.beneficiary
    ADD CONSTRAINT beneficiary_activity_fkey FOREIGN KEY (association_id, activity_id) REFERENCES public.activity(association_id, id);

ALTER TABLE ONLY public.beneficiary
    ADD CONSTRAINT beneficiary_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.beneficiary
    ADD CONSTRAINT beneficiary_person_fkey FOREIGN KEY (ward_id, person_id) REFERENCES public.person(ward_id, id);

ALTER TABLE ONLY public.branch
    ADD CONSTRAINT branch_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.branch_count
    ADD CONSTRAINT branch_count_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.branch_group
    ADD CONSTRAINT branch_group_branch_fkey FOREIGN KEY (ward_id, branch_id) REFERENCES public.branch(ward_id, id);

ALTER TABLE ONLY public.branch_group
    ADD CONSTRAINT branch_group_group_fkey FOREIGN KEY (ward_id, group_id) REFERENCES public.residential_group(ward_id, id);

ALTER TABLE ONLY public.campaign_change
    ADD CONSTRAINT campaign_change_campaign_fkey FOREIGN KEY (ward_id, campaign_id) REFERENCES public.campaign(ward_id, id);

ALTER TABLE ONLY public.campaign_extension
    ADD CONSTRAINT campaign_extension_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.campaign_extension
    ADD CONSTRAINT campaign_extension_campaign_fkey FOREIGN KEY (ward_id, campaign_id) REFERENCES public.campaign(ward_id, id);

ALTER TABLE ONLY public.campaign_row
    ADD CONSTRAINT campaign_row_campaign_fkey FOREIGN KEY (ward_id, campaign_id) REFERENCES public.campaign(ward_id, id);

ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.club
    ADD CONSTRAINT club_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.club
    ADD CONSTRAINT club_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.form_key
    ADD CONSTRAINT form_key_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.fund_entry
    ADD CONSTRAINT fund_entry_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_done_fkey FOREIGN KEY (association_id, done) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_run_fkey FOREIGN KEY (association_id, run_id) REFERENCES public.import_run(association_id, id);

ALTER TABLE ONLY public.import_run
    ADD CONSTRAINT import_run_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.letter_change
    ADD CONSTRAINT letter_change_letter_fkey FOREIGN KEY (ward_id, letter_id) REFERENCES public.letter(ward_id, id);

ALTER TABLE ONLY public.letter_publication
    ADD CONSTRAINT letter_publication_letter_fkey FOREIGN KEY (ward_id, letter_id) REFERENCES public.letter(ward_id, id);

ALTER TABLE ONLY public.letter_sender
    ADD CONSTRAINT letter_sender_letter_fkey FOREIGN KEY (ward_id, letter_id) REFERENCES public.letter(ward_id, id);

ALTER TABLE ONLY public.letter_sending
    ADD CONSTRAINT letter_sending_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.media_size
    ADD CONSTRAINT media_size_media_fkey FOREIGN KEY (ward_id, media_id) REFERENCES public.media(ward_id, id);

ALTER TABLE ONLY public.media
    ADD CONSTRAINT media_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.meeting_association
    ADD CONSTRAINT meeting_association_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.meeting_association
    ADD CONSTRAINT meeting_association_meeting_fkey FOREIGN KEY (ward_id, meeting_id) REFERENCES public.meeting(ward_id, id);

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.meeting_change
    ADD CONSTRAINT meeting_change_meeting_fkey FOREIGN KEY (ward_id, meeting_id) REFERENCES public.meeting(ward_id, id);

ALTER TABLE ONLY public.meeting_invitee
    ADD CONSTRAINT meeting_invitee_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.meeting_invitee
    ADD CONSTRAINT meeting_invitee_branch_fkey FOREIGN KEY (ward_id, branch_id) REFERENCES public.branch(ward_id, id);

ALTER TABLE ONLY public.meeting_invitee
    ADD CONSTRAINT meeting_invitee_meeting_fkey FOREIGN KEY (ward_id, meeting_id) REFERENCES public.meeting(ward_id, id);

ALTER TABLE ONLY public.meeting_invitee
    ADD CONSTRAINT meeting_invitee_person_fkey FOREIGN KEY (ward_id, person_id) REFERENCES public.person(ward_id, id);

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT meeting_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.member_change
    ADD CONSTRAINT member_change_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.member_question
    ADD CONSTRAINT member_question_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.member_tally
    ADD CONSTRAINT member_tally_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.membership_branch
    ADD CONSTRAINT membership_branch_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.membership_branch
    ADD CONSTRAINT membership_branch_earlier_id_fkey FOREIGN KEY (earlier_id) REFERENCES public.membership_branch(id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.membership_branch
    ADD CONSTRAINT membership_branch_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_group_fkey FOREIGN KEY (ward_id, group_id) REFERENCES public.residential_group(ward_id, id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_person_fkey FOREIGN KEY (ward_id, person_id) REFERENCES public.person(ward_id, id);

ALTER TABLE ONLY public.membership_secret
    ADD CONSTRAINT membership_secret_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.membership_span
    ADD CONSTRAINT membership_span_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.membership_state
    ADD CONSTRAINT membership_state_membership_fkey FOREIGN KEY (association_id, membership_id) REFERENCES public.membership(association_id, id);

ALTER TABLE ONLY public.news_change
    ADD CONSTRAINT news_change_article_fkey FOREIGN KEY (ward_id, article_id) REFERENCES public.article(ward_id, id);

ALTER TABLE ONLY public.office
    ADD CONSTRAINT office_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.officer_change
    ADD CONSTRAINT officer_change_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.officer_change
    ADD CONSTRAINT officer_change_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.parked_post
    ADD CONSTRAINT parked_post_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_made_for_fkey FOREIGN KEY (ward_id, made_for) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_branch_fkey FOREIGN KEY (association_id, branch_id) REFERENCES public.branch(association_id, id);

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_campaign_fkey FOREIGN KEY (ward_id, campaign_id) REFERENCES public.campaign(ward_id, id);

ALTER TABLE ONLY public.report_change
    ADD CONSTRAINT report_change_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.report_flag
    ADD CONSTRAINT report_flag_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.report_note
    ADD CONSTRAINT report_note_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.report_snapshot
    ADD CONSTRAINT report_snapshot_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.report_target
    ADD CONSTRAINT report_target_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.report_text
    ADD CONSTRAINT report_text_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.report_value
    ADD CONSTRAINT report_value_report_fkey FOREIGN KEY (association_id, report_id) REFERENCES public.report(association_id, id);

ALTER TABLE ONLY public.residential_group
    ADD CONSTRAINT residential_group_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_fkey FOREIGN KEY (ward_id, account_id) REFERENCES public.account(ward_id, id);

ALTER TABLE ONLY public.sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_ward_id_fkey FOREIGN KEY (ward_id) REFERENCES public.ward(id);

ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_association_fkey FOREIGN KEY (ward_id, association_id) REFERENCES public.association(ward_id, id);

ALTER TABLE ONLY public.ward_summary_text
    ADD CONSTRAINT ward_summary_text_campaign_fkey FOREIGN KEY (ward_id, campaign_id) REFERENCES public.campaign(ward_id, id);

ALTER TABLE public.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_grant ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_grant_insert_admin ON public.account_grant FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY account_grant_select_admin ON public.account_grant FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY account_grant_select_self ON public.account_grant FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (account_id = ( SELECT public.app_user() AS app_user))));

CREATE POLICY account_grant_update_admin ON public.account_grant FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY account_insert_admin ON public.account FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY account_select_admin ON public.account FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY account_select_self ON public.account FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (id = ( SELECT public.app_user() AS app_user))));

CREATE POLICY account_update_admin ON public.account FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY account_update_self ON public.account FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (id = ( SELECT public.app_user() AS app_user))));

ALTER TABLE public.activity ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.activity_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY activity_change_insert_own ON public.activity_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY activity_change_select_branch ON public.activity_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))));

CREATE POLICY activity_change_select_own ON public.activity_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY activity_insert_own ON public.activity FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY activity_select_branch ON public.activity FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))));

CREATE POLICY activity_select_own ON public.activity FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY activity_update_own ON public.activity FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

ALTER TABLE public.appointment ENABLE ROW LEVEL SECURITY;

CREATE POLICY appointment_insert_own ON public.appointment FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY appointment_select_branch ON public.appointment FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))));

CREATE POLICY appointment_select_own ON public.appointment FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY appointment_update_own ON public.appointment FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.article ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.article_association ENABLE ROW LEVEL SECURITY;

CREATE POLICY article_association_select_article ON public.article_association FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE (a.id = article_association.article_id)))));

CREATE POLICY article_association_write_writer ON public.article_association TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE ((a.id = article_association.article_id) AND (( SELECT public.app_has('{editor,official}'::text[]) AS app_has) OR ((a.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (a.status = ANY (ARRAY['draft'::text, 'returned'::text])))))))));

CREATE POLICY article_insert_writer ON public.article FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (author_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND (status = 'draft'::text) AND (view_count = 0) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR ( SELECT public.app_has('{editor,official}'::text[]) AS app_has))));

ALTER TABLE public.article_photo ENABLE ROW LEVEL SECURITY;

CREATE POLICY article_photo_select_article ON public.article_photo FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE (a.id = article_photo.article_id)))));

CREATE POLICY article_photo_write_writer ON public.article_photo TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE ((a.id = article_photo.article_id) AND (( SELECT public.app_has('{editor,official}'::text[]) AS app_has) OR ((a.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (a.status = ANY (ARRAY['draft'::text, 'returned'::text]))))))))) WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.media m
  WHERE ((m.id = article_photo.media_id) AND (m.purpose = 'news'::text)))) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE ((a.id = article_photo.article_id) AND (( SELECT public.app_has('{editor,official}'::text[]) AS app_has) OR ((a.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (a.status = ANY (ARRAY['draft'::text, 'returned'::text])))))))));

CREATE POLICY article_select_newsroom ON public.article FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (( SELECT public.app_has('{editor,official}'::text[]) AS app_has) OR ((status <> 'draft'::text) AND ( SELECT public.app_has('{leader}'::text[]) AS app_has)))));

CREATE POLICY article_select_own ON public.article FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((author_id = ( SELECT public.app_user() AS app_user)) OR (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])))));

CREATE POLICY article_select_public ON public.article FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (status = 'published'::text) AND (published_at <= ( SELECT public.app_now() AS app_now))));

ALTER TABLE public.article_slug ENABLE ROW LEVEL SECURITY;

CREATE POLICY article_slug_insert_newsroom ON public.article_slug FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{editor,official}'::text[]) AS app_has)));

CREATE POLICY article_slug_select_article ON public.article_slug FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE (a.id = article_slug.article_id)))));

CREATE POLICY article_update_editor ON public.article FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{editor,official}'::text[]) AS app_has) AND (status = ANY (ARRAY['draft'::text, 'returned'::text, 'submitted'::text])))) WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{editor,official}'::text[]) AS app_has) AND (status = ANY (ARRAY['draft'::text, 'returned'::text, 'submitted'::text]))));

CREATE POLICY article_update_own ON public.article FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (status = ANY (ARRAY['draft'::text, 'returned'::text])))) WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (status = ANY (ARRAY['draft'::text, 'returned'::text, 'submitted'::text]))));

CREATE POLICY article_update_publisher ON public.article FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

ALTER TABLE public.association ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.association_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY association_change_insert_own ON public.association_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY association_change_select_own ON public.association_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY association_insert_ward ON public.association FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin,official}'::text[]) AS app_has)));

CREATE POLICY association_select_all ON public.association FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY association_update_own ON public.association FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR ( SELECT public.app_has('{admin}'::text[]) AS app_has))));

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_log_insert_any ON public.audit_log FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

CREATE POLICY audit_log_select_official ON public.audit_log FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin,official}'::text[]) AS app_has)));

ALTER TABLE public.beneficiary ENABLE ROW LEVEL SECURITY;

CREATE POLICY beneficiary_delete_own ON public.beneficiary FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY beneficiary_insert_own ON public.beneficiary FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY beneficiary_select_branch ON public.beneficiary FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))));

CREATE POLICY beneficiary_select_own ON public.beneficiary FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

ALTER TABLE public.branch ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.branch_count ENABLE ROW LEVEL SECURITY;

CREATE POLICY branch_count_insert_own ON public.branch_count FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY branch_count_select_all ON public.branch_count FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

ALTER TABLE public.branch_group ENABLE ROW LEVEL SECURITY;

CREATE POLICY branch_group_delete_own ON public.branch_group FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.branch b
  WHERE ((b.id = branch_group.branch_id) AND (b.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])))))));

CREATE POLICY branch_group_insert_own ON public.branch_group FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.branch b
  WHERE ((b.id = branch_group.branch_id) AND (b.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])))))));

CREATE POLICY branch_group_select_all ON public.branch_group FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY branch_insert_own ON public.branch FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY branch_select_all ON public.branch FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY branch_update_own ON public.branch FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.campaign ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY campaign_change_insert_official ON public.campaign_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY campaign_change_select_ward ON public.campaign_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

ALTER TABLE public.campaign_extension ENABLE ROW LEVEL SECURITY;

CREATE POLICY campaign_extension_insert_official ON public.campaign_extension FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY campaign_extension_select_own ON public.campaign_extension FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY campaign_insert_official ON public.campaign FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

ALTER TABLE public.campaign_row ENABLE ROW LEVEL SECURITY;

CREATE POLICY campaign_row_delete_official ON public.campaign_row FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY campaign_row_insert_official ON public.campaign_row FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY campaign_row_select_work ON public.campaign_row FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (( SELECT public.app_has('{official,leader}'::text[]) AS app_has) OR (( SELECT cardinality(public.app_associations()) AS cardinality) > 0))));

CREATE POLICY campaign_select_work ON public.campaign FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (( SELECT public.app_has('{official,leader}'::text[]) AS app_has) OR (( SELECT cardinality(public.app_associations()) AS cardinality) > 0))));

CREATE POLICY campaign_update_official ON public.campaign FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

ALTER TABLE public.club ENABLE ROW LEVEL SECURITY;

CREATE POLICY club_insert_own ON public.club FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY club_select_all ON public.club FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY club_update_own ON public.club FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.form_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY form_key_delete_system ON public.form_key FOR DELETE TO portal_app USING (public.app_system());

CREATE POLICY form_key_insert_own ON public.form_key FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

CREATE POLICY form_key_select_own ON public.form_key FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) OR public.app_system())));

CREATE POLICY form_key_update_own ON public.form_key FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

ALTER TABLE public.fund_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY fund_entry_insert_own ON public.fund_entry FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY fund_entry_select_own ON public.fund_entry FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY fund_entry_update_own ON public.fund_entry FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.import_row ENABLE ROW LEVEL SECURITY;

CREATE POLICY import_row_delete_writer ON public.import_row FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY import_row_insert_writer ON public.import_row FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY import_row_select_writer ON public.import_row FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY import_row_update_writer ON public.import_row FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.import_run ENABLE ROW LEVEL SECURITY;

CREATE POLICY import_run_insert_writer ON public.import_run FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

CREATE POLICY import_run_select_writer ON public.import_run FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY import_run_update_writer ON public.import_run FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.key_check ENABLE ROW LEVEL SECURITY;

CREATE POLICY key_check_insert_system ON public.key_check FOR INSERT TO portal_app WITH CHECK (public.app_system());

CREATE POLICY key_check_select_all ON public.key_check FOR SELECT TO portal_app USING (true);

ALTER TABLE public.letter ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.letter_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY letter_change_insert_self ON public.letter_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

CREATE POLICY letter_change_select_official ON public.letter_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

CREATE POLICY letter_insert_any ON public.letter FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (state = ANY (ARRAY['new'::text, 'spam'::text])) AND (answer = ''::text) AND (note = ''::text) AND (answered_by IS NULL) AND (version = 1)));

ALTER TABLE public.letter_publication ENABLE ROW LEVEL SECURITY;

CREATE POLICY letter_publication_insert_official ON public.letter_publication FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has) AND (EXISTS ( SELECT 1
   FROM public.letter l
  WHERE ((l.id = letter_publication.letter_id) AND l.consent AND (l.answer <> ''::text) AND (l.state = ANY (ARRAY['answered'::text, 'closed'::text])))))));

CREATE POLICY letter_publication_select_official ON public.letter_publication FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

CREATE POLICY letter_publication_select_public ON public.letter_publication FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (withdrawn_at IS NULL)));

CREATE POLICY letter_publication_update_official ON public.letter_publication FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has))) WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.letter l
  WHERE ((l.id = letter_publication.letter_id) AND l.consent)))));

CREATE POLICY letter_select_official ON public.letter FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

ALTER TABLE public.letter_sender ENABLE ROW LEVEL SECURITY;

CREATE POLICY letter_sender_insert_any ON public.letter_sender FOR INSERT TO portal_app WITH CHECK ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY letter_sender_select_official ON public.letter_sender FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY letter_sender_update_system ON public.letter_sender FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

ALTER TABLE public.letter_sending ENABLE ROW LEVEL SECURITY;

CREATE POLICY letter_sending_delete_system ON public.letter_sending FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

CREATE POLICY letter_sending_insert_any ON public.letter_sending FOR INSERT TO portal_app WITH CHECK ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY letter_sending_select_system ON public.letter_sending FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

CREATE POLICY letter_update_official ON public.letter FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

ALTER TABLE public.media ENABLE ROW LEVEL SECURITY;

CREATE POLICY media_insert_writer ON public.media FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (public_since IS NULL) AND (NOT (uploaded_by IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR ( SELECT public.app_has('{editor,official}'::text[]) AS app_has))));

CREATE POLICY media_select_newsroom ON public.media FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (((purpose = 'news'::text) AND ( SELECT public.app_has('{editor,official,leader}'::text[]) AS app_has)) OR ( SELECT public.app_has('{official,leader}'::text[]) AS app_has))));

CREATE POLICY media_select_own ON public.media FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((uploaded_by = ( SELECT public.app_user() AS app_user)) OR (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])))));

CREATE POLICY media_select_public ON public.media FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (public_since <= ( SELECT public.app_now() AS app_now))));

ALTER TABLE public.media_size ENABLE ROW LEVEL SECURITY;

CREATE POLICY media_size_insert_writer ON public.media_size FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (public.app_system() OR (EXISTS ( SELECT 1
   FROM public.media m
  WHERE ((m.id = media_size.media_id) AND (m.uploaded_by = ( SELECT public.app_user() AS app_user))))))));

CREATE POLICY media_size_select_photo ON public.media_size FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.media m
  WHERE (m.id = media_size.media_id)))));

CREATE POLICY media_update_publisher ON public.media FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

ALTER TABLE public.meeting ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.meeting_association ENABLE ROW LEVEL SECURITY;

CREATE POLICY meeting_association_delete_own ON public.meeting_association FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.meeting m
  WHERE ((m.id = meeting_association.meeting_id) AND ((m.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((m.association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has))))))));

CREATE POLICY meeting_association_insert_own ON public.meeting_association FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.meeting m
  WHERE ((m.id = meeting_association.meeting_id) AND ((m.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((m.association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has))))))));

CREATE POLICY meeting_association_select_meeting ON public.meeting_association FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.meeting m
  WHERE (m.id = meeting_association.meeting_id)))));

ALTER TABLE public.meeting_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY meeting_change_insert_own ON public.meeting_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)))));

CREATE POLICY meeting_change_select_own ON public.meeting_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ( SELECT public.app_has('{official,leader}'::text[]) AS app_has))));

CREATE POLICY meeting_insert_own ON public.meeting FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)))));

ALTER TABLE public.meeting_invitee ENABLE ROW LEVEL SECURITY;

CREATE POLICY meeting_invitee_insert_own ON public.meeting_invitee FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.meeting m
  WHERE ((m.id = meeting_invitee.meeting_id) AND (NOT (m.branch_id IS DISTINCT FROM meeting_invitee.branch_id)) AND ((m.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((m.association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has))))))));

CREATE POLICY meeting_invitee_select_own ON public.meeting_invitee FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ( SELECT public.app_has('{official,leader}'::text[]) AS app_has) OR (EXISTS ( SELECT 1
   FROM public.meeting m
  WHERE ((m.id = meeting_invitee.meeting_id) AND (m.association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))))))));

CREATE POLICY meeting_invitee_update_own ON public.meeting_invitee FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.meeting m
  WHERE ((m.id = meeting_invitee.meeting_id) AND ((m.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((m.association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has))))))));

CREATE POLICY meeting_select_branch ON public.meeting FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))));

CREATE POLICY meeting_select_own ON public.meeting FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY meeting_select_participant ON public.meeting FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (state <> 'draft'::text) AND (id = ANY (( SELECT public.app_meetings() AS app_meetings)::bigint[]))));

CREATE POLICY meeting_select_public ON public.meeting FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public AND (state <> 'draft'::text)));

CREATE POLICY meeting_select_ward ON public.meeting FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

CREATE POLICY meeting_update_own ON public.meeting FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])) OR ((association_id IS NULL) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)))));

ALTER TABLE public.member_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_change_insert_own ON public.member_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = member_change.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

CREATE POLICY member_change_select_own ON public.member_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE (m.id = member_change.membership_id))))));

CREATE POLICY member_change_update_self ON public.member_change FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

ALTER TABLE public.member_question ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_question_select_own ON public.member_question FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE (m.id = member_question.membership_id))))));

CREATE POLICY member_question_update_own ON public.member_question FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = member_question.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

ALTER TABLE public.member_tally ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_tally_select_own ON public.member_tally FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

ALTER TABLE public.member_word ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_word_select_own ON public.member_word FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

ALTER TABLE public.membership ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.membership_branch ENABLE ROW LEVEL SECURITY;

CREATE POLICY membership_branch_insert_own ON public.membership_branch FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

CREATE POLICY membership_branch_select_own ON public.membership_branch FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE (m.id = membership_branch.membership_id))))));

CREATE POLICY membership_branch_update_own ON public.membership_branch FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = membership_branch.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

CREATE POLICY membership_insert_own ON public.membership FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

ALTER TABLE public.membership_secret ENABLE ROW LEVEL SECURITY;

CREATE POLICY membership_secret_insert_own ON public.membership_secret FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = membership_secret.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

CREATE POLICY membership_secret_select_chair ON public.membership_secret FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_sensitive_associations() AS app_sensitive_associations)::bigint[]))));

CREATE POLICY membership_secret_update_chair ON public.membership_secret FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_sensitive_associations() AS app_sensitive_associations)::bigint[]))));

CREATE POLICY membership_select_own ON public.membership FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

ALTER TABLE public.membership_span ENABLE ROW LEVEL SECURITY;

CREATE POLICY membership_span_insert_own ON public.membership_span FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = membership_span.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

CREATE POLICY membership_span_select_own ON public.membership_span FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE (m.id = membership_span.membership_id))))));

CREATE POLICY membership_span_update_own ON public.membership_span FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = membership_span.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

ALTER TABLE public.membership_state ENABLE ROW LEVEL SECURITY;

CREATE POLICY membership_state_insert_own ON public.membership_state FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = membership_state.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

CREATE POLICY membership_state_select_own ON public.membership_state FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE (m.id = membership_state.membership_id))))));

CREATE POLICY membership_state_update_own ON public.membership_state FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.id = membership_state.membership_id) AND (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

CREATE POLICY membership_update_own ON public.membership FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))));

ALTER TABLE public.news_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY news_change_insert_self ON public.news_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND (EXISTS ( SELECT 1
   FROM public.article a
  WHERE (a.id = news_change.article_id)))));

CREATE POLICY news_change_select_writer ON public.news_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (( SELECT public.app_has('{editor,official,leader}'::text[]) AS app_has) OR (EXISTS ( SELECT 1
   FROM public.article a
  WHERE ((a.id = news_change.article_id) AND (a.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))))))));

ALTER TABLE public.office ENABLE ROW LEVEL SECURITY;

CREATE POLICY office_insert_own ON public.office FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY office_select_all ON public.office FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY office_update_own ON public.office FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.officer_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY officer_change_insert_own ON public.officer_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user)))));

CREATE POLICY officer_change_select_branch ON public.officer_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))));

CREATE POLICY officer_change_select_own ON public.officer_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

ALTER TABLE public.parked_post ENABLE ROW LEVEL SECURITY;

CREATE POLICY parked_post_delete_system ON public.parked_post FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

CREATE POLICY parked_post_insert_any ON public.parked_post FOR INSERT TO portal_app WITH CHECK ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY parked_post_select_system ON public.parked_post FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;

CREATE POLICY person_insert_own ON public.person FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((made_for = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (made_for IN ( SELECT b.association_id
   FROM public.branch b
  WHERE (b.id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[])))))));

CREATE POLICY person_select_own ON public.person FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE (m.person_id = person.id)))));

CREATE POLICY person_update_own ON public.person FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (EXISTS ( SELECT 1
   FROM public.membership m
  WHERE ((m.person_id = person.id) AND ((m.association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) OR (m.branch_id = ANY (( SELECT public.app_branches() AS app_branches)::bigint[]))))))));

ALTER TABLE public.report ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.report_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_change_insert_own ON public.report_change FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (NOT (account_id IS DISTINCT FROM ( SELECT public.app_user() AS app_user))) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_change_select_own ON public.report_change FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

ALTER TABLE public.report_flag ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_flag_insert_official ON public.report_flag FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY report_flag_select_own ON public.report_flag FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY report_flag_update_own ON public.report_flag FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_insert_own ON public.report FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND ((state = 'not_started'::text) OR public.app_system())));

ALTER TABLE public.report_note ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_note_delete_own ON public.report_note FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_note_insert_own ON public.report_note FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_note_select_own ON public.report_note FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY report_note_update_own ON public.report_note FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_select_own ON public.report FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

ALTER TABLE public.report_snapshot ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_snapshot_insert_own ON public.report_snapshot FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_snapshot_select_own ON public.report_snapshot FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

ALTER TABLE public.report_target ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_target_delete_own ON public.report_target FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_target_insert_own ON public.report_target FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_target_select_own ON public.report_target FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY report_target_update_own ON public.report_target FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.report_text ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_text_insert_own ON public.report_text FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_text_select_own ON public.report_text FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY report_text_update_own ON public.report_text FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_update_own ON public.report FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])))) WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[])) AND ((state <> ALL (ARRAY['accepted'::text, 'consolidated'::text])) OR ( SELECT public.app_has('{official}'::text[]) AS app_has) OR ((accepted_by IS NOT NULL) AND (accepted_by IS DISTINCT FROM ( SELECT public.app_user() AS app_user))))));

ALTER TABLE public.report_value ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_value_insert_own ON public.report_value FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY report_value_select_own ON public.report_value FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_associations() AS app_associations)::bigint[]))));

CREATE POLICY report_value_update_own ON public.report_value FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.residential_group ENABLE ROW LEVEL SECURITY;

CREATE POLICY residential_group_insert_admin ON public.residential_group FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

CREATE POLICY residential_group_select_all ON public.residential_group FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY residential_group_update_admin ON public.residential_group FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY session_insert_system ON public.session FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

CREATE POLICY session_select_self ON public.session FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((account_id = ( SELECT public.app_user() AS app_user)) OR ( SELECT public.app_has('{admin}'::text[]) AS app_has))));

CREATE POLICY session_update_self ON public.session FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ((account_id = ( SELECT public.app_user() AS app_user)) OR ( SELECT public.app_has('{admin}'::text[]) AS app_has))));

ALTER TABLE public.sign_in_attempt ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_attempt_delete_system ON public.sign_in_attempt FOR DELETE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

CREATE POLICY sign_in_attempt_insert_any ON public.sign_in_attempt FOR INSERT TO portal_app WITH CHECK ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY sign_in_attempt_select_system ON public.sign_in_attempt FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND public.app_system()));

ALTER TABLE public.term ENABLE ROW LEVEL SECURITY;

CREATE POLICY term_insert_own ON public.term FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

CREATE POLICY term_select_all ON public.term FOR SELECT TO portal_app USING ((ward_id = ( SELECT public.app_ward() AS app_ward)));

CREATE POLICY term_update_own ON public.term FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND (association_id = ANY (( SELECT public.app_write_associations() AS app_write_associations)::bigint[]))));

ALTER TABLE public.ward ENABLE ROW LEVEL SECURITY;

CREATE POLICY ward_insert_system ON public.ward FOR INSERT TO portal_app WITH CHECK (public.app_system());

CREATE POLICY ward_select_all ON public.ward FOR SELECT TO portal_app USING ((id = ( SELECT public.app_ward() AS app_ward)));

ALTER TABLE public.ward_summary_text ENABLE ROW LEVEL SECURITY;

CREATE POLICY ward_summary_text_insert_official ON public.ward_summary_text FOR INSERT TO portal_app WITH CHECK (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY ward_summary_text_select_ward ON public.ward_summary_text FOR SELECT TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official,leader}'::text[]) AS app_has)));

CREATE POLICY ward_summary_text_update_official ON public.ward_summary_text FOR UPDATE TO portal_app USING (((ward_id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{official}'::text[]) AS app_has)));

CREATE POLICY ward_update_admin ON public.ward FOR UPDATE TO portal_app USING (((id = ( SELECT public.app_ward() AS app_ward)) AND ( SELECT public.app_has('{admin}'::text[]) AS app_has)));

GRANT ALL ON SCHEMA public TO portal_owner;
GRANT ALL ON SCHEMA public TO portal_definer;

REVOKE ALL ON FUNCTION public.account_find(typed text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.account_find(typed text) TO portal_app;

REVOKE ALL ON FUNCTION public.account_names(ids bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.account_names(ids bigint[]) TO portal_app;

REVOKE ALL ON FUNCTION public.app_associations() FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_associations() TO portal_app;

REVOKE ALL ON FUNCTION public.app_branches() FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_branches() TO portal_app;

REVOKE ALL ON FUNCTION public.app_has(wanted text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_has(wanted text[]) TO portal_app;

REVOKE ALL ON FUNCTION public.app_meetings() FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_meetings() TO portal_app;

REVOKE ALL ON FUNCTION public.app_sensitive_associations() FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_sensitive_associations() TO portal_app;

REVOKE ALL ON FUNCTION public.app_write_associations() FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_write_associations() TO portal_app;

REVOKE ALL ON FUNCTION public.demo_accounts_exist() FROM PUBLIC;
GRANT ALL ON FUNCTION public.demo_accounts_exist() TO portal_app;

REVOKE ALL ON FUNCTION public.letter_find(hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.letter_find(hash bytea) TO portal_app;

REVOKE ALL ON FUNCTION public.letter_recent(key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.letter_recent(key bytea) TO portal_app;

REVOKE ALL ON FUNCTION public.member_ask_others(person bigint, told_by bigint, told_day text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_ask_others(person bigint, told_by bigint, told_day text) TO portal_app;

REVOKE ALL ON FUNCTION public.member_people_at(day date, OUT memberships bigint, OUT people bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_people_at(day date, OUT memberships bigint, OUT people bigint) TO portal_app;

REVOKE ALL ON FUNCTION public.member_public_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_public_counts() TO portal_app;

REVOKE ALL ON FUNCTION public.member_unask_others(person bigint, told_by bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_unask_others(person bigint, told_by bigint) TO portal_app;

REVOKE ALL ON FUNCTION public.membership_copy_person() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.membership_index_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.membership_index_new() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.news_search(words text, folded_phrase text, phrase text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.news_search(words text, folded_phrase text, phrase text, most integer) TO portal_app;

REVOKE ALL ON FUNCTION public.news_slug_taken(wanted text, but bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.news_slug_taken(wanted text, but bigint) TO portal_app;

REVOKE ALL ON FUNCTION public.officer_in_office(of_association bigint, on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.officer_in_office(of_association bigint, on_day date) TO portal_app;

REVOKE ALL ON FUNCTION public.person_copy_memberships() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.report_published() FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_published() TO portal_app;

REVOKE ALL ON FUNCTION public.report_sole_official() FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_sole_official() TO portal_app;

REVOKE ALL ON FUNCTION public.session_find(hash bytea, at timestamp with time zone, idle interval) FROM PUBLIC;
GRANT ALL ON FUNCTION public.session_find(hash bytea, at timestamp with time zone, idle interval) TO portal_app;

REVOKE ALL ON FUNCTION public.ward_list() FROM PUBLIC;
GRANT ALL ON FUNCTION public.ward_list() TO portal_app;

REVOKE ALL ON FUNCTION public.ward_of_host(host text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ward_of_host(host text) TO portal_app;

GRANT SELECT ON TABLE public.account TO portal_definer;
GRANT SELECT,INSERT ON TABLE public.account TO portal_app;

GRANT UPDATE(phone) ON TABLE public.account TO portal_app;

GRANT UPDATE(name) ON TABLE public.account TO portal_app;

GRANT UPDATE(title) ON TABLE public.account TO portal_app;

GRANT UPDATE(password_hash) ON TABLE public.account TO portal_app;

GRANT UPDATE(disabled_at) ON TABLE public.account TO portal_app;

GRANT UPDATE(password_at) ON TABLE public.account TO portal_app;

GRANT UPDATE(seen_news_at) ON TABLE public.account TO portal_app;

GRANT UPDATE(version) ON TABLE public.account TO portal_app;

GRANT SELECT ON TABLE public.account_grant TO portal_definer;
GRANT SELECT,INSERT ON TABLE public.account_grant TO portal_app;

GRANT UPDATE(ends_on) ON TABLE public.account_grant TO portal_app;

GRANT SELECT,INSERT ON TABLE public.activity TO portal_app;

GRANT UPDATE(branch_id) ON TABLE public.activity TO portal_app;

GRANT UPDATE(happened_on) ON TABLE public.activity TO portal_app;

GRANT UPDATE(kind) ON TABLE public.activity TO portal_app;

GRANT UPDATE(quantity) ON TABLE public.activity TO portal_app;

GRANT UPDATE(people) ON TABLE public.activity TO portal_app;

GRANT UPDATE(amount) ON TABLE public.activity TO portal_app;

GRANT UPDATE(source) ON TABLE public.activity TO portal_app;

GRANT UPDATE(for_whom) ON TABLE public.activity TO portal_app;

GRANT UPDATE(note) ON TABLE public.activity TO portal_app;

GRANT UPDATE(removed_at) ON TABLE public.activity TO portal_app;

GRANT UPDATE(removed_reason) ON TABLE public.activity TO portal_app;

GRANT UPDATE(version) ON TABLE public.activity TO portal_app;

GRANT SELECT,INSERT ON TABLE public.activity_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.appointment TO portal_app;

GRANT SELECT(id) ON TABLE public.appointment TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.appointment TO portal_definer;

GRANT SELECT(association_id) ON TABLE public.appointment TO portal_definer;

GRANT SELECT(office_id) ON TABLE public.appointment TO portal_definer;

GRANT SELECT(branch_id) ON TABLE public.appointment TO portal_definer;

GRANT SELECT(seat) ON TABLE public.appointment TO portal_definer;

GRANT UPDATE(person_id) ON TABLE public.appointment TO portal_app;

GRANT SELECT(person_name) ON TABLE public.appointment TO portal_definer;

GRANT SELECT(starts_on) ON TABLE public.appointment TO portal_definer;

GRANT UPDATE(ends_on) ON TABLE public.appointment TO portal_app;
GRANT SELECT(ends_on) ON TABLE public.appointment TO portal_definer;

GRANT UPDATE(ended) ON TABLE public.appointment TO portal_app;

GRANT SELECT(acting) ON TABLE public.appointment TO portal_definer;

GRANT UPDATE(end_note) ON TABLE public.appointment TO portal_app;

GRANT UPDATE(version) ON TABLE public.appointment TO portal_app;

GRANT SELECT,INSERT ON TABLE public.article TO portal_app;

GRANT SELECT(id) ON TABLE public.article TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.article TO portal_definer;

GRANT UPDATE(slug) ON TABLE public.article TO portal_app;
GRANT SELECT(slug) ON TABLE public.article TO portal_definer;

GRANT UPDATE(title) ON TABLE public.article TO portal_app;
GRANT SELECT(title) ON TABLE public.article TO portal_definer;

GRANT UPDATE(lead) ON TABLE public.article TO portal_app;

GRANT UPDATE(body) ON TABLE public.article TO portal_app;

GRANT UPDATE(html) ON TABLE public.article TO portal_app;

GRANT UPDATE(folded) ON TABLE public.article TO portal_app;
GRANT SELECT(folded) ON TABLE public.article TO portal_definer;

GRANT UPDATE(category) ON TABLE public.article TO portal_app;

GRANT UPDATE(byline) ON TABLE public.article TO portal_app;

GRANT UPDATE(source_name) ON TABLE public.article TO portal_app;

GRANT UPDATE(source_url) ON TABLE public.article TO portal_app;

GRANT UPDATE(source_date) ON TABLE public.article TO portal_app;

GRANT UPDATE(status) ON TABLE public.article TO portal_app;
GRANT SELECT(status) ON TABLE public.article TO portal_definer;

GRANT UPDATE(featured) ON TABLE public.article TO portal_app;

GRANT UPDATE(submitted_by) ON TABLE public.article TO portal_app;

GRANT UPDATE(submitted_at) ON TABLE public.article TO portal_app;

GRANT UPDATE(approved_by) ON TABLE public.article TO portal_app;

GRANT UPDATE(published_by) ON TABLE public.article TO portal_app;

GRANT UPDATE(published_at) ON TABLE public.article TO portal_app;
GRANT SELECT(published_at) ON TABLE public.article TO portal_definer;

GRANT UPDATE(note) ON TABLE public.article TO portal_app;

GRANT UPDATE(view_count) ON TABLE public.article TO portal_app;

GRANT UPDATE(updated_at) ON TABLE public.article TO portal_app;

GRANT UPDATE(version) ON TABLE public.article TO portal_app;

GRANT SELECT(search) ON TABLE public.article TO portal_definer;

GRANT SELECT,INSERT,DELETE ON TABLE public.article_association TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.article_photo TO portal_app;

GRANT UPDATE("position") ON TABLE public.article_photo TO portal_app;

GRANT UPDATE(caption) ON TABLE public.article_photo TO portal_app;

GRANT UPDATE(alt) ON TABLE public.article_photo TO portal_app;

GRANT UPDATE(credit) ON TABLE public.article_photo TO portal_app;

GRANT SELECT,INSERT ON TABLE public.article_slug TO portal_app;

GRANT SELECT(ward_id) ON TABLE public.article_slug TO portal_definer;

GRANT SELECT(slug) ON TABLE public.article_slug TO portal_definer;

GRANT SELECT(article_id) ON TABLE public.article_slug TO portal_definer;

GRANT SELECT,INSERT ON TABLE public.association TO portal_app;

GRANT SELECT(id) ON TABLE public.association TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.association TO portal_definer;

GRANT UPDATE(name) ON TABLE public.association TO portal_app;

GRANT UPDATE(short_name) ON TABLE public.association TO portal_app;

GRANT UPDATE(about) ON TABLE public.association TO portal_app;

GRANT UPDATE(history) ON TABLE public.association TO portal_app;

GRANT UPDATE(symbol) ON TABLE public.association TO portal_app;

GRANT UPDATE(sort) ON TABLE public.association TO portal_app;

GRANT UPDATE(founded) ON TABLE public.association TO portal_app;

GRANT UPDATE(bch_quota) ON TABLE public.association TO portal_app;

GRANT UPDATE(contact) ON TABLE public.association TO portal_app;

GRANT UPDATE(opened_on) ON TABLE public.association TO portal_app;

GRANT UPDATE(closed_on) ON TABLE public.association TO portal_app;

GRANT UPDATE(version) ON TABLE public.association TO portal_app;

GRANT SELECT,INSERT ON TABLE public.association_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.audit_log TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.beneficiary TO portal_app;

GRANT SELECT,INSERT ON TABLE public.branch TO portal_app;
GRANT SELECT ON TABLE public.branch TO portal_definer;

GRANT SELECT(id) ON TABLE public.branch TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.branch TO portal_definer;

GRANT SELECT(association_id) ON TABLE public.branch TO portal_definer;

GRANT UPDATE(name) ON TABLE public.branch TO portal_app;

GRANT UPDATE(sort) ON TABLE public.branch TO portal_app;

GRANT UPDATE(listed) ON TABLE public.branch TO portal_app;

GRANT UPDATE(place) ON TABLE public.branch TO portal_app;

GRANT UPDATE(opened_on) ON TABLE public.branch TO portal_app;

GRANT UPDATE(closed_on) ON TABLE public.branch TO portal_app;

GRANT UPDATE(version) ON TABLE public.branch TO portal_app;

GRANT SELECT,INSERT ON TABLE public.branch_count TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.branch_group TO portal_app;

GRANT SELECT,INSERT ON TABLE public.campaign TO portal_app;

GRANT SELECT(id) ON TABLE public.campaign TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.campaign TO portal_definer;

GRANT SELECT(year) ON TABLE public.campaign TO portal_definer;

GRANT SELECT(period) ON TABLE public.campaign TO portal_definer;

GRANT UPDATE(opens_on) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(cut_off) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(deadline) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(closes_on) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(asks_branches) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(historical) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(note) ON TABLE public.campaign TO portal_app;

GRANT UPDATE(version) ON TABLE public.campaign TO portal_app;

GRANT SELECT,INSERT ON TABLE public.campaign_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.campaign_extension TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.campaign_row TO portal_app;

GRANT SELECT,INSERT ON TABLE public.club TO portal_app;

GRANT UPDATE(branch_id) ON TABLE public.club TO portal_app;

GRANT UPDATE(name) ON TABLE public.club TO portal_app;

GRANT UPDATE(kind) ON TABLE public.club TO portal_app;

GRANT UPDATE(members) ON TABLE public.club TO portal_app;

GRANT UPDATE(ends_on) ON TABLE public.club TO portal_app;

GRANT UPDATE(version) ON TABLE public.club TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.form_key TO portal_app;

GRANT UPDATE(location) ON TABLE public.form_key TO portal_app;

GRANT SELECT,INSERT ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(happened_on) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(category) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(amount) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(counterpart) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(note) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(removed_at) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(removed_reason) ON TABLE public.fund_entry TO portal_app;

GRANT UPDATE(version) ON TABLE public.fund_entry TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.import_row TO portal_app;

GRANT UPDATE(name) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(outcome) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(warned) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(decision) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(membership_id) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(sealed) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(done) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(changes) ON TABLE public.import_row TO portal_app;

GRANT UPDATE(version_after) ON TABLE public.import_row TO portal_app;

GRANT SELECT,INSERT ON TABLE public.import_run TO portal_app;

GRANT UPDATE(file_sealed) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(sheets_sealed) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(mapping) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(learned) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(state) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(counts) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(roster_mark) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(applied_at) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(applied_by) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(undone_at) ON TABLE public.import_run TO portal_app;

GRANT UPDATE(version) ON TABLE public.import_run TO portal_app;

GRANT SELECT,INSERT ON TABLE public.key_check TO portal_app;

GRANT SELECT,INSERT ON TABLE public.letter TO portal_app;

GRANT SELECT(id) ON TABLE public.letter TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.letter TO portal_definer;

GRANT SELECT(code_hash) ON TABLE public.letter TO portal_definer;

GRANT SELECT(subject) ON TABLE public.letter TO portal_definer;

GRANT SELECT(body) ON TABLE public.letter TO portal_definer;

GRANT SELECT(consent) ON TABLE public.letter TO portal_definer;

GRANT UPDATE(state) ON TABLE public.letter TO portal_app;
GRANT SELECT(state) ON TABLE public.letter TO portal_definer;

GRANT UPDATE(answer) ON TABLE public.letter TO portal_app;
GRANT SELECT(answer) ON TABLE public.letter TO portal_definer;

GRANT UPDATE(answered_by) ON TABLE public.letter TO portal_app;

GRANT UPDATE(answered_at) ON TABLE public.letter TO portal_app;
GRANT SELECT(answered_at) ON TABLE public.letter TO portal_definer;

GRANT UPDATE(answered_on) ON TABLE public.letter TO portal_app;

GRANT UPDATE(note) ON TABLE public.letter TO portal_app;
GRANT SELECT(note) ON TABLE public.letter TO portal_definer;

GRANT SELECT(received_at) ON TABLE public.letter TO portal_definer;

GRANT SELECT(due_on) ON TABLE public.letter TO portal_definer;

GRANT UPDATE(updated_at) ON TABLE public.letter TO portal_app;

GRANT UPDATE(version) ON TABLE public.letter TO portal_app;

GRANT SELECT,INSERT ON TABLE public.letter_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.letter_publication TO portal_app;

GRANT SELECT(letter_id) ON TABLE public.letter_publication TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.letter_publication TO portal_definer;

GRANT UPDATE(subject) ON TABLE public.letter_publication TO portal_app;

GRANT UPDATE(question) ON TABLE public.letter_publication TO portal_app;

GRANT UPDATE(answer) ON TABLE public.letter_publication TO portal_app;

GRANT UPDATE(published_at) ON TABLE public.letter_publication TO portal_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.letter_publication TO portal_app;
GRANT SELECT(withdrawn_at) ON TABLE public.letter_publication TO portal_definer;

GRANT SELECT,INSERT ON TABLE public.letter_sender TO portal_app;

GRANT UPDATE(name) ON TABLE public.letter_sender TO portal_app;

GRANT UPDATE(contact) ON TABLE public.letter_sender TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.letter_sending TO portal_app;

GRANT SELECT(ward_id) ON TABLE public.letter_sending TO portal_definer;

GRANT SELECT(address_key) ON TABLE public.letter_sending TO portal_definer;

GRANT SELECT(at) ON TABLE public.letter_sending TO portal_definer;

GRANT SELECT,INSERT ON TABLE public.media TO portal_app;

GRANT UPDATE(public_since) ON TABLE public.media TO portal_app;

GRANT SELECT,INSERT ON TABLE public.media_size TO portal_app;

GRANT SELECT,INSERT ON TABLE public.meeting TO portal_app;

GRANT UPDATE(kind) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(title) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(starts_at) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(ends_at) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(place) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(state) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(public) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(chair_name) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(conclusion) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(state_reason) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(invited) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(present) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(excused) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(absent) ON TABLE public.meeting TO portal_app;

GRANT UPDATE(version) ON TABLE public.meeting TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.meeting_association TO portal_app;

GRANT SELECT(ward_id) ON TABLE public.meeting_association TO portal_definer;

GRANT SELECT(meeting_id) ON TABLE public.meeting_association TO portal_definer;

GRANT SELECT(association_id) ON TABLE public.meeting_association TO portal_definer;

GRANT SELECT,INSERT ON TABLE public.meeting_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.meeting_invitee TO portal_app;

GRANT UPDATE(attendance) ON TABLE public.meeting_invitee TO portal_app;

GRANT UPDATE(reason) ON TABLE public.meeting_invitee TO portal_app;

GRANT SELECT,INSERT ON TABLE public.member_change TO portal_app;

GRANT UPDATE(undone_by) ON TABLE public.member_change TO portal_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.member_question TO portal_definer;
GRANT SELECT ON TABLE public.member_question TO portal_app;

GRANT UPDATE(answered_at) ON TABLE public.member_question TO portal_app;

GRANT UPDATE(answer) ON TABLE public.member_question TO portal_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.member_tally TO portal_definer;
GRANT SELECT ON TABLE public.member_tally TO portal_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_word TO portal_definer;
GRANT SELECT ON TABLE public.member_word TO portal_app;

GRANT SELECT ON TABLE public.membership TO portal_definer;
GRANT SELECT ON TABLE public.membership TO portal_app;

GRANT INSERT(id) ON TABLE public.membership TO portal_app;

GRANT INSERT(ward_id) ON TABLE public.membership TO portal_app;

GRANT INSERT(association_id) ON TABLE public.membership TO portal_app;

GRANT INSERT(person_id) ON TABLE public.membership TO portal_app;

GRANT INSERT(branch_id),UPDATE(branch_id) ON TABLE public.membership TO portal_app;

GRANT INSERT(status),UPDATE(status) ON TABLE public.membership TO portal_app;

GRANT INSERT(class),UPDATE(class) ON TABLE public.membership TO portal_app;

GRANT INSERT(began),UPDATE(began) ON TABLE public.membership TO portal_app;

GRANT INSERT(joined),UPDATE(joined) ON TABLE public.membership TO portal_app;

GRANT INSERT(ended),UPDATE(ended) ON TABLE public.membership TO portal_app;

GRANT INSERT(ended_how),UPDATE(ended_how) ON TABLE public.membership TO portal_app;

GRANT INSERT(card),UPDATE(card) ON TABLE public.membership TO portal_app;

GRANT INSERT(phone),UPDATE(phone) ON TABLE public.membership TO portal_app;

GRANT INSERT(phone_owner),UPDATE(phone_owner) ON TABLE public.membership TO portal_app;

GRANT INSERT(address),UPDATE(address) ON TABLE public.membership TO portal_app;

GRANT INSERT(group_id),UPDATE(group_id) ON TABLE public.membership TO portal_app;

GRANT INSERT(note),UPDATE(note) ON TABLE public.membership TO portal_app;

GRANT INSERT(profile),UPDATE(profile) ON TABLE public.membership TO portal_app;

GRANT INSERT(id_key),UPDATE(id_key) ON TABLE public.membership TO portal_app;

GRANT INSERT(id_tail),UPDATE(id_tail) ON TABLE public.membership TO portal_app;

GRANT UPDATE(version) ON TABLE public.membership TO portal_definer;
GRANT INSERT(version),UPDATE(version) ON TABLE public.membership TO portal_app;

GRANT INSERT(created_at) ON TABLE public.membership TO portal_app;

GRANT INSERT(changed_at),UPDATE(changed_at) ON TABLE public.membership TO portal_app;

GRANT UPDATE(full_name) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(alias) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(sort_key) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(folded) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(sex) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(birth) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(birth_year) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(died) ON TABLE public.membership TO portal_definer;

GRANT UPDATE(words) ON TABLE public.membership TO portal_definer;

GRANT SELECT,INSERT ON TABLE public.membership_branch TO portal_app;

GRANT UPDATE(to_day) ON TABLE public.membership_branch TO portal_app;

GRANT UPDATE(voided) ON TABLE public.membership_branch TO portal_app;

GRANT USAGE ON SEQUENCE public.membership_id_seq TO portal_app;

GRANT SELECT,INSERT ON TABLE public.membership_secret TO portal_app;

GRANT UPDATE(voided) ON TABLE public.membership_secret TO portal_app;

GRANT SELECT ON TABLE public.membership_span TO portal_definer;
GRANT SELECT,INSERT ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(began) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(joined) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(from_day) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(ended_how) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(ended) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(to_day) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(reason) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(place) ON TABLE public.membership_span TO portal_app;

GRANT UPDATE(voided) ON TABLE public.membership_span TO portal_app;

GRANT SELECT,INSERT ON TABLE public.membership_state TO portal_app;

GRANT UPDATE(to_day) ON TABLE public.membership_state TO portal_app;

GRANT UPDATE(voided) ON TABLE public.membership_state TO portal_app;

GRANT SELECT,INSERT ON TABLE public.news_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.office TO portal_app;

GRANT SELECT(id) ON TABLE public.office TO portal_definer;

GRANT SELECT(association_id) ON TABLE public.office TO portal_definer;

GRANT SELECT(code) ON TABLE public.office TO portal_definer;

GRANT UPDATE(title) ON TABLE public.office TO portal_app;
GRANT SELECT(title) ON TABLE public.office TO portal_definer;

GRANT SELECT(body) ON TABLE public.office TO portal_definer;

GRANT UPDATE(rank) ON TABLE public.office TO portal_app;
GRANT SELECT(rank) ON TABLE public.office TO portal_definer;

GRANT UPDATE(seats) ON TABLE public.office TO portal_app;

GRANT UPDATE(mandatory) ON TABLE public.office TO portal_app;

GRANT UPDATE(version) ON TABLE public.office TO portal_app;

GRANT SELECT,INSERT ON TABLE public.officer_change TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.parked_post TO portal_app;

GRANT SELECT ON TABLE public.person TO portal_definer;
GRANT SELECT,INSERT ON TABLE public.person TO portal_app;

GRANT UPDATE(family_middle) ON TABLE public.person TO portal_app;

GRANT UPDATE(given) ON TABLE public.person TO portal_app;

GRANT UPDATE(alias) ON TABLE public.person TO portal_app;

GRANT UPDATE(sex) ON TABLE public.person TO portal_app;

GRANT UPDATE(birth) ON TABLE public.person TO portal_app;

GRANT UPDATE(died) ON TABLE public.person TO portal_app;

GRANT UPDATE(sort_key) ON TABLE public.person TO portal_app;

GRANT UPDATE(folded) ON TABLE public.person TO portal_app;

GRANT UPDATE(words) ON TABLE public.person TO portal_app;

GRANT UPDATE(version) ON TABLE public.person TO portal_app;

GRANT USAGE ON SEQUENCE public.person_id_seq TO portal_app;

GRANT SELECT,INSERT ON TABLE public.report TO portal_app;

GRANT SELECT(id) ON TABLE public.report TO portal_definer;

GRANT SELECT(ward_id) ON TABLE public.report TO portal_definer;

GRANT SELECT(campaign_id) ON TABLE public.report TO portal_definer;

GRANT SELECT(association_id) ON TABLE public.report TO portal_definer;

GRANT SELECT(branch_id) ON TABLE public.report TO portal_definer;

GRANT UPDATE(state) ON TABLE public.report TO portal_app;
GRANT SELECT(state) ON TABLE public.report TO portal_definer;

GRANT UPDATE(version) ON TABLE public.report TO portal_app;

GRANT UPDATE(final) ON TABLE public.report TO portal_app;

GRANT UPDATE(amendment) ON TABLE public.report TO portal_app;

GRANT UPDATE(amended_closed) ON TABLE public.report TO portal_app;

GRANT UPDATE(submitted_at) ON TABLE public.report TO portal_app;

GRANT UPDATE(submitted_by) ON TABLE public.report TO portal_app;

GRANT UPDATE(submitted_name) ON TABLE public.report TO portal_app;

GRANT UPDATE(returned_at) ON TABLE public.report TO portal_app;

GRANT UPDATE(returned_name) ON TABLE public.report TO portal_app;

GRANT UPDATE(return_note) ON TABLE public.report TO portal_app;

GRANT UPDATE(accepted_at) ON TABLE public.report TO portal_app;

GRANT UPDATE(accepted_by) ON TABLE public.report TO portal_app;

GRANT UPDATE(accepted_name) ON TABLE public.report TO portal_app;

GRANT UPDATE(sole_official) ON TABLE public.report TO portal_app;

GRANT UPDATE(on_behalf) ON TABLE public.report TO portal_app;

GRANT UPDATE(typed_name) ON TABLE public.report TO portal_app;

GRANT UPDATE(paper_date) ON TABLE public.report TO portal_app;

GRANT UPDATE(paper_media) ON TABLE public.report TO portal_app;

GRANT UPDATE(paper_number) ON TABLE public.report TO portal_app;

GRANT UPDATE(paper_signer) ON TABLE public.report TO portal_app;

GRANT UPDATE(stance) ON TABLE public.report TO portal_app;

GRANT UPDATE(stance_at) ON TABLE public.report TO portal_app;

GRANT UPDATE(stance_name) ON TABLE public.report TO portal_app;

GRANT UPDATE(stance_note) ON TABLE public.report TO portal_app;

GRANT UPDATE(rating) ON TABLE public.report TO portal_app;

GRANT SELECT,INSERT ON TABLE public.report_change TO portal_app;

GRANT SELECT,INSERT ON TABLE public.report_flag TO portal_app;

GRANT UPDATE(resolved) ON TABLE public.report_flag TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.report_note TO portal_app;

GRANT UPDATE(about) ON TABLE public.report_note TO portal_app;

GRANT UPDATE(body) ON TABLE public.report_note TO portal_app;

GRANT UPDATE(version) ON TABLE public.report_note TO portal_app;

GRANT SELECT,INSERT ON TABLE public.report_snapshot TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.report_target TO portal_app;

GRANT UPDATE(number) ON TABLE public.report_target TO portal_app;

GRANT UPDATE(report_id) ON TABLE public.report_target TO portal_app;

GRANT UPDATE(version) ON TABLE public.report_target TO portal_app;

GRANT SELECT,INSERT ON TABLE public.report_text TO portal_app;

GRANT UPDATE(body) ON TABLE public.report_text TO portal_app;

GRANT UPDATE(basis) ON TABLE public.report_text TO portal_app;

GRANT UPDATE(version) ON TABLE public.report_text TO portal_app;

GRANT SELECT,INSERT ON TABLE public.report_value TO portal_app;

GRANT SELECT(report_id) ON TABLE public.report_value TO portal_definer;

GRANT SELECT(code) ON TABLE public.report_value TO portal_definer;

GRANT UPDATE(answer) ON TABLE public.report_value TO portal_app;
GRANT SELECT(answer) ON TABLE public.report_value TO portal_definer;

GRANT UPDATE(number) ON TABLE public.report_value TO portal_app;
GRANT SELECT(number) ON TABLE public.report_value TO portal_definer;

GRANT UPDATE(note) ON TABLE public.report_value TO portal_app;

GRANT UPDATE(version) ON TABLE public.report_value TO portal_app;

GRANT SELECT,INSERT ON TABLE public.residential_group TO portal_app;

GRANT UPDATE(number) ON TABLE public.residential_group TO portal_app;

GRANT UPDATE(name) ON TABLE public.residential_group TO portal_app;

GRANT UPDATE(opened_on) ON TABLE public.residential_group TO portal_app;

GRANT UPDATE(closed_on) ON TABLE public.residential_group TO portal_app;

GRANT SELECT ON TABLE public.session TO portal_definer;
GRANT SELECT,INSERT ON TABLE public.session TO portal_app;

GRANT UPDATE(seen_at) ON TABLE public.session TO portal_app;

GRANT UPDATE(expires_at) ON TABLE public.session TO portal_app;

GRANT UPDATE(ended_at) ON TABLE public.session TO portal_app;

GRANT UPDATE(acting_for) ON TABLE public.session TO portal_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.sign_in_attempt TO portal_app;

GRANT SELECT,INSERT ON TABLE public.term TO portal_app;

GRANT UPDATE(name) ON TABLE public.term TO portal_app;

GRANT UPDATE(starts_on) ON TABLE public.term TO portal_app;

GRANT UPDATE(ends_on) ON TABLE public.term TO portal_app;

GRANT UPDATE(bch_quota) ON TABLE public.term TO portal_app;

GRANT UPDATE(congress_on) ON TABLE public.term TO portal_app;

GRANT UPDATE(decision_no) ON TABLE public.term TO portal_app;

GRANT UPDATE(decision_on) ON TABLE public.term TO portal_app;

GRANT UPDATE(authority) ON TABLE public.term TO portal_app;

GRANT UPDATE(version) ON TABLE public.term TO portal_app;

GRANT SELECT,INSERT ON TABLE public.ward TO portal_app;
GRANT SELECT ON TABLE public.ward TO portal_definer;

GRANT UPDATE(name) ON TABLE public.ward TO portal_app;

GRANT UPDATE(city) ON TABLE public.ward TO portal_app;

GRANT UPDATE(province) ON TABLE public.ward TO portal_app;

GRANT UPDATE(hosts) ON TABLE public.ward TO portal_app;

GRANT UPDATE(address) ON TABLE public.ward TO portal_app;

GRANT UPDATE(phone) ON TABLE public.ward TO portal_app;

GRANT UPDATE(email) ON TABLE public.ward TO portal_app;

GRANT UPDATE(hours) ON TABLE public.ward TO portal_app;

GRANT UPDATE(responsible) ON TABLE public.ward TO portal_app;

GRANT UPDATE(about) ON TABLE public.ward TO portal_app;

GRANT UPDATE(version) ON TABLE public.ward TO portal_app;

GRANT USAGE ON SEQUENCE public.ward_id_seq TO portal_app;

GRANT SELECT,INSERT ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(assessment) ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(limits) ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(direction) ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(proposals) ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(at) ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(by_name) ON TABLE public.ward_summary_text TO portal_app;

GRANT UPDATE(version) ON TABLE public.ward_summary_text TO portal_app;
