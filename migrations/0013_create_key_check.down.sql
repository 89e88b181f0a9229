begin;
drop table key_check;
commit;
