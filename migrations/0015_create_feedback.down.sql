begin;
drop function letter_recent(bytea);
drop function letter_find(bytea);
drop table letter_sending, letter_change, letter_publication, letter_sender, letter;
commit;
