package app

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

// running is a service's signer, and what reads its keys again.
func running(t *testing.T, data string) (s *card.Signer, again func() error) {
	t.Helper()
	s, job, err := folderSigner(data)
	if err != nil {
		t.Fatal(err)
	}
	return s, func() error {
		_, err := job.Run(t.Context())
		return err
	}
}

// TestRotation: what was signed is verified through every step, and before the new key signs, a service that has it
// verifies it. After the old key is removed, what it has signed is refused.
func TestRotation(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s, again := running(t, data)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sign := func() url.Values { return s.Sign("/v1/card.jpg", url.Values{"headline": {"A"}}, time.Time{}) }
	verifies := func(step string, want bool, q url.Values) {
		t.Helper()
		if err := s.Verify("/v1/card.jpg", q, time.Now()); (err == nil) != want {
			t.Errorf("%s: %v", step, err)
		}
	}
	old := sign()
	before, err := Keys(data)
	must(err)
	made, err := AddKey(data)
	must(err)
	must(again())
	verifies("the new key is there", true, old)
	if sign().Get("sig") != old.Get("sig") {
		t.Error("the new key signs already")
	}
	must(LetSign(data, made.Print))
	verifies("the service has not looked yet", true, old)
	must(again())
	verifies("the new key signs", true, old)
	young := sign()
	if young.Get("sig") == old.Get("sig") {
		t.Error("the old key still signs")
	}
	s, again = running(t, data)
	verifies("after a restart, the old one", true, old)
	verifies("after a restart, the new one", true, young)
	if err := RemoveKey(data, made.Print); !errors.Is(err, ErrKeySigns) {
		t.Errorf("the key that signs: %v", err)
	}
	must(RemoveKey(data, before[0].Print))
	must(again())
	verifies("the old key is removed", false, old)
	verifies("and the new one is not", true, young)
}

// TestKeyFiles: they are for their owner alone and dated; copies that somebody keeps are no keys; what cannot be read
// changes nothing.
func TestKeyFiles(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s, again := running(t, data)
	first, err := Keys(data)
	if err != nil {
		t.Fatal(err)
	}
	made, err := AddKey(data)
	if err != nil || LetSign(data, made.Print) != nil || LetSign(data, made.Print) != nil {
		t.Fatal(err)
	}
	all, err := Keys(data)
	if err != nil || len(all) != 2 || !all[0].Signs || all[1].Signs || all[0].Print != made.Print || all[1].Print != first[0].Print ||
		!all[1].Made.Equal(first[0].Made) {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, k := range all {
		if info, err := os.Stat(k.Path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", k.Path, info, err)
		}
	}
	for _, other := range []string{"signing-key.bak", "signing-key.0123", "signing-key.0123abcdef"} {
		if err := os.WriteFile(filepath.Join(data, other), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := os.ReadDir(data); err != nil || len(left) != 6 {
		t.Errorf("files %v, %v", left, err)
	}
	q := s.Sign("/kakao", nil, time.Time{})
	for _, weak := range []string{"short", "changemechangemechangemechangeme"} {
		if err := os.WriteFile(filepath.Join(data, "signing-key.01234567"), []byte(weak), 0o600); err != nil {
			t.Fatal(err)
		}
		_, isSetting := errors.AsType[*SettingError](again())
		if _, err := Keys(data); !isSetting || err == nil || s.Verify("/kakao", q, time.Now()) != nil {
			t.Errorf("%q: %v, %v", weak, isSetting, err)
		}
	}
	for _, print := range []string{"", "ffffffff", "../cards.db"} {
		if err := RemoveKey(t.TempDir(), print); err == nil {
			t.Errorf("%q is removed", print)
		}
	}
}
