// Package member keeps the roster: people, their memberships, and everything that happened to them, dated.
//
// A person (ward-wide: name, sex, birth, death) and a membership (one association: branch, class, card, phone, notes) are
// two things. What somebody is in one association is invisible from another: adding a person who exists elsewhere makes
// a new person row, and only the ward's official sees that two may be one (product.md §2.9).
//
// Facts are dated rows, closed and never deleted: membership_span (from when to when, how it began and ended),
// membership_branch, membership_state. "Who was a member on a day" is one question to them (CountAt, MovementBetween).
// The row in membership is a picture of now; triggers copy the person's name and birth into it and keep the search words
// and the tally, so that a page of the list, a search and the chips are one index read each.
//
// Every act writes member_change (who, when, on behalf, a Vietnamese sentence, before and after) and the audit record in
// the same transaction.
package member
