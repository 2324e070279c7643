package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// stages parses the Containerfile as BuildKit does. What its linter finds in single instructions is a failure.
func stages(t *testing.T) []instructions.Stage {
	t.Helper()
	parsed, err := parser.Parse(bytes.NewReader(read(t, "Containerfile")))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range parsed.Warnings {
		t.Errorf("%s", w.Short)
	}
	lint := linter.New(&linter.Config{
		ExperimentalAll: true,
		Warn: func(rule, description, _, found string, at []parser.Range) {
			t.Errorf("%s: %s: %s, %v", rule, description, found, at)
		},
	})
	all, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// of returns the instructions of a kind in a stage.
func of[T instructions.Command](s instructions.Stage) (all []T) {
	for _, c := range s.Commands {
		if c, ok := c.(T); ok {
			all = append(all, c)
		}
	}
	return all
}

// TestContainerfile: the last stage has the binary, the authorities and /data, for a user that is not root.
func TestContainerfile(t *testing.T) {
	all := stages(t)
	if len(all) != 2 {
		t.Fatalf("%d stages", len(all))
	}
	build, last := all[0], all[1]
	if !regexp.MustCompile(`^golang:\d+\.\d+\.\d+-[a-z]+$`).MatchString(build.BaseName) || build.Platform != "$BUILDPLATFORM" {
		t.Errorf("built on %s, %s", build.BaseName, build.Platform)
	}
	if last.BaseName != "scratch" || len(of[*instructions.RunCommand](last)) > 0 {
		t.Errorf("the image is not empty: %s", last.BaseName)
	}
	copied := map[string]string{}
	for _, c := range of[*instructions.CopyCommand](last) {
		copied[c.DestPath] = strings.Join(c.SourcePaths, " ") + " " + c.From + " " + c.Chown
	}
	for to, want := range map[string]string{
		"/etc/ssl/certs/ca-certificates.crt": "/etc/ssl/certs/ca-certificates.crt build ",
		"/cards":                             "/out/cards build ",
		"/data":                              "/out/data build 65532:65532",
	} {
		if copied[to] != want {
			t.Errorf("%s is %q", to, copied[to])
		}
	}
	if len(copied) != 3 {
		t.Errorf("copied: %v", copied)
	}
	if users := of[*instructions.UserCommand](last); len(users) != 1 || users[0].User != "65532:65532" {
		t.Errorf("users: %v", users)
	}
	if v := of[*instructions.VolumeCommand](last); len(v) != 1 || !slices.Equal(v[0].Volumes, []string{"/data"}) {
		t.Errorf("volumes: %v", v)
	}
	checks := of[*instructions.HealthCheckCommand](last)
	if len(checks) != 1 || !slices.Equal(checks[0].Health.Test, []string{"CMD", "/cards", "health"}) {
		t.Errorf("health checks: %v", checks)
	}
	entry, cmd := of[*instructions.EntrypointCommand](last), of[*instructions.CmdCommand](last)
	if len(entry) != 1 || entry[0].PrependShell || !slices.Equal(entry[0].CmdLine, []string{"/cards"}) ||
		len(cmd) != 1 || cmd[0].PrependShell || !slices.Equal(cmd[0].CmdLine, []string{"serve"}) {
		t.Errorf("it runs %v %v", entry, cmd)
	}
}

// TestBuild: the binary is static and has no paths of the machine that builds it, for the architecture of the image.
func TestBuild(t *testing.T) {
	var said []string
	for _, c := range of[*instructions.RunCommand](stages(t)[0]) {
		said = append(said, strings.Join(c.CmdLine, " "))
	}
	for _, want := range []string{"CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath ", "-o /out/cards ./cmd/cards"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("no %q in %q", want, said)
		}
	}
}
