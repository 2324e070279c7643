// Package archive reads what files say of the stories that a site has published: feeds (RSS, RDF, Atom), exports of
// WordPress (WXR), JSON lines, and lists of URLs. Sitemaps have a package of their own. Files are untrusted: every URL
// is checked, and a story that cannot be used is an error of its own.
package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"newsroom.example/cards/client"
)

// Story is what a file says of a story.
type Story struct {
	Where string // line or number of the story in the file
	// Article has what the file says. Its URL is there unless Err says why not; its ID is empty if the file has none.
	Article client.BatchArticle
	// Whole reports that the file is the newsroom's own word on the story, so that its page need not be read.
	Whole bool
	Err   error // why the story cannot be used
}

// Rest is what a file says beside its stories.
type Rest struct {
	Next string         // URL of the next page of a feed (RFC 5005); empty: there is none
	Left map[string]int // number of entries that are left out, by the reason
}

// ErrSitemap says that a file is a sitemap.
var ErrSitemap = errors.New("is a sitemap")

// Options say how files are read.
type Options struct {
	// PostTypes are the types of WordPress's posts that are stories; none means "post".
	PostTypes []string
}

// Opener opens a file from its beginning. It is called twice for an export of WordPress, which names pictures after
// the stories that show them.
type Opener func() (io.ReadCloser, error)

// Read calls each for every story of a file, in its order, until that returns an error. The file may be compressed with
// gzip. Errors: that of each, those of reading, ErrSitemap, and what is wrong with a file that is none of the forms.
func Read(open Opener, o Options, each func(Story) error) (Rest, error) {
	file, err := unpacked(open)
	if err != nil {
		return Rest{}, err
	}
	defer file.Close()
	if mark, _ := file.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = file.Discard(len(byteOrderMark))
	}
	start, _ := file.Peek(peeked)
	switch start = bytes.TrimSpace(start); {
	case len(start) == 0:
		return Rest{}, nil
	case start[0] == '{' || start[0] == '[':
		return Rest{}, readJSON(file.Reader, start[0] == '[', each)
	case start[0] == '<':
		return readXML(file, open, o, each)
	}
	return Rest{}, readLines(file, each)
}

const (
	peeked        = 4096 // bytes
	byteOrderMark = "\ufeff"
)

// file is an opened file, with what compressed it removed.
type file struct {
	*bufio.Reader
	closer io.Closer
}

// Close implements io.Closer.
func (f file) Close() error { return f.closer.Close() }

func unpacked(open Opener) (file, error) {
	raw, err := open()
	if err != nil {
		return file{}, err
	}
	in := bufio.NewReaderSize(raw, 2*peeked)
	if magic, _ := in.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return file{in, raw}, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return file{}, errors.Join(fmt.Errorf("is no valid gzip file: %w", err), raw.Close())
	}
	return file{bufio.NewReaderSize(z, 2*peeked), raw}, nil
}
