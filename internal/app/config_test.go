package app

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// settings clears what the machine has set and sets what the test wants.
func settings(t *testing.T, pairs ...string) {
	t.Helper()
	for _, line := range os.Environ() {
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "PORTAL_") && !strings.HasPrefix(name, "PORTAL_TEST_") {
			t.Setenv(name, "")
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := 0; i < len(pairs); i += 2 {
		t.Setenv(pairs[i], pairs[i+1])
	}
}

func TestDefaultsStandOnTheirOwn(t *testing.T) {
	settings(t)
	c, err := LoadConfig()
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.base.String() != "http://127.0.0.1:8080" || c.MaxConns != 10 || !c.loopback() || c.SecretFile != filepath.Join("./var", "secret.key") || c.level != slog.LevelInfo {
		t.Errorf("defaults: addr %s base %s conns %d secret %s", c.Addr, c.base, c.MaxConns, c.SecretFile)
	}
}

// ASVS 13.3.1: every mistake is told at once, each with the name of its setting, and no password is printed.
func TestMistakesAreToldTogetherWithoutSecrets(t *testing.T) {
	const secret = "mat-khau-canary"
	settings(t, "PORTAL_ADDR", "8080", "PORTAL_BASE_URL", "chanhlo.example", "PORTAL_DATABASE_URL", "host=db password="+secret, "PORTAL_OWNER_DATABASE_URL", "mysql://root:"+secret+"@db/x",
		"PORTAL_TRUSTED_PROXIES", "10.0.0.0/8,nhà", "PORTAL_LOG_LEVEL", "ồn ào", "PORTAL_DB_MAX_CONNS", "mười")
	_, err := LoadConfig()
	if err == nil {
		t.Fatal("nonsense was taken")
	}
	for _, want := range []string{"PORTAL_ADDR", "PORTAL_BASE_URL", "PORTAL_DATABASE_URL", "PORTAL_OWNER_DATABASE_URL", "PORTAL_TRUSTED_PROXIES", "PORTAL_LOG_LEVEL", "MaxConns"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not complained about in: %v", want, err)
		}
	}
	if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "0 is not between") {
		t.Errorf("the message says too much: %v", err)
	}
	for _, bad := range [][2]string{
		{"PORTAL_ADDR", "127.0.0.1:http"}, {"PORTAL_ADDR", "127.0.0.1:70000"}, {"PORTAL_BASE_URL", "https://a.example/portal"}, {"PORTAL_BASE_URL", "https://u:p@a.example"},
		{"PORTAL_BASE_URL", "ftp://a.example"}, {"PORTAL_DB_MAX_CONNS", "1"}, {"PORTAL_DB_MAX_CONNS", "201"}, {"PORTAL_OWNER_DATABASE_URL", "postgres://db/x"},
	} {
		settings(t, bad[0], bad[1])
		if _, err := LoadConfig(); err == nil {
			t.Errorf("%s=%s was taken", bad[0], bad[1])
		}
	}
}

func TestSettingsNeverPrintTheirSecrets(t *testing.T) {
	t.Parallel()
	const secret = "mat-khau-canary"
	c := Config{DatabaseURL: "postgres://portal_app:" + secret + "@db/portal"}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("start", "config", c, "pointer", &c)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", c)
	for _, text := range []string{log.String(), fmt.Sprint(c), fmt.Sprintf("%+v %#v %s %v %q %d", c, c, c, &c, c, c), fmt.Errorf("x: %v", c).Error()} {
		if strings.Contains(text, secret) {
			t.Errorf("printed: %s", text)
		}
	}
}

// The demo's password is in the manual: who can be reached by others, directly or through a proxy, does not serve it.
func TestLoopback(t *testing.T) {
	for _, c := range []struct {
		addr, base string
		want       bool
	}{
		{"127.0.0.1:8080", "", true}, {"localhost:8080", "", true}, {"[::1]:8080", "", true}, {"127.8.9.1:80", "", true},
		{"0.0.0.0:8080", "", false}, {":8080", "", false}, {"192.168.1.5:8080", "", false}, {"[::]:8080", "", false},
		{"127.0.0.1:8080", "https://chanhlo.example", false}, {"127.0.0.1:8080", "http://localhost:8080", true}, {"0.0.0.0:8080", "http://127.0.0.1:8080", false},
	} {
		settings(t, "PORTAL_ADDR", c.addr, "PORTAL_BASE_URL", c.base)
		got, err := LoadConfig()
		if err != nil {
			t.Fatal(err)
		}
		if got.loopback() != c.want {
			t.Errorf("%s, %s: only this machine reaches it: %v, want %v", c.addr, c.base, got.loopback(), c.want)
		}
	}
}

// F28: the key is made once, for its owner only, and a file that is not one is refused.
func TestF28TheSecretFile(t *testing.T) {
	t.Parallel()
	c := Config{SecretFile: filepath.Join(t.TempDir(), "sub", "secret.key")}
	keys := make([][]byte, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = c.secret(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if len(k) != 32 || string(k) != string(keys[0]) {
			t.Fatal("starts at once ended with different keys")
		}
	}
	info, err := os.Stat(c.SecretFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if files, err := os.ReadDir(filepath.Dir(c.SecretFile)); err != nil || len(files) != 1 {
		t.Errorf("files beside the key: %v, %v", files, err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o666} {
		if err := os.Chmod(c.SecretFile, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := c.secret(); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
	for _, size := range []int{0, 31, 33} {
		short := Config{SecretFile: filepath.Join(t.TempDir(), "secret.key")}
		if err := os.WriteFile(short.SecretFile, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := short.secret(); err == nil {
			t.Errorf("%d bytes are taken for a key", size)
		}
	}
	folder := Config{SecretFile: t.TempDir()}
	if _, err := folder.secret(); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder is taken for a key: %v", err)
	}
}
