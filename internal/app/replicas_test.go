package app

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/blob/s3/s3test"
	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// replicas are two services with data folders of their own on one PostgreSQL and one bucket, with the same signing key.
func replicas(t *testing.T) (both [2]*App) {
	t.Helper()
	patience(t)
	database, store := pgtest.Shared(t).Database(t), s3test.Start(t)
	for i := range both {
		c := config(t)
		c.Database, c.Pictures, c.SigningKeys = database, store.URL(), []string{"a signing key that only this test knows"}
		both[i] = serve(t, c)
	}
	return both
}

// codeOf returns the path of a story's short link.
func (a *App) codeOf(got answer) string { return strings.TrimPrefix(got.ShortURL, a.URL) }

// TestReplicasShareCodes: whichever replica an editor reaches, a story has one code, and no two stories have the same,
// also if both replicas are told of the same new stories at the same time.
func TestReplicasShareCodes(t *testing.T) {
	both := replicas(t)
	const stories = 40
	var codes [2][stories]string
	var putting sync.WaitGroup
	for i, a := range both {
		putting.Go(func() {
			for n := range stories {
				url := fmt.Sprint("https://news.example/", n)
				codes[i][n] = a.codeOf(a.put(t, fmt.Sprint("story-", n), map[string]any{"url": url, "headline": "Storm"}))
			}
		})
	}
	putting.Wait()
	seen := map[string]int{}
	for n := range stories {
		if codes[0][n] != codes[1][n] || len(codes[0][n]) < len("/s/")+7 {
			t.Errorf("story %d has the codes %q and %q", n, codes[0][n], codes[1][n])
		}
		if other, ok := seen[codes[0][n]]; ok {
			t.Errorf("stories %d and %d have the same code", n, other)
		}
		seen[codes[0][n]] = n
	}
}

// opened opens a short link as the reader.
func (a *App) opened(t *testing.T, path string, reader int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; reader %d) Firefox/140.0", reader))
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusFound {
		t.Errorf("%s: %d", path, resp.StatusCode)
	}
}

// TestReplicasCountOnce: a reader who comes to both replicas within the window counts once, and the sums of both are
// those of all readers.
func TestReplicasCountOnce(t *testing.T) {
	both := replicas(t)
	code := both[0].codeOf(both[0].put(t, "storm", map[string]any{"url": "https://news.example/storm", "headline": "Storm"}))
	const readers = 8 // of one network, which reaches its share later
	var tapping sync.WaitGroup
	for i, a := range both { // at the same time: in which order they are counted does not matter
		tapping.Go(func() {
			for reader := range readers {
				a.opened(t, code, reader)
			}
			a.opened(t, code+"/mail", i) // two readers share it, by one replica each
		})
	}
	tapping.Wait()
	for _, a := range both {
		var stats struct {
			Clicks, Shares, Raw int
			Uncounted           map[string]int
		}
		eventually(t, "all are counted", func() bool {
			_, body := a.ask(t, "GET", "/v1/articles/storm/stats", "")
			if err := json.Unmarshal([]byte(body), &stats); err != nil {
				t.Fatal(err)
			}
			return stats.Raw == 2*readers+2
		})
		if stats.Clicks != readers || stats.Shares != 2 || stats.Uncounted["repeat"] != readers {
			t.Errorf("%+v", stats)
		}
	}
}

// TestReplicasShowTheSame: a version that one replica has stored is what the other leads to, and both draw the same
// bytes: of a photo that one of them has, in sizes that each has drawn by itself, and with the store or without.
func TestReplicasShowTheSame(t *testing.T) {
	both := replicas(t)
	_, body := both[0].ask(t, "POST", "/v1/photos", pngOf(t, 0))
	photo := between(t, body, `"id":"`, `"`)
	for n, a := range both {
		other := both[1-n]
		_, body := a.ask(t, "PUT", "/v1/articles/storm",
			fmt.Sprintf(`{"url":"https://news.example/storm","headline":"Storm %d","photo":{"url":%q}}`, n, photo))
		version := between(t, body, `"version":"`, `"`)
		eventually(t, "the other replica leads to the version", func() bool {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, other.URL+"/cards/storm/og.jpg", nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			return strings.Contains(resp.Header.Get("Location"), version)
		})
		for _, size := range []string{"og.jpg", "square.jpg", "story.png", "640x480.jpg"} {
			var sums [2][sha256.Size]byte
			for i, a := range both {
				resp, picture := a.ask(t, "GET", "/cards/storm/"+version+"/"+size, "")
				if resp.StatusCode != http.StatusOK || resp.Header.Get("X-Card-Degraded") != "" {
					t.Errorf("%s: %d %v", size, resp.StatusCode, resp.Header)
				}
				sums[i] = sha256.Sum256([]byte(picture))
			}
			if sums[0] != sums[1] {
				t.Errorf("%s has other bytes in the other replica", size)
			}
		}
	}
}

// TestReplicasLimitByThemselves: a network that has used up its guesses at one replica still has those of the other, as
// docs/deploy.md says.
func TestReplicasLimitByThemselves(t *testing.T) {
	var both [2]*App
	database := pgtest.Shared(t).Database(t)
	for i := range both {
		c := config(t)
		c.Database = database
		both[i] = serve(t, c)
	}
	for n, a := range both {
		guesses := 0
		eventually(t, "the network is limited", func() bool {
			guesses++
			resp, _ := a.ask(t, "GET", fmt.Sprintf("/s/none%03d", guesses), "")
			return resp.StatusCode == http.StatusTooManyRequests
		})
		if guesses <= access.MissBurst {
			t.Errorf("replica %d: limited at guess %d", n, guesses)
		}
	}
}
