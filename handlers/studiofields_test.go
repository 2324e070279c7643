package handlers

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/pictures"
)

// TestStudioFields: what cards can show can be given in the form, and reaches the card, the request and the command.
func TestStudioFields(t *testing.T) {
	h := newHouse(t)
	q := url.Values{"headline": {"A"}, "url": {"https://news.example/a"}, "deck": {"D"}, "speaker": {"S"}, "speaker_role": {"R"},
		"kind": {"live"}, "published": {"2026-11-23T09:30"}, "fields[number]": {"3;5"}, "fields[score]": {"2:1"}}
	got := h.state(t, q.Encode())
	at, err := url.Parse(got.CardUrl)
	if err != nil || len(got.Problems) != 0 {
		t.Fatalf("%v %+v", err, got.Problems)
	}
	for name, want := range map[string]string{"deck": "D", "speaker": "S", "speaker_role": "R", "kind": "live", "date": "2026-11-23",
		"time": "09:30", "fields[number]": "3;5", "fields[score]": "2:1", "published": ""} {
		if v := at.Query().Get(name); v != want {
			t.Errorf("%s is %q, want %q", name, v, want)
		}
	}
	for _, want := range []string{`"fields": {`, `"number": "3;5"`, `"published_at": "2026-11-23T09:30:00Z"`, `"speaker_role": "R"`} {
		if !strings.Contains(got.Curl, want) {
			t.Errorf("%s is not in %s", want, got.Curl)
		}
	}
	if strings.Contains(got.Curl, `"date"`) || !strings.Contains(got.Command, `--fields='number=3\;5' --fields='score=2:1'`) || !strings.Contains(got.Command, "--time='09:30'") {
		t.Errorf("curl %s\ncommand %s", got.Curl, got.Command)
	}
	if !strings.Contains(got.Meta, `property="article:published_time" content="2026-11-23T09:30:00Z"`) {
		t.Errorf("meta %s", got.Meta)
	}
	q.Set("kind", "news")
	if got := h.state(t, q.Encode()); strings.Contains(got.CardUrl, "time=") || !strings.Contains(got.CardUrl, "date=2026-11-23") {
		t.Errorf("a story that is not live shows its time: %s", got.CardUrl)
	}
	page := text(t, h.do(t, authorized("GET", "/?"+q.Encode(), "")))
	for _, want := range []string{`name="fields[score]"`, `name="fields[length]"`, `type="datetime-local" value="2026-11-23T09:30"`, `<details class="rare" open>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

// TestStudioFieldProblems are named as the form names its fields.
func TestStudioFieldProblems(t *testing.T) {
	h := newHouse(t)
	for query, want := range map[string]string{
		"headline=A&published=yesterday":                  "published",
		"headline=A&fields%5BBig%5D=1":                    "fields",
		"headline=A&kind=rumour":                          "kind",
		"headline=A&published=2026-13-01T00:00&kind=live": "published",
	} {
		var names []string
		for _, p := range h.state(t, query).Problems {
			names = append(names, p.Field)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// TestFiguresNameWhatIsNotShown, by the names of the form.
func TestFiguresNameWhatIsNotShown(t *testing.T) {
	h := newHouse(t)
	h.pictures.figures = func(c card.Card) (pictures.Figures, error) {
		f := pictures.Figures{HeadlinePx: 78, Shown: []string{"headline", "site"}}
		if c.Size == card.Square {
			f.Shown = append(f.Shown, "byline")
		}
		return f, nil
	}
	var got api.StudioFigures
	state := h.state(t, "headline=A&site=S&byline=B&published=2026-11-23T09:30&fields%5Bnumber%5D=3&kind=live")
	if err := json.Unmarshal([]byte(text(t, h.do(t, authorized("GET", state.FiguresUrl, "")))), &got); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, u := range got.Unshown {
		said = append(said, u.Field+": "+u.Message)
	}
	want := "byline: Not on the card in Link, X, KakaoTalk, Portrait, Story.; published: Not on the card: this design has no place for it.; fields[number]: Not on the card: this design has no place for it."
	if s := strings.Join(said, "; "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

// TestSmallCards come in the width that is asked for; what is no card, or no width, is refused.
func TestSmallCards(t *testing.T) {
	h := newHouse(t)
	state := h.state(t, "headline=A+%26+B&size=story&template=text")
	if state.SmallUrl != "/studio/card?headline=A+%26+B&size=story&template=text&width=" || state.Width != 1080 || state.Height != 1920 {
		t.Errorf("%s %dx%d", state.SmallUrl, state.Width, state.Height)
	}
	for target, status := range map[string]int{
		state.SmallUrl + "320": 200, state.SmallUrl: 400, state.SmallUrl + "79": 400, state.SmallUrl + "2401": 400, state.SmallUrl + "x": 400,
		"/studio/card?width=320": 400, "/studio/card?headline=A&width=320&nothing=1": 400, "/studio/card?headline=A;B&width=320": 400,
		"/studio/photo?photo=upload:0123456789abcdef&width=640": 200, "/studio/photo?photo=upload:0123456789abcdef&width=9": 400,
	} {
		if resp := h.do(t, authorized("GET", target, "")); resp.StatusCode != status {
			t.Errorf("%s: %d", target, resp.StatusCode)
		}
	}
	if got := strings.Join(h.pictures.small, "; "); got != "headline=A+%26+B&size=story&template=text 320" {
		t.Errorf("drawn: %s", got)
	}
}

// TestFirstVisitHasAPhoto, unless it cannot be stored.
func TestFirstVisitHasAPhoto(t *testing.T) {
	h := newHouse(t)
	page := text(t, h.do(t, authorized("GET", "/", "")))
	if !strings.Contains(page, `value="upload:fedcba9876543210"`) || !strings.Contains(page, "data-first") || !strings.Contains(page, `download="card-og.jpg"`) {
		t.Error("a first visit has no photo")
	}
	h.photos.err = pictures.ErrOverloaded
	page = text(t, h.do(t, authorized("GET", "/", "")))
	if strings.Contains(page, "upload:") || strings.Contains(page, "Coast News") || !strings.Contains(page, `download="card-og.png"`) {
		t.Error("without a photo the sample has a credit")
	}
}
