package card_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
)

// TestOwnFields: the newsroom's own fields, and the other texts of templates, go into a query and come back.
func TestOwnFields(t *testing.T) {
	q := url.Values{
		"headline": {"Harbor United win the cup"}, "fields[number]": {" 3–0 "}, "fields[length]": {""}, "fields[at_home]": {"Q&amp;A"},
		"deck": {"A late  winner"}, "speaker": {"The captain"}, "speaker_role": {"after the match"}, "kind": {"live"}, "time": {"21:40"},
	}
	got, err := card.Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	want := card.Card{
		Headline: "Harbor United win the cup", Fields: map[string]string{"number": "3–0", "at_home": "Q&A"}, Deck: "A late winner",
		Speaker: "The captain", SpeakerRole: "after the match", Kind: "live", Time: "21:40", Size: card.OpenGraph,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again, err := card.Parse(got.Values())
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Error(err, diff)
	}
	other := got
	other.Fields = map[string]string{"number": "3–1", "at_home": "Q&A"}
	if got.Key("1", "png") == other.Key("1", "png") {
		t.Error("another score has the same key")
	}
	if fields := (card.Card{Fields: map[string]string{"a": "Q&amp;A", "b": "plain"}}).HTMLFields(); !slices.Equal(fields, []string{"fields.a"}) {
		t.Errorf("HTML in %q", fields)
	}
	if c, err := (card.Card{Headline: "A", Kind: "news"}).Normalize(); err != nil || c.Kind != "" {
		t.Errorf("the kind news is %q, %v", c.Kind, err)
	}
}

func TestOwnFieldsAtFault(t *testing.T) {
	many := url.Values{"headline": {"A"}}
	for i := range card.MaxFields + 1 {
		many.Set("fields["+string(rune('a'+i))+"]", "x")
	}
	for field, q := range map[string]url.Values{
		"fields":        many,
		"fields.score":  {"headline": {"A"}, "fields[score]": {strings.Repeat("x", card.MaxField+1)}},
		"time":          {"headline": {"A"}, "time": {"9:05"}},
		"kind":          {"headline": {"A"}, "kind": {"gossip"}},
		"fields[a":      {"headline": {"A"}, "fields[a": {"x"}},
		"fields[score]": {"headline": {"A"}, "fields[score]": {"x", "y"}},
	} {
		_, err := card.Parse(q)
		if all := card.FieldErrors(err); len(all) != 1 || all[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, name := range []string{"Score", "", "a b", strings.Repeat("a", 25)} {
		_, err := card.Parse(url.Values{"headline": {"A"}, "fields[" + name + "]": {"x"}})
		if all := card.FieldErrors(err); len(all) != 1 || all[0].Field != "fields" {
			t.Errorf("%q: %v", name, err)
		}
	}
}

var face = card.Photo{URL: "https://pictures.example/author.jpg"}

// TestPortrait: the portrait is a picture of its own in the query, in the key and in what is refused.
func TestPortrait(t *testing.T) {
	q := url.Values{"headline": {"A"}, "photo": {"upload:0123456789abcdef"}, "portrait": {"https://pictures.example/a.jpg"},
		"portrait_focal": {"0.5,0.25"}}
	c, err := card.Parse(q)
	if err != nil || c.Photo.Focal != nil || c.Portrait.URL != q.Get("portrait") || *c.Portrait.Focal != (card.Focal{X: .5, Y: .25}) {
		t.Fatalf("%+v, %v", c, err)
	}
	if back := c.Values(); back.Encode() != q.Encode() {
		t.Errorf("printed as %s", back.Encode())
	}
	if !c.ByURL() || c.Photo.ByURL() {
		t.Error("a portrait by URL can change at any time")
	}
	without := c
	without.Portrait = card.Photo{}
	if without.ByURL() || without.Key("1", "jpg") == c.Key("1", "jpg") {
		t.Error("the key is the same without the portrait")
	}
	for _, tt := range []struct{ name, value, field string }{
		{"portrait", "ftp://pictures.example/a.jpg", "portrait"}, {"portrait", "upload:../a", "portrait"},
		{"portrait_focal", "2,0", "portrait_focal"}, {"portrait_focal", "a", "portrait_focal"},
	} {
		bad := url.Values{"headline": {"A"}, "portrait": q["portrait"]}
		bad.Set(tt.name, tt.value)
		_, err := card.Parse(bad)
		if all := card.FieldErrors(err); len(all) != 1 || all[0].Field != tt.field {
			t.Errorf("%s=%s: %v", tt.name, tt.value, err)
		}
	}
}

// TestTemplateOfStory: a card without a template has the one that suits what the story has.
func TestTemplateOfStory(t *testing.T) {
	for _, tt := range []struct {
		c        card.Card
		hasPhoto bool
		want     string
		format   string
	}{
		{card.Card{}, false, "text", "png"}, {card.Card{}, true, "photo", "jpg"},
		{card.Card{Badge: "breaking"}, false, "breaking", "png"}, {card.Card{Badge: "breaking"}, true, "photo", "jpg"},
		{card.Card{Speaker: "The captain"}, false, "quote", "png"}, {card.Card{Speaker: "The captain"}, true, "quote", "jpg"},
		{card.Card{Fields: map[string]string{"number": "3–0"}}, false, "number", "png"},
		{card.Card{Fields: map[string]string{"number": "3–0"}}, true, "photo", "jpg"},
		{card.Card{Fields: map[string]string{"length": "2:14"}}, true, "video", "jpg"},
		{card.Card{Kind: "live", Deck: "Ferries are suspended"}, true, "live", "jpg"}, {card.Card{Kind: "live"}, true, "photo", "jpg"},
		{card.Card{Kind: "opinion"}, true, "photo", "jpg"}, {card.Card{Kind: "opinion"}, false, "text", "png"},
		{card.Card{Kind: "opinion", Portrait: face}, true, "opinion", "jpg"},
		{card.Card{Kind: "opinion", Portrait: face}, false, "opinion", "jpg"},
		{card.Card{Speaker: "The captain", Portrait: face}, false, "quote", "jpg"},
		{card.Card{Portrait: face}, false, "text", "png"}, {card.Card{Portrait: face}, true, "photo", "jpg"},
		{card.Card{Template: "breaking"}, true, "breaking", "png"}, {card.Card{Template: "split", Speaker: "The captain"}, true, "split", "jpg"},
	} {
		if tt.hasPhoto {
			tt.c.Photo.URL = "https://pictures.example/a.jpg"
		}
		if got := tt.c.TemplateName(tt.hasPhoto); got != tt.want || tt.c.Format() != tt.format {
			t.Errorf("%+v: %s as %s, want %s as %s", tt.c, got, tt.c.Format(), tt.want, tt.format)
		}
	}
}
