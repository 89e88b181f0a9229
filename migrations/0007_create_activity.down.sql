begin;
drop table club, fund_entry, activity_change, beneficiary, activity;
commit;
