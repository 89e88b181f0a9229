package feedback

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const seed = `
	insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2023-01-01'), (2, 'khac', 'phường Khác', 'tỉnh Quảng Ngãi', '2023-01-01');
	insert into association (id, ward_id, kind, slug, name) values (1, 1, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi'), (3, 2, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi');
	insert into branch (id, ward_id, association_id, name, opened_on) values (1, 1, 1, 'Chi hội 3', '2020-01-01');
	insert into account (id, ward_id, login, name, created_at) values (1, 1, 'nct', 'Trần Văn Thuận', '2023-01-01'), (3, 1, 'bientap', 'Võ Ngọc Sơn', '2023-01-01'),
		(4, 1, 'canbo', 'Phan Thị Mận', '2023-01-01'), (5, 1, 'chihoi3', 'Đỗ Văn Kỳ', '2023-01-01'), (6, 1, 'lanhdao', 'Bùi Quang Hiển', '2023-01-01'),
		(7, 1, 'quantri', 'Lý Thị Nở', '2023-01-01'), (8, 2, 'canbo2', 'Cao Bá Quát', '2023-01-01');
	insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, created_at) values (1, 1, 'chair', 1, null, '2023-01-01', '2023-01-01'),
		(1, 3, 'editor', null, null, '2023-01-01', '2023-01-01'), (1, 4, 'official', null, null, '2023-01-01', '2023-01-01'),
		(1, 5, 'branch_head', 1, 1, '2023-01-01', '2023-01-01'), (1, 6, 'leader', null, null, '2023-01-01', '2023-01-01'),
		(1, 7, 'admin', null, null, '2023-01-01', '2023-01-01'), (2, 8, 'official', null, null, '2023-01-01', '2023-01-01')`

var (
	resident = authz.Public(1)
	chair    = authz.Who{Ward: 1, User: 1, Name: "Trần Văn Thuận", Grants: []authz.Grant{{Role: authz.Chair, Association: 1}}}
	editor   = authz.Who{Ward: 1, User: 3, Name: "Võ Ngọc Sơn", Grants: []authz.Grant{{Role: authz.Editor}}}
	official = authz.Who{Ward: 1, User: 4, Name: "Phan Thị Mận", Grants: []authz.Grant{{Role: authz.Official}}}
	head     = authz.Who{Ward: 1, User: 5, Name: "Đỗ Văn Kỳ", Grants: []authz.Grant{{Role: authz.BranchHead, Association: 1, Branch: 1}}}
	leader   = authz.Who{Ward: 1, User: 6, Name: "Bùi Quang Hiển", Grants: []authz.Grant{{Role: authz.Leader}}}
	admin    = authz.Who{Ward: 1, User: 7, Name: "Lý Thị Nở", Grants: []authz.Grant{{Role: authz.Admin}}}
	stranger = authz.Who{Ward: 2, User: 8, Name: "Cao Bá Quát", Grants: []authz.Grant{{Role: authz.Official}}}
)

func world(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Owner(t, seed)
	return d
}

func question() NewLetter {
	return NewLetter{Name: "Bà Nguyễn Thị Hòa", Contact: "0905 123 456", Association: 1, Subject: "Lịch khám mắt cho người cao tuổi",
		Body: "Năm nay phường khám mắt ở đâu?\nTôi ở tổ dân phố 5.", Consent: true}
}

var house = Origin{Network: "203.0.113.7", Key: []byte("khóa thử nghiệm")}

func send(t *testing.T, d *dbtest.DB, in NewLetter, from Origin) (ID, string) {
	t.Helper()
	var code string
	d.As(t, resident, func(ctx context.Context, tx *db.Tx) (err error) {
		code, err = Send(ctx, tx, in, from)
		return err
	})
	return ID(d.Count(t, `select id from letter where code_hash = $1`, hashCode(code))), code
}

func get(t *testing.T, d *dbtest.DB, who authz.Who, id ID) Letter {
	t.Helper()
	var l Letter
	d.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		l, err = Get(ctx, tx, id)
		return err
	})
	return l
}

// do runs fn with the letter's version of the moment.
func do(t *testing.T, d *dbtest.DB, who authz.Who, id ID, fn func(ctx context.Context, tx *db.Tx, version int) error) error {
	t.Helper()
	version := d.Count(t, `select version from letter where id = $1`, id)
	return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return fn(ctx, tx, version) })
}

func answer(id ID, text string) func(context.Context, *db.Tx, int) error {
	return func(ctx context.Context, tx *db.Tx, version int) error {
		return AnswerLetter(ctx, tx, id, version, text)
	}
}

func publish(id ID, subject, q, a string) func(context.Context, *db.Tx, int) error {
	return func(ctx context.Context, tx *db.Tx, version int) error {
		return PublishLetter(ctx, tx, id, version, subject, q, a)
	}
}

func want(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

func TestFromTheBoxToTheAnswer(t *testing.T) {
	t.Parallel()
	d := world(t)
	id, code := send(t, d, question(), house)
	l := get(t, d, official, id)
	if l.State != New || l.Name != "Bà Nguyễn Thị Hòa" || l.Contact != "0905123456" || l.Association != 1 || !strings.Contains(l.Body, "\n") {
		t.Errorf("the official reads %+v", l)
	}
	// Monday 16/11: seven working days end on Wednesday of the next week.
	if got := l.DueOn.Format("02/01"); got != "25/11" {
		t.Errorf("due on %s, want 25/11", got)
	}
	if err := do(t, d, official, id, func(ctx context.Context, tx *db.Tx, v int) error { return Do(ctx, tx, id, v, Take) }); err != nil {
		t.Fatal(err)
	}
	if err := do(t, d, official, id, answer(id, "Sáng 20/11 tại trạm y tế phường.")); err != nil {
		t.Fatal(err)
	}
	var f Found
	d.As(t, resident, func(ctx context.Context, tx *db.Tx) (err error) {
		f, err = Find(ctx, tx, " "+strings.ToLower(ShowCode(code))+" ")
		return err
	})
	if f.State != Answered || f.Answer != "Sáng 20/11 tại trạm y tế phường." || f.Published {
		t.Errorf("the sender finds %+v", f)
	}
	// Mending the answer keeps the day of the first one; saving it unchanged leaves no trace.
	before := d.Count(t, `select count(*) from letter_change`)
	if err := do(t, d, official, id, answer(id, "Sáng 20/11 tại trạm y tế phường.")); err != nil {
		t.Fatal(err)
	}
	if after := d.Count(t, `select count(*) from letter_change`); after != before {
		t.Errorf("an unchanged answer wrote %d sentences", after-before)
	}
	if err := do(t, d, official, id, func(ctx context.Context, tx *db.Tx, v int) error { return CloseLetter(ctx, tx, id, v, "") }); err != nil {
		t.Fatal(err)
	}
	if got := get(t, d, official, id).State; got != Closed {
		t.Errorf("closed letter is %s", got)
	}
	if n := d.Count(t, `select count(*) from audit_log where object = 'letter' and object_id = $1`, id); n != 4 {
		t.Errorf("%d audit rows of send, take, answer, close", n)
	}
	if n := d.Count(t, `select count(*) from audit_log where reason || array_to_string(fields, ' ') ~ '0905|Hòa'`); n != 0 {
		t.Error("a personal value reached the audit log")
	}
	if n := d.Count(t, `select count(*) from letter_change where concat(sentence, before, after) ~ '0905|Hòa'`); n != 0 {
		t.Error("a personal value reached the timeline, which the leader reads")
	}
}

// Nobody but the official and the leader reads a letter, by function or by statement; the leader does not see who wrote it.
func TestWhoReadsLetters(t *testing.T) {
	t.Parallel()
	d := world(t)
	id, _ := send(t, d, question(), house)
	for _, c := range []struct {
		who             authz.Who
		letters, sender int
	}{{resident, 0, 0}, {chair, 0, 0}, {editor, 0, 0}, {head, 0, 0}, {admin, 0, 0}, {stranger, 0, 0}, {leader, 1, 0}, {official, 1, 1}} {
		err := d.Pool.Read(t.Context(), c.who, func(ctx context.Context, tx *db.Tx) error {
			letters, err := db.Value[int](ctx, tx, `select count(*) from letter`)
			if err != nil {
				return err
			}
			senders, err := db.Value[int](ctx, tx, `select count(*) from letter_sender`)
			if err != nil {
				return err
			}
			changes, err := db.Value[int](ctx, tx, `select count(*) from letter_change`)
			if letters != c.letters || senders != c.sender || changes != c.letters {
				t.Errorf("%s sees %d letters, %d senders, %d changes; want %d, %d, %d", c.who.Name, letters, senders, changes, c.letters, c.sender, c.letters)
			}
			_, getErr := Get(ctx, tx, id)
			_, _, listErr := List(ctx, tx, "", Cursor{}, 10)
			_, countErr := Count(ctx, tx)
			if c.letters == 0 && c.who.Ward == 1 {
				want(t, c.who.Name+" gets", getErr, fault.NotFound)
				want(t, c.who.Name+" lists", listErr, fault.Forbidden)
				want(t, c.who.Name+" counts", countErr, fault.Forbidden)
			}
			if c.letters == 1 && errors.Join(getErr, listErr, countErr) != nil {
				t.Errorf("%s: %v", c.who.Name, errors.Join(getErr, listErr, countErr))
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", c.who.Name, err)
		}
	}
	if l := get(t, d, leader, id); l.Name != "" || l.Contact != "" || l.Body == "" {
		t.Errorf("the leader reads the letter without its sender, got %+v", l)
	}
	err := do(t, d, stranger, id, answer(id, "Không phải thư của phường này."))
	want(t, "another ward's official answers", err, fault.NotFound)
}

// The wall refuses what the functions refuse, asked past them.
func TestWallsOfLetters(t *testing.T) {
	t.Parallel()
	d := world(t)
	silent := question()
	silent.Consent = false
	id, _ := send(t, d, silent, house)
	other := authz.Public(2)
	for name, c := range map[string]struct {
		who authz.Who
		sql string
	}{
		"a letter that brings its own answer": {resident, `insert into letter (id, ward_id, code_hash, subject, body, state, answer, answered_at, answered_on, received_at, due_on, updated_at)
			values (5, 1, 'x', 'Tiêu đề thư', 'Nội dung của thư', 'answered', 'Đồng ý', '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01')`},
		"a letter for another ward": {other, `insert into letter (id, ward_id, code_hash, subject, body, received_at, due_on, updated_at)
			values (5, 1, 'x', 'Tiêu đề thư', 'Nội dung của thư', '2026-01-01', '2026-01-01', '2026-01-01')`},
		"publishing without consent": {official, `insert into letter_publication (letter_id, ward_id, subject, question, answer, published_at) select id, 1, subject, body, 'Trả lời', '2026-01-01' from letter`},
		"publishing as an editor":    {editor, `insert into letter_publication (letter_id, ward_id, subject, question, answer, published_at) values (1, 1, 'Tiêu đề', 'Câu hỏi dài', 'Trả lời', '2026-01-01')`},
		"a forged happening":         {resident, `insert into letter_change (ward_id, letter_id, at, account_id, by_name, sentence) values (1, 1, '2026-01-01', 4, 'Phan Thị Mận', 'Trả lời')`},
	} {
		err := d.Try(t, c.who, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, c.sql)
			return err
		})
		if err == nil {
			t.Errorf("%s went through", name)
		}
	}
	for _, who := range []authz.Who{resident, chair, editor, leader, admin} {
		d.As(t, who, func(ctx context.Context, tx *db.Tx) error {
			n, err := tx.Exec(ctx, `update letter set state = 'spam'`)
			if n != 0 {
				t.Errorf("%s changes %d letters", who.Name, n)
			}
			return err
		})
		err := do(t, d, who, id, answer(id, "Trả lời thay."))
		if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s answers: %v", who.Name, err)
		}
	}
}

func TestPublishingNeedsConsentAndAnAnswer(t *testing.T) {
	t.Parallel()
	d := world(t)
	id, code := send(t, d, question(), house)
	go1 := publish(id, "Khám mắt năm 2026", "Năm nay phường khám mắt ở đâu?", "Sáng 20/11 tại trạm y tế phường.")
	want(t, "publishing before the answer", do(t, d, official, id, go1), fault.Conflict)
	if err := do(t, d, official, id, answer(id, "Sáng 20/11 tại trạm y tế phường.")); err != nil {
		t.Fatal(err)
	}
	want(t, "publishing as the leader", do(t, d, leader, id, go1), fault.Forbidden)
	want(t, "publishing nothing", do(t, d, official, id, publish(id, "", "", "")), fault.Invalid)
	if err := do(t, d, official, id, go1); err != nil {
		t.Fatal(err)
	}
	public := func() []Publication {
		var list []Publication
		if err := d.Pool.Read(t.Context(), resident, func(ctx context.Context, tx *db.Tx) (err error) {
			list, err = Published(ctx, tx, 10)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := public(); len(list) != 1 || list[0].Question != "Năm nay phường khám mắt ở đâu?" || list[0].Association != 1 {
		t.Errorf("residents read %+v", list)
	}
	// Once more replaces the words; taken off, nobody reads them, and the sender is told so.
	if err := do(t, d, official, id, publish(id, "Khám mắt năm 2026", "Khám mắt ở đâu vậy?", "Tại trạm y tế.")); err != nil {
		t.Fatal(err)
	}
	if list := public(); len(list) != 1 || list[0].Question != "Khám mắt ở đâu vậy?" {
		t.Errorf("published again: %+v", list)
	}
	off := func(ctx context.Context, tx *db.Tx, v int) error { return UnpublishLetter(ctx, tx, id, v) }
	want(t, "the leader takes it off", do(t, d, leader, id, off), fault.Forbidden)
	if err := do(t, d, official, id, off); err != nil {
		t.Fatal(err)
	}
	want(t, "taken off twice", do(t, d, official, id, off), fault.Conflict)
	if list := public(); len(list) != 0 {
		t.Errorf("taken off, and still %+v", list)
	}
	d.As(t, resident, func(ctx context.Context, tx *db.Tx) error {
		f, err := Find(ctx, tx, code)
		if f.Published {
			t.Error("the sender reads that it is public")
		}
		return err
	})

	silent := question()
	silent.Consent = false
	id, _ = send(t, d, silent, house)
	if err := do(t, d, official, id, answer(id, "Sáng 20/11 tại trạm y tế phường.")); err != nil {
		t.Fatal(err)
	}
	want(t, "publishing without consent", do(t, d, official, id, publish(id, "Khám mắt", "Khám mắt ở đâu vậy?", "Trạm y tế.")), fault.Forbidden)
}

func TestStaleAndImpossibleMoves(t *testing.T) {
	t.Parallel()
	d := world(t)
	id, _ := send(t, d, question(), house)
	err := d.Try(t, official, func(ctx context.Context, tx *db.Tx) error { return AnswerLetter(ctx, tx, id, 9, "Trả lời.") })
	want(t, "an old version", err, fault.Conflict)
	want(t, "closing without a word", do(t, d, official, id, func(ctx context.Context, tx *db.Tx, v int) error { return CloseLetter(ctx, tx, id, v, " ") }), fault.Invalid)
	want(t, "an empty answer", do(t, d, official, id, answer(id, " \n ")), fault.Invalid)
	want(t, "an answer of 5.001 letters", do(t, d, official, id, answer(id, strings.Repeat("ữ", 5001))), fault.Invalid)
	want(t, "reopening what is open", do(t, d, official, id, func(ctx context.Context, tx *db.Tx, v int) error { return Do(ctx, tx, id, v, Reopen) }), fault.Conflict)
	for _, m := range []Move{MarkSpam, NotSpam, Take} {
		if err := do(t, d, official, id, func(ctx context.Context, tx *db.Tx, v int) error { return Do(ctx, tx, id, v, m) }); err != nil {
			t.Errorf("%s: %v", m, err)
		}
	}
	err = d.Try(t, official, func(ctx context.Context, tx *db.Tx) error { return Do(ctx, tx, id, 4, Publish) })
	want(t, "publishing without words", err, fault.NotFound)
}

func TestThrottleCountsTheHouseNotTheWard(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := dbtest.Instant
	d := dbtest.NewAt(t, func() time.Time { mu.Lock(); defer mu.Unlock(); return now })
	d.Owner(t, seed)
	sendFrom := func(network string) error {
		return d.Try(t, resident, func(ctx context.Context, tx *db.Tx) error {
			_, err := Send(ctx, tx, question(), Origin{Network: network, Key: house.Key})
			return err
		})
	}
	// A burst at once is counted like one after the other.
	errs := make([]error, maxHour+4)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = sendFrom(house.Network) })
	}
	wg.Wait()
	refused := 0
	for _, err := range errs {
		if fault.Is(err, fault.TooMany) {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if refused != 4 {
		t.Errorf("%d of %d refused, want 4", refused, len(errs))
	}
	if err := sendFrom("203.0.113.8"); err != nil {
		t.Errorf("the neighbour is refused: %v", err)
	}
	mu.Lock()
	now = now.Add(61 * time.Minute)
	mu.Unlock()
	if err := sendFrom(house.Network); err != nil {
		t.Errorf("an hour later: %v", err)
	}
	if n := d.Count(t, `select count(*) from letter_sending where position(convert_to('203.0', 'UTF8') in address_key) > 0`); n != 0 {
		t.Error("a plain address is kept")
	}
	// The day's bound, and the ward's.
	d.Owner(t, `insert into letter_sending (ward_id, address_key, at) select 1, $1, $2 from generate_series(1, 9)`, Origin{"203.0.113.9", house.Key}.hash(), now.Add(-2*time.Hour))
	for range 5 {
		if err := sendFrom("203.0.113.9"); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock()
	now = now.Add(61 * time.Minute)
	mu.Unlock()
	if err := sendFrom("203.0.113.9"); err != nil {
		t.Fatal(err)
	}
	want(t, "the sixteenth of the day", sendFrom("203.0.113.9"), fault.TooMany)
	d.Owner(t, `insert into letter_sending (ward_id, address_key, at) select 1, 'x', $1 from generate_series(1, 200)`, now.Add(-time.Minute))
	want(t, "a flood from everywhere", sendFrom("203.0.113.10"), fault.TooMany)
}

func TestTallyAndSweep(t *testing.T) {
	t.Parallel()
	d := world(t)
	inTime, _ := send(t, d, question(), house)
	late, _ := send(t, d, question(), house)
	waiting, _ := send(t, d, question(), house)
	trapped := question()
	trapped.Trapped = true
	spam, _ := send(t, d, trapped, house)
	d.Owner(t, `update letter set due_on = '2026-11-13' where id = $1`, late)
	for _, id := range []ID{inTime, late} {
		if err := do(t, d, official, id, answer(id, "Đã rõ, cảm ơn bà.")); err != nil {
			t.Fatal(err)
		}
	}
	tally := func() (out Tally) {
		d.As(t, leader, func(ctx context.Context, tx *db.Tx) (err error) {
			out, err = Count(ctx, tx)
			return err
		})
		return out
	}
	if got := tally(); got.InTime != 1 || got.Late != 1 || got.Waiting != 1 || got.Overdue != 0 || got.ByState[Spam] != 1 {
		t.Errorf("tally %+v", got)
	}
	d.Owner(t, `update letter set due_on = '2026-11-13' where id = $1`, waiting)
	if got := tally(); got.Waiting != 0 || got.Overdue != 1 {
		t.Errorf("tally past the day %+v", got)
	}
	rows := func(s State) (list []Row) {
		d.As(t, official, func(ctx context.Context, tx *db.Tx) error {
			first, next, err := List(ctx, tx, s, Cursor{}, 2)
			if err != nil || next.ID == 0 {
				list = first
				return err
			}
			next, err = ParseCursor(next.String())
			if err != nil {
				return err
			}
			rest, _, err := List(ctx, tx, s, next, 2)
			list = append(first, rest...)
			return err
		})
		return list
	}
	if got := rows(""); len(got) != 3 {
		t.Errorf("the list without spam has %d letters, want 3", len(got))
	}
	if got := rows(Spam); len(got) != 1 || got[0].ID != spam {
		t.Errorf("spam %+v", got)
	}

	d.Owner(t, `update letter set updated_at = '2025-11-01' where id in ($1, $2)`, inTime, waiting)
	d.Owner(t, `update letter_sending set at = '2026-11-14'`)
	sweep := func(who authz.Who) error {
		return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return Sweep(ctx, tx) })
	}
	want(t, "the official sweeps", sweep(official), fault.Forbidden)
	if err := sweep(authz.System(1, "dọn dẹp")); err != nil {
		t.Fatal(err)
	}
	if n := d.Count(t, `select count(*) from letter_sending`); n != 0 {
		t.Errorf("%d sendings left", n)
	}
	for id, kept := range map[ID]bool{inTime: false, late: true, waiting: true} {
		if got := get(t, d, official, id).Name != ""; got != kept {
			t.Errorf("letter %d keeps its sender: %v, want %v", id, got, kept)
		}
	}
}

func TestRefusedLetters(t *testing.T) {
	t.Parallel()
	d := world(t)
	for field, spoil := range map[string]func(*NewLetter){
		"subject":     func(in *NewLetter) { in.Subject = " Hỏi " },
		"body":        func(in *NewLetter) { in.Body = strings.Repeat("ặ", 5001) },
		"name":        func(in *NewLetter) { in.Name = strings.Repeat("ạ", 121) },
		"contact":     func(in *NewLetter) { in.Contact = "gọi cho con tôi" },
		"association": func(in *NewLetter) { in.Association = 3 }, // of another ward
	} {
		in := question()
		spoil(&in)
		err := d.Try(t, resident, func(ctx context.Context, tx *db.Tx) error {
			_, err := Send(ctx, tx, in, house)
			return err
		})
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if n := d.Count(t, `select count(*) from letter`) + d.Count(t, `select count(*) from letter_sending`); n != 0 {
		t.Errorf("%d rows of refused letters", n)
	}
	d.As(t, resident, func(ctx context.Context, tx *db.Tx) error {
		for _, typed := range []string{"", "K7QM2", "K7QM2-XPA93", "0O1IL-00000", strings.Repeat("A", 5000), "' or 1=1"} {
			_, err := Find(ctx, tx, typed)
			want(t, "code "+typed[:min(len(typed), 12)], err, fault.NotFound)
		}
		return nil
	})
}
