package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// withServer runs the tests, and ends the database server that some of them need.
type withServer struct{ *testing.M }

func (m withServer) Run() int { return pgtest.Run(m.M) }

// TestANewsroomMoves: a service that has begun with a file goes on with a server: the file is copied while the service
// runs, and once more after its end.
func TestANewsroomMoves(t *testing.T) {
	url := pgtest.Shared(t).Database(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "data", "cards.db")
	move := func(want int, says ...string) {
		t.Helper()
		out, errs, status := ran(t, "copy", "--from", "sqlite://"+file, "--to", url)
		if status != want {
			t.Errorf("status %d, want %d: %s%s", status, want, out, errs)
		}
		for _, word := range says {
			if !strings.Contains(out+errs, word) {
				t.Errorf("copy does not say %q: %s%s", word, out, errs)
			}
		}
	}
	old := serve(t, dir)
	story := []byte(`{"url":"https://news.example/storm","headline":"Storm front stalls"}`)
	first := old.answer(old.do("PUT", "/v1/articles/storm-1", story), 201)
	if out, errs, status := ran(t, "migrate", "--database", url); status != 0 || !strings.Contains(out, "0001_") {
		t.Errorf("migrate: %d %s%s", status, out, errs)
	}
	if out, _, status := ran(t, "migrate", "--database", url); status != 0 || out != "the database is up to date\n" {
		t.Errorf("migrate again: %d %s", status, out)
	}
	move(0, "articles", "versions")
	second := old.answer(old.do("PUT", "/v1/articles/storm-2", []byte(`{"url":"https://news.example/two","headline":"Two"}`)), 201)
	if err := old.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = old.cmd.Wait()
	move(0)
	now := serve(t, dir, "--database", url)
	for _, story := range []map[string]any{first, second} {
		code := strings.TrimPrefix(at(story, "short_url"), old.base)
		if resp := now.do("GET", code, nil); resp.StatusCode != 302 {
			t.Errorf("%s answers %d", code, resp.StatusCode)
		}
	}
	if read := now.answer(now.do("GET", "/v1/articles/storm-1", nil), 200); read["version"] != first["version"] {
		t.Errorf("versions %v and %v", first["version"], read["version"])
	}
	move(1, "a service was started on it")
}

// TestCopyWrongUse: settings that cannot work are named, without their passwords.
func TestCopyWrongUse(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"copy", "--from", "sqlite://" + dir + "/none.db", "--to", "sqlite://" + dir + "/new.db"}, "--from: "},
		{[]string{"copy", "--from", "sqlite://" + dir + "/none.db"}, "--to"},
		{[]string{"copy", "--from", "postgres://a:s3cr3t@h:99999999/x", "--to", "x"}, "--from: "},
		{[]string{"copy", "--from", "postgress://a:s3cr3t@h/x", "--to", "x"}, "--from: "},
		{[]string{"backup", dir + "/b", "--database", "postgres://a:s3cr3t@h/x"}, "--database: "},
		{[]string{"backup", dir + "/b", "--database", "x://a:s3cr3t@h/x"}, "--database: "},
		{[]string{"restore", dir + "/b", "--database", "x://a:s3cr3t@h/x"}, "--database: "},
		{[]string{"migrate", "--database", "x://a:s3cr3t@h/x"}, "--database: "},
	} {
		out, errs, status := ran(t, tt.args...)
		if status != 2 || !strings.Contains(errs, tt.says) || strings.Contains(out+errs, "s3cr3t") {
			t.Errorf("%v: %d %s%s", tt.args, status, out, errs)
		}
	}
}

// TestBackupOfAService: a service is backed up while it runs; its database is not restored under it, and is after it has
// ended.
func TestBackupOfAService(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "cards.backup")
	s.answer(s.do("PUT", "/v1/articles/storm-1", []byte(`{"url":"https://news.example/storm","headline":"Storm"}`)), 201)
	if out, errs, status := ran(t, "backup", file, "--data", data); status != 0 || !strings.Contains(out, "has 1 articles in 1 versions") {
		t.Fatalf("%d %s%s", status, out, errs)
	}
	s.answer(s.do("PUT", "/v1/articles/storm-2", []byte(`{"url":"https://news.example/two","headline":"Two"}`)), 201)
	if _, errs, status := ran(t, "restore", file, "--data", data); status != 1 || !strings.Contains(errs, "a service uses the database") {
		t.Errorf("under a service: %d %s", status, errs)
	}
	s.answer(s.do("GET", "/v1/articles/storm-2", nil), 200)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait()
	out, errs, status := ran(t, "restore", file, "--data", data)
	if status != 0 || !strings.Contains(out, "is kept as ") {
		t.Fatalf("%d %s%s", status, out, errs)
	}
	back := serve(t, dir)
	back.answer(back.do("GET", "/v1/articles/storm-1", nil), 200)
	if resp := back.do("GET", "/v1/articles/storm-2", nil); resp.StatusCode != 404 {
		t.Errorf("what came after the backup answers %d", resp.StatusCode)
	}
}

// TestStoppedWhileItWaits: a service that waits for its database ends with status 0 when it is asked to.
func TestStoppedWhileItWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data"), "--database",
		"postgres://cards:s3cr3t@/cards?host="+t.TempDir())
	cmd.Stderr = w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	var text strings.Builder
	line := make([]byte, 4096)
	for !strings.Contains(text.String(), "waiting for the database") {
		n, err := r.Read(line)
		if err != nil {
			t.Fatalf("%v after %s", err, text.String())
		}
		text.Write(line[:n])
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if strings.Contains(text.String(), "s3cr3t") {
		t.Errorf("the log has the password: %s", text.String())
	}
}
