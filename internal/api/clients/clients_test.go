// Package clients gives the OpenAPI document that the service serves to linters and to generators of clients, and lets
// the generated clients call the service. What a test lacks, scripts/deps installs: without it the test is skipped, and
// with CARDS_REQUIRE=1 it fails.
package clients

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/app/apptest"
)

// service is a running service and its document.
type service struct {
	url, token string
	document   string // path of the file
	photo      string // path of a PNG of 600x400
	raw        []byte // the photo
}

// begin starts the service, and stores its document and a photo in files.
func begin(t *testing.T) service {
	t.Helper()
	if testing.Short() {
		t.Skip("generators take longer than -short has")
	}
	dir := t.TempDir()
	a := apptest.Start(t, apptest.Config(t))
	resp, err := http.Get(a.URL + "/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	document, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 600, 400))); err != nil {
		t.Fatal(err)
	}
	s := service{a.URL, a.Token, filepath.Join(dir, "openapi.json"), filepath.Join(dir, "photo.png"), file.Bytes()}
	for path, data := range map[string][]byte{s.document: document, s.photo: s.raw} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// run runs a program in a folder, and returns what it prints.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// lacking skips the test because something is not installed, or fails it if everything is required.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CARDS_REQUIRE") == "1" {
		t.Fatal(what + " is missing, which CARDS_REQUIRE asks for: scripts/deps installs it")
	}
	t.Skip("SKIPPED: " + what + " is not installed: scripts/deps installs it")
}

// tool returns the absolute path of a program of package.json.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("node_modules", ".bin", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		lacking(t, name)
	}
	return path
}

// TestLint: Redocly's recommended rules find no error, and Spectral's rules for OpenAPI not even a warning.
func TestLint(t *testing.T) {
	redocly, spectral := tool(t, "redocly"), tool(t, "spectral")
	s := begin(t)
	dir := t.TempDir()
	run(t, dir, redocly, "lint", s.document, "--extends", "recommended", "--max-problems", "1000")
	rules := filepath.Join(dir, "rules.yaml")
	if err := os.WriteFile(rules, []byte("extends: spectral:oas\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, dir, spectral, "lint", s.document, "--ruleset", rules, "--fail-severity", "hint")
}

// TestTypeScript: a client with the types of openapi-typescript compiles under --strict, and its calls succeed.
func TestTypeScript(t *testing.T) {
	generate, tsc := tool(t, "openapi-typescript"), tool(t, "tsc")
	s := begin(t)
	dir := t.TempDir()
	copied(t, "ts", dir)
	copied(t, "package.json", filepath.Join(dir, "package.json"))
	modules, err := filepath.Abs("node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	run(t, dir, generate, s.document, "-o", "schema.d.ts")
	run(t, dir, tsc, "--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler",
		"--lib", "es2022,dom", "client.ts")
	if out := run(t, dir, "node", "client.js", s.url, s.token, base64.StdEncoding.EncodeToString(s.raw)); strings.TrimSpace(out) != "ok" {
		t.Error(out)
	}
}

// TestGo: the clients of oapi-codegen and ogen compile, and their calls succeed.
func TestGo(t *testing.T) {
	s := begin(t)
	dir := t.TempDir()
	copied(t, "gen", dir)
	cmd := exec.CommandContext(t.Context(), "go", "mod", "download")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOPROXY=off")
	if cmd.Run() != nil {
		lacking(t, "a Go module of gen/go.mod")
	}
	if err := os.Mkdir(filepath.Join(dir, "oapi", "api"), 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "go", "tool", "oapi-codegen", "-generate", "types,client", "-package", "api", "-o", "oapi/api/api.gen.go", s.document)
	run(t, dir, "go", "tool", "ogen", "--target", "ogen/api", "--package", "api", s.document)
	for _, program := range []string{"./oapi", "./ogen"} {
		if out := run(t, dir, "go", "run", program, s.url, s.token, s.photo); strings.TrimSpace(out) != "ok" {
			t.Errorf("%s: %s", program, out)
		}
	}
}

// copied copies a file, or the files of a folder.
func copied(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
