package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "rewrite docs/settings.md")

const settingsPath = "../../docs/settings.md"

// settingsTables returns the tables of docs/settings.md, in the order of cards serve --help.
func settingsTables(t *testing.T) string {
	t.Helper()
	var c commands
	parser, err := kong.New(&c, kong.DefaultEnvars("CARDS"), kong.Vars{"version": "1"})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	group := ""
	for _, f := range settingFlags(parser.Model) {
		if f.Group.Title != group {
			group = f.Group.Title
			fmt.Fprintf(&b, "\n## %s\n| setting | variable | value | meaning |\n|---|---|---|---|\n", strings.TrimSuffix(group, ":"))
		}
		value := f.PlaceHolder
		if value == "" {
			value = strings.ReplaceAll(strings.Trim(f.Enum, ","), ",", ", ")
		}
		if f.IsBool() {
			value = "true, false"
		}
		if f.Tag.Has("secret") {
			value += " (secret)"
		}
		help := regexp.MustCompile(`[<>|]`).ReplaceAllStringFunc(f.Help, func(s string) string { return "\\" + s })
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", f.Name, strings.Join(f.Tag.Envs, " "), regexp.MustCompile(`[<>|]`).ReplaceAllString(value, "\\$0"), help)
	}
	return b.String()
}

// TestSettingsPage: docs/settings.md has the settings of this build. go test ./cmd/cards -run SettingsPage -update
// rewrites its tables.
func TestSettingsPage(t *testing.T) {
	raw, err := os.ReadFile(settingsPath)
	if err != nil {
		t.Fatal(err)
	}
	const mark = "<!-- the settings of cards serve -->\n"
	head, _, ok := strings.Cut(string(raw), mark)
	if !ok {
		t.Fatal("docs/settings.md has no mark")
	}
	want := head + mark + settingsTables(t)
	if *update {
		if err := os.WriteFile(settingsPath, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(raw) != want {
		t.Error("docs/settings.md is out of date: go test ./cmd/cards -run SettingsPage -update")
	}
}
