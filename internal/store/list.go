package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"newsroom.example/cards/internal/article"
)

// State selects articles in a list.
type State string

// The states. Without one, a list has the articles that are live or embargoed.
const (
	Live      State = "live"      // readers see it
	Embargoed State = "embargoed" // readers see it later
	Withdrawn State = "withdrawn"
)

// ArticleQuery selects the articles of a list. Zero fields select all.
//
// The list is ordered by article ID, in byte order. With Newest the article that was registered last comes first, by
// Record.Created. With Since, which Newest goes without, it is ordered by the time of change: an article that changes
// while its pages are read comes again at the end, and none is missed.
type ArticleQuery struct {
	After Cursor // as the page before returned it
	Limit int    // maximum number of articles
	Site  string
	Kind  string    // "news" includes the articles without a kind
	Since time.Time // changed at this time or later, to the millisecond
	Text  string    // words, as Fold returns them, each of which the ID, the headline or the URL contains; see Words
	State State
	Now   time.Time // decides between Live and Embargoed

	Newest bool
}

// Cursor is the place in a list after which a page begins. The zero value is the beginning.
type Cursor struct {
	Changed time.Time // in lists of the newest, when it was registered; zero in lists that are ordered by ID
	ID      string
}

// String returns the text that ParseCursor parses, empty for the zero value.
func (c Cursor) String() string {
	if c.Changed.IsZero() {
		return c.ID
	}
	return strconv.FormatInt(c.Changed.UnixMilli(), 10) + "~" + c.ID
}

// ParseCursor parses a cursor. byChange says that it must be of a list that is ordered by a time; otherwise it must be
// of one that is ordered by ID. It does not check the ID.
func ParseCursor(text string, byChange bool) (c Cursor, ok bool) {
	if text == "" {
		return Cursor{}, true
	}
	ms, id, timed := strings.Cut(text, "~")
	if !timed {
		return Cursor{ID: text}, !byChange
	}
	n, err := strconv.ParseInt(ms, 10, 64)
	c = Cursor{Changed: time.UnixMilli(n).UTC(), ID: id}
	return c, byChange && err == nil && c.String() == text
}

// Fold returns text for comparisons that ignore case: in lower case and in Normalization Form C.
func Fold(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// maxWords bounds the number of texts that each article is searched for.
const maxWords = 8

// Words returns the words of Text, each as the texts of which one must be contained: the word, and if URLs spell it in
// another way, that. URLs are stored with escapes (%EC%84%9C), while people search for what they read (서). The last one
// of many words has all that follow it.
func (q ArticleQuery) Words() (words [][]string) {
	all := strings.Fields(q.Text)
	if len(all) > maxWords {
		all = append(all[:maxWords-1], strings.Join(all[maxWords-1:], " "))
	}
	for _, word := range all {
		words = append(words, spellings(word))
	}
	return words
}

func spellings(word string) []string {
	var escaped strings.Builder
	for i := range len(word) {
		if c := word[i]; c > ' ' && c < 0x7f {
			escaped.WriteByte(c)
		} else {
			fmt.Fprintf(&escaped, "%%%02x", c)
		}
	}
	if escaped.String() == word {
		return []string{word}
	}
	return []string{word, escaped.String()}
}

// Searched returns the text in which ArticleQuery.Text is looked for.
func (r Record) Searched() string { return Fold(r.Article.Headline + "\n" + r.Article.URL) }

// Kind returns the kind by which the article is listed.
func (r Record) Kind() string {
	if r.Article.Kind == "" {
		return article.Kinds[0]
	}
	return r.Article.Kind
}
