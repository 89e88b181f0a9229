begin;

-- Who stands behind the numbers of the audit log: for those who may read it, and for nobody else. Names only.
create function account_names(ids bigint[]) returns table (id bigint, name text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select a.id, a.name from account a
  where a.ward_id = app_ward() and a.id = any (ids) and app_has('{admin,official}')
$$;
alter function account_names(bigint[]) owner to portal_definer;
revoke all on function account_names(bigint[]) from public;
grant execute on function account_names(bigint[]) to portal_app;

commit;
