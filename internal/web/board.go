package web

import (
	"io"
	"time"
)

// BoardData is the content of the board of the most read stories.
type BoardData struct {
	Window, Site, Scheme string
	Source               string // URL of the list, which the board asks for
	At                   time.Time
	Windows, Schemes     []BoardLink
	Stories              []BoardStory
}

// BoardLink is a link to the board with another choice.
type BoardLink struct {
	Label, URL string
	Current    bool
}

// BoardStory is a story of the board.
type BoardStory struct {
	ID, Headline, Site string
	Rank               int
	Taps               int64 // reads and shares
}

// Board writes the board.
func (p *Pages) Board(w io.Writer, d BoardData) error {
	return p.set.ExecuteTemplate(w, "board.html", d)
}

// LookLink is a link for a colleague that an editor has made. Problem says why there is none.
type LookLink struct {
	URL, Problem string
	Days         int
	Until        time.Time
}

// LookData is the content of the page that a link for a colleague shows.
type LookData struct {
	StudioData

	Until                 time.Time // when the link ends
	Caption, Credit, Lang string
}

// Look writes the page of a draft.
func (p *Pages) Look(w io.Writer, d LookData) error {
	return p.set.ExecuteTemplate(w, "look.html", d)
}

// NoLook writes the page of a link that does not work, because it has expired or was changed.
func (p *Pages) NoLook(w io.Writer, expired bool) error {
	return p.set.ExecuteTemplate(w, "nolook.html", expired)
}
