package cards_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
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

// TestSigningSamples runs the samples of docs/signing.md in each language that is installed. What they sign must be
// what the service verifies.
func TestSigningSamples(t *testing.T) {
	all, file := vectors(t)
	for sample, program := range map[string]string{
		"sign.php": "php", "sign.py": "python3", "sign.mjs": "node", "sign.rb": "ruby",
	} {
		t.Run(sample, func(t *testing.T) {
			if _, err := exec.LookPath(program); err != nil {
				if os.Getenv("CARDS_REQUIRE") == "1" {
					t.Fatal(program + " is missing, which CARDS_REQUIRE asks for: scripts/deps installs it")
				}
				t.Skip(program + " is not installed: scripts/deps installs it")
			}
			cmd := exec.CommandContext(t.Context(), program, "docs/signing/"+sample)
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
