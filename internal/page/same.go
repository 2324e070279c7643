package page

import (
	"net/url"
	"slices"
	"strings"

	"newsroom.example/cards/internal/lazyregexp"
)

// sizeSuffix matches what content management systems append to the name of a resized file: WordPress -1024x683 and
// -scaled, others _1200x630 and @2x.
var sizeSuffix = lazyregexp.New(`(?i)(?:[-_]\d{2,5}x\d{2,5}|-scaled|-rotated|@[1-4]x)+$`)

var pictureExtension = lazyregexp.New(`(?i)\.(?:jpe?g|png|gif|webp|avif|jxl|heic)$`)

// sizeSegment matches a segment of a path that names a size: 800x600, or w1200 and h600 after Ghost's size.
var sizeSegment = lazyregexp.New(`(?i)^(?:\d{2,5}x\d{2,5}|w\d{2,5}|h\d{2,5}|w\d{2,5}h\d{2,5})$`)

// photon matches the hosts of WordPress' service for pictures, whose paths begin with the host of the picture.
var photon = lazyregexp.New(`^i[0-3]\.wp\.com$`)

// sizeParameters are the parameters with which services for pictures resize them.
var sizeParameters = []string{
	"auto", "crop", "dpr", "f", "fit", "fm", "format", "h", "height", "ixlib", "q", "quality", "resize", "s", "size",
	"ssl", "strip", "type", "v", "ver", "version", "w", "width",
}

// pictureKey returns the same string for the addresses of one picture in several sizes and formats. The host does not
// count if the path has folders, because a page and its networks often use different hosts for the same files.
func pictureKey(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host, path := strings.TrimPrefix(strings.ToLower(u.Host), "www."), u.Path
	if photon().MatchString(host) {
		host, path, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
		path = "/" + path
	}
	segments := strings.Split(path, "/")
	name := segments[len(segments)-1]
	plain := name
	for range 2 { // .jpg.webp
		plain = pictureExtension().ReplaceAllString(plain, "")
	}
	isFile := plain != name
	if inner := original(u); inner != "" && !isFile {
		return pictureKey(inner)
	}
	if short := sizeSuffix().ReplaceAllString(plain, ""); short != "" {
		plain = short
	}
	folders := withoutSizes(segments[:len(segments)-1])
	key := strings.Join(append(folders, plain), "/")
	if len(folders) < 2 {
		key = host + key
	}
	if !isFile {
		key += "?" + identity(u.Query())
	}
	return key
}

// withoutSizes removes the segments that name a size or a format.
func withoutSizes(segments []string) (kept []string) {
	for i := 0; i < len(segments); i++ {
		switch s := segments[i]; {
		case s == "size" && i+1 < len(segments) && sizeSegment().MatchString(segments[i+1]):
		case s == "format" && i+1 < len(segments):
			i++
		case !sizeSegment().MatchString(s):
			kept = append(kept, s)
		}
	}
	return kept
}

// identity returns the query without the parameters of sizes: what is left says which picture it is.
func identity(q url.Values) string {
	for name := range q {
		if slices.Contains(sizeParameters, strings.ToLower(name)) {
			delete(q, name)
		}
	}
	return q.Encode()
}

// original returns the address that a service for pictures got in its query, such as /_next/image?url=/a.jpg, or "".
func original(u *url.URL) string {
	for _, name := range []string{"url", "src"} {
		inner, err := u.Parse(u.Query().Get(name))
		if err == nil && pictureExtension().MatchString(inner.Path) {
			return inner.String()
		}
	}
	return ""
}
