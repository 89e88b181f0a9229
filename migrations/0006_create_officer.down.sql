begin;
drop function officer_in_office(bigint, date);
drop table officer_change, appointment, office, term;
commit;
