begin;
drop function member_public_counts(), member_people_at(date), member_unask_others(bigint, bigint), member_ask_others(bigint, bigint, text);
drop table member_tally, member_word, member_question, member_change, membership_secret, membership_state, membership_branch, membership_span cascade;
drop table membership, person cascade;
drop function membership_index_changed(), membership_index_new(), member_words_of(text[], text), person_copy_memberships(), membership_copy_person();
commit;
