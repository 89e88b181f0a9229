// Package feedbackui holds the pages of residents' letters: the public form that needs no account, the look-up by follow-up
// code, the published answers, and the official's desk.
package feedbackui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/feedback"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	r.Get(href.Letters, kit.Anyone, p.form)
	r.Steps(http.MethodPost, href.Letters, kit.Anyone, p.send, kit.Form(256))
	r.Get(href.LettersSent, kit.Anyone, p.sent)
	r.Get(href.LettersLookUp, kit.Anyone, p.lookUpForm)
	r.Steps(http.MethodPost, href.LettersLookUp, kit.Anyone, p.lookUp, kit.Form(64))

	read, answer := kit.May(authz.ReadLetters), kit.May(authz.AnswerLetters)
	k.Menu("Thư góp ý", href.WorkLetters, read)
	r.Get(href.WorkLetters, read, p.list)
	r.Get(href.WorkLetters+"/{id}", read, p.show)
	r.Post(href.WorkLetters+"/{id}/tra-loi", answer, p.act(answerLetter, "Đã lưu câu trả lời. Người gửi đọc được bằng mã tra cứu."))
	r.Post(href.WorkLetters+"/{id}/dong", answer, p.act(closeLetter, "Đã đóng thư."))
	r.Post(href.WorkLetters+"/{id}/dang", answer, p.act(publishLetter, "Đã đăng câu hỏi và câu trả lời lên trang Góp ý."))
	r.Post(href.WorkLetters+"/{id}/go", answer, p.act(unpublishLetter, "Đã gỡ khỏi trang Góp ý."))
	r.Post(href.WorkLetters+"/{id}/nhan", answer, p.act(plain(feedback.Take), "Đã nhận thư để xem."))
	r.Post(href.WorkLetters+"/{id}/mo-lai", answer, p.act(plain(feedback.Reopen), "Đã mở lại thư."))
	r.Post(href.WorkLetters+"/{id}/thu-rac", answer, p.act(plain(feedback.MarkSpam), "Đã xếp vào thư rác."))
	r.Post(href.WorkLetters+"/{id}/khong-rac", answer, p.act(plain(feedback.NotSpam), "Đã đưa thư ra khỏi thư rác."))
}
