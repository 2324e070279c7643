package article_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

func story() article.Article {
	return article.Article{
		ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm front stalls over the west coast",
		Caption: "Waves break over the old pier.", Credit: "Coast News", Byline: "By the Weather Desk", Kicker: "Weather",
		Site: "The Harbor Post", Lang: "en", Photo: article.Photo{URL: "https://pictures.example/pier.jpg"},
		PublishedAt: time.Date(2026, 11, 23, 5, 0, 0, 0, time.FixedZone("", 9*3600)), Tags: []string{"storm", "coast"},
	}
}

func TestNormalizeNamesTheFieldAtFault(t *testing.T) {
	for _, tt := range []struct {
		field  string
		change func(*article.Article)
	}{
		{"id", func(a *article.Article) { a.ID = "a/b" }},
		{"id", func(a *article.Article) { a.ID = ".." }},
		{"id", func(a *article.Article) { a.ID = strings.Repeat("a", 129) }},
		{"url", func(a *article.Article) { a.URL = "" }},
		{"url", func(a *article.Article) { a.URL = "javascript:alert(1)" }},
		{"headline", func(a *article.Article) { a.Headline = " " }},
		{"caption", func(a *article.Article) { a.Caption = "a\x00" }},
		{"photo.url", func(a *article.Article) { a.Photo.URL = "ftp://a/b" }},
		{"photo.focal", func(a *article.Article) { a.Photo.Focal = &card.Focal{X: 2} }},
		{"portrait.url", func(a *article.Article) { a.Portrait.URL = "ftp://a/b" }},
		{"portrait.focal", func(a *article.Article) {
			a.Portrait = article.Photo{URL: "https://pictures.example/a.jpg", Focal: &card.Focal{X: 2}}
		}},
		{"portrait.alt", func(a *article.Article) { a.Portrait.Alt = strings.Repeat("a", 421) }},
		{"photo.alt", func(a *article.Article) { a.Photo.Alt = strings.Repeat("a", 421) }},
		{"kind", func(a *article.Article) { a.Kind = "rumour" }},
		{"tags", func(a *article.Article) { a.Tags = make([]string, 33) }},
		{"tags", func(a *article.Article) { a.Tags = []string{strings.Repeat("a", 101)} }},
		{"description", func(a *article.Article) { a.Description = strings.Repeat("a", 1001) }},
		{"font_step", func(a *article.Article) { a.FontStep = -3 }},
	} {
		a := story()
		tt.change(&a)
		_, err := a.Normalize()
		faults := card.FieldErrors(err)
		if len(faults) != 1 || faults[0].Field != tt.field {
			t.Errorf("%s: got %v", tt.field, err)
		}
	}
}

// TestHTMLIsDecoded: an article with HTML equals the article with the decoded text, and has the same version.
func TestHTMLIsDecoded(t *testing.T) {
	plain, err := article.Article{ID: "a", URL: "https://news.example/?a=1&b=2", Headline: `Tom & Jerry’s "day" out`, Site: "R&D Post",
		Description: "AT&T plan…", Photo: article.Photo{URL: "https://pictures.example/?w=1&h=2", Alt: "A <3"}, Tags: []string{"R&D", "storm"}}.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	came := article.Article{ID: "a", URL: "https://news.example/?a=1&amp;b=2", Headline: `Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>`, Site: "R&amp;D Post",
		Description: "<p>AT&amp;T&nbsp;plan&hellip;</p>", Photo: article.Photo{URL: "https://pictures.example/?w=1&#038;h=2", Alt: "A &lt;3"}, Tags: []string{"R&amp;D", "storm"}}
	got, err := came.Normalize()
	if diff := cmp.Diff(plain, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if got.Version("") != plain.Version("") {
		t.Error("two versions")
	}
	if fields := came.HTMLFields(); !slices.Equal(fields, []string{"url", "headline", "site", "photo.url", "photo.alt", "description", "tags"}) {
		t.Errorf("%q", fields)
	}
	if fields := got.HTMLFields(); fields != nil {
		t.Errorf("%q", fields)
	}
	again, err := got.Normalize()
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestVersionFollowsWhatAReaderSees(t *testing.T) {
	base := story().Version("")
	if len(base) != 16 {
		t.Errorf("version %q", base)
	}
	for _, tt := range []struct {
		why    string
		same   bool
		change func(*article.Article)
	}{
		{"nothing", true, func(*article.Article) {}},
		{"updated_at", true, func(a *article.Article) { a.UpdatedAt = time.Now() }},
		{"embargo", true, func(a *article.Article) { a.EmbargoUntil = time.Now() }},
		{"another zone, the same day", true, func(a *article.Article) {
			a.PublishedAt = a.PublishedAt.In(time.FixedZone("", 10*3600))
		}},
		{"another zone, another day", false, func(a *article.Article) { a.PublishedAt = a.PublishedAt.UTC() }},
		{"headline", false, func(a *article.Article) { a.Headline += "!" }},
		{"caption", false, func(a *article.Article) { a.Caption = "" }},
		{"focal", false, func(a *article.Article) { a.Photo.Focal = &card.Focal{X: .5, Y: .5} }},
		{"font step", false, func(a *article.Article) { a.FontStep = 1 }},
		{"moved text", false, func(a *article.Article) { a.Byline, a.Kicker = a.Kicker, a.Byline }},
	} {
		a := story()
		tt.change(&a)
		if got := a.Version("") == base; got != tt.same {
			t.Errorf("%s: same version %t, want %t", tt.why, got, tt.same)
		}
	}
}

func TestCardShowsTheNewsroomsDay(t *testing.T) {
	if got := story().Card(card.Kakao); got.Date != "2026-11-23" || got.Size != card.Kakao {
		t.Errorf("date %s, size %v", got.Date, got.Size)
	}
}

func TestAlt(t *testing.T) {
	long := strings.Repeat("words and more ", 60)
	for _, tt := range []struct {
		why    string
		change func(*article.Article)
		want   string
	}{
		{"caption and credit", func(*article.Article) {},
			"Storm front stalls over the west coast. Photo: Waves break over the old pier. (Coast News)"},
		{"the photo's own words", func(a *article.Article) { a.Photo.Alt, a.Credit = "A pier in surf", "" },
			"Storm front stalls over the west coast. Photo: A pier in surf"},
		{"Korean by its script", func(a *article.Article) { a.Lang, a.Headline, a.Caption = "", "강풍 특보 확대…", "방파제" },
			"강풍 특보 확대… 사진: 방파제 (Coast News)"},
		{"a portrait", func(a *article.Article) {
			a.Credit, a.Portrait = "", article.Photo{URL: "https://pictures.example/min.jpg", Alt: "Min Lee"}
		},
			"Storm front stalls over the west coast. Photo: Waves break over the old pier. Photo: Min Lee"},
		{"a portrait alone", func(a *article.Article) {
			a.Photo, a.Caption, a.Portrait = article.Photo{}, "", article.Photo{URL: "https://pictures.example/min.jpg", Alt: "Min Lee"}
		},
			"Storm front stalls over the west coast. Photo: Min Lee"},
		{"no photo", func(a *article.Article) { a.Photo.URL = "" },
			"Storm front stalls over the west coast. Waves break over the old pier."},
		{"headline alone", func(a *article.Article) { a.Caption, a.Credit = "", "" },
			"Storm front stalls over the west coast"},
	} {
		a := story()
		tt.change(&a)
		if diff := cmp.Diff(tt.want, a.Alt()); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
	a := story()
	a.Caption = long
	if alt := []rune(a.Alt()); len(alt) > article.MaxAlt || !strings.HasSuffix(string(alt), "…") {
		t.Errorf("%d characters: %s", len(alt), string(alt))
	}
}

func TestPublic(t *testing.T) {
	a := story()
	a.EmbargoUntil = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	if a.Public(a.EmbargoUntil.Add(-time.Second)) || !a.Public(a.EmbargoUntil) {
		t.Error("the embargo ends at another second")
	}
}

// TestCampaignTags: they are in the address that readers share, and in nothing else.
func TestCampaignTags(t *testing.T) {
	plain, err := story().Normalize()
	if err != nil || plain.Shared != "" || plain.SharedURL() != plain.URL {
		t.Fatalf("%q, %v", plain.Shared, err)
	}
	given := story()
	given.URL += "?fbclid=x&utm_source=paper&id=7&amp;utm_campaign=a+b"
	tagged, err := given.Normalize()
	if err != nil || tagged.URL != "https://news.example/storm?id=7" || tagged.SharedURL() != "https://news.example/storm?utm_source=paper&id=7&utm_campaign=a+b" {
		t.Fatalf("%q, %q, %v", tagged.URL, tagged.SharedURL(), err)
	}
	untagged := story()
	untagged.URL += "?id=7"
	if untagged, err = untagged.Normalize(); err != nil || untagged.Version("") != tagged.Version("") || untagged.Shared != "" {
		t.Errorf("the version depends on campaign tags: %+v, %v", untagged, err)
	}
	again, err := tagged.Normalize()
	if diff := cmp.Diff(tagged, again); diff != "" || err != nil {
		t.Error(err, diff)
	}
	for url, want := range map[string]string{
		"https://news.example/other":                     "https://news.example/other",
		"https://news.example/storm?id=7&utm_medium=tv":  "https://news.example/storm?id=7&utm_medium=tv",
		"https://news.example/storm?id=8&fbclid=another": "https://news.example/storm?id=8",
	} {
		a := tagged
		a.URL, a.Shared = url, ""
		if a, err = a.Normalize(); err != nil || a.SharedURL() != want {
			t.Errorf("%s instead: %s, %v", url, a.SharedURL(), err)
		}
	}
	const page, other = "https://news.example/storm?id=7", "https://news.example/storm?id=8"
	for _, tt := range []struct{ url, shared, want string }{
		{page, page + "&amp;utm_medium=tv&fbclid=x", page + "&utm_medium=tv"}, {page, page, page},
		{page + "&utm_medium=tv", page + "&utm_medium=tv", page + "&utm_medium=tv"},
		{page, other + "&utm_medium=tv", ""}, {page, "storm", ""}, {page + "&utm_medium=tv", page + "&utm_medium=mail", ""},
	} {
		a := tagged
		a.URL, a.Shared = tt.url, tt.shared
		a, err := a.Normalize()
		if tt.want == "" {
			if faults := card.FieldErrors(err); len(faults) != 1 || faults[0].Field != "shared_url" {
				t.Errorf("%s shared as %s: %v", tt.url, tt.shared, err)
			}
		} else if err != nil || a.URL != page || a.SharedURL() != tt.want {
			t.Errorf("%s shared as %s: %s, %s, %v", tt.url, tt.shared, a.URL, a.SharedURL(), err)
		}
	}
	if tags := article.Meta(article.MetaInput{Article: tagged}); strings.Contains(tags, "utm_") || !strings.Contains(tags, "storm?id=7") {
		t.Errorf("tags: %s", tags)
	}
}
