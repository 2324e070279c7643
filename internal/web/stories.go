package web

import (
	"io"
	"time"
)

// StoriesData is the content of the list of stored stories.
type StoriesData struct {
	Visitor

	Text, Site, Kind, State, Order string // what is asked for
	Sites, Kinds, States, Orders   []Option
	Filtered                       bool
	Stories                        []StoryRow
	First                          bool   // it is the first page
	Counted                        bool   // it is a list of the most read
	Older                          string // URL of the next page; empty: there is none
	Partial                        bool   // the page is not full: the search took long
	Until                          time.Time
}

// StoryRow is a story of the list.
type StoryRow struct {
	ID, Headline, Lang, Site, Kind, Kicker, Badge, URL string
	State                                              string // live, embargoed or withdrawn
	Picture                                            string // URL on this origin; empty: there is none
	Link                                               string // to the story in the studio
	Created, Changed, Until                            time.Time
	Rank                                               int // 0: the list is not of the most read
	Reads, Shares                                      int64
}

// Stories writes the list of stored stories.
func (p *Pages) Stories(w io.Writer, d StoriesData) error {
	return p.set.ExecuteTemplate(w, "stories.html", d)
}

// OpenStory is what the studio shows of a stored story beside its form.
type OpenStory struct {
	ID, Version, Headline, URL, ShortURL string
	State                                string    // live, embargoed or withdrawn
	Until                                time.Time // end of the embargo
	Created, Changed                     time.Time
	CanEdit, HasPhoto                    bool
	Changes                              []string // labels of the fields that the editor has changed
	Outcome, Refused                     string   // what became of the last action
	Conflict                             *Conflict
	Warnings, Audit                      []Check
	Audited                              bool
	Periods                              []Period
	Older                                string // URL of the page with older versions
	Stats                                Stats
	Journal                              []Entry
}

// Conflict is what others have changed in a story since the editor opened it.
type Conflict struct {
	Who  string // who has made the last change; empty: unknown
	At   time.Time
	Rows []ConflictRow
}

// ConflictRow is a field that others have changed.
type ConflictRow struct {
	Field, Label, Theirs, Yours string
	Both                        bool // the editor has changed it too; the form has her text
	Words                       []Words
}

// Period is a time in which one version was live, or in which the story was withdrawn.
type Period struct {
	Version       string
	From, Until   time.Time // zero Until: now
	Withdrawn     bool
	Before, After string // URLs of the pictures; empty: there is none
	Changes       []Change
}

// Change is a field in which a version differs from the one before it.
type Change struct {
	Label string
	Words []Words
}

// Words are a part of a comparison: Op is same, gone or new.
type Words struct{ Op, Text string }

// Entry is an entry of the journal.
type Entry struct {
	At                         time.Time
	Who, What, Detail, Version string
}

// NoStoryData is the content of the page for a story that is not there.
type NoStoryData struct{ Visitor }

// NoStory writes the page for editors who ask for a story that is not there.
func (p *Pages) NoStory(w io.Writer, d NoStoryData) error {
	return p.set.ExecuteTemplate(w, "nostory.html", d)
}

// Moment is a time for the template "time".
type Moment struct{ Attribute, Text string }

// moment returns a time as pages show it, in the zone of the service.
func moment(t time.Time) Moment {
	local := t.In(time.Local)
	return Moment{local.Format(time.RFC3339), local.Format("2 Jan 2006, 15:04")}
}
