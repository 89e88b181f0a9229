begin;
drop function app_sensitive_associations() cascade;
drop function app_branches() cascade;
drop function app_write_associations() cascade;
drop function app_associations() cascade;
alter table account_grant drop constraint account_grant_branch_fkey, drop constraint account_grant_association_fkey;
drop table association_change, branch_count, branch_group, branch, association;
commit;
