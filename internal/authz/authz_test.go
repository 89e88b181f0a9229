package authz_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wardportal/internal/authz"
)

func grant(t *rapid.T) authz.Grant {
	g := authz.Grant{Role: rapid.SampledFrom(authz.Roles).Draw(t, "role")}
	switch {
	case g.Role.Ward():
	case g.Role == authz.BranchHead:
		g.Association = authz.AssociationID(rapid.IntRange(1, 4).Draw(t, "association"))
		g.Branch = authz.BranchID(int(g.Association)*10 + rapid.IntRange(1, 3).Draw(t, "branch"))
	default:
		g.Association = authz.AssociationID(rapid.IntRange(1, 4).Draw(t, "association"))
	}
	return g
}

func person(t *rapid.T) authz.Who {
	return authz.Who{Ward: 1, User: 7, Grants: rapid.SliceOfN(rapid.Custom(grant), 0, 4).Draw(t, "grants")}
}

func action(t *rapid.T) authz.Action {
	list := authz.Actions()
	slices.Sort(list)
	return rapid.SampledFrom(list).Draw(t, "action")
}

func scope(t *rapid.T) authz.Scope {
	s := authz.Scope{Association: authz.AssociationID(rapid.IntRange(0, 5).Draw(t, "in association"))}
	if s.Association != 0 && rapid.Bool().Draw(t, "in a branch") {
		s.Branch = authz.BranchID(int(s.Association)*10 + rapid.IntRange(1, 3).Draw(t, "in branch"))
	}
	return s
}

// Who may do something in one place passes the route fence that asks "anywhere?" (ASVS 8.2.1).
func TestCanImpliesMay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, a, s := person(t), action(t), scope(t)
		if authz.Can(who, a, s) && !who.May(a) {
			t.Fatalf("%v can %s at %v but may not anywhere", who.Grants, a, s)
		}
	})
}

// And the other way round: a right that passes the route fence holds at the grant's own place, so no menu entry leads nowhere.
func TestMayHoldsSomewhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, a := person(t), action(t)
		somewhere := slices.ContainsFunc(who.Grants, func(g authz.Grant) bool {
			return authz.Can(who, a, authz.At(g.Association, g.Branch))
		})
		if who.May(a) != somewhere {
			t.Fatalf("%v may %s: %v, but at a grant's own place: %v", who.Grants, a, who.May(a), somewhere)
		}
	})
}

// The lists that queries are narrowed by say the same as Can says row by row (CVE-2023-32060: the list forgot the page's rule).
func TestListsAgreeWithCan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, a, s := person(t), action(t), scope(t)
		if s.Association == 0 {
			return
		}
		associations, everywhere := who.AssociationsFor(a)
		branches, whole := who.BranchesOf(s.Association, a)
		listed := whole || s.Branch != 0 && slices.Contains(branches, s.Branch)
		if can := authz.Can(who, a, s); can != listed {
			t.Fatalf("%v at %v %s: Can %v, but branches %v whole %v", who.Grants, s, a, can, branches, whole)
		}
		reachable := everywhere || slices.Contains(associations, s.Association)
		if inside := whole || len(branches) > 0; inside != reachable {
			t.Fatalf("%v %s: associations %v (all %v) but in %d whole %v branches %v", who.Grants, a, associations, everywhere, s.Association, whole, branches)
		}
	})
}

// ASVS 8.4.1: whoever only heads branches reaches no other branch and no association as a whole, whatever the action.
func TestBranchHeadStaysInTheBranch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, a, s := person(t), action(t), scope(t)
		who.Grants = slices.DeleteFunc(who.Grants, func(g authz.Grant) bool { return g.Role != authz.BranchHead })
		own := slices.ContainsFunc(who.Grants, func(g authz.Grant) bool { return g.Association == s.Association && g.Branch == s.Branch })
		if authz.Can(who, a, s) && !own {
			t.Fatalf("head of %v can %s at %v", who.Grants, a, s)
		}
	})
}

// ASVS 8.4.1: a chair or secretary reaches no other association and nothing of the ward as a whole.
func TestScopedRolesStayInTheAssociation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, a, s := person(t), action(t), scope(t)
		who.Grants = slices.DeleteFunc(who.Grants, func(g authz.Grant) bool { return g.Role.Ward() })
		own := slices.ContainsFunc(who.Grants, func(g authz.Grant) bool { return g.Association == s.Association })
		if authz.Can(who, a, s) && (!own || s.Association == 0) {
			t.Fatalf("%v can %s at %v", who.Grants, a, s)
		}
	})
}

// More grants never take a right away, and fewer never add one.
func TestGrantsOnlyAdd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, more, a, s := person(t), grant(t), action(t), scope(t)
		richer := who
		richer.Grants = append(slices.Clone(who.Grants), more)
		if authz.Can(who, a, s) && !authz.Can(richer, a, s) {
			t.Fatalf("%v loses %s at %v by gaining %v", who.Grants, a, s, more)
		}
	})
}

// Sensitive fields belong to the association alone: no role of the ward opens them (product.md §1).
func TestNoWardRoleReadsSensitiveFields(t *testing.T) {
	t.Parallel()
	for _, role := range authz.Roles {
		who := authz.Who{User: 1, Grants: []authz.Grant{{Role: role, Association: 1}}}
		if role == authz.BranchHead {
			who.Grants[0].Branch = 11
		}
		want := role == authz.Chair || role == authz.Secretary
		if got := authz.Can(who, authz.ReadSensitive, authz.Of(1)); got != want {
			t.Errorf("%s reads sensitive fields: %v, want %v", role, got, want)
		}
	}
}

// CVE-2022-41948: rights are handed out by one action only, and it opens nothing else: an admin sees no roster by that role.
func TestNobodyButTheAdminGrants(t *testing.T) {
	t.Parallel()
	for _, role := range authz.Roles {
		who := authz.Who{User: 1, Grants: []authz.Grant{{Role: role, Association: 1, Branch: 11}}}
		if got := authz.Can(who, authz.ManageAccounts, authz.Scope{}); got != (role == authz.Admin) {
			t.Errorf("%s manages accounts: %v", role, got)
		}
	}
	admin := authz.Who{User: 1, Grants: []authz.Grant{{Role: authz.Admin}}}
	for _, a := range []authz.Action{authz.ReadRoster, authz.WriteRoster, authz.ReadSensitive, authz.ExportRoster, authz.ReadReport, authz.ReviewReport, authz.PublishNews} {
		if authz.Can(admin, a, authz.Of(1)) {
			t.Errorf("an admin can %s", a)
		}
	}
}

func TestWhoIsNobodyMayNothing(t *testing.T) {
	t.Parallel()
	for _, a := range authz.Actions() {
		for _, who := range []authz.Who{{}, authz.Public(1), {Ward: 1, User: 5}} {
			if who.May(a) || authz.Can(who, a, authz.Of(1)) || authz.Can(who, a, authz.Scope{}) {
				t.Errorf("%+v may %s", who, a)
			}
		}
		if !authz.Can(authz.System(1, "thử"), a, authz.Of(1)) {
			t.Errorf("the system cannot %s", a)
		}
	}
	if authz.Public(1).SignedIn() || authz.System(1, "thử").SignedIn() {
		t.Error("a resident or the system counts as signed in")
	}
}

func TestOnBehalf(t *testing.T) {
	t.Parallel()
	official := authz.Grant{Role: authz.Official}
	chair := authz.Grant{Role: authz.Chair, Association: 2}
	cases := []struct {
		name string
		who  authz.Who
		at   authz.Scope
		want bool
	}{
		{"official for an association", authz.Who{User: 1, Grants: []authz.Grant{official}}, authz.Of(2), true},
		{"official for the ward", authz.Who{User: 1, Grants: []authz.Grant{official}}, authz.Scope{}, false},
		{"chair at home", authz.Who{User: 1, Grants: []authz.Grant{chair}}, authz.Of(2), false},
		{"official who is chair there", authz.Who{User: 1, Grants: []authz.Grant{official, chair}}, authz.Of(2), false},
		{"official who is chair elsewhere", authz.Who{User: 1, Grants: []authz.Grant{official, chair}}, authz.Of(3), true},
		{"the system", authz.System(1, "nạp dữ liệu mẫu"), authz.Of(2), false},
		{"nobody", authz.Public(1), authz.Of(2), false},
	}
	for _, c := range cases {
		if got := authz.OnBehalf(c.who, c.at); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestEveryRoleHasAName(t *testing.T) {
	t.Parallel()
	for _, r := range authz.Roles {
		if r.Label() == "" {
			t.Errorf("role %s has no Vietnamese name", r)
		}
		who := authz.Who{User: 1, Grants: []authz.Grant{{Role: r, Association: 1, Branch: 1}}}
		if !who.Has(r) || !who.May(authz.UseWorkplace) {
			t.Errorf("role %s does not open the workplace", r)
		}
	}
}
