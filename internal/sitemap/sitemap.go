// Package sitemap reads the files with which a site lists its pages (sitemaps.org, version 0.9), and picks a sample of
// them. Sitemaps are untrusted: every address is a checked URL, and nothing can grow beyond the bounds below.
package sitemap

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"

	"newsroom.example/cards/internal/weburl"
)

// Bounds of the protocol, and of what is read of it.
const (
	maxPages = 50_000   // addresses of one sitemap
	maxBytes = 50 << 20 // of one sitemap, not compressed
	maxFiles = 100      // sitemaps of a site
	maxTotal = 200_000  // addresses of a site
	maxText  = 4 << 10  // of one address, in bytes; more is not collected
)

// ErrNotSitemap says that a file is no sitemap.
var ErrNotSitemap = errors.New("is no sitemap")

// File is a sitemap.
type File struct {
	Pages    []string // addresses of pages, in the order of the file
	Sitemaps []string // of an index: addresses of sitemaps
	More     bool     // the file lists more than is read of it, or ends before its own end
}

// Parse reads a sitemap or an index of sitemaps, which may be compressed with gzip. Entries that are no absolute http
// or https URLs are left out. Error: ErrNotSitemap.
func Parse(data []byte) (File, error) {
	var source io.Reader = bytes.NewReader(data)
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(source)
		if err != nil {
			return File{}, fmt.Errorf("%w: %w", ErrNotSitemap, err)
		}
		source = unpacked
	}
	limited := &io.LimitedReader{R: source, N: maxBytes}
	f, err := read(xml.NewDecoder(limited))
	f.More = f.More || limited.N <= 0
	return f, err
}

// read reads the elements of a sitemap.
func read(d *xml.Decoder) (f File, err error) {
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the protocol knows only UTF-8
	var path []string
	var text []byte
	root := ""
	for {
		token, err := d.Token()
		if err != nil {
			if root != "urlset" && root != "sitemapindex" {
				return File{}, ErrNotSitemap
			}
			f.More = f.More || !errors.Is(err, io.EOF) || len(path) > 0
			return f, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(path) == 0 {
				root = cmp.Or(root, t.Name.Local)
			}
			if path = append(path, t.Name.Local); len(path) > maxDepth {
				return File{}, ErrNotSitemap
			}
			text = text[:0]
		case xml.CharData:
			text = append(text, t[:min(len(t), maxText-min(len(text), maxText))]...)
		case xml.EndElement:
			if f.take(root, path, string(text)); len(f.Pages)+len(f.Sitemaps) > maxPages {
				f.Pages = f.Pages[:min(len(f.Pages), maxPages)]
				f.Sitemaps = f.Sitemaps[:min(len(f.Sitemaps), maxPages)]
				f.More = true
				return f, nil
			}
			path, text = path[:max(0, len(path)-1)], text[:0]
		}
	}
}

// maxDepth is more than a sitemap has, with all extensions.
const maxDepth = 16

// take takes the text of an element, which ends.
func (f *File) take(root string, path []string, text string) {
	if len(path) != 3 || path[2] != "loc" {
		return
	}
	u, err := weburl.Parse(weburl.Clean(text))
	if err != nil {
		return
	}
	switch {
	case root == "urlset" && path[1] == "url":
		f.Pages = append(f.Pages, u.String())
	case root == "sitemapindex" && path[1] == "sitemap":
		f.Sitemaps = append(f.Sitemaps, u.String())
	}
}

// Fetcher fetches a sitemap.
type Fetcher func(ctx context.Context, address string) ([]byte, error)

// Site has the pages of a site.
type Site struct {
	Pages   []string // each once, in the order of the files
	More    bool     // there are more than the bounds allow
	Skipped []error  // sitemaps of an index that could not be read
}

// Read reads the sitemap at an address and, if that is an index, the sitemaps that it lists. An index in an index is
// not followed. The error is that of the first file.
func Read(ctx context.Context, address string, fetch Fetcher) (Site, error) {
	first, err := get(ctx, address, fetch)
	if err != nil {
		return Site{}, err
	}
	site := Site{More: first.More}
	known := map[string]bool{}
	site.add(known, first.Pages)
	for i, at := range first.Sitemaps {
		if i == maxFiles {
			site.More = true
			break
		}
		f, err := get(ctx, at, fetch)
		if ctx.Err() != nil {
			return Site{}, ctx.Err()
		}
		if err != nil {
			site.Skipped = append(site.Skipped, err)
			continue
		}
		site.More = site.More || f.More
		site.add(known, f.Pages)
	}
	return site, nil
}

func get(ctx context.Context, address string, fetch Fetcher) (File, error) {
	data, err := fetch(ctx, address)
	if err != nil {
		return File{}, err
	}
	f, err := Parse(data)
	if err != nil {
		err = fmt.Errorf("%s %w", address, err)
	}
	return f, err
}

func (s *Site) add(known map[string]bool, pages []string) {
	for _, p := range pages {
		if known[p] {
			continue
		}
		if len(s.Pages) == maxTotal {
			s.More = true
			return
		}
		known[p] = true
		s.Pages = append(s.Pages, p)
	}
}

// Sample returns n of the addresses, those with the smallest SHA-256 sums, in their order. So the same list always
// gives the same sample, and a page that is added to a list changes at most one of the sample.
func Sample(addresses []string, n int) []string {
	if len(addresses) <= n {
		return addresses
	}
	type ranked struct {
		sum [sha256.Size]byte
		at  int
	}
	all := make([]ranked, len(addresses))
	for i, a := range addresses {
		all[i] = ranked{sha256.Sum256([]byte(a)), i}
	}
	slices.SortFunc(all, func(a, b ranked) int { return bytes.Compare(a.sum[:], b.sum[:]) })
	all = all[:max(0, n)]
	slices.SortFunc(all, func(a, b ranked) int { return a.at - b.at })
	sample := make([]string, len(all))
	for i, r := range all {
		sample[i] = addresses[r.at]
	}
	return sample
}
