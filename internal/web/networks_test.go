package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestNetworks holds that each row names its rule, where that is from, and only what the page can show.
func TestNetworks(t *testing.T) {
	css, err := static.ReadFile("static/networks.css")
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"image", "headline", "over", "summary", "host", "from", "site", "button"}
	var names []string
	for _, n := range networks {
		names = append(names, n.Name)
		u, err := url.Parse(n.Source)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			t.Errorf("%s: source %q", n.Name, n.Source)
		}
		if _, err := time.Parse("2006-01", n.Looked); n.Looked != "" && err != nil || n.By == "" || n.Label == "" || !strings.HasSuffix(n.Rule, ".") {
			t.Errorf("%s: %q by %q, looked up %q", n.Name, n.Rule, n.By, n.Looked)
		}
		for _, class := range []string{"." + n.Class(), "." + n.Name} {
			if !strings.Contains(string(css), class+" ") && !strings.Contains(string(css), class+",") && !strings.Contains(string(css), class+")") {
				t.Errorf("%s: networks.css has no %s", n.Name, class)
			}
		}
		for _, p := range slices.Concat(n.Parts...) {
			if !slices.Contains(known, p) {
				t.Errorf("%s: %s is not known", n.Name, p)
			}
		}
		if !slices.Contains(n.Parts[0], "image") && !slices.Contains(n.Parts[len(n.Parts)-1], "image") || n.Headline < 1 || max(n.Headline, n.Summary) > 4 {
			t.Errorf("%s: %+v", n.Name, n)
		}
	}
	if got := strings.Join(names, " "); got != "facebook x kakaotalk slack whatsapp imessage naver linkedin discord telegram threads bluesky mastodon line band google" {
		t.Errorf("networks %s", got)
	}
}

// TestMarks: what is cropped and covered comes from the networks' rows.
func TestMarks(t *testing.T) {
	for size, want := range map[string]string{
		"og":      "crop 23.75 0.00 52.50 100.00 cropped by WhatsApp, iMessage; crop 3.27 0.00 93.45 100.00 cropped by Google Discover",
		"twitter": "cover 2.30 87.50 95.40 7.80 X's own headline; cover 3.50 81.30 93.00 11.70 X's own headline, on a phone",
		"kakao":   "", "square": "",
		"story": "cover 0.00 0.00 100.00 14.29 the app's controls; cover 0.00 85.71 100.00 14.29 ",
		"none":  "",
	} {
		var got []string
		for _, m := range (StudioData{}).Marks(size) {
			got = append(got, m.Kind+" "+m.Box+" "+m.Text)
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s: %s, want %s", size, s, want)
		}
	}
}

func TestSrcSet(t *testing.T) {
	c := StudioCard{URL: "/v1/card.png?sig=a", SmallURL: "/studio/card?headline=A&width=", Width: 800}
	if got := c.SrcSet(); got != "/studio/card?headline=A&width=320 320w, /studio/card?headline=A&width=480 480w, /studio/card?headline=A&width=720 720w, /v1/card.png?sig=a 800w" {
		t.Error(got)
	}
	if got := (StudioCard{}).SrcSet(); got != "" {
		t.Error(got)
	}
}
