package kit

import (
	"context"
	"sync"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/ward"
)

// Facts are what every page repeats of its ward: they change a few times a year and are kept for some seconds.
type Facts struct {
	Ward         ward.Ward
	Associations []association.Association
}

// Association finds one of the ward's associations; ok is false for an unknown id.
func (f Facts) Association(id authz.AssociationID) (association.Association, bool) {
	for _, a := range f.Associations {
		if a.ID == id {
			return a, true
		}
	}
	return association.Association{}, false
}

// BySlug finds one of the ward's associations by its address.
func (f Facts) BySlug(slug string) (association.Association, bool) {
	for _, a := range f.Associations {
		if a.Slug == slug {
			return a, true
		}
	}
	return association.Association{}, false
}

const factsKept = 15 * time.Second

type cachedWard struct {
	facts Facts
	until time.Time
}

type wardCache struct {
	mu     sync.RWMutex
	byHost map[string]cachedWard
}

// FactsOf gives the ward's facts for the request's host.
func (k *Kit) FactsOf(ctx context.Context) Facts {
	return stateOf(ctx).facts
}

// wardFor finds the ward of a host name; NotFound where none answers.
func (k *Kit) wardFor(ctx context.Context, host string) (Facts, error) {
	now := time.Now()
	k.wards.mu.RLock()
	c, ok := k.wards.byHost[host]
	k.wards.mu.RUnlock()
	if ok && now.Before(c.until) {
		return c.facts, nil
	}
	var facts Facts
	var id authz.WardID
	err := k.Pool.Read(ctx, authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		id, err = ward.ByHost(ctx, tx, host)
		return err
	})
	if err != nil {
		return Facts{}, err
	}
	err = k.Pool.Read(ctx, authz.Public(id), func(ctx context.Context, tx *db.Tx) error {
		var err error
		if facts.Ward, err = ward.Get(ctx, tx); err != nil {
			return err
		}
		facts.Associations, err = association.List(ctx, tx)
		return err
	})
	if err != nil {
		return Facts{}, err
	}
	k.wards.mu.Lock()
	if len(k.wards.byHost) > 1000 { // host names are the visitor's to choose
		clear(k.wards.byHost)
	}
	k.wards.byHost[host] = cachedWard{facts: facts, until: now.Add(factsKept)}
	k.wards.mu.Unlock()
	return facts, nil
}

// Forget drops the kept facts after a change to the ward or its associations.
func (k *Kit) Forget() {
	k.wards.mu.Lock()
	clear(k.wards.byHost)
	k.wards.mu.Unlock()
}
