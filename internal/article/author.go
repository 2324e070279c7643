package article

import (
	"net/url"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/share"
)

// Author is one of those who wrote an article. All fields but the name may be empty.
type Author struct {
	Name      string `json:"name"`
	URL       string `json:"url,omitempty"`       // of a page about the author; absolute http or https
	X         string `json:"x,omitempty"`         // account on X, without @
	Fediverse string `json:"fediverse,omitempty"` // account such as lee@social.example, without the first @
}

// MaxAuthors is the maximum number of authors. The names of all must also fit into a byline.
const MaxAuthors = 32

var (
	xForm         = lazyregexp.New(`^[A-Za-z0-9_]{1,15}$`)
	fediverseForm = lazyregexp.New(`^([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?)@([^@/?#:\\\s]{1,255})$`)
)

func (a Author) isHTML() bool { return clean.IsHTML(a.Name) || weburl.IsHTML(a.URL) }

// normalizeAuthors checks the authors, and sets the byline to their names if there are any.
func (a *Article) normalizeAuthors(f *card.Fields) {
	if len(a.Authors) > MaxAuthors {
		f.Add("byline", "has %d authors; at most %d are taken", len(a.Authors), MaxAuthors)
		return
	}
	var kept []Author
	faults := len(card.FieldErrors(f.Err()))
	for i, author := range a.Authors {
		if author = author.normalize(a.Format, i+1, f); author.Name != "" {
			kept = append(kept, author)
		}
	}
	if a.Authors = kept; len(kept) == 0 {
		return
	}
	a.Byline = joinNames(a.names(), a.language())
	if len(card.FieldErrors(f.Err())) == faults { // else a name that is too long would be named twice
		f.LineAs(clean.Text, "byline", &a.Byline, card.MaxShort)
	}
}

// normalize returns the author in its canonical form. nth is its place in the list, from 1, for the errors.
func (a Author) normalize(format clean.Format, nth int, f *card.Fields) Author {
	f.LineAs(format, "byline", &a.Name, card.MaxShort)
	if a.Name == "" && a != (Author{}) {
		f.Add("byline.name", "of author %d is required", nth)
	}
	if a.URL != "" {
		profile, err := share.CanonicalAs(format, a.URL)
		if err != nil {
			f.Add("byline.url", "of author %d %s", nth, fieldProblem(err))
		}
		a.URL = profile
	}
	given := a.X
	if a.X = strings.TrimPrefix(given, "@"); given != "" && !xForm().MatchString(a.X) {
		f.Add("byline.x", "of author %d must be an account of at most 15 letters, digits and _", nth)
	}
	account, ok := fediverseAccount(a.Fediverse)
	if !ok {
		f.Add("byline.fediverse", "of author %d must be an account with its server, such as @lee@social.example", nth)
	}
	a.Fediverse = account
	return a
}

// fediverseAccount returns an account of the fediverse in its canonical form; ok is false if it is none. An empty
// account stays empty.
func fediverseAccount(s string) (account string, ok bool) {
	if s == "" {
		return "", true
	}
	parts := fediverseForm().FindStringSubmatch(strings.TrimPrefix(s, "@"))
	if parts == nil {
		return "", false
	}
	host, err := weburl.Host(&url.URL{Scheme: "https", Host: parts[2]})
	return parts[1] + "@" + host, err == nil
}

// names returns the names of the authors.
func (a Article) names() (all []string) {
	for _, author := range a.Authors {
		all = append(all, author.Name)
	}
	return all
}

// By returns everyone who wrote the article: the authors, or the byline as the only one; none without either.
func (a Article) By() []Author {
	if len(a.Authors) == 0 && a.Byline != "" {
		return []Author{{Name: a.Byline}}
	}
	return slices.Clone(a.Authors)
}
