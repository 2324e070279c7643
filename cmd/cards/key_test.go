package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/app"
)

// TestKeys: the operator sees keys by their fingerprints, makes one ahead, lets it sign and removes the one before; what
// cards sign makes has the key that signs, and no output has a key.
func TestKeys(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	cards := func(want int, args ...string) string {
		t.Helper()
		out, errs, status := ran(t, append(args, "--data", data)...)
		if status != want {
			t.Fatalf("cards %q: %d %s%s", args, status, out, errs)
		}
		return out + errs
	}
	listed := func() (all []listedKey) {
		t.Helper()
		if err := json.Unmarshal([]byte(cards(0, "key", "list", "--json")), &all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	for _, args := range [][]string{{"list"}, {"rotate"}, {"remove", "01234567"}} {
		if said := cards(2, append([]string{"key"}, args...)...); !strings.Contains(said, "no signing key") {
			t.Errorf("%q: %s", args, said)
		}
	}
	assembled(t, "--data", data)
	first := listed()[0]
	signed := cards(0, "sign", "/v1/card.jpg?headline=A")
	said := cards(0, "key", "rotate", "--ahead")
	if all := listed(); len(all) != 2 || all[0] != first || all[1].Use != "verifies" || !strings.Contains(said, all[1].Print) {
		t.Fatalf("%+v: %s", all, said)
	}
	if cards(0, "sign", "/v1/card.jpg?headline=A") != signed {
		t.Error("the new key signs already")
	}
	ahead := listed()[1].Print
	cards(0, "key", "rotate", "--to", ahead)
	if all := listed(); len(all) != 2 || all[0].Print != ahead || all[0].Use != "signs" || all[1].Print != first.Print || all[1].Use != "verifies" {
		t.Fatalf("%+v", all)
	}
	if cards(0, "sign", "/v1/card.jpg?headline=A") == signed {
		t.Error("the old key still signs")
	}
	cards(1, "key", "remove", ahead)
	cards(0, "key", "rotate")
	cards(0, "key", "remove", first.Print)
	cards(1, "key", "rotate", "--to", first.Print)
	if all := listed(); len(all) != 2 || all[1].Print != ahead {
		t.Errorf("%+v", all)
	}
	key, err := app.ReadSecret(data, app.SigningKeyFile)
	if err != nil || strings.Contains(cards(0, "key", "list")+cards(0, "key", "list", "--json"), key) {
		t.Errorf("the list has the key, %v", err)
	}
}

// TestGivenKeys: those of --signing-key are listed, and not rotated.
func TestGivenKeys(t *testing.T) {
	keys := []string{"kf83hs92mxz0" + "6f1c0e4b9a7d2c6e8f1a3b5c", "b7c5d9e0f2a4x6c8d1q3w5e7r9t0y2u4"}
	given := []string{"--signing-key", keys[0], "--signing-key", keys[1]}
	out, errs, status := ran(t, append([]string{"key", "list"}, given...)...)
	if status != 0 || strings.Count(out, "--signing-key") != 2 || strings.Contains(out+errs, keys[0]) || strings.Contains(out+errs, keys[1]) ||
		!strings.Contains(strings.Join(strings.Fields(out), " "), app.Fingerprint(keys[0])+" signs - --signing-key") {
		t.Errorf("%d %s%s", status, out, errs)
	}
	if _, errs, status := ran(t, append([]string{"key", "rotate"}, given...)...); status != 2 || !strings.Contains(errs, "--signing-key") {
		t.Errorf("%d %s", status, errs)
	}
}
