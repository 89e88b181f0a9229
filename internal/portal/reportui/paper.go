package reportui

import (
	"context"
	"io"
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/web/ui"
)

// photoField is the box of the paper's photo.
const photoField = report.FieldPaperPhoto

// paperFormView is the page that notes the paper figures are typed from.
type paperFormView struct {
	Title, Lead, Action, Version, Photo, Next string
	Errors                                    ui.Errors
	Date                                      ui.Date
	Number, Signer                            ui.Input
	Lock                                      *report.Lock
}

func (p pages) paperForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.paperPage(r, tx, nil)
}

func (p pages) paperPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	errs := kit.Errors(failed)
	var boxes submitView
	paperBoxes(&boxes, s, typedInto(r), errs, true)
	v := paperFormView{
		Title: "Nhập thay từ bản giấy: " + s.Association.Name, Action: s.do("ban-giay"), Version: itoa(s.Report.Version), Errors: errs,
		Date: boxes.PaperDate, Number: boxes.PaperNumber, Signer: boxes.Signer, Lock: s.Editing.Lock,
		Next: href.With(s.url(), "muc", everything),
		Lead: "Lịch sử báo cáo ghi rõ ai nhập thay và theo bản giấy nào. Lãnh đạo hội sẽ xem và xác nhận, hoặc nói chỗ chưa đúng.",
	}
	if s.Situation.Role != authz.Official { // a secretary attaches what the chair has signed
		v.Title, v.Lead = "Bản giấy đã ký: "+s.Association.Name, "Bản giấy có chữ ký của lãnh đạo hội đi kèm báo cáo: kèm ảnh, hoặc ghi số và người ký."
	}
	if failed != nil {
		v.Date = kit.DateInput(r, v.Date)
	}
	if s.Report.Paper.Media != nil {
		v.Photo = s.do("ban-giay/anh")
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Reports, Trail: s.trail("Bản giấy"), Failed: failed != nil}, paperBody(v)), nil
}

// paper stores the photo and what is written on the paper: the photo is made ready outside any transaction.
func (p pages) paper(r *http.Request, steps *kit.Steps) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return steps.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.paperPage(r, tx, err) })
	}
	_, a, err := p.target(r)
	if err != nil {
		return kit.Reply{}, err
	}
	var photo *media.Prepared
	file, err := kit.UploadOf(r, photoField)
	if err != nil {
		return kit.Reply{}, err
	}
	if file != nil {
		defer func() { _ = file.Close() }()
		if photo, err = preparePhoto(r.Context(), file); err != nil {
			return again(err)
		}
	}
	return steps.Once(func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		reply, err := p.keepPaper(r, tx, photo, a.ID)
		if err != nil {
			return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.paperPage(r, tx, err) })
		}
		return reply, nil
	})
}

func (p pages) keepPaper(r *http.Request, tx *db.Tx, photo *media.Prepared, a authz.AssociationID) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	paper, err := parsePaper(r, s)
	if err != nil {
		return kit.Reply{}, err
	}
	if photo != nil {
		id, err := media.Store(r.Context(), tx, *photo, media.Owner{Association: a, Purpose: media.Record})
		if err != nil {
			return kit.Reply{}, err
		}
		paper.Media = &id
	}
	version, err := kit.Number(r, "version")
	if err != nil {
		return kit.Reply{}, err
	}
	if _, err := report.Save(r.Context(), tx, report.Input{Year: s.year(), Association: a, Version: int(version), Paper: paper}); err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.With(s.url(), "muc", everything)).Flash(ui.Good, "Đã ghi bản giấy. Giờ nhập số theo bản giấy."), nil
}

// preparePhoto makes the sizes of an uploaded photo; its complaints belong to the photo's box.
func preparePhoto(ctx context.Context, file *kit.File) (*media.Prepared, error) {
	prepared, err := media.Prepare(ctx, file)
	switch {
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.TooLarge):
		return nil, fault.At(photoField, fault.MessageOf(err))
	case err != nil:
		return nil, err
	}
	return &prepared, nil
}

// paperPhoto serves the photo to those who may read the report; it is never public.
func (p pages) paperPhoto(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if s.Report.Paper.Media == nil {
		return kit.Reply{}, fault.Missing()
	}
	width := 800
	if r.URL.Query().Get("lon") != "" {
		width = 1600
	}
	file, err := media.Read(r.Context(), tx, *s.Report.Paper.Media, width)
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Inline("image/jpeg", func(_ context.Context, w io.Writer) error {
		_, err := w.Write(file.Body)
		return err
	}).Header("Cache-Control", "private, max-age=3600"), nil
}
