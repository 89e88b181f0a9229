package localpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"wardportal/internal/fault"
)

const (
	// Database is the database of the portal; Open creates it, empty, with the cluster.
	Database = "portal"
	// Superuser is the cluster's bootstrap role. The portal's own roles are made through it.
	Superuser = "postgres"
	// port only names the socket file; nothing listens on it.
	port = 5432
)

// loginRoles are the roles that the program's account may connect as (pg_ident.conf has no wildcard for them).
var loginRoles = []string{Superuser, "portal_owner", "portal_app", "portal_backup"}

// Options say where the cluster lies and how careful it is.
type Options struct {
	// DataDir is PORTAL_DATA_DIR; it is created when missing. Empty only with Throwaway: then the cluster lies in
	// a temporary folder of its own, which goes with it.
	DataDir string
	// Throwaway is for tests: no fsync, and every role may connect. Never for data that anybody wants to keep.
	Throwaway bool
	// Log gets a line for each step that a person may wait for; nil is silent.
	Log *slog.Logger
}

// Cluster is a running cluster that this program uses. It is safe for concurrent use.
type Cluster struct {
	place place
	opts  Options
	log   *slog.Logger

	mu      sync.Mutex
	users   *os.File // shared lock: "I use the cluster"
	socket  string   // folder of the socket
	child   *child   // the postmaster, when this process started it
	adopted bool
	stopped bool
	watcher *os.File // for a temporary cluster: closing it (or dying) ends the cluster
}

// Open makes sure that the cluster of opts.DataDir runs, and registers this program as one of its users: it creates
// the cluster on the first call, adopts one that runs already (started by another command, or left by a program
// that was killed), and else starts it, with recovery if need be. It waits as long as ctx allows.
//
// Errors are fault.Unavailable with a sentence that says what to do.
func Open(ctx context.Context, opts Options) (*Cluster, error) {
	c := &Cluster{opts: opts, log: opts.Log}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	temporary := opts.DataDir == ""
	if temporary {
		if !opts.Throwaway {
			return nil, errors.New("localpg: DataDir is empty")
		}
		dir, err := temporaryDir()
		if err != nil {
			return nil, err
		}
		c.opts.DataDir = dir
	}
	if err := c.open(ctx); err != nil {
		if temporary {
			err = errors.Join(err, os.RemoveAll(c.opts.DataDir))
		}
		return nil, err
	}
	if temporary {
		if err := c.watchOver(); err != nil {
			return nil, errors.Join(err, c.Stop(ctx), os.RemoveAll(c.opts.DataDir))
		}
	}
	return c, nil
}

// open does the work of Open under the start lock, so that two programs never create or start a cluster at once.
func (c *Cluster) open(ctx context.Context) error {
	dir, err := prepareDataDir(c.opts.DataDir)
	if err != nil {
		return err
	}
	start, err := lock(ctx, filepath.Join(dir, "pg.start.lock"), exclusive)
	if err != nil {
		return err
	}
	defer unlock(start)
	c.users, err = lock(ctx, filepath.Join(dir, "pg.users.lock"), shared)
	if err != nil {
		return err
	}
	if c.place, err = locate(dir, c.log); err == nil {
		err = c.ensure(ctx)
	}
	if err != nil {
		unlock(c.users)
	}
	return err
}

// ensure adopts or starts the cluster. The caller holds the start lock.
func (c *Cluster) ensure(ctx context.Context) error {
	if err := c.place.checkClaim(); err != nil {
		return err
	}
	major, err := c.place.version()
	if err != nil {
		return err
	}
	if major != 0 {
		socket, err := c.place.running(ctx)
		if err != nil {
			return err
		}
		if socket != "" {
			c.set(socket, nil, true)
			return nil
		}
	}
	bin, err := pick(ctx, major)
	if err != nil {
		return err
	}
	if major == 0 {
		c.log.InfoContext(ctx, "creating the database cluster", "dir", c.place.pg, "binaries", bin.dir)
		if err := c.place.create(ctx, bin, c.opts.Throwaway); err != nil {
			return err
		}
	}
	socket, child, err := c.place.start(ctx, bin, c.opts.Throwaway, c.log)
	if err != nil {
		return err
	}
	c.set(socket, child, false)
	return nil
}

func (c *Cluster) set(socket string, ch *child, adopted bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.socket, c.child, c.adopted = socket, ch, adopted
}

// Adopted tells whether the cluster ran already when this program came.
func (c *Cluster) Adopted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.adopted
}

// OwnerURL connects to the portal's database as the bootstrap superuser.
func (c *Cluster) OwnerURL() string { return c.ConnString(Database, Superuser) }

// ConnString is the URL of a connection to the database as the role, for pgx, golang-migrate and psql alike. Outside
// a throwaway cluster the roles that may connect are postgres, portal_owner, portal_app and portal_backup.
func (c *Cluster) ConnString(database, role string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	q := url.Values{"host": {c.socket}, "port": {strconv.Itoa(port)}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(role), Host: "", Path: "/" + database, RawQuery: q.Encode()}
	return u.String()
}

// Watch keeps the cluster alive until ctx ends: when the postmaster has died (killed, out of memory), it is started
// again. Connections that were open are lost; pools reconnect by themselves.
func (c *Cluster) Watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	missed := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if c.place.state() != gone {
			missed = 0
			continue
		}
		// A restart by hand (pg_ctl restart) leaves a short gap: only the second miss in a row counts.
		if missed++; missed < 2 {
			continue
		}
		if err := c.revive(ctx); err != nil && ctx.Err() == nil {
			c.log.ErrorContext(ctx, "the database cluster is down and does not start", "err", err)
		}
	}
}

func (c *Cluster) revive(ctx context.Context) error {
	start, err := lock(ctx, filepath.Join(c.place.data, "pg.start.lock"), exclusive)
	if err != nil {
		return err
	}
	defer unlock(start)
	if c.markStopped(false) {
		return nil
	}
	c.log.WarnContext(ctx, "the database cluster had stopped; starting it again")
	return c.ensure(ctx)
}

// Stop ends this program's use of the cluster, and the cluster itself unless another program still uses it. A second
// call does nothing. The data stay, except those of a temporary throwaway cluster.
func (c *Cluster) Stop(ctx context.Context) error {
	if c.markStopped(false) {
		return nil
	}
	start, err := lock(ctx, filepath.Join(c.place.data, "pg.start.lock"), exclusive)
	if err != nil {
		return err
	}
	defer unlock(start)
	if c.markStopped(true) {
		return nil
	}
	defer unlock(c.users)
	if c.watcher != nil {
		return c.endTemporary(ctx)
	}
	if !upgrade(c.users) {
		c.log.InfoContext(ctx, "another program still uses the database cluster; it stays up")
		return nil
	}
	return c.shutdown(ctx)
}

// markStopped tells whether Stop was through already, and with now set notes that it is.
func (c *Cluster) markStopped(now bool) (before bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before = c.stopped
	c.stopped = before || now
	return before
}

func (c *Cluster) shutdown(ctx context.Context) error {
	if c.place.state() == gone {
		return nil
	}
	major, err := c.place.version()
	if err != nil {
		return err
	}
	bin, err := pick(ctx, major)
	if err != nil {
		return err
	}
	seconds := 60
	if d, ok := ctx.Deadline(); ok {
		seconds = max(1, int(time.Until(d).Seconds()))
	}
	wait := strconv.Itoa(seconds)
	// Fast: open transactions are rolled back, then a checkpoint. Immediate, when that takes too long, costs the next
	// start a recovery but no data. Its own context: the caller's is spent by then.
	out, err := c.place.run(ctx, bin.tool("pg_ctl"), "stop", "-D", c.place.pg, "-m", "fast", "-w", "-t", wait)
	if err != nil && c.place.state() != gone {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		out, err = c.place.run(late, bin.tool("pg_ctl"), "stop", "-D", c.place.pg, "-m", "immediate", "-w", "-t", "8")
	}
	if err != nil && c.place.state() != gone {
		return unavailable("Không dừng được cơ sở dữ liệu.", fmt.Errorf("pg_ctl stop: %w: %s", err, out))
	}
	return nil
}

func unavailable(say string, cause error) error { return fault.Wrap(fault.Unavailable, say, cause) }
