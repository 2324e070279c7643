package handlers

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"time"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/pictures"
)

func TestStudioState(t *testing.T) {
	h := newHouse(t)
	var got api.StudioState
	if err := json.Unmarshal([]byte(text(t, h.do(t, authorized("GET", "/studio.json?headline=A&url=https://news.example/a&photo=upload:0123456789abcdef", "")))), &got); err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(got.CardUrl)
	if err != nil || at.Path != "/v1/card.jpg" || h.deps.Signer.Verify(at.Path, at.Query(), noon) != nil {
		t.Errorf("card %s", got.CardUrl)
	}
	if len(got.Links) != 5 || len(got.Problems) != 0 || !strings.Contains(got.Meta, "https://cards.example/v1/card.jpg?") || !strings.Contains(got.Curl, "curl -X PUT") {
		t.Errorf("%+v", got)
	}
	if err := json.Unmarshal([]byte(text(t, h.do(t, authorized("GET", "/studio.json?headline=&size=1x1", "")))), &got); err != nil || len(got.Problems) != 2 {
		t.Errorf("%+v", got.Problems)
	}
}

// state is the studio's state of a form.
func (h *house) state(t *testing.T, query string) api.StudioState {
	t.Helper()
	var got api.StudioState
	if err := json.Unmarshal([]byte(text(t, h.do(t, authorized("GET", "/studio.json?"+query, "")))), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestStudioCards(t *testing.T) {
	h := newHouse(t)
	got := h.state(t, "headline=A&url=https://news.example/a&description=D&alt=B&photo=upload:0123456789abcdef")
	var names []string
	for _, c := range got.Cards {
		at, err := url.Parse(c.Url)
		if err != nil || h.deps.Signer.Verify(at.Path, at.Query(), noon) != nil || c.File != "card-"+c.Name+".jpg" {
			t.Errorf("%+v", c)
		}
		names = append(names, c.Name)
	}
	if strings.Join(names, " ") != "og twitter kakao square portrait story" {
		t.Errorf("sizes %v", names)
	}
	if s := got.Story; s.Headline != "A" || s.Summary != "D" || s.Host != "news.example" || s.Button != "Read the story" {
		t.Errorf("%+v", s)
	}
	if !strings.Contains(got.Meta, `property="og:image:alt" content="B"`) && !strings.Contains(got.Meta, "B") || !strings.Contains(got.Curl, `"alt": "B"`) || !strings.Contains(got.Curl, `"description": "D"`) {
		t.Errorf("meta %s\ncurl %s", got.Meta, got.Curl)
	}
	if got := h.state(t, "url=https://news.example/a&headline=-5%20degrees&font_step=-2&photo=upload:0123456789abcdef"); got.Command != "cards render --font-step='-2' --headline='-5 degrees' --photo=PHOTO-FILE --out card.jpg" {
		t.Errorf("command %s", got.Command)
	}
	long := h.state(t, "headline=A&url=https://news.example/a&description="+strings.Repeat("d", 1001)+"&alt="+strings.Repeat("b", 421))
	var fields []string
	for _, p := range long.Problems {
		fields = append(fields, p.Field)
	}
	slices.Sort(fields)
	if strings.Join(fields, " ") != "alt description" {
		t.Errorf("problems %+v", long.Problems)
	}
}

// TestCurlCanBeRead: an & is no escape, and the token is where this service keeps it.
func TestCurlCanBeRead(t *testing.T) {
	h := newHouse(t)
	query := url.Values{"headline": {"Tom & Jerry <late>"}, "url": {"https://news.example/?a=1&b=2"}}.Encode()
	got := h.state(t, query).Curl
	for _, want := range []string{`"Authorization: Bearer $CARDS_API_TOKEN"`, `"headline": "Tom & Jerry <late>"`, `"url": "https://news.example/?a=1&b=2"` + "\n}'"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	h = newHouse(t)
	h.deps.StudioKey = studioKey
	if got := h.state(t, query).Curl; !strings.Contains(got, `"Authorization: Bearer $(cat data/api-token)"`) {
		t.Errorf("on this machine: %s", got)
	}
}

// TestSizesHaveOneName: checks and pictures call them what the choice above the card does.
func TestSizesHaveOneName(t *testing.T) {
	h := newHouse(t)
	if page := text(t, h.do(t, authorized("GET", "/", ""))); !strings.Contains(page, `download="card-kakao.jpg">KakaoTalk <small>`) {
		t.Errorf("the page: %s", page)
	}
	h.pictures.figures = func(c card.Card) (pictures.Figures, error) {
		return pictures.Figures{HeadlinePx: 78, Headline: 4, Cuts: []pictures.Cut{{Role: "headline", After: "A", Shown: 1}}}, nil
	}
	var got api.StudioFigures
	if err := json.Unmarshal([]byte(text(t, h.do(t, authorized("GET", h.state(t, "headline=A").FiguresUrl, "")))), &got); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, c := range got.Checks {
		said = append(said, c.Message)
	}
	for _, want := range []string{"The headline is cut in Link after “A”, and in X, KakaoTalk, Square, Portrait, Story.", "In Link the text has a contrast"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("%q is not in %q", want, said)
		}
	}
}

// TestSampleHasNoAddress: a first visit shows the sample's links and tags beside an empty address
// field, and so does its form as the script sends it; another headline gets none of them.
func TestSampleHasNoAddress(t *testing.T) {
	h := newHouse(t)
	page := text(t, h.do(t, authorized("GET", "/", "")))
	if !strings.Contains(page, `name="url" form="form" type="text" inputmode="url" value=""`) || !strings.Contains(page, studio.SampleURL) {
		t.Errorf("the page: %s", page)
	}
	looks := url.Values{"theme": {"press"}, "size": {"story"}}
	maps.Copy(looks, studio.Sample)
	for why, q := range map[string]url.Values{"the sample": studio.Sample, "in another look": looks} {
		got := h.state(t, q.Encode())
		if len(got.Links) != 5 || !strings.Contains(got.Meta, studio.SampleURL) || got.Story.Host != "news.example" || strings.Contains(shownParts(got.Checks), "url:f") {
			t.Errorf("%s: %+v", why, got)
		}
	}
	own := maps.Clone(studio.Sample)
	own.Set("headline", "A story of one's own")
	if got := h.state(t, own.Encode()); len(got.Links) != 0 || got.Meta != "" || !strings.Contains(shownParts(got.Checks), "url:f") {
		t.Errorf("another headline: %+v", got)
	}
	if got := h.state(t, studio.Sample.Encode()+"&url=https://paper.example/a"); strings.Contains(got.Meta, studio.SampleURL) || !strings.Contains(got.Meta, "https://paper.example/a") {
		t.Errorf("an address of one's own: %s", got.Meta)
	}
	if len(studio.Sample["url"]) > 0 {
		t.Error("the sample was changed")
	}
}

func TestFormChecks(t *testing.T) {
	full := "headline=A&url=https://news.example/a&description=D&alt=B&caption=C&credit=E&site=S&photo=upload:0123456789abcdef"
	for _, tt := range []struct {
		why, query string
		want       string // the fields, each with f for a fault and n for a note
	}{
		{"all there", full, ""},
		{"no photo", "headline=A&url=https://news.example/a&description=D&site=S", "photo:n"},
		{"a bare photo", "headline=A&url=https://news.example/a&site=S&photo=upload:0123456789abcdef", "alt:n credit:n caption:n description:n"},
		{"an unused photo", full + "&template=text", "template:f"},
		{"HTML in the alt text", strings.Replace(full, "alt=B", "alt=%3Cp%3EB%3C/p%3E", 1), "alt:n"},
		{"capitals", strings.Replace(full, "headline=A", "headline=STORM+FRONT+STALLS", 1), "headline:n"},
		{"a doubled tag", full + "&badge=live&kicker=LIVE", "kicker:n"},
		{"no address", strings.Replace(full, "url=https://news.example/a&", "", 1), "url:f"},
		{"http", strings.Replace(full, "https:", "http:", 1), "url:n"},
		{"no site", strings.Replace(full, "&site=S", "", 1), "site:n"},
		{"HTML", strings.Replace(strings.Replace(full, "headline=A", "headline=A%26amp%3BB", 1), "description=D", "description=%3Cp%3ED%3C/p%3E", 1), "description:n headline:n"},
		{"71 characters", strings.Replace(full, "headline=A", "headline="+strings.Repeat("a", 71), 1), "headline:n"},
		{"128 Hangul syllables", strings.Replace(full, "headline=A", "headline="+strings.Repeat("가", 128), 1), "headline:n"},
		{"129 Hangul syllables", strings.Replace(full, "headline=A", "headline="+strings.Repeat("가", 129), 1), "headline:f headline:n"},
	} {
		h := newHouse(t)
		if got := shownParts(h.state(t, tt.query).Checks); got != tt.want {
			t.Errorf("%s: %s", tt.why, got)
		}
	}
}

// TestStudioShowsWhatHTMLMeans, in the picture's address, the links, the tags and the preview of networks.
func TestStudioShowsWhatHTMLMeans(t *testing.T) {
	h := newHouse(t)
	got := h.state(t, url.Values{"headline": {"Tom &amp; Jerry&#8217;s <em>day</em>"}, "description": {"<p>AT&amp;T&nbsp;plan&hellip;</p>"},
		"alt": {"A &lt;3"}, "url": {"https://news.example/?a=1&amp;b=2"}, "photo": {"https://pictures.example/?a=1&#038;b=2"}}.Encode())
	want := h.state(t, url.Values{"headline": {"Tom & Jerry’s day"}, "description": {"AT&T plan…"},
		"alt": {"A <3"}, "url": {"https://news.example/?a=1&b=2"}, "photo": {"https://pictures.example/?a=1&b=2"}}.Encode())
	got.Checks, want.Checks = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.Story.Summary != "AT&T plan…" || len(got.Problems) != 0 {
		t.Errorf("%+v", got)
	}
}

func shownParts(checks []api.StudioCheck) string {
	var all []string
	for _, c := range checks {
		all = append(all, c.Field+":"+string(c.Level)[:1])
	}
	return strings.Join(all, " ")
}

func TestFigures(t *testing.T) {
	fine := pictures.Figures{HeadlinePx: 78, Lines: 3, Headline: 12, Caption: 8, Photo: image.Pt(1200, 800)}
	for _, tt := range []struct {
		why    string
		change func(size card.Size, f *pictures.Figures)
		want   string
	}{
		{"all well", func(card.Size, *pictures.Figures) {}, ""},
		{"cut in one size", func(s card.Size, f *pictures.Figures) {
			if s == card.Kakao {
				f.Cuts = []pictures.Cut{{Role: "headline"}, {Role: "caption"}}
			}
		}, "headline:f caption:n"},
		{"a small photo", func(_ card.Size, f *pictures.Figures) { f.Photo = image.Pt(599, 400) }, "photo:f"},
		{"a small headline", func(_ card.Size, f *pictures.Figures) { f.HeadlinePx = 38 }, "font_step:n"},
		{"weak in one size", func(s card.Size, f *pictures.Figures) {
			if s == card.Square {
				f.Caption = 4.4
			}
		}, "theme:f"},
		{"no caption", func(_ card.Size, f *pictures.Figures) { f.Caption = 0 }, ""},
		{"a lost photo", func(_ card.Size, f *pictures.Figures) { f.Degraded = fetch.ErrTimeout }, "photo:f"},
		{"a missing glyph", func(_ card.Size, f *pictures.Figures) { f.Missing = []rune("A🪉") }, "headline:f :f"},
		{"a face", func(_ card.Size, f *pictures.Figures) { f.OnFace = "headline" }, "focal:f"},
	} {
		h := newHouse(t)
		h.pictures.figures = func(c card.Card) (pictures.Figures, error) {
			f := fine
			tt.change(c.Size, &f)
			return f, nil
		}
		var got api.StudioFigures
		if err := json.Unmarshal([]byte(text(t, h.do(t, authorized("GET", h.state(t, "headline=A").FiguresUrl, "")))), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Cards) != 6 || shownParts(got.Checks) != tt.want {
			t.Errorf("%s: %s, %d cards", tt.why, shownParts(got.Checks), len(got.Cards))
		}
	}
}

// TestStudioIsSigned holds that figures and files are those of a card that the studio has named.
func TestStudioIsSigned(t *testing.T) {
	h := newHouse(t)
	h.pictures.figures = func(card.Card) (pictures.Figures, error) { return pictures.Figures{}, pictures.ErrOverloaded }
	named := h.state(t, "headline=A")
	for target, status := range map[string]int{
		"/studio/figures.json?headline=A": 403, "/studio/cards.zip?headline=A": 403,
		strings.Replace(named.FiguresUrl, "headline=A", "headline=B", 1): 403, strings.Replace(named.ZipUrl, "cards.zip", "figures.json", 1): 403,
		named.FiguresUrl: 503,
	} {
		if resp := h.do(t, authorized("GET", target, "")); resp.StatusCode != status {
			t.Errorf("%s: %d", target, resp.StatusCode)
		}
	}
	h.deps.Now = func() time.Time { return noon.Add(24*time.Hour + time.Minute) }
	if resp := h.do(t, authorized("GET", named.ZipUrl, "")); resp.StatusCode != 410 {
		t.Errorf("a day later: %d", resp.StatusCode)
	}
}

func TestStudioZip(t *testing.T) {
	h := newHouse(t)
	resp := h.do(t, authorized("GET", h.state(t, "headline=A").ZipUrl, ""))
	raw := text(t, resp)
	all, err := zip.NewReader(bytes.NewReader([]byte(raw)), int64(len(raw)))
	if err != nil || resp.Header.Get("Content-Type") != "application/zip" || resp.Header.Get("Content-Disposition") != `attachment; filename="cards.zip"` {
		t.Fatalf("%v %v", resp.Header, err)
	}
	var names []string
	for _, f := range all.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if data, err := io.ReadAll(r); err != nil || string(data) != "picture" {
			t.Errorf("%s: %q %v", f.Name, data, err)
		}
		names = append(names, f.Name)
	}
	if strings.Join(names, " ") != "card-og.png card-twitter.png card-kakao.png card-square.png card-portrait.png card-story.png" {
		t.Errorf("files %v", names)
	}
}

func TestStudioPhotoView(t *testing.T) {
	for target, status := range map[string]int{
		"/studio/photo?photo=upload:0123456789abcdef": 200, "/studio/photo?photo=file:///etc/passwd": 400, "/studio/photo": 400,
	} {
		h := newHouse(t)
		resp := h.do(t, authorized(http.MethodGet, target, ""))
		if resp.StatusCode != status {
			t.Errorf("%s: %d %s", target, resp.StatusCode, text(t, resp))
		}
	}
}
