begin;
drop function app_meetings() cascade;
drop table meeting_change, meeting_invitee, meeting_association, meeting;
commit;
