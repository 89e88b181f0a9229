package sheet

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"path"
	"strings"
)

// pack is a zip of parts. What all parts that are opened unpack to counts against one budget: the size that
// the directory declares is checked before a byte is unpacked, and the bytes really seen are counted as well.
type pack struct {
	ctx   context.Context
	files map[string]*zip.File // by lower-case name
	left  int64
}

func openPack(in *input) (*pack, error) {
	z, err := zip.NewReader(in.r, in.size)
	if err != nil {
		return nil, truncated(err)
	}
	p := &pack{ctx: in.ctx, files: make(map[string]*zip.File, len(z.File)), left: in.lim.UnzipBytes}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, taken := p.files[name]; !taken {
			p.files[name] = f
		}
	}
	return p, nil
}

func (p *pack) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// hasUnder says whether a part lies in a folder.
func (p *pack) hasUnder(folder string) bool {
	for name := range p.files {
		if strings.HasPrefix(name, folder) && !strings.HasSuffix(name, "/") {
			return true
		}
	}
	return false
}

// open returns nil without error when the part does not exist.
func (p *pack) open(name string) (io.ReadCloser, error) {
	f := p.files[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > uint64(p.left) {
		return nil, &Failure{Kind: Bomb, What: f.Name, Limit: p.left}
	}
	if f.Flags&1 != 0 {
		return nil, &Failure{Kind: Encrypted}
	}
	rc, err := f.Open()
	if err != nil {
		return nil, truncated(err)
	}
	return &counted{p: p, rc: rc, name: f.Name}, nil
}

// scanner opens a part as XML; nil when the part does not exist.
func (p *pack) scanner(name string) (*xmlScanner, io.Closer, error) {
	rc, err := p.open(name)
	if err != nil || rc == nil {
		return nil, nil, err
	}
	return newXMLScanner(rc), rc, nil
}

// first returns up to n bytes of a part; nil when it is missing or damaged.
func (p *pack) first(name string, n int64) []byte {
	rc, err := p.open(name)
	if err != nil || rc == nil {
		return nil
	}
	defer rc.Close()
	b, _ := io.ReadAll(io.LimitReader(rc, n))
	return b
}

type counted struct {
	p    *pack
	rc   io.ReadCloser
	name string
}

func (c *counted) Read(b []byte) (int, error) {
	if err := c.p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.rc.Read(b)
	if c.p.left -= int64(n); c.p.left < 0 {
		return 0, &Failure{Kind: Bomb, What: c.name}
	}
	return n, err
}

func (c *counted) Close() error { return c.rc.Close() }

// partErr turns what went wrong inside a part into a Failure, unless it is one or the context ended.
func (p *pack) partErr(err error) error {
	if err == nil || KindOf(err) != "" || p.ctx.Err() != nil {
		return err
	}
	return truncated(err)
}

// relations reads the links of a part: id → target (a part's name, or an outside address) and type → target.
type relations struct {
	byID, byType map[string]string
	external     bool
}

func (p *pack) relations(part string) (relations, error) {
	rel := relations{byID: map[string]string{}, byType: map[string]string{}}
	dir, base := path.Split(part)
	x, c, err := p.scanner(dir + "_rels/" + base + ".rels")
	if err != nil || x == nil {
		return rel, err
	}
	defer c.Close()
	for {
		kind, err := x.next()
		if errors.Is(err, io.EOF) {
			return rel, nil
		}
		if err != nil {
			return rel, p.partErr(err)
		}
		if kind != xmlStart || x.local() != "Relationship" {
			continue
		}
		if x.str("TargetMode") == "External" {
			rel.external = true
			continue
		}
		target := x.str("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		target = strings.TrimPrefix(path.Clean(target), "/")
		rel.byID[x.str("Id")] = target
		rel.byType[path.Base(x.str("Type"))] = target
	}
}

// workbook finds the main part of an XLSX file; "" when there is none.
func (p *pack) workbook() string {
	rel, err := p.relations("")
	if err != nil {
		return ""
	}
	if main := rel.byType["officeDocument"]; strings.HasPrefix(strings.ToLower(main), "xl/") && p.has(main) {
		return main
	}
	return ""
}
