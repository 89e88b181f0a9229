begin;
drop table parked_post, form_key;
commit;
