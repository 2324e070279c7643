package sqlite

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/store"
)

// logOf returns a write-ahead log as SQLite writes it, with the number of frames after each of n commits.
func logOf(t *testing.T, n int) (raw []byte, ends []int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cards.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=wal_autocheckpoint(0)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for i := range n {
		statement := fmt.Sprintf("INSERT INTO a VALUES (%d, zeroblob(3000))", i)
		if i == 0 {
			statement = "CREATE TABLE a (i INTEGER PRIMARY KEY, b BLOB)"
		}
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		if raw, err = os.ReadFile(path + "-wal"); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, (len(raw)-logHeader)/(frameHeader+usualPage))
	}
	return raw, ends
}

// TestReadLog damages a log at several places: all frames before the damaged transaction can be used, and no other.
func TestReadLog(t *testing.T) {
	const size = frameHeader + usualPage
	whole, ends := logOf(t, 6)
	frames := ends[5]
	at := func(frame, offset int) int { return logHeader + frame*size + offset }
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte { b[at] ^= 0x10; return b }
	}
	for name, tt := range map[string]struct {
		change  func([]byte) []byte
		usable  int
		lost    int
		commits int
	}{
		"nothing":                     {func(b []byte) []byte { return b }, frames, 0, 0},
		"empty":                       {func([]byte) []byte { return nil }, 0, 0, 0},
		"a part of the header":        {func(b []byte) []byte { return b[:20] }, 0, 0, 0},
		"the header alone":            {func(b []byte) []byte { return b[:logHeader] }, 0, 0, 0},
		"magic":                       {flip(1), 0, frames, 6},
		"page size":                   {flip(10), 0, frames, 6},
		"salt of the header":          {flip(18), 0, frames, 6},
		"checksum of the header":      {flip(30), 0, frames, 6},
		"content of the first frame":  {flip(at(0, 100)), 0, frames, 6},
		"number of a page":            {flip(at(ends[2], 3)), ends[2], frames - ends[2], 3},
		"content in the middle":       {flip(at(ends[2], 999)), ends[2], frames - ends[2], 3},
		"salt in the middle":          {flip(at(ends[2], 9)), ends[2], frames - ends[2], 3},
		"checksum in the middle":      {flip(at(ends[2], 20)), ends[2], frames - ends[2], 3},
		"content of the last frame":   {flip(at(frames-1, size-1)), ends[4], frames - ends[4], 1},
		"salt of the last frame":      {flip(at(frames-1, 12)), ends[4], frames - ends[4], 1},
		"checksum of the last frame":  {flip(at(frames-1, 16)), ends[4], frames - ends[4], 1},
		"cut behind a commit":         {func(b []byte) []byte { return b[:at(ends[3], 0)] }, ends[3], 0, 0},
		"cut in a transaction":        {func(b []byte) []byte { return b[:at(frames-1, 0)] }, ends[4], 0, 0},
		"cut in a frame":              {func(b []byte) []byte { return b[:at(frames-1, 500)] }, ends[4], frames - ends[4], 1},
		"cut in a frame's header":     {func(b []byte) []byte { return b[:at(frames-1, 10)] }, ends[4], 0, 0},
		"frames of an earlier log":    {func(b []byte) []byte { return append(b, earlier(b)...) }, frames, 0, 0},
		"damage and an earlier log":   {func(b []byte) []byte { return append(flip(at(ends[4], 99))(b), earlier(b)...) }, ends[4], frames - ends[4], 1},
		"an earlier log without this": {func(b []byte) []byte { return append(b[:logHeader:logHeader], earlier(b)...) }, 0, 0, 0},
	} {
		got, err := readLog(bytes.NewReader(tt.change(bytes.Clone(whole))))
		want := logState{tt.usable, tt.lost, tt.commits, int64(tt.lost) * size}
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, want)
		}
	}
}

// earlier returns the frames of a log with other salts, as they remain behind a log that was started anew.
func earlier(log []byte) []byte {
	old := bytes.Clone(log[logHeader:])
	for at := 0; at < len(old); at += frameHeader + usualPage {
		binary.BigEndian.PutUint32(old[at+8:], binary.BigEndian.Uint32(old[at+8:])-1)
		old[at+frameHeader]++ // their checksums continue other ones
	}
	return old
}

// crashed returns the path of a database as it is after a crash, with n articles in its log.
func crashed(t *testing.T, n int) string {
	t.Helper()
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), 0)
	if _, err := db.articles.ExecContext(t.Context(), emptyLog); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		putStory(t, db, fmt.Sprint("a", i))
	}
	path := filepath.Join(t.TempDir(), "cards.db")
	for _, suffix := range suffixes[:indexFile] {
		copyFile(t, db.path+suffix, path+suffix)
	}
	return path
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestDamagedLogIsSaid: the log of the service says what the start lost with a damaged write-ahead log, and a copy of
// it is kept. SQLite loses exactly that.
func TestDamagedLogIsSaid(t *testing.T) {
	for _, damaged := range []bool{false, true} {
		path := crashed(t, 8)
		raw, err := os.ReadFile(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		if damaged {
			raw[len(raw)/2] ^= 1
			if err := os.WriteFile(path+"-wal", raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := readLog(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		db, err := Open(t.Context(), path, Options{Log: slog.New(slog.NewTextHandler(&out, nil))})
		if err != nil {
			t.Fatal(err)
		}
		page, _, err := db.Articles(t.Context(), store.ArticleQuery{Limit: 100})
		if err != nil || len(page) != 8-want.commits || (want.commits > 0) != damaged {
			t.Errorf("damaged %t: %d articles, %v; %+v", damaged, len(page), err, want)
		}
		said := fmt.Sprintf("frames=%d lost_frames=%d lost_changes=%d", want.usable+want.lost, want.lost, want.commits)
		if strings.Contains(out.String(), said) != damaged || !damaged && out.Len() > 0 {
			t.Errorf("damaged %t: log:\n%s", damaged, out.String())
		}
		copies, _ := filepath.Glob(path + "-wal.damaged-*")
		if (len(copies) == 1) != damaged {
			t.Errorf("damaged %t: copies %v", damaged, copies)
		}
		if damaged {
			if kept, err := os.ReadFile(copies[0]); err != nil || !bytes.Equal(kept, raw) {
				t.Errorf("the copy has %d bytes of %d, %v", len(kept), len(raw), err)
			}
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestDamagedFileStopsTheStart: the error names the file and says what to do, and the file stays as it is.
func TestDamagedFileStopsTheStart(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"no database":   func(b []byte) []byte { copy(b, "What is this file?"); return b },
		"cut short":     func(b []byte) []byte { return b[:len(b)/2] },
		"a broken page": func(b []byte) []byte { clear(b[3*usualPage : 4*usualPage]); return b },
	} {
		path := filepath.Join(t.TempDir(), "cards.db")
		db := openedAt(t, path, 0)
		for i := range 100 {
			putStory(t, db, fmt.Sprint("a", i))
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		raw = damage(raw)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path + "-wal"); err != nil {
			t.Fatal(err)
		}
		_, err = Open(t.Context(), path, Options{})
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "put a backup in its place") {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, raw) {
			t.Errorf("%s: the file has changed, %v", name, err)
		}
	}
}

// TestOrphanedLog: the log of a database file that is gone is kept when the service starts with a new file.
func TestOrphanedLog(t *testing.T) {
	path := crashed(t, 3)
	raw, err := os.ReadFile(path + "-wal")
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil {
		t.Fatal(err)
	}
	db := openedAt(t, path, 0)
	if page, _, err := db.Articles(t.Context(), store.ArticleQuery{Limit: 9}); err != nil || len(page) != 0 {
		t.Errorf("%d articles, %v", len(page), err)
	}
	kept, _ := filepath.Glob(path + "-wal.of-*")
	if len(kept) != 1 {
		t.Fatalf("kept: %v", kept)
	}
	if got, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(got, raw) {
		t.Errorf("kept %d bytes of %d, %v", len(got), len(raw), err)
	}
}
