package kit

import (
	"context"
	"net/http"
	"time"
)

// Ready answers whether the program can do its work: the database says so within a second.
func (k *Kit) Ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	if err := k.Pool.Ping(ctx); err != nil {
		http.Error(w, "database away", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// SwitchReader keeps the reader switches (size of text, contrast) in a cookie and leads back. Fields: co, tp, ve.
func (k *Kit) SwitchReader(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if err := r.ParseForm(); err != nil {
		k.fail(w, r, errMalformed)
		return
	}
	value := "18"
	if size := r.PostFormValue("co"); size == "22" || size == "26" {
		value = size
	}
	if r.PostFormValue("tp") != "" {
		value += "c"
	}
	http.SetCookie(w, k.cookie(ReaderCookie, value, 365*24*3600))
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, SafePath(r.PostFormValue("ve"), "/"), http.StatusSeeOther)
}
