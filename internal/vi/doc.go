// Package vi is Vietnamese for the whole portal: cleaning and folding of text,
// names and their order, half-known dates, numbers and amounts in words, phone
// and citizen numbers, and the encodings of old office files.
//
// Everything is pure: no clock, no database, no configuration. Functions that
// need "today" take it as an argument. Rules come from the domain handbook §2.3
// and §8; sentences meant for people are Vietnamese.
//
// Text kept in the portal is NFC (TCVN 6909:2001). Every way in (form, sheet,
// paste, address) goes through [Clean] or [CleanMultiline] once; the other
// functions accept any normal form.
package vi
