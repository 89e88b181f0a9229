// Package accountui holds the pages of signing in and out and of one's own account.
package accountui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	k.Menu("Tài khoản", href.Account, kit.May(authz.UseWorkplace)) // the last entry: phones have no name in the header to press
	r.Get(href.SignIn, kit.Anyone, p.signInForm)
	r.Steps(http.MethodPost, href.SignIn, kit.Anyone, p.signIn)
	r.Get(href.SignInAgain, kit.May(authz.UseWorkplace), p.signInAgain)
	r.Steps(http.MethodPost, href.SignInAgain, kit.May(authz.UseWorkplace), p.dropParked)
	r.Steps(http.MethodPost, href.SignOut, kit.Anyone, p.signOut) // also for an expired session and an account without rights
	r.Get(href.Account, kit.May(authz.UseWorkplace), p.account)
	r.Steps(http.MethodPost, href.Account+"/mat-khau", kit.May(authz.UseWorkplace), p.changePassword, kit.Secret())
	r.Post(href.Account+"/phien", kit.May(authz.UseWorkplace), p.endSession)
}
