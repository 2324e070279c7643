package main

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestAPhotoThatTheDiskCannotRead: the story is stored with a warning, and its card is drawn without the photo.
func TestAPhotoThatTheDiskCannotRead(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	kept := s.answer(s.do("POST", "/v1/photos", photoJPEG(t)), 201)
	s.answer(s.do("PUT", "/v1/articles/storm-1", story(at(kept, "id"), "Storm front stalls")), 201)
	s.stop()
	files, err := filepath.Glob(filepath.Join(dir, "data", "pictures", "*", "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files { // a folder stands for any error of the disk; the drawn cards go too
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(filepath.Base(file), "photo-") {
			if err := os.Mkdir(file, 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
	s = serve(t, dir)
	again := s.answer(s.do("PUT", "/v1/articles/storm-1", story(at(kept, "id"), "Storm front stalls")), 200)
	if warnings, _ := again["warnings"].([]any); len(warnings) != 1 || at(warnings[0].(map[string]any), "code") != "source_unavailable" {
		t.Errorf("warnings: %v", again["warnings"])
	}
	og := s.do("GET", at(again, "images", "og", "url"), nil)
	if og.StatusCode != 200 || og.Header.Get("X-Card-Degraded") != "source_unavailable" || len(s.bytes(og)) == 0 {
		t.Errorf("%d %v", og.StatusCode, og.Header)
	}
}

// TestAFullDiskTurnsNoReaderAway fills the disk of the data folder: readers are redirected and cards drawn,
// writes are refused with Retry-After, /readyz says what fails, and with room again every click is stored.
func TestAFullDiskTurnsNoReaderAway(t *testing.T) {
	dir := t.TempDir()
	small := filepath.Join(dir, "data")
	if err := os.Mkdir(small, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "cards-test", small).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", small).Run() })
	s := serve(t, dir, "--click-window", "0s", "--log-level", "error")
	first := s.answer(s.do("PUT", "/v1/articles/storm-1", story("", "Storm front stalls")), 201)
	short, err := url.Parse(at(first, "short_url"))
	if err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(small, "filler")
	fillDisk(t, filler)
	const taps = 400
	for n := range taps {
		if resp := s.do("GET", at(first, "short_url"), nil); resp.StatusCode != 302 || resp.Header.Get("Location") != "https://news.example/storm?utm_source=mail" {
			t.Fatalf("tap %d: %d", n, resp.StatusCode)
		}
	}
	if resp := s.do("GET", at(first, "images", "square", "url"), nil); resp.StatusCode != 200 {
		t.Errorf("a card: %d", resp.StatusCode)
	}
	for why, resp := range map[string]*http.Response{
		"an article": s.do("PUT", "/v1/articles/storm-2", story("", strings.Repeat("A second storm ", 60))),
		"a photo":    s.do("POST", "/v1/photos", photoJPEG(t)),
		"readiness":  s.do("GET", "/readyz", nil),
	} {
		body := s.answer(resp, 503)
		if at(body, "error", "code") != "overloaded" || resp.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %v %v", why, body, resp.Header)
		}
		if why == "readiness" && !strings.Contains(at(body, "error", "message"), "pictures") {
			t.Errorf("readiness: %v", body)
		}
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	for s.do("GET", "/readyz", nil).StatusCode != 200 {
		time.Sleep(50 * time.Millisecond)
	}
	sums := s.answer(s.do("GET", "/v1/articles/storm-1/stats", nil), 200)
	if sums["clicks"] != float64(taps) {
		t.Errorf("%v clicks are stored, want %d", sums["clicks"], taps)
	}
	s.answer(s.do("PUT", "/v1/articles/storm-2", story("", "A second storm")), 201)

	for why, before := range map[string]func(){"after a stop": func() { s.stop() }, "after a crash": func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() }} {
		before()
		fillDisk(t, filler)
		s = serve(t, dir, "--click-window", "0s")
		if resp := s.do("GET", short.Path, nil); resp.StatusCode != 302 {
			t.Errorf("%s, started on a full disk: %d", why, resp.StatusCode)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
}

// fillDisk writes the file until its disk takes no more, to the last byte.
func fillDisk(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}
}

// stop ends the service as an operator does.
func (s *service) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Fatal(err)
	}
}

// TestFilesRemovedUnderTheService: while the database or the folder of pictures is moved away, readers are served,
// writes are refused and /readyz says why; when it is back, every click is stored, without a restart.
func TestFilesRemovedUnderTheService(t *testing.T) {
	for name, part := range map[string]string{"cards.db": "database", "pictures": "pictures"} {
		dir := t.TempDir()
		s := serve(t, dir, "--click-window", "0s", "--log-level", "error")
		first := s.answer(s.do("PUT", "/v1/articles/storm-1", story("", "Storm front stalls")), 201)
		here, aside := filepath.Join(dir, "data", name), filepath.Join(dir, name)
		if err := os.Rename(here, aside); err != nil {
			t.Fatal(err)
		}
		for s.do("GET", "/readyz", nil).StatusCode == 200 { // at most for a second
			time.Sleep(50 * time.Millisecond)
		}
		refused := s.answer(s.do("GET", "/readyz", nil), 503)
		if want := "the files of the " + part + " were removed or replaced"; !strings.Contains(at(refused, "error", "message"), want) {
			t.Errorf("%s: readiness: %v", name, refused)
		}
		write := s.do("POST", "/v1/photos", photoJPEG(t))
		if part == "database" {
			write = s.do("PUT", "/v1/articles/storm-2", story("", "A second storm"))
		}
		if body := s.answer(write, 503); !strings.Contains(at(body, "error", "message"), "was removed or replaced") || write.Header.Get("Retry-After") == "" {
			t.Errorf("%s: a write: %v", name, body)
		}
		const taps = 20
		for range taps {
			if resp := s.do("GET", at(first, "short_url"), nil); resp.StatusCode != 302 {
				t.Errorf("%s: a redirect: %d", name, resp.StatusCode)
			}
		}
		for _, size := range []string{"og", "square"} { // one is cached, one is drawn
			if resp := s.do("GET", at(first, "images", size, "url"), nil); resp.StatusCode != 200 {
				t.Errorf("%s: a card: %d", name, resp.StatusCode)
			}
		}
		if _, err := os.Stat(here); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: there is a new one: %v", name, err)
		}
		if err := os.Rename(aside, here); err != nil {
			t.Fatal(err)
		}
		for s.do("GET", "/readyz", nil).StatusCode != 200 {
			time.Sleep(50 * time.Millisecond)
		}
		if sums := s.answer(s.do("GET", "/v1/articles/storm-1/stats", nil), 200); sums["clicks"] != float64(taps) {
			t.Errorf("%s: %v clicks are stored, want %d", name, sums["clicks"], taps)
		}
		s.answer(s.do("PUT", "/v1/articles/storm-2", story("", "A second storm")), 201)
		s.stop()
	}
}
