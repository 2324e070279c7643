package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// listedJobs is what `cards jobs --json` prints.
type listedJobs struct {
	Counts map[string]int
	Jobs   []queue.Listed
}

func jobs(t *testing.T, args ...string) (l listedJobs) {
	t.Helper()
	out, errs, status := ran(t, append([]string{"jobs", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &l); err != nil || status != 0 {
		t.Fatalf("jobs: %d %v %s%s", status, err, out, errs)
	}
	return l
}

// waitForJobs waits until n jobs are in the state.
func waitForJobs(t *testing.T, state string, n int, args ...string) listedJobs {
	t.Helper()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		l := jobs(t, args...)
		if l.Counts[state] >= n {
			return l
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("%d jobs never are %s: %+v", n, state, l)
		}
	}
}

// drawnCards returns how many cards are on the disk.
func drawnCards(t *testing.T, data string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "pictures", "*", "card-*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// TestDrawingOutlivesKill: the service is killed between a PUT and the drawing of the other sizes. The next one draws
// them.
func TestDrawingOutlivesKill(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	killed := 0 // stories until one was killed in time
	for waiting := false; !waiting; killed++ {
		s := serve(t, dir)
		s.answer(s.do("PUT", fmt.Sprint("/v1/articles/storm-", killed), storyOf(fmt.Sprint(killed), "", fmt.Sprint("Storm ", killed))), 201)
		s.kill()
		newest := jobs(t, "--data", data).Jobs[0]
		if newest.Kind != "draw" || newest.Article != fmt.Sprint("storm-", killed) || newest.Version == "" {
			t.Fatalf("%+v", newest)
		}
		waiting = newest.State == "available"
	}
	before := drawnCards(t, data)
	serve(t, dir)
	waitForJobs(t, "completed", killed, "--data", data)
	if after := drawnCards(t, data); before > 6*killed-5 || after != 6*killed {
		t.Errorf("%d cards of %d stories were drawn, %d now", before, killed, after)
	}
}

// TestJobsOfADatabase are listed, retried and canceled while a service runs, on both kinds of databases. What is shown
// has no address.
func TestJobsOfADatabase(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { jobsOf(t, t.TempDir()) })
	t.Run("postgres", func(t *testing.T) { jobsOf(t, t.TempDir(), "--database", pgtest.Shared(t).Database(t)) })
}

func jobsOf(t *testing.T, dir string, database ...string) {
	data := filepath.Join(dir, "data")
	s := serve(t, dir, database...)
	at := append([]string{"--data", data}, database...)
	embargoed := `{"url":"https://news.example/storm","headline":"Storm","embargo_until":"2060-01-01T00:00:00Z"}`
	photo := `{"url":"https://news.example/two","headline":"Two","photo":{"url":"http://127.0.0.1/a.jpg?sig=s3cr3t"}}`
	s.answer(s.do("PUT", "/v1/articles/storm-1", []byte(embargoed)), 201)
	s.answer(s.do("PUT", "/v1/articles/storm-2", []byte(photo)), 201)
	all := jobs(t, append(at, "--state", "scheduled")...)
	if len(all.Jobs) != 2 || all.Jobs[0].Kind != "photo" || all.Jobs[1].Kind != "embargo" || all.Counts["scheduled"] != 2 ||
		all.Jobs[1].At.Year() != 2059 {
		t.Fatalf("%+v", all)
	}
	if one := jobs(t, append(at, "--state", "scheduled", "--limit", "1")...); len(one.Jobs) != 1 || one.Jobs[0].ID != all.Jobs[0].ID {
		t.Errorf("the newest: %+v", one)
	}
	id := fmt.Sprint(all.Jobs[1].ID)
	out, errs, status := ran(t, append([]string{"jobs", "retry", id}, at...)...)
	if status != 0 || !strings.Contains(out, "job "+id+", embargo of storm-1, is available") {
		t.Errorf("retry: %d %s%s", status, out, errs)
	}
	for n := 0; n == 0; { // the job draws for a service; the story stays under embargo
		for _, j := range jobs(t, append(at, "--state", "completed")...).Jobs {
			if j.Kind == "embargo" {
				n++
			}
		}
	}
	if resp := s.do("GET", "/cards/storm-1/square.png", nil, "Authorization", ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("under embargo: %d", resp.StatusCode)
	}
	out, errs, status = ran(t, append([]string{"jobs", "cancel", fmt.Sprint(all.Jobs[0].ID)}, at...)...)
	if status != 0 || !strings.Contains(out, "photo of storm-2, is ") {
		t.Errorf("cancel: %d %s%s", status, out, errs)
	}
	out, errs, status = ran(t, append([]string{"jobs"}, at...)...)
	for _, word := range []string{"ID", "LAST ERROR", "embargo", "storm-1", "completed", "1 of 4"} {
		if status != 0 || !strings.Contains(out, word) {
			t.Errorf("%d: %q lacks %s%s", status, out, word, errs)
		}
	}
	if strings.Contains(out, "s3cr3t") || strings.Contains(out, "127.0.0.1") {
		t.Errorf("addresses are shown: %s", out)
	}
	if _, errs, status := ran(t, append([]string{"jobs", "cancel", "987654"}, at...)...); status != 1 || !strings.Contains(errs, "no such job") {
		t.Errorf("unknown: %d %s", status, errs)
	}
}

// TestJobsWrongUse: what cannot be is refused, and no database is created.
func TestJobsWrongUse(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"jobs", "--state", "lost"}, 2, "--state: must be one of scheduled, "},
		{[]string{"jobs", "--limit", "0"}, 2, "--limit: must be from 1 to 10000"},
		{[]string{"jobs", "retry", "x"}, 2, "id"},
		{[]string{"jobs", "--data", dir}, 1, "no such file"},
		{[]string{"jobs", "--database", "x://a:s3cr3t@h/x"}, 2, "--database: "},
		{[]string{"jobs", "--database", "postgres://a:s3cr3t@h:99999999/x"}, 1, "--database: "},
	} {
		out, errs, status := ran(t, tt.args...)
		if status != tt.status || !strings.Contains(errs, tt.says) || strings.Contains(out+errs, "s3cr3t") {
			t.Errorf("%v: %d %s%s", tt.args, status, out, errs)
		}
	}
}
