package share

import (
	"strconv"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// form is a link with gaps: a base URL, and pairs of which the value is a constant or a gap such as {title:300}, the
// title in at most 300 graphemes. A pair whose gap is filled with nothing is left out.
type form struct {
	text, base string
	pairs      []pair
}

type pair struct {
	text string // of a constant pair, whole; of others the name with its =
	gap  string // what fills it; empty: the pair is constant
	most int
}

// formOf parses a form.
func formOf(text string) form {
	end := strings.IndexAny(text, "?#") + 1
	f := form{text: text, base: text[:end]}
	for part := range strings.SplitSeq(text[end:], "&") {
		name, gap, filled := strings.Cut(part, "{")
		if !filled {
			f.pairs = append(f.pairs, pair{text: part})
			continue
		}
		gap, most, _ := strings.Cut(strings.TrimSuffix(gap, "}"), ":")
		n, _ := strconv.Atoi(most) // a gap without a number has no limit
		f.pairs = append(f.pairs, pair{name, gap, n})
	}
	return f
}

// fill returns the link of a normalized post. Values are percent-encoded once.
func (f form) fill(c Config, p Post) string {
	var b strings.Builder
	b.WriteString(f.base)
	first := true
	for _, pair := range f.pairs {
		value := ""
		if pair.gap != "" {
			if value = weburl.Component(filling(pair.gap, pair.most, c, p)); value == "" {
				continue
			}
		}
		if !first {
			b.WriteByte('&')
		}
		b.WriteString(pair.text + value)
		first = false
	}
	return b.String()
}

// filling returns what fills a gap. The embed kit has the same fillings in links.js, and a test compares the two.
func filling(gap string, most int, c Config, p Post) string {
	switch gap {
	case "url":
		return p.URL
	case "title":
		return cutGraphemes(p.Title, most)
	case "named": // never empty
		if p.Title == "" {
			return p.URL
		}
		return cutGraphemes(p.Title, most)
	case "lines":
		return titled(p, most)
	case "fitted": // of a URL, Bluesky's composer shows and counts the host and at most 16 characters more
		a := split(p.URL) // (bluesky-social/social-app, toShortUrl)
		counted := graphemes(a.host) + min(16, len(a.path+a.query+a.fragment))
		return titled(p, max(0, most-counted))
	case "tweet":
		text, _ := fitTweet(p)
		return text
	case "tags":
		if len(p.Hashtags) == 0 {
			return ""
		}
		_, tags := fitTweet(p)
		return strings.Join(tags, ",")
	case "hashtag", "tag":
		return firstTag(gap, most, p.Hashtags)
	case "image":
		return p.Image
	case "via":
		return p.Via
	case "host":
		return hostOf(p.URL)
	case "app":
		return c.FacebookAppID
	}
	return ""
}

// firstTag returns the first hashtag: with its # for the gap hashtag, and only if it has at most most characters for
// the gap tag.
func firstTag(gap string, most int, tags []string) string {
	switch {
	case len(tags) == 0, gap == "tag" && len([]rune(tags[0])) > most:
		return ""
	case gap == "hashtag":
		return "#" + tags[0]
	}
	return tags[0]
}

// titled returns the title and the URL as one text of two lines, for targets that have only one parameter. Their apps
// show both lines, and a URL that begins a line is not broken.
func titled(p Post, most int) string {
	if p.Title == "" {
		return p.URL
	}
	return cutGraphemes(p.Title, most) + "\n" + p.URL
}

func hostOf(u string) string {
	_, rest, _ := strings.Cut(u, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// link returns the target's link of a normalized post.
func (t Target) link(c Config, p Post) string {
	switch {
	case t.Name == "kakao":
		return kakao(c, p)
	case t.Name == "mail":
		return mail(c, p)
	case t.Name == "link":
		return p.URL
	case c.FacebookAppID != "" && t.app.base != "":
		return t.app.fill(c, p)
	}
	return t.form.fill(c, p)
}
