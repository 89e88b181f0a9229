begin;
drop function ward_list();
drop function ward_of_host(text);
drop table audit_log, residential_group, ward;
drop function app_today(), app_now(), app_system(), app_user(), app_ward();
commit;
