package card_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
)

func TestParse(t *testing.T) {
	got, err := card.Parse(url.Values{
		"headline": {"  Harbor towns\nbrace for a second night "}, "caption": {"Waves"}, "credit": {"Coast News"},
		"lang": {"en"}, "badge": {"breaking"}, "photo": {"https://pictures.example/a.jpg"}, "focal": {"0.25,0.75"},
		"size": {"800x400"}, "font_step": {"-1"}, "date": {"2026-11-23"}, "sig": {"x"}, "expires": {"1"}, "strict": {"1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := card.Card{
		Headline: "Harbor towns brace for a second night", Caption: "Waves", Credit: "Coast News", Lang: "en", Badge: "breaking",
		Photo: card.Photo{URL: "https://pictures.example/a.jpg", Focal: &card.Focal{X: .25, Y: .75}},
		Size:  card.Kakao, FontStep: -1, Date: "2026-11-23",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := want.Values().Get("size"); got != "kakao" {
		t.Errorf("a size with a name prints as %q", got)
	}
}

// TestHTMLIsDecoded: HTML is decoded in every text field, and in the URL of the photo.
func TestHTMLIsDecoded(t *testing.T) {
	const encoded, plain = `Tom &amp; <em>Jerry</em>&#8217;s`, `Tom & Jerry’s`
	came := card.Card{Headline: encoded, Caption: encoded, Credit: encoded, Byline: encoded, Kicker: encoded, Site: encoded, Badge: `Q&amp;A`,
		Photo: card.Photo{URL: "https://pictures.example/?a=1&amp;b=2"}}
	want := card.Card{Headline: plain, Caption: plain, Credit: plain, Byline: plain, Kicker: plain, Site: plain, Badge: `Q&A`,
		Photo: card.Photo{URL: "https://pictures.example/?a=1&b=2"}, Size: card.OpenGraph}
	got, err := came.Normalize()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	all := []string{"headline", "caption", "credit", "byline", "kicker", "site", "badge", "photo"}
	if fields := came.HTMLFields(); !slices.Equal(fields, all) {
		t.Errorf("%q", fields)
	}
	if fields := want.HTMLFields(); fields != nil {
		t.Errorf("%q", fields)
	}
	for in, want := range map[string]string{
		"AT&T: a < b, and how to write &lt;br&gt;": "AT&T: a < b, and how to write &lt;br&gt;",
		"a&#x202e;gpj.exe&#0;&#7;":                 "agpj.exe",
		"&amp;&#x202e;lt;b>":                       "&amp;&#x202e;lt;b>", // after the override is removed, it must not be decoded again
		"A&nbsp;&nbsp;plan <br> here":              "A plan here",
		strings.Repeat("&amp;", card.MaxHeadline):  strings.Repeat("&", card.MaxHeadline), // the limit applies to the decoded text
		"e&#769;": "é",
	} {
		got, err := card.Card{Headline: in}.Normalize()
		if err != nil || got.Headline != want {
			t.Errorf("%.50s: %+q, %v", in, got.Headline, err)
		}
	}
	if c, err := (card.Card{Headline: "A", Lang: "ko_KR"}).Normalize(); err != nil || c.Lang != "ko-KR" {
		t.Errorf("ko_KR becomes %q, %v", c.Lang, err)
	}
	if _, err := (card.Card{Headline: "<b>&nbsp;</b>"}).Normalize(); len(card.FieldErrors(err)) != 1 {
		t.Errorf("nothing to see: %v", err)
	}
}

func TestParseNamesTheFieldAtFault(t *testing.T) {
	long := strings.Repeat("가", card.MaxHeadline+1)
	for _, tt := range []struct {
		why, field string
		query      url.Values
	}{
		{"no headline", "headline", url.Values{}},
		{"blank headline", "headline", url.Values{"headline": {" \u200d\u3164 "}}},
		{"long headline", "headline", url.Values{"headline": {long}}},
		{"invalid UTF-8", "headline", url.Values{"headline": {"\xff\xfe"}}},
		{"lone surrogate", "headline", url.Values{"headline": {"\xed\xa0\x80"}}},
		{"NUL", "headline", url.Values{"headline": {"a\x00b"}}},
		{"escape", "caption", url.Values{"headline": {"a"}, "caption": {"\x1b[0m"}}},
		{"long caption", "caption", url.Values{"headline": {"a"}, "caption": {strings.Repeat("a", card.MaxCaption+1)}}},
		{"long badge", "badge", url.Values{"headline": {"a"}, "badge": {strings.Repeat("a", card.MaxBadge+1)}}},
		{"language", "lang", url.Values{"headline": {"a"}, "lang": {"english please"}}},
		{"template", "template", url.Values{"headline": {"a"}, "template": {"../fancy"}}},
		{"theme", "theme", url.Values{"headline": {"a"}, "theme": {"../x"}}},
		{"size name", "size", url.Values{"headline": {"a"}, "size": {"huge"}}},
		{"size small", "size", url.Values{"headline": {"a"}, "size": {"199x630"}}},
		{"size large", "size", url.Values{"headline": {"a"}, "size": {"1200x2401"}}},
		{"size sign", "size", url.Values{"headline": {"a"}, "size": {"+1200x630"}}},
		{"font step", "font_step", url.Values{"headline": {"a"}, "font_step": {"3"}}},
		{"font step word", "font_step", url.Values{"headline": {"a"}, "font_step": {"big"}}},
		{"date", "date", url.Values{"headline": {"a"}, "date": {"23 Nov"}}},
		{"focal range", "focal", url.Values{"headline": {"a"}, "photo": {"https://a.example/"}, "focal": {"1.5,0"}}},
		{"focal NaN", "focal", url.Values{"headline": {"a"}, "photo": {"https://a.example/"}, "focal": {"NaN,0"}}},
		{"focal form", "focal", url.Values{"headline": {"a"}, "photo": {"https://a.example/"}, "focal": {"center"}}},
		{"photo scheme", "photo", url.Values{"headline": {"a"}, "photo": {"file:///etc/passwd"}}},
		{"photo script", "photo", url.Values{"headline": {"a"}, "photo": {"javascript:alert(1)"}}},
		{"photo user", "photo", url.Values{"headline": {"a"}, "photo": {"http://a@127.0.0.1/"}}},
		{"photo relative", "photo", url.Values{"headline": {"a"}, "photo": {"//127.0.0.1/a"}}},
		{"photo opaque", "photo", url.Values{"headline": {"a"}, "photo": {"http:127.0.0.1"}}},
		{"photo backslash", "photo", url.Values{"headline": {"a"}, "photo": {`http://a\@b/`}}},
		{"photo ports", "photo", url.Values{"headline": {"a"}, "photo": {"http://a:80:80/"}}},
		{"photo port", "photo", url.Values{"headline": {"a"}, "photo": {"http://a.example:65536/"}}},
		{"photo control", "photo", url.Values{"headline": {"a"}, "photo": {"http://a.example/\u0085x"}}},
		{"photo encoded host", "photo", url.Values{"headline": {"a"}, "photo": {"http://%61.example/"}}},
		{"photo upload", "photo", url.Values{"headline": {"a"}, "photo": {"upload:../x"}}},
		{"unknown", "colour", url.Values{"headline": {"a"}, "colour": {"red"}}},
		{"repeated", "headline", url.Values{"headline": {"a", "b"}}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := card.Parse(tt.query)
			if !errors.Is(err, card.ErrInvalid) {
				t.Fatalf("got %v", err)
			}
			faults := card.FieldErrors(err)
			if len(faults) != 1 || faults[0].Field != tt.field {
				t.Errorf("faults %v, want one of %s", err, tt.field)
			}
		})
	}
}

func TestParseNamesEveryFault(t *testing.T) {
	_, err := card.Parse(url.Values{"size": {"x"}, "lang": {"?"}, "nope": {"1"}})
	var fields []string
	for _, fe := range card.FieldErrors(err) {
		fields = append(fields, fe.Field)
	}
	if diff := cmp.Diff([]string{"nope", "size", "headline", "lang"}, fields); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseAndValuesAreInverse(f *testing.F) {
	f.Add("headline=Rates+hold&caption=a%0Ab&size=300x200&focal=0.1,1&photo=https://a.example/x")
	f.Add("headline=Tom+%26amp%3B+Jerry%26%238217%3Bs&caption=%26amp%3B%26%23x202e%3Blt%3B&photo=https://a.example/?a%26amp%3Bb")
	f.Add("headline=%26am%E2%80%AEp%3B&caption=%3Cb%3Ea%3C/b%3E%CC%B8&kicker=%26amp%3Bamp%3B")
	f.Add("headline=%E2%80%AEabc&badge=%F0%9F%87%B0%F0%9F%87%B7&font_step=2&date=2026-01-31")
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		c, err := card.Parse(q)
		if err != nil {
			if !errors.Is(err, card.ErrInvalid) {
				t.Fatalf("%v is no fault of a field", err)
			}
			return
		}
		again, err := card.Parse(c.Values())
		if err != nil {
			t.Fatalf("%v does not parse: %v", c.Values(), err)
		}
		if diff := cmp.Diff(c, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestKeys(t *testing.T) {
	base := card.Card{Headline: "ab", Caption: "c", Size: card.OpenGraph}
	key := base.Key("r1", "jpg")
	for why, other := range map[string]card.Key{
		"moved text": card.Card{Headline: "a", Caption: "bc", Size: card.OpenGraph}.Key("r1", "jpg"),
		"size":       card.Card{Headline: "ab", Caption: "c", Size: card.Kakao}.Key("r1", "jpg"),
		"renderer":   base.Key("r2", "jpg"),
		"format":     base.Key("r1", "png"),
		"photo":      key.With("upload:1"),
	} {
		if other == key {
			t.Errorf("%s: the key is the same", why)
		}
	}
	if got := (card.Card{Headline: "ab", Caption: "c"}).Key("r1", "jpg"); got != key {
		t.Error("the default size, spelled out or not, has two keys")
	}
	if tag := key.ETag(); len(tag) < 16 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		t.Errorf("ETag %s", tag)
	}
}

func TestTemplateName(t *testing.T) {
	for _, tt := range []struct {
		asked    string
		hasPhoto bool
		want     string
	}{
		{"", true, "photo"}, {"", false, "text"}, {"text", true, "text"},
		{"quote", false, "quote"}, {"split", true, "split"},
	} {
		if got := (card.Card{Template: tt.asked}).TemplateName(tt.hasPhoto); got != tt.want {
			t.Errorf("%q with photo %t: %s, want %s", tt.asked, tt.hasPhoto, got, tt.want)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range []struct{ photo, template, want string }{
		{"", "", "png"}, {"", "photo", "png"}, {"upload:1", "", "jpg"}, {"upload:1", "split", "jpg"}, {"upload:1", "text", "png"},
	} {
		c := card.Card{Template: tt.template, Photo: card.Photo{URL: tt.photo}}
		if got := c.Format(); got != tt.want {
			t.Errorf("photo %q, template %q: %s, want %s", tt.photo, tt.template, got, tt.want)
		}
	}
}

// TestFaultsAreCounted: the first errors are listed, the others only counted.
func TestFaultsAreCounted(t *testing.T) {
	var f card.Fields
	for range card.MaxFaults {
		f.Add("x", "is wrong")
	}
	var more card.MoreFaults
	if err := f.Err(); errors.As(err, &more) || len(card.FieldErrors(err)) != card.MaxFaults {
		t.Errorf("%v", err)
	}
	f.Add("y", "is wrong")
	f.Add("z", "is wrong")
	if err := f.Err(); !errors.As(err, &more) || more != 2 || !errors.Is(more, card.ErrInvalid) || len(card.FieldErrors(err)) != card.MaxFaults {
		t.Errorf("%v", err)
	}
}

func TestMediaType(t *testing.T) {
	for format, want := range map[string]string{"png": "image/png", "jpg": "image/jpeg"} {
		if got := card.MediaType(format); got != want {
			t.Errorf("%s: %s", format, got)
		}
	}
}

// TestStepsSurviveTheQuery: every font step reads back as it was written; none is not written.
func TestStepsSurviveTheQuery(t *testing.T) {
	for step := -2; step <= 2; step++ {
		q := card.Card{Headline: "A", FontStep: step, Size: card.OpenGraph}.Values()
		back, err := card.Parse(q)
		if err != nil || back.FontStep != step || q.Has("font_step") != (step != 0) {
			t.Errorf("%d: %v, %d, %v", step, q, back.FontStep, err)
		}
	}
}
