begin;

create table key_check (
  id         integer primary key default 1,
  proof      bytea not null,                     -- HMAC of a fixed text: tells the right key from a wrong one, and nothing else
  created_at timestamptz not null,
  constraint key_check_id_one check (id = 1),
  constraint key_check_proof_length check (octet_length(proof) = 32)
);
comment on table key_check is 'Proof of the secret file in use: a program with another key refuses to start. Owner: internal/ward';

alter table key_check enable row level security;
alter table key_check force row level security;
create policy key_check_select_all on key_check for select to portal_app using (true);
create policy key_check_insert_system on key_check for insert to portal_app with check (app_system());
grant select, insert on key_check to portal_app;

commit;
