begin;
drop function account_names(bigint[]);
commit;
