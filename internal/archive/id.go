package archive

import (
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"path"
	"strings"
)

// maxSlug is how much of an address is taken into an ID, in bytes.
const maxSlug = 60

// ID returns the ID of a story that has none: the end of its canonical URL's path, to be recognized by people, and a
// part of the URL's SHA-256, so that each URL has its own.
func ID(canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	tail := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
	slug := ""
	if u, err := url.Parse(canonical); err == nil {
		slug = slugOf(path.Base(u.Path))
	}
	if slug == "" {
		return tail
	}
	return slug + "-" + tail
}

// slugOf returns a name with the characters that an ID may have.
func slugOf(name string) string {
	name = strings.TrimSuffix(name, path.Ext(name))
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case b.Len() >= maxSlug:
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
