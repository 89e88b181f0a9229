begin;

drop function news_search(text, text, text, integer);
drop function news_slug_taken(text, bigint);
drop table news_change;
drop table article_slug;
drop table article_photo;
drop table article_association;
drop table article;

commit;
