package stories

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// says returns a JPEG that depends on the seed, whose file has a caption and a credit.
func says(seed uint64, caption, credit string) []byte {
	packet := fmt.Appendf(nil, "http://ns.adobe.com/xap/1.0/\x00"+`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
		xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"
		xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="%s"><dc:description>%s</dc:description>
		</rdf:Description></rdf:RDF></x:xmpmeta>`, credit, caption)
	data := photoOf(seed)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(2+len(packet)))
	return append(append(append([]byte{}, data[:2]...), append(segment, packet...)...), data[2:]...)
}

// TestWhatThePhotoSays: an article without caption and credit shows those of its photo's file, and says so. Its own come
// first. They change and go with the photo, and stay while its source is away.
func TestWhatThePhotoSays(t *testing.T) {
	h := newHouse(t)
	codesOf := func(r Result) (all string) {
		for _, w := range r.Warnings {
			if all += w.Code + " "; !isSentence(w.Message) {
				t.Errorf("%s: %q is no sentence", w.Code, w.Message)
			}
		}
		return all
	}
	photo := func(caption, credit string) func(*source) {
		return func(s *source) { s.photo, s.status = says(1, caption, credit), 0 }
	}
	away := func(s *source) { s.status = 503 }
	put := func(change func(*article.Article)) (article.Article, string) {
		t.Helper()
		a := h.story()
		a.Caption, a.Credit = "", ""
		if change != nil {
			change(&a)
		}
		r, err := h.Put(t.Context(), a, PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Record.Shown(), codesOf(r)
	}
	is := func(why string, a article.Article, codes, caption, credit, want string) {
		t.Helper()
		if a.Caption != caption || a.Credit != credit || codes != want {
			t.Errorf("%s: %q, %q; %s, want %s", why, a.Caption, a.Credit, codes, want)
		}
	}
	h.source.change(photo("Fog &amp;amp; ferries\nat dawn", "Harbor Photos"))
	a, codes := put(nil)
	is("the file's", a, codes, "Fog &amp; ferries at dawn", "Harbor Photos", "caption_from_photo credit_from_photo ")
	rec, err := h.Article(t.Context(), "storm-1")
	if err != nil || rec.Article.Caption != "" || rec.Article.Credit != "" {
		t.Errorf("what was put: %q, %q, %v", rec.Article.Caption, rec.Article.Credit, err)
	}
	shown, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: rec.Version, Size: "og", Format: "jpg"})
	c := shown.Card
	if drawn, err2 := c.Normalize(); err != nil || err2 != nil || drawn.Caption != "Fog &amp; ferries at dawn" {
		t.Errorf("the card: %q, %v, %v", c.Caption, err, err2)
	}
	first := rec.Version
	if _, codes = put(nil); codes != "caption_from_photo credit_from_photo " {
		t.Errorf("again: %s", codes)
	}
	if rec, err = h.Article(t.Context(), "storm-1"); err != nil || rec.Version != first {
		t.Errorf("again: version %s after %s, %v", rec.Version, first, err)
	}
	a, codes = put(func(a *article.Article) { a.Caption = "Ours" })
	is("a caption of its own", a, codes, "Ours", "Harbor Photos", "credit_from_photo ")
	a, codes = put(func(a *article.Article) { a.Template = "text" })
	is("a template without photo", a, codes, "", "", "photo_unused ")
	put(nil)
	h.source.change(away)
	a, codes = put(func(a *article.Article) { a.Headline = "Storm front moves" })
	is("the source is away", a, codes, "Fog &amp; ferries at dawn", "Harbor Photos",
		"source_unavailable caption_from_photo credit_from_photo ")
	h.source.change(photo("Sun", ""))
	r, err := h.Refresh(t.Context(), "storm-1", PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	is("another photo", r.Record.Shown(), codesOf(r), "Sun", "", "no_credit caption_from_photo ")
	if _, err := h.WithdrawPhoto(t.Context(), r.Record.PhotoID); err != nil {
		t.Fatal(err)
	}
	rec, err = h.Article(t.Context(), "storm-1")
	if err != nil || rec.Shown().Caption != "" || len(rec.Warnings) != 1 || rec.Warnings[0].Code != fault.PhotoGone.Code() {
		t.Errorf("a withdrawn photo: %q, %v, %v", rec.Shown().Caption, rec.Warnings, err)
	}
}

// TestCaptionsThatCannotBe: what no article could send is left out.
func TestCaptionsThatCannotBe(t *testing.T) {
	for _, caption := range []string{"", "\u202e", strings.Repeat("long ", 1000)} {
		if a := (article.Article{}).Filling(caption, ""); a.FromPhoto.Caption != "" {
			t.Errorf("%q", a.FromPhoto.Caption)
		}
	}
}
