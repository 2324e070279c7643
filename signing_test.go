package cards_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

// vector is an example of docs/signing/vectors.json.
type vector struct {
	Why, Key, Path, Sig string
	Params              map[string]string
}

func vectors(t *testing.T) (all []vector, file []byte) {
	t.Helper()
	file, err := os.ReadFile("docs/signing/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatal(err)
	}
	return all, file
}

func (v vector) query() url.Values {
	q := url.Values{}
	for name, value := range v.Params {
		q.Set(name, value)
	}
	return q
}

func TestSigningVectors(t *testing.T) {
	all, _ := vectors(t)
	if len(all) != 11 {
		t.Errorf("docs/signing.md speaks of eleven examples; there are %d", len(all))
	}
	for _, v := range all {
		s, err := card.NewSigner([]byte(v.Key))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Sign(v.Path, v.query(), time.Time{}).Get("sig"); got != v.Sig {
			t.Errorf("%s: %s, want %s", v.Why, got, v.Sig)
		}
		if _, err := card.Parse(v.query()); err != nil && strings.HasPrefix(v.Path, "/v1/") {
			t.Errorf("%s: is no card: %v", v.Why, err)
		}
	}
}

// samples are the samples of docs/signing.md, and the programs that run them.
var samples = map[string]string{"sign.php": "php", "sign.py": "python3", "sign.mjs": "node", "sign.rb": "ruby"}

// installed returns a program, without which the test is skipped.
func installed(t *testing.T, program string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no other programs")
	}
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("CARDS_REQUIRE") == "1" {
			t.Fatal(program + " is missing, which CARDS_REQUIRE asks for: scripts/deps installs it")
		}
		t.Skip(program + " is not installed: scripts/deps installs it")
	}
	return program
}

// TestSigningSamples runs the samples of docs/signing.md in each language that is installed. What they sign must be
// what the service verifies.
func TestSigningSamples(t *testing.T) {
	all, file := vectors(t)
	for sample, program := range samples {
		t.Run(sample, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), installed(t, program), "docs/signing/"+sample)
			cmd.Stdin = bytes.NewReader(file)
			out, err := cmd.Output()
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			if err != nil || len(lines) != len(all) {
				t.Fatalf("%d lines, %v", len(lines), err)
			}
			for i, v := range all {
				checkSigned(t, v, lines[i])
			}
		})
	}
}

// TestSigningSamplesAsGiven: numbers are signed as their digits. What rule 1 leaves out is not signed, and an old
// signature is replaced.
func TestSigningSamplesAsGiven(t *testing.T) {
	const given = `[{"key": "5f0c4f7e6b1d4f0a9c3e2b7a8d6f1c0e4b9a7d2c6e8f1a3b5c7d9e0f2a4b6c8d", "path": "/v1/card.jpg",
		"params": {"headline": "Storm", "expires": 1893456000, "strict": 1, "sig": "old"}}]`
	const key = "5f0c4f7e6b1d4f0a9c3e2b7a8d6f1c0e4b9a7d2c6e8f1a3b5c7d9e0f2a4b6c8d"
	for sample, program := range samples {
		t.Run(sample, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), installed(t, program), "docs/signing/"+sample)
			cmd.Stdin = strings.NewReader(given)
			verify(t, cmd, key, url.Values{"headline": {"Storm"}, "expires": {"1893456000"}, "strict": {"1"}})
		})
	}
}

// TestSigningFromYourOwnCode runs the lines of docs/signing.md that load a sample and read the service's key.
func TestSigningFromYourOwnCode(t *testing.T) {
	manual, err := os.ReadFile("docs/signing.md")
	if err != nil {
		t.Fatal(err)
	}
	key := strings.Repeat("0123456789abcdef", 4)
	for sample, program := range samples {
		t.Run(sample, func(t *testing.T) {
			program := installed(t, program)
			ending := filepath.Ext(sample)
			language := map[string]string{".php": "php", ".py": "python", ".mjs": "js", ".rb": "ruby"}[ending]
			_, after, _ := strings.Cut(string(manual), "```"+language+"\n")
			lines, _, found := strings.Cut(after, "```")
			if !found {
				t.Fatal("docs/signing.md has no lines of " + language)
			}
			if language == "php" {
				lines = "<?php\n" + lines
			}
			function, err := os.ReadFile("docs/signing/" + sample)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			for name, text := range map[string]string{sample: string(function), "own" + ending: lines, "data/signing-key": key + "\n"} {
				path := filepath.Join(dir, name)
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.CommandContext(t.Context(), program, "own"+ending)
			cmd.Dir = dir
			u := verify(t, cmd, key, url.Values{"headline": {"Storm"}})
			if !strings.HasPrefix(u.String(), "https://cards.example/v1/card.jpg?") || !u.Query().Has("expires") {
				t.Errorf("the URL is %s", u)
			}
		})
	}
}

// verify runs a program that prints a URL, which must be signed with the key and have these parameters.
func verify(t *testing.T, cmd *exec.Cmd, key string, want url.Values) *url.URL {
	t.Helper()
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s%s", err, out, &problems)
	}
	u, err := url.Parse(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := card.NewSigner([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(u.Path, u.Query(), time.Unix(1_700_000_000, 0)); err != nil {
		t.Errorf("%s: %v", u, err)
	}
	for name := range want {
		if got := u.Query().Get(name); got != want.Get(name) {
			t.Errorf("%s is %q, want %q", name, got, want.Get(name))
		}
	}
	return u
}

func checkSigned(t *testing.T, v vector, signed string) {
	t.Helper()
	u, err := url.Parse(signed)
	if err != nil {
		t.Fatal(err)
	}
	s, err := card.NewSigner([]byte(v.Key))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(u.Path, u.Query(), time.Unix(1_700_000_000, 0)); err != nil || u.Query().Get("sig") != v.Sig {
		t.Errorf("%s: %s: %v", v.Why, signed, err)
	}
	for name, value := range v.Params {
		if got := u.Query().Get(name); got != value {
			t.Errorf("%s: %s is %q, want %q", v.Why, name, got, value)
		}
	}
}
