package deploy

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// read returns a file of the repository; name begins in its root.
func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// found returns what the first group of the expression matches in a file.
func found(t *testing.T, name, expression string) string {
	t.Helper()
	m := regexp.MustCompile(expression).FindStringSubmatch(read(t, name))
	if m == nil {
		t.Fatalf("%s has no %s", name, expression)
	}
	return m[1]
}

// analyze runs systemd-analyze.
func analyze(t *testing.T, args ...string) (string, error) {
	t.Helper()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		lacking(t, "systemd-analyze")
	}
	out, err := exec.CommandContext(t.Context(), "systemd-analyze", args...).CombinedOutput()
	return string(out), err
}

// TestUnitIsHardened: systemd's own measure of how much the service could do is at most 2.0 of 10.
func TestUnitIsHardened(t *testing.T) {
	out, err := analyze(t, "security", "--offline=true", "--threshold=20", "--no-pager", "cards.service")
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestUnitsAreValid: systemd has nothing to say about the units if there is a program in the place of cards.
func TestUnitsAreValid(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	unit := read(t, "deploy/cards.service")
	const place = "ExecStart=/usr/local/bin/cards serve\n"
	if strings.Count(unit, place) != 1 {
		t.Fatalf("the unit does not have %q once", place)
	}
	path := filepath.Join(t.TempDir(), "cards.service")
	if err := os.WriteFile(path, []byte(strings.Replace(unit, place, "ExecStart="+self+" serve\n", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(filepath.Dir(path), "cards.socket")
	if err := os.WriteFile(socket, []byte(read(t, "deploy/cards.socket")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := analyze(t, "verify", path, socket); err != nil || out != "" {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestTimesAndMemory: nothing kills the service while it drains, or while it keeps to its own limit of memory.
func TestTimesAndMemory(t *testing.T) {
	number := func(name, expression string) int {
		n, err := strconv.Atoi(found(t, name, expression))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	drain, err := time.ParseDuration(found(t, "cmd/cards/servesettings.go", `Drain +time\.Duration .default:"([^"]+)"`))
	if err != nil {
		t.Fatal(err)
	}
	least := int(drain.Seconds()) + number("internal/app/app.go", `drainTimeout += (\d+) \* time\.Second`) + 10
	for name, expression := range map[string]string{
		"deploy/cards.service": `\nTimeoutStopSec=(\d+)\n`, "deploy/compose.yaml": `\n  stop_grace_period: (\d+)s`,
	} {
		if got := number(name, expression); got < least {
			t.Errorf("%s: %d s, at least %d are needed", name, got, least)
		}
	}
	soft := number("cmd/cards/memory.go", `workingMemory = (\d+) << 20`) +
		number("cmd/cards/servesettings.go", `MemoryCache +int64 +.default:"(\d+)"`)>>20
	for name, expression := range map[string]string{
		"deploy/cards.service": `\nMemoryMax=(\d+)M\n`, "deploy/compose.yaml": `\n  mem_limit: (\d+)m\n`,
		"deploy/kubernetes/deployment.yaml": `limits: {memory: (\d+)Mi`,
	} {
		if got := number(name, expression); got < soft+128 {
			t.Errorf("%s: %d MiB; Go's limit is %d", name, got, soft)
		}
	}
}

// TestOneGo: the image is built by the Go that the module names.
func TestOneGo(t *testing.T) {
	if image, module := found(t, "deploy/Containerfile", `FROM \S+ golang:([0-9.]+)`), found(t, "go.mod", `\ngo (\S+)\n`); image != module {
		t.Errorf("the image has Go %s, the module %s", image, module)
	}
}

// TestSettingsExist: each variable CARDS_NAME in these files and their guide is one of cards serve.
func TestSettingsExist(t *testing.T) {
	help, err := exec.CommandContext(t.Context(), cards(t), "serve", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`CARDS_[A-Z_]*[A-Z]`)
	known := name.FindAllString(string(help), -1)
	files := []string{"docs/deploy.md", "deploy/Containerfile", "deploy/cards.service", "deploy/compose.yaml"}
	manifests, err := filepath.Glob("kubernetes/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range manifests {
		files = append(files, "deploy/"+filepath.ToSlash(m))
	}
	used := 0
	for _, file := range files {
		for _, variable := range name.FindAllString(read(t, file), -1) {
			if used++; !slices.Contains(known, variable) {
				t.Errorf("%s sets %s, which cards serve does not have", file, variable)
			}
		}
	}
	if used < 20 {
		t.Errorf("%d variables", used)
	}
}

// TestParsers runs the tests of the module in the folder check, which read the other files with the parsers of BuildKit,
// Compose and Kubernetes.
func TestParsers(t *testing.T) {
	if testing.Short() {
		t.Skip("the parsers take longer to compile than -short has")
	}
	command := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir, cmd.Env = "check", append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
		return cmd.CombinedOutput()
	}
	if _, err := command("mod", "download"); errors.Is(err, exec.ErrNotFound) {
		t.Fatal(err)
	} else if err != nil {
		lacking(t, "a Go module of deploy/check/go.mod")
	}
	if out, err := command("test", "-count", "1", "."); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
