// Package ui draws every page of the portal: the two shells, form controls, tables, states, charts.
//
// It knows words and numbers only, never a domain: page packages turn their data into these small
// structs. The markup is govuk-frontend's, the look is web/assets/scss. A strict Content-Security-Policy
// holds: there is no inline style and no inline script, also not in SVG. Everything works without
// JavaScript; controls that need it stay hidden until app.js has run.
//
// Ids derive from names: FieldID("ten") = "f-ten", its hint "f-ten-g", error "f-ten-e", note "f-ten-n";
// the second, third … input of a group "f-ten-2", "f-ten-3". An error for field "ten" in Errors is shown
// by the part whose Error is errs.For("ten"), and ErrorSummary links to it.
//
// # Shells (kit composes them; pages only write the body)
//
//	Public(p PublicPage, body templ.Component)     page for residents
//	Work(p WorkPage, body templ.Component)         page of the workplace
//	ContextLine(c Context) UndoBar(u *Undo) Banner(f Flash)   placed by the shells
//	StatusLine(s Status)                           "Đã lưu lúc 14:03"; Live = autosave writes here
//	SignOutForm(action string)                     for the account page (phones)
//	ErrorPage(e ErrorInfo)                         body of 403, 404, 409, 413, 429, 500, 503
//
// # Forms
//
//	ErrorSummary(errs Errors)                      above <h1>; nothing when empty
//	Form(o FormOptions) { … }                      POST, novalidate, sent once (hidden FormKey), optional autosave
//	Filter(action string) { … }                    GET search form of a list
//	Hidden(name, value string)   VersionField(name, value string)
//	TextInput(in Input) Textarea(in Input) Password(in Input) FileUpload(in Input)
//	NumberCell(in Input)                           input of a number grid, label only read out
//	Select(c Choice) Radios(c Choice) Checkboxes(c Choice)   Checkbox(c Check)
//	RowCheck(name, value, label string, checked bool)        box before a row
//	DateInput(d Date)                              posts name-ngay, name-thang, name-nam
//	SubmitButton(text string)  Button(a Action)  Buttons(actions ...Action)
//	PrintButton(text string)   CopyButton(text, target string)     hidden without the script
//
// # Content
//
//	TitleBar(title string) { actions }             <h1> with actions at the right
//	SectionHead(id, title string, more *Link)      ink rule + <h2>
//	Tag(tone Tone, icon, text string)              icon "" = the tone's own
//	Inset(tone Tone) { … }   Note(tone Tone, lead, text string)   Success(lead, text string)   Warning(text string)
//	SummaryList(rows []SummaryRow)   Details(summary string) { … }
//	Pager(p PagerLinks)   Chips(label string, chips []Chip)
//	TaskList(tasks []Task)   Timeline(events []Event)   Steps(steps []string, now int)
//	Figures(figures []Figure, big bool)   Progress(p ProgressView)   BarChart(c Chart)
//	EmptyState(e Empty)   Breadcrumbs(links []Link)   BackLink(url, text string)
//	Conflict(v ConflictView)                       three columns of the 409 page, inside a Form
//	Icon(name string)   IconTone(name string, tone Tone)   AssocIcon(kindOrSlug string)
//
// # Tables
//
//	Table(t TableOptions) { <tbody>… }
//	RowHead() { … }   Cell(label string) { … }   NumCell(label string) { … }
//	TextCell(label, text string)   NumText(label, text string)
//	DataTable(t SimpleTable)                       plain text throughout
//	PrintList(t PrintTable)                        on paper only: STT, columns, signature
//
// Autosave: FormOptions.Autosave is posted (urlencoded, all fields but files, header X-Autosave: 1) when a
// field is left and every 20 s, if something changed. 2xx shows "Đã lưu lúc 14:03" in the live StatusLine and
// takes a header X-Form-Version into VersionField; 409, 401 and redirects get their own sentence.
//
// Words that belong together get a no-break space from the caller ("7:00 – 11:30", "tổ dân phố 5").
//
// Classes to write by hand (README of the design, "Parts"): govuk-heading-l/-m/-s, govuk-body, govuk-link,
// govuk-list, p-cols (p-cols--even), p-sec, p-box, p-card, p-stack, p-row, p-between, p-list, p-lead, p-date,
// p-prose, p-fig, p-meta, p-kicker, p-muted, p-small, p-nowrap, p-flush, p-bulk, p-tools, p-was, p-now,
// p-cell-sub, p-block, p-pick, p-on, p-flag, p-flag--end, p-pending, p-noprint.
package ui
