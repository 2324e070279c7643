package browsertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestPartsOfPagesAreNotCounted: a page of somebody else that loads a short link as an image, a frame and data, and
// sends a form there, adds nothing to the clicks.
func TestPartsOfPagesAreNotCounted(t *testing.T) {
	w := here(t)
	w.put(t, "framed", map[string]any{"url": "https://news.example/framed", "headline": "A bridge is framed"})
	p := newTab(t, w)
	p.open(w.articleAt("bar", "<share-bar article=framed></share-bar>"))
	p.until(ready)
	short := eval[string](p, item("facebook")+`.href.replace('/facebook', '')`)
	stranger := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(rw, `<!doctype html><img src="%[1]s"><iframe src="%[1]s"></iframe><iframe name=hidden></iframe>
			<form method=post action="%[1]s/link" target=hidden></form>
			<script>fetch("%[1]s", { mode: "no-cors" }).catch(() => {}); document.forms[0].submit()</script>`, short)
	}))
	defer stranger.Close()
	p.open(stranger.URL)
	type sums struct {
		Clicks, Shares, Raw int64
		Uncounted           map[string]int64
	}
	var got sums
	for end := time.Now().Add(settle); got.Uncounted["not_navigation"] < 4 && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got = sums{}
		if err := json.Unmarshal(w.stats(t, "framed"), &got); err != nil {
			t.Fatal(err)
		}
	}
	if got.Clicks != 0 || got.Shares != 0 || got.Uncounted["not_navigation"] != 4 || got.Raw != 4 {
		t.Errorf("%+v", got)
	}
}
