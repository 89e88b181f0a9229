package e2e

import (
	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
)

func memberPath(id int) string { return href.Member(authz.MembershipID(id)) }
