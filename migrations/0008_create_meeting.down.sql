begin;
drop table meeting_change, meeting_invitee, meeting_association, meeting;
commit;
