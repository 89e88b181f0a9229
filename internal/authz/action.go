package authz

// Action is something a person does to the ward's data. Each appears once in the table below.
type Action string

// The actions. Reading public pages needs none.
const (
	UseWorkplace     Action = "workplace.use"
	ReadRoster       Action = "roster.read"
	WriteRoster      Action = "roster.write" // the official's writes are stamped "nhập thay"
	ReadSensitive    Action = "roster.sensitive"
	ExportRoster     Action = "roster.export"
	ImportRoster     Action = "roster.import"
	ReadAssociation  Action = "association.read"
	WriteAssociation Action = "association.write"
	ReadOfficers     Action = "officer.read"
	WriteOfficers    Action = "officer.write"
	ReadDiary        Action = "activity.read"
	WriteDiary       Action = "activity.write"
	ReadMeetings     Action = "meeting.read"
	WriteMeetings    Action = "meeting.write"
	ReadReport       Action = "report.read"
	WriteReport      Action = "report.write"
	SubmitReport     Action = "report.submit"
	ReviewReport     Action = "report.review" // return, accept
	ManageCampaign   Action = "campaign.manage"
	ReadSummary      Action = "summary.read"
	WriteSummary     Action = "summary.write"
	ReadNewsDesk     Action = "news.desk" // the newsroom's list; row-level security says which articles
	WriteNews        Action = "news.write"
	EditAnyNews      Action = "news.edit" // every draft of the ward, not only one's own association's
	PublishNews      Action = "news.publish"
	ReadLetters      Action = "letter.read"   // what residents wrote and what they were answered
	AnswerLetters    Action = "letter.answer" // and who they are
	ManageAccounts   Action = "account.manage"
	ManageWard       Action = "ward.manage"
	ReadAudit        Action = "audit.read"
)

// table says which roles may do what; the role's own scope decides where.
// A branch head's roles hold for the branch, a chair's for the association, a ward role's everywhere.
var table = map[Action][]Role{
	UseWorkplace:     Roles,
	ReadRoster:       {BranchHead, Chair, Secretary, Official, Leader},
	WriteRoster:      {BranchHead, Chair, Secretary, Official},
	ReadSensitive:    {Chair, Secretary},
	ExportRoster:     {BranchHead, Chair, Secretary, Official},
	ImportRoster:     {Chair, Secretary, Official},
	ReadAssociation:  {BranchHead, Chair, Secretary, Official, Leader},
	WriteAssociation: {Chair, Secretary, Official},
	ReadOfficers:     {BranchHead, Chair, Secretary, Official, Leader},
	WriteOfficers:    {Chair, Secretary, Official},
	ReadDiary:        {BranchHead, Chair, Secretary, Official, Leader},
	WriteDiary:       {BranchHead, Chair, Secretary, Official},
	ReadMeetings:     {BranchHead, Chair, Secretary, Official, Leader},
	WriteMeetings:    {BranchHead, Chair, Secretary, Official},
	ReadReport:       {Chair, Secretary, Official, Leader},
	WriteReport:      {Chair, Secretary, Official},
	SubmitReport:     {Chair, Secretary, Official},
	ReviewReport:     {Official},
	ManageCampaign:   {Official},
	ReadSummary:      {Official, Leader},
	WriteSummary:     {Official},
	ReadNewsDesk:     {Chair, Secretary, Editor, Official, Leader},
	WriteNews:        {Chair, Secretary, Editor, Official},
	EditAnyNews:      {Editor, Official},
	PublishNews:      {Official, Leader},
	ReadLetters:      {Official, Leader},
	AnswerLetters:    {Official},
	ManageAccounts:   {Admin},
	ManageWard:       {Admin},
	ReadAudit:        {Admin, Official},
}

// Actions lists every action of the table, for the tests that walk it.
func Actions() []Action {
	list := make([]Action, 0, len(table))
	for a := range table {
		list = append(list, a)
	}
	return list
}
