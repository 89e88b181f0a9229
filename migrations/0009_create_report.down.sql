begin;
drop function report_published();
drop function report_sole_official();
drop table ward_summary_text, report_change, report_snapshot, report_flag, report_target, report_text, report_note, report_value, report,
  campaign_change, campaign_extension, campaign_row, campaign;
commit;
