package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSignMakesNoKey: a key of its own would sign what no service accepts. The key of the service,
// or one that is named, signs.
func TestSignMakesNoKey(t *testing.T) {
	const address = "/v1/card.jpg?headline=A"
	data := filepath.Join(t.TempDir(), "data")
	out, errs, status := ran(t, "sign", address, "--data", data)
	if status != exitUsage || out != "" || !strings.Contains(errs, data) || strings.Count(errs, "\n") != 1 {
		t.Errorf("%d %q %q", status, out, errs)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the folder was made: %v", err)
	}
	if out, errs, status = ran(t, "sign", address, "--data", data, "--signing-key", "8f14e45fceea167a5a36dedd4bea2543"); status != exitDone || !strings.Contains(out, "sig=") {
		t.Errorf("by a key that is named: %d %q %q", status, out, errs)
	}
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, errs, status = ran(t, "sign", address, "--data", data); status != exitUsage {
		t.Errorf("a folder without a key: %d %q", status, errs)
	}
	if err := os.WriteFile(filepath.Join(data, "signing-key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, status = ran(t, "sign", address, "--data", data); status != exitUsage || !strings.Contains(errs, filepath.Join(data, "signing-key")+" has 5 bytes") {
		t.Errorf("a short key: %d %q", status, errs)
	}
	if err := os.WriteFile(filepath.Join(data, "signing-key"), []byte("8f14e45fceea167a5a36dedd4bea2543\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, status = ran(t, "sign", address, "--data", data); status != exitDone || !strings.Contains(out, "sig=") {
		t.Errorf("by the key of the service: %d %q %q", status, out, errs)
	}
}
