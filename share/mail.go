package share

import "strings"

// maxMailto is the longest mailto address: Windows and Outlook cut near 2,000 bytes.
const maxMailto = 1900

// mail is a message without an address (RFC 6068): only subject and body are ever made, so that
// nothing from outside can add a recipient. The body is the text and, on a line of its own, the
// address; where the whole is too long the text is shortened, never the address.
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
		return "mailto:?body=" + escape(body)
	}
	return "mailto:?subject=" + escape(title) + "&body=" + escape(body)
}

// shorter drops about as many graphemes as take up over encoded bytes, at least one.
func shorter(s string, over int) string {
	n := graphemes(s)
	keep := min(n-1, n-over*n/max(1, len(escape(s))))
	if keep <= 1 {
		return ""
	}
	return strings.TrimSpace(cutGraphemes(s, keep))
}
