//go:build unix

package app

import (
	"os"
	"syscall"
	"testing"
)

// TestKeysOfRoot: a key that root makes is for the user of the service, as the data folder is.
func TestKeysOfRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	data := t.TempDir()
	if _, err := secret(data, SigningKeyFile); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(data, 4321, 4322); err != nil {
		t.Fatal(err)
	}
	made, err := AddKey(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := LetSign(data, made.Print); err != nil {
		t.Fatal(err)
	}
	all, err := Keys(data)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(all[0].Path)
	if owner := info.Sys().(*syscall.Stat_t); err != nil || owner.Uid != 4321 || owner.Gid != 4322 {
		t.Errorf("it belongs to %d:%d, %v", owner.Uid, owner.Gid, err)
	}
}
