// Package app wires the program together: settings, database, pages, jobs and commands. The browser tests start the very same App.
package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is every setting of the program (docs/operating.md lists them). Addresses of databases may hold passwords, so it
// prints as a word however it is printed.
type Config struct {
	Addr             string   `env:"PORTAL_ADDR" envDefault:"127.0.0.1:8080"`
	DatabaseURL      string   `env:"PORTAL_DATABASE_URL"`       // the program's login; unset = embedded cluster
	OwnerDatabaseURL string   `env:"PORTAL_OWNER_DATABASE_URL"` // creates roles, migrates, backs up
	DataDir          string   `env:"PORTAL_DATA_DIR" envDefault:"./var"`
	BaseURL          string   `env:"PORTAL_BASE_URL"`    // as residents reach the portal; default http://PORTAL_ADDR
	SecretFile       string   `env:"PORTAL_SECRET_FILE"` // default PORTAL_DATA_DIR/secret.key
	TrustedProxies   []string `env:"PORTAL_TRUSTED_PROXIES" envSeparator:","`
	LogLevel         string   `env:"PORTAL_LOG_LEVEL" envDefault:"info"`
	MaxConns         int      `env:"PORTAL_DB_MAX_CONNS" envDefault:"10"`

	base   *url.URL
	level  slog.Level
	unread bool // a number could not be read; it is complained about once
}

// Format keeps passwords out of logs and messages.
func (Config) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("settings")) }

// LogValue keeps passwords out of the log.
func (Config) LogValue() slog.Value { return slog.StringValue("settings") }

// LoadConfig reads the environment and reports all mistakes together.
func LoadConfig() (Config, error) {
	var c Config
	var problems []error
	if err := env.Parse(&c); err != nil {
		var all env.AggregateError
		if errors.As(err, &all) {
			problems = append(problems, all.Errors...)
			c.unread = true
		} else {
			problems = append(problems, err)
		}
	}
	problems = append(problems, c.check()...)
	if len(problems) > 0 {
		return Config{}, fmt.Errorf("settings are wrong:\n%w", errors.Join(problems...))
	}
	return c, nil
}

func (c *Config) check() []error {
	var problems []error
	host, port, err := net.SplitHostPort(c.Addr)
	if n, notNumber := strconv.ParseUint(port, 10, 16); err != nil || notNumber != nil || n > 65535 {
		problems = append(problems, fmt.Errorf("PORTAL_ADDR: %q is not host:port", c.Addr))
	}
	if c.BaseURL == "" {
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = "127.0.0.1"
		}
		c.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
	c.base, err = url.Parse(c.BaseURL)
	if err != nil || c.base.Host == "" || (c.base.Scheme != "http" && c.base.Scheme != "https") || strings.Trim(c.base.Path, "/") != "" || c.base.RawQuery != "" || c.base.User != nil {
		problems = append(problems, errors.New("PORTAL_BASE_URL: give an address such as https://chanhlo.example.vn, without a path"))
	}
	for _, setting := range []struct{ name, value string }{{"PORTAL_DATABASE_URL", c.DatabaseURL}, {"PORTAL_OWNER_DATABASE_URL", c.OwnerDatabaseURL}} {
		if u, err := url.Parse(setting.value); setting.value != "" && (err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql")) {
			problems = append(problems, fmt.Errorf("%s: give an address such as postgres://portal_app@db.example/portal", setting.name)) // the value may hold a password
		}
	}
	if c.OwnerDatabaseURL != "" && c.DatabaseURL == "" {
		problems = append(problems, errors.New("PORTAL_OWNER_DATABASE_URL is set but PORTAL_DATABASE_URL is not: set both, or neither for the embedded database"))
	}
	for _, p := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(p); err != nil {
			problems = append(problems, fmt.Errorf("PORTAL_TRUSTED_PROXIES: %q is not a prefix such as 10.0.0.0/8", p))
		}
	}
	if err := c.level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		problems = append(problems, fmt.Errorf("PORTAL_LOG_LEVEL: %q is not debug, info, warn or error", c.LogLevel))
	}
	if !c.unread && (c.MaxConns < 2 || c.MaxConns > 200) {
		problems = append(problems, fmt.Errorf("PORTAL_DB_MAX_CONNS: %d is not between 2 and 200", c.MaxConns))
	}
	if c.SecretFile == "" {
		c.SecretFile = filepath.Join(c.DataDir, "secret.key")
	}
	return problems
}

// loopback tells whether only this machine can reach the portal: by the address it listens on, and by the one that residents
// are said to use, behind which a proxy stands.
func (c *Config) loopback() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	return err == nil && isLoopback(host) && isLoopback(c.base.Hostname())
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// secret reads the 32-byte key that seals personal fields and signs cookies. It is made at the first start and never
// stored in the database or its backups.
func (c *Config) secret() ([]byte, error) {
	key, err := os.ReadFile(c.SecretFile)
	if errors.Is(err, fs.ErrNotExist) {
		return c.makeSecret()
	}
	if err != nil {
		return nil, fmt.Errorf("PORTAL_SECRET_FILE: %w", err)
	}
	if len(key) != 32 {
		return nil, fmt.Errorf("PORTAL_SECRET_FILE: %s holds %d bytes, want 32", c.SecretFile, len(key))
	}
	info, err := os.Stat(c.SecretFile)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("PORTAL_SECRET_FILE: others may read %s; run: chmod 600 %s", c.SecretFile, c.SecretFile)
	}
	return key, nil
}

func (c *Config) makeSecret() ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(c.SecretFile), 0o755); err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	// The file gets its name only when it is whole, and only when nobody else was first: two starts at once must not end with
	// different keys, nor may one read what the other is still writing.
	f, err := os.CreateTemp(filepath.Dir(c.SecretFile), ".secret-*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(key)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	err = os.Link(f.Name(), c.SecretFile)
	if errors.Is(err, fs.ErrExist) {
		return c.secret()
	}
	return key, err
}
