package app

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecretsThatCanBeGuessed: each is refused, with the reason and what to do, and is not repeated in the error.
func TestSecretsThatCanBeGuessed(t *testing.T) {
	for secret, reason := range map[string]string{
		strings.Repeat("a", 64):                                            "repeats",
		strings.Repeat("changeme", 4):                                      "repeats",
		"ChangeMechangemeCHANGEMEchangeme":                                 "repeats",
		"changemechangemechangemechangem":                                  "repeats",
		"0123456789abcdef0123456789abcdef":                                 "repeats",
		"1234567890123456789012345678901234567890":                         "repeats",
		strings.Repeat("deadbeef", 8):                                      "repeats",
		"31415926535897932384626433832795028841971":                        "only digits",
		"changeme-3141592653589793238462643383279":                         "only digits",
		"change-me-to-a-long-random-secret-key!!!":                         "1 different",
		"change_this_secret_key_in_production":                             "2 different",
		"your-signing-key-here-your-own-secret-please":                     "words",
		"my secret signing key of this service":                            "words",
		"abcdefghijklmnopqrstuvwxyz0123456789":                             "only digits",
		"0123456789abcdefghijklmnopqrstuvwxyz":                             "only digits",
		"abcdefghijklmnopqrstuvwxyabcdefghi":                               "sequence",
		"aabbccddeeffgghhiijjkkllmmnnooppqqrr":                             "sequence",
		"qwertyuiopasdfghjklzxcvbnmqwerty":                                 "words",
		"abababababababababababababababaab":                                "2 different",
		"deadbeefcafebabefeedfacedeadc0debad1":                             "",
		"943b421c9eb07c830af81030552c86009268de4e532ba2ee2eab8247c6da0881": "documentation",
		"943B421C9EB07C830AF81030552C86009268DE4E532BA2EE2EAB8247C6DA0881": "documentation",
	} {
		got := weakness(secret)
		if (got == "") != (reason == "") || !strings.Contains(got, reason) {
			t.Errorf("%s: %q, want %q", secret, got, reason)
		}
		if reason == "" {
			continue
		}
		_, err := Signer([]string{"8f14e45fceea167a5a36dedd4bea2543e4da3b7fbbce2345", secret})
		var wrong *SettingError
		if !errors.As(err, &wrong) || wrong.Setting != "signing-key" || !strings.Contains(wrong.Problem, "key 2 ") ||
			!strings.Contains(wrong.Problem, "openssl rand -hex 32") || strings.Contains(wrong.Problem, secret) {
			t.Errorf("%s: %v", secret, err)
		}
	}
}

// TestPublishedKeys: a key that signs the examples of the documentation is nobody's secret.
func TestPublishedKeys(t *testing.T) {
	raw, err := os.ReadFile("../../docs/signing/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Key string }
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors) == 0 {
		t.Fatalf("%d examples, %v", len(vectors), err)
	}
	for _, v := range vectors {
		if weakness(v.Key) != "is printed in documentation" {
			t.Errorf("%s %q", v.Key, weakness(v.Key))
		}
	}
}

// TestRandomSecrets: no secret from a generator is refused, in any of the usual forms.
func TestRandomSecrets(t *testing.T) {
	source := rand.NewChaCha8([32]byte{1})
	var random [32]byte
	for range 20_000 {
		_, _ = source.Read(random[:])
		for _, secret := range []string{
			hex.EncodeToString(random[:]), strings.ToUpper(hex.EncodeToString(random[:])), hex.EncodeToString(random[:16]),
			base64.StdEncoding.EncodeToString(random[:]), base64.RawURLEncoding.EncodeToString(random[:]),
			base64.RawURLEncoding.EncodeToString(random[:24]),
		} {
			if problem := weakness(secret); problem != "" {
				t.Errorf("%q %s", secret, problem)
			}
		}
	}
}

// TestOwnWords: a passphrase and a secret with a prefix are taken.
func TestOwnWords(t *testing.T) {
	for _, secret := range []string{
		"correct horse battery staple rides west", "sixteen_letters_", "token-8f14e45fceea167a5a36dedd4bea2543",
		"prod/signing-key/Zm9vIGJhciBiYXogcXV1eCBxdXV", "폭풍 전선이 서해안에 머문다 이틀째",
	} {
		if problem := weakness(secret); problem != "" {
			t.Errorf("%q %s", secret, problem)
		}
	}
}

// TestSecretFilesOpenToOthers: each mode that lets others read or change the file is refused, with the command to run.
func TestSecretFilesOpenToOthers(t *testing.T) {
	const secret = "8f14e45fceea167a5a36dedd4bea2543"
	for mode, fine := range map[os.FileMode]bool{
		0o600: true, 0o400: true, 0o700: true, 0o640: false, 0o604: false, 0o644: false, 0o620: false, 0o602: false, 0o666: false,
		0o440: false, 0o601: false,
	} {
		data := filepath.Join(t.TempDir(), "it's data")
		if err := os.Mkdir(data, 0o700); err != nil {
			t.Fatal(err)
		}
		file, link := filepath.Join(data, "real"), filepath.Join(data, SigningKeyFile)
		for _, path := range []string{file, link} {
			if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			if path == link { // and once through a link, whose own mode says nothing
				checkSecretFile(t, data, mode, fine)
			}
		}
		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("real", link); err != nil {
			t.Fatal(err)
		}
		checkSecretFile(t, data, mode, fine)
	}
}

func checkSecretFile(t *testing.T, data string, mode os.FileMode, fine bool) {
	t.Helper()
	got, err := ReadSecret(data, SigningKeyFile)
	if fine {
		if err != nil || got != "8f14e45fceea167a5a36dedd4bea2543" {
			t.Errorf("mode %04o: %q, %v", mode, got, err)
		}
		return
	}
	var wrong *SettingError
	quoted := strings.ReplaceAll(filepath.Join(data, SigningKeyFile), "'", `'\''`)
	if !errors.As(err, &wrong) || wrong.Setting != "data" || !strings.Contains(wrong.Problem, "chmod 600 '"+quoted+"'") {
		t.Errorf("mode %04o: %v", mode, err)
	}
}

// TestSecretFilesThatCanBeGuessed are refused by the name of the file.
func TestSecretFilesThatCanBeGuessed(t *testing.T) {
	c := config(t)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{TokenFile, SigningKeyFile} {
		path := filepath.Join(c.Data, name)
		if err := os.WriteFile(path, []byte(strings.Repeat("changeme", 8)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := New(t.Context(), c, discard())
		var wrong *SettingError
		if !errors.As(err, &wrong) || wrong.Setting != "data" || !strings.Contains(wrong.Problem, path+" ") {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}
