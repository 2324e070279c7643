package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
