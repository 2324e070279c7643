package certs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/certs/certstest"
)

// TestReload: a new certificate is used once both files are new and belong together; until then the old one is.
func TestReload(t *testing.T) {
	dir := t.TempDir()
	made := certstest.New(t, dir, 1)
	f, err := Load(made.Cert, made.Key)
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		got, _ := f.Get(nil)
		return got.Leaf.SerialNumber.Int64()
	}
	reload := func(wantChanged int, wantErr string, wantSerial int64) {
		t.Helper()
		changed, err := f.Reload(t.Context())
		if changed != wantChanged || (err != nil) != (wantErr != "") || err != nil && !strings.Contains(err.Error(), wantErr) || serial() != wantSerial {
			t.Errorf("%d %v, serial %d", changed, err, serial())
		}
	}
	reload(0, "", 1)
	certstest.New(t, dir, 2)
	reload(1, "", 2)
	reload(0, "", 2)

	other := certstest.New(t, t.TempDir(), 3)
	if err := os.Rename(other.Cert, made.Cert); err != nil { // the key follows later
		t.Fatal(err)
	}
	reload(0, "are no certificate and its key", 2)
	reload(0, "", 2) // it was said
	if err := os.Rename(other.Key, made.Key); err != nil {
		t.Fatal(err)
	}
	reload(1, "", 3)
	if err := os.Remove(made.Key); err != nil {
		t.Fatal(err)
	}
	reload(0, "the certificate of before is still used", 3)
	reload(0, "", 3)
	if f.Ends().IsZero() {
		t.Error("the certificate has no end")
	}
}

func TestLoadFaults(t *testing.T) {
	dir := t.TempDir()
	made := certstest.New(t, dir, 1)
	none := filepath.Join(dir, "none.pem")
	open := certstest.New(t, t.TempDir(), 1)
	if err := os.Chmod(open.Key, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		cert, key, says string
		ofKey           bool
	}{
		{none, made.Key, none + ": no such file", false},
		{made.Cert, none, none + ": no such file", true},
		{made.Key, made.Cert, "are no certificate and its key", false},
		{made.Cert, open.Key, "chmod o= " + open.Key, true},
		{made.Cert, certstest.New(t, t.TempDir(), 2).Key, "are no certificate and its key", false},
		{dir, made.Key, "are no certificate and its key", false},
	} {
		_, err := Load(tt.cert, tt.key)
		if _, ofKey := errors.AsType[*KeyError](err); err == nil || !strings.Contains(err.Error(), tt.says) || ofKey != tt.ofKey {
			t.Errorf("%s %s: %v", tt.cert, tt.key, err)
		}
	}
}

func TestHost(t *testing.T) {
	for name, want := range map[string]string{
		"cards.example": "cards.example", "Cards.Example.": "cards.example", "뉴스.example": "xn--vg1b002a.example",
		"localhost": "", "": "", "127.0.0.1": "", "::1": "", "*.cards.example": "", "cards.example:443": "", "https://cards.example": "", "a@cards.example": "", "cards..example": "", "cards .example": "",
	} {
		if got, err := Host(name); got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
}
