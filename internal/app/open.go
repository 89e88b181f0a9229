package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/localpg"
	"wardportal/internal/member"
	"wardportal/internal/portal"
	"wardportal/internal/portal/kit"
	"wardportal/internal/ward"
)

// App is the running program: a database, a kit of pages, and what must be closed again.
type App struct {
	Config  Config
	Log     *slog.Logger
	Pool    *db.Pool
	Kit     *kit.Kit
	Keys    *member.Keys
	Site    *portal.Site
	cluster *localpg.Cluster
	secret  []byte
	owner   string // the owner's address, "" where an administrator migrates
	appURL  string
}

// keepPages is how long another instance's write may stay unseen on public pages; this instance's own shows at once.
const keepPages = 5 * time.Second

// Open finds or starts the database, brings the schema up to date where it may, and wires the pages.
func Open(ctx context.Context, c Config, log *slog.Logger) (*App, error) {
	a := &App{Config: c, Log: log}
	if err := a.open(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) open(ctx context.Context) error {
	if err := os.MkdirAll(a.Config.DataDir, 0o755); err != nil {
		return fmt.Errorf("PORTAL_DATA_DIR: %w", err)
	}
	if err := a.findDatabase(ctx); err != nil {
		return err
	}
	if err := a.migrate(ctx); err != nil {
		return err
	}
	var err error
	if a.secret, err = a.Config.secret(); err != nil {
		return err
	}
	if a.Pool, err = db.Open(ctx, a.appURL, db.MaxConns(int32(a.Config.MaxConns))); err != nil {
		return err
	}
	if err := a.checkKey(ctx); err != nil {
		return err
	}
	if a.Keys, err = member.NewKeys(a.secret); err != nil {
		return err
	}
	a.Kit = kit.New(kit.Config{Pool: a.Pool, Log: a.Log, Secret: a.secret, BaseURL: a.Config.base, Trusted: a.Config.TrustedProxies, KeepPages: keepPages})
	a.Site = portal.New(a.Kit)
	return nil
}

// checkKey refuses a secret file that is not this database's own.
func (a *App) checkKey(ctx context.Context) error {
	return a.Pool.Write(ctx, authz.System(0, "kiểm tra tệp khóa"), func(ctx context.Context, tx *db.Tx) error {
		return ward.CheckKey(ctx, tx, a.secret)
	})
}

// findDatabase settles the two addresses: given ones, or those of the embedded cluster.
func (a *App) findDatabase(ctx context.Context) error {
	a.appURL, a.owner = a.Config.DatabaseURL, a.Config.OwnerDatabaseURL
	if a.appURL != "" {
		return a.waitForDatabase(ctx)
	}
	if a.owner != "" {
		return errors.New("PORTAL_OWNER_DATABASE_URL is set but PORTAL_DATABASE_URL is not: set both, or neither for the embedded database")
	}
	cluster, err := localpg.Open(ctx, localpg.Options{DataDir: a.Config.DataDir, Log: a.Log})
	if err != nil {
		return err
	}
	a.cluster = cluster
	a.owner = cluster.OwnerURL()
	a.appURL = cluster.ConnString(localpg.Database, db.AppRole)
	return nil
}

// waitForDatabase gives a database that is still starting half a minute.
func (a *App) waitForDatabase(ctx context.Context) error {
	url := a.owner
	if url == "" {
		url = a.appURL
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	pause := 200 * time.Millisecond
	for {
		_, err := db.Schema(ctx, url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the database does not answer: %w", err)
		case <-time.After(pause):
			pause = min(2*pause, 3*time.Second)
		}
	}
}

// migrate brings the schema up to date as the owner, or refuses to run on an old one.
func (a *App) migrate(ctx context.Context) error {
	if a.owner == "" {
		state, err := db.Schema(ctx, a.appURL)
		if err != nil {
			return err
		}
		if state.Have != state.Want || state.Broken {
			return fmt.Errorf("the database has schema %d, this program needs %d: run portal migrate with PORTAL_OWNER_DATABASE_URL", state.Have, state.Want)
		}
		return nil
	}
	state, err := db.Schema(ctx, a.owner)
	if err == nil && state.Have == state.Want && !state.Broken {
		return nil // the usual start: one question and no lock
	}
	if err := db.EnsureRoles(ctx, a.owner, ""); err != nil {
		return err
	}
	return db.Migrate(ctx, a.owner)
}

// Close ends what Open began; an embedded cluster that was already running goes on.
func (a *App) Close() {
	if a.Pool != nil {
		a.Pool.Close()
	}
	if a.cluster != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := a.cluster.Stop(ctx); err != nil {
			a.Log.Error("stop database", slog.String("error", err.Error()))
		}
	}
}
