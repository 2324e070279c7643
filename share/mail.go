package share

import (
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// maxMailto is the maximum length of a mailto URL, in bytes. Windows and Outlook cut URLs at about 2,000 bytes.
const maxMailto = 1900

// mail returns a mailto URL (RFC 6068) without a recipient. It contains only a subject and a body, so that the post
// cannot add a recipient. The body is the text and, on a separate line, the story's URL. If the result would be too
// long, the text is shortened first, then the title.
func mail(_ Config, p Post) string {
	title, text := p.Title, p.Text
	for {
		link := mailto(title, text, p.URL)
		over := len(link) - maxMailto
		if over <= 0 || title == "" && text == "" {
			return link
		}
		if text != "" {
			text = shorter(text, over)
			continue
		}
		title = shorter(title, over)
	}
}

func mailto(title, text, url string) string {
	body := url
	if text != "" {
		body = text + "\r\n\r\n" + url
	}
	if title == "" {
		return "mailto:?body=" + weburl.Component(body)
	}
	return "mailto:?subject=" + weburl.Component(title) + "&body=" + weburl.Component(body)
}

// shorter removes graphemes from the end, at least one: about as many as have over bytes when encoded.
func shorter(s string, over int) string {
	n := graphemes(s)
	keep := min(n-1, n-over*n/max(1, len(weburl.Component(s))))
	if keep <= 1 {
		return ""
	}
	return strings.TrimSpace(cutGraphemes(s, keep))
}
