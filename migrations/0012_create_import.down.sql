begin;
drop table import_row;
drop table import_run;
commit;
