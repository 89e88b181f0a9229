package sample

import (
	"context"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/feedback"
)

// letters are what made-up residents wrote; the one with an answer is published too.
var letters = []struct {
	about    string // slug of an association
	in       feedback.NewLetter
	answer   string
	question string // as published, without names
}{
	{about: "nguoi-cao-tuoi", in: feedback.NewLetter{Name: "Nguyễn Thị Hòa", Contact: "0905000111", Subject: "Lịch khám mắt cho người cao tuổi", Consent: true,
		Body: "Tôi là Hòa, ở tổ dân phố 5. Năm nay phường có khám mắt cho người cao tuổi không, ở đâu?"},
		question: "Năm nay phường có khám mắt cho người cao tuổi không, ở đâu?",
		answer:   "Hội Người cao tuổi và trạm y tế phường khám mắt miễn phí mỗi năm một lần. Lịch cụ thể được báo ở chi hội và đăng ở mục Thông báo. Xin mang theo thẻ bảo hiểm y tế."},
	{about: "khuyen-hoc", in: feedback.NewLetter{Subject: "Học bổng cho con hộ cận nghèo", Body: "Con tôi học lớp 8, nhà thuộc hộ cận nghèo. Xin hỏi cần giấy tờ gì để được xét học bổng, nộp ở đâu?"}},
}

// addLetters puts letters into the box, the first of them answered.
func (b *builder) addLetters(ctx context.Context, tx *db.Tx) error {
	for _, l := range letters {
		l.in.Association = b.associations[l.about].id
		if _, err := feedback.Send(ctx, tx, l.in, feedback.Origin{}); err != nil {
			return err
		}
		if l.answer == "" {
			continue
		}
		rows, _, err := feedback.List(ctx, tx, feedback.New, feedback.Cursor{}, 1)
		if err != nil {
			return err
		}
		if err := answerLetter(ctx, tx, rows[0].ID, rows[0].Subject, l.question, l.answer); err != nil {
			return err
		}
	}
	return nil
}

func answerLetter(ctx context.Context, tx *db.Tx, id authz.LetterID, subject, question, answer string) error {
	if err := feedback.AnswerLetter(ctx, tx, id, 1, answer); err != nil {
		return err
	}
	return feedback.PublishLetter(ctx, tx, id, 2, subject, question, answer)
}
