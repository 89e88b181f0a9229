package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// The bounds of one conversion by LibreOffice.
const (
	convertTime   = 60 * time.Second
	convertMemory = 2 << 20 // KiB of address space
)

// one conversion at a time: each takes a few hundred megabytes
var converting = make(chan struct{}, 1)

// officeProgram finds LibreOffice once per process.
var officeProgram = sync.OnceValue(func() string {
	for _, name := range [...]string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
})

// canUnshare says whether this process may start a program without any network.
var canUnshare = sync.OnceValue(func() bool {
	if os.Geteuid() != 0 {
		return false
	}
	path, err := exec.LookPath("unshare")
	return err == nil && exec.Command(path, "-n", "true").Run() == nil
})

// convert has LibreOffice turn the file into XLSX, which keeps number formats, fonts, merges and hidden rows,
// and reads that. The program gets a profile of its own in a temporary folder, with macros off, and is ended
// with all it started when the time is over.
func convert(in *input, ext string) error { return convertWith(officeProgram(), in, ext) }

func convertWith(program string, in *input, ext string) (err error) {
	if program == "" {
		return &Failure{Kind: NoConverter, What: ext}
	}
	select {
	case converting <- struct{}{}:
		defer func() { <-converting }()
	case <-in.ctx.Done():
		return in.ctx.Err()
	}
	dir, err := os.MkdirTemp("", "sheet-")
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	source := filepath.Join(dir, "in."+ext)
	if err := copyTo(source, io.NewSectionReader(in.r, 0, in.size)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "profile", "user"), 0o700); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "profile", "user", "registrymodifications.xcu"), []byte(officeSettings), 0o600); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := runOffice(in.ctx, program, dir, source); err != nil {
		return err
	}
	return readConverted(in, filepath.Join(dir, "out", "in.xlsx"))
}

// officeSettings switch off macros, links and everything that asks the network.
const officeSettings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
`

func runOffice(caller context.Context, program, dir, source string) error {
	ctx, cancel := context.WithTimeout(caller, convertTime)
	defer cancel()
	args := []string{
		"-c", fmt.Sprintf(`ulimit -v %d; ulimit -t %d; exec "$@"`, convertMemory, int(convertTime.Seconds())), "sh",
	}
	if canUnshare() {
		args = append(args, "unshare", "-n")
	}
	args = append(args, program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
		"-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), source)
	cmd := exec.CommandContext(ctx, "/bin/sh", args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "TMPDIR=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	err := cmd.Run()
	if caller.Err() != nil {
		return caller.Err()
	}
	if err != nil {
		return &Failure{Kind: NotRead, Err: fmt.Errorf("office program: %w: %.300s", errors.Join(err, ctx.Err()), log.String())}
	}
	return nil
}

func readConverted(in *input, path string) (err error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return &Failure{Kind: NotRead, Err: err}
	}
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	in.r, in.size = f, info.Size()
	in.book.Converted = true
	if in.zip, err = openPack(in); err != nil {
		return err
	}
	return readXLSX(in)
}

func copyTo(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if _, err := io.Copy(f, r); err != nil {
		_ = f.Close()
		return fmt.Errorf("sheet: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}
