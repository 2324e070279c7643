package web

import (
	"io"
	"net/url"

	"newsroom.example/cards/internal/words"
)

// Notice is what a page says to a reader who came to a link that shows nothing.
type Notice struct{ title, text string } // keys of package words

// The notices.
var (
	Missing = Notice{"missing", "missing_text"} // there is no such page, or not yet
	Gone    = Notice{"gone", "gone_text"}       // the story was withdrawn
	Later   = Notice{"later", "later_text"}     // the service is busy or fails
	Unknown = Notice{"unknown", "back"}         // the story to be shared is not one of this service
)

// noticeData is the content of a notice's page.
type noticeData struct {
	Lang, Dir, Title, Text string
	Home                   string // URL of the publication's front page; empty: no link
	HomeName, Site         string // text of the link, and its host
}

// WithHome returns the same pages with a link to the publication's front page, an absolute http or https URL. If it is
// empty, there is no link.
func (p *Pages) WithHome(home string) *Pages { return &Pages{set: p.set, home: home} }

// Notice writes the page of a notice in the language of the BCP 47 tag lang. It has nothing of the request.
func (p *Pages) Notice(w io.Writer, lang string, n Notice) error {
	l := words.Of(lang)
	d := noticeData{Lang: l.Tag, Dir: l.Dir, Title: l.Say(n.title), Text: l.Say(n.text), HomeName: l.Say("home")}
	if u, err := url.Parse(p.home); err == nil && u.Host != "" {
		d.Home, d.Site = p.home, u.Hostname()
	}
	return p.set.ExecuteTemplate(w, "notice.html", d)
}
