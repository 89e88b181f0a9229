begin;

drop table media_size;
drop table media;

commit;
