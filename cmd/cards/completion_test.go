package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// completed returns what bash offers for the words, the last of which is being written.
func completed(t *testing.T, script string, words ...string) []string {
	t.Helper()
	const ask = `source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_cards
printf '%s\n' "${COMPREPLY[@]}"`
	out, err := exec.CommandContext(t.Context(), "bash", append([]string{"--norc", "-c", ask, "bash", script}, words...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%q: %v: %s", words, err, out)
	}
	return strings.Fields(string(out))
}

// TestCompletionInBash asks a real bash for the commands, flags and values of the real program.
func TestCompletionInBash(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash")
	}
	printed, _, status := ran(t, "completion", "bash")
	script := filepath.Join(t.TempDir(), "cards.bash")
	if err := os.WriteFile(script, []byte(printed), 0o600); err != nil || status != 0 {
		t.Fatal(status, err)
	}
	for _, tt := range []struct {
		words []string
		some  string // of what is offered
		all   bool   // and nothing else
	}{
		{[]string{"cards", ""}, "serve render links import hook audit theme sign editor token key log config jobs migrate copy backup restore completion doctor health version", true},
		{[]string{"cards", "s"}, "serve sign", true},
		{[]string{"cards", "--v"}, "--version", true},
		{[]string{"cards", "theme", ""}, "check explain new preview", true},
		{[]string{"cards", "jobs", ""}, "list retry cancel", true},
		{[]string{"cards", "key", ""}, "list rotate remove", true},
		{[]string{"cards", "token", ""}, "create list revoke", true},
		{[]string{"cards", "editor", ""}, "add list link remove", true},
		{[]string{"cards", "editor", "add", "Ann", "--role", ""}, "viewer editor admin", true},
		{[]string{"cards", "serve", "--oidc-"}, "--oidc-issuer --oidc-client-id --oidc-client-secret --oidc-allow --oidc-scope --oidc-groups-claim", true},
		{[]string{"cards", "serve", "--auth"}, "--auth-header --auth-role-header --auth-role", true},
		{[]string{"cards", "theme", "check", "--h"}, "--help", true},
		{[]string{"cards", "serve", "--fetch"}, "--fetch-agent", true},
		{[]string{"cards", "serve", "--no-"}, "--no-forward-query --no-draw-ahead", true},
		{[]string{"cards", "serve", "--addr", "127.0.0.1:1", "--log-l"}, "--log-level", true},
		{[]string{"cards", "serve", "--log-level", ""}, "debug info warn error", true},
		{[]string{"cards", "serve", "--log-level", "=", "d"}, "debug", true},
		{[]string{"cards", "serve", "--log-level", "="}, "debug info warn error", true},
		{[]string{"cards", "completion", ""}, "bash zsh fish", true},
		{[]string{"cards", "render", "--"}, "--headline --photo --out --plan --help", false},
		{[]string{"cards", "render", "--photo", ""}, "", true}, // files, by bash itself
		{[]string{"cards", "render", "-o", "s"}, "", true},
		{[]string{"cards", "nothing", "--log-level", "x"}, "", true},
	} {
		got, want := completed(t, script, tt.words...), strings.Fields(tt.some)
		for _, word := range want {
			if !slices.Contains(got, word) {
				t.Errorf("%q: %q lacks %s", tt.words, got, word)
			}
		}
		if tt.all && len(got) != len(want) {
			t.Errorf("%q: %q, want %q", tt.words, got, want)
		}
	}
}

// TestCompletionOfShells: the scripts are valid in shells that are here, and fish offers what bash does.
func TestCompletionOfShells(t *testing.T) {
	dir := t.TempDir()
	for shell, check := range map[string][]string{
		"bash": {"-n"}, "zsh": {"-n"}, "fish": {"--no-execute"},
	} {
		script, errs, status := ran(t, "completion", shell)
		if status != 0 || errs != "" || !strings.Contains(script, "--fetch-agent") && !strings.Contains(script, "-l fetch-agent") {
			t.Fatalf("%s: %d %s", shell, status, errs)
		}
		path := filepath.Join(dir, shell)
		if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := exec.LookPath(shell); err != nil {
			t.Logf("there is no %s", shell)
			continue
		}
		if out, err := exec.CommandContext(t.Context(), shell, append(check, path)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", shell, err, out)
		}
	}
	if _, _, status := ran(t, "completion", "tcsh"); status != 2 {
		t.Errorf("another shell: %d", status)
	}
	t.Run("zsh", func(t *testing.T) { offersInZsh(t, filepath.Join(dir, "zsh")) })
	t.Run("fish", func(t *testing.T) { offersInFish(t, filepath.Join(dir, "fish")) })
}

// offersInZsh calls the script's function as zsh does, with zsh's own helpers replaced by some that print.
func offersInZsh(t *testing.T, script string) {
	if _, err := exec.LookPath("zsh"); err != nil {
		t.Skip("there is no zsh")
	}
	const ask = `compdef() { }; compset() { }; _files() { print files }; _describe() { print -l -- ${(P)2} }
source $1; shift; words=("$@") CURRENT=$#; _cards`
	for line, want := range map[string]string{
		"cards|": "serve render links import hook audit theme sign editor token key log config jobs migrate copy backup restore completion doctor health version", "cards|theme|": "check explain new preview", "cards|serve|--log-level|": "debug info warn error",
		"cards|serve|--log-level=d": "debug info warn error", "cards|completion|z": "bash zsh fish", "cards|render|--photo|": "files", "cards|render|-o|": "files",
		"cards|render|": "files", "cards|version|--": "--help --config --version",
	} {
		out, err := exec.CommandContext(t.Context(), "zsh", append([]string{"-f", "-c", ask, "zsh", script}, strings.Split(line, "|")...)...).CombinedOutput()
		var got []string
		for l := range strings.Lines(string(out)) {
			word, _, _ := strings.Cut(strings.TrimSpace(l), ":")
			got = append(got, word)
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q, %v", line, got, want, err)
		}
	}
}

// offersInFish asks fish itself.
func offersInFish(t *testing.T, script string) {
	if _, err := exec.LookPath("fish"); err != nil {
		t.Skip("there is no fish")
	}
	for line, want := range map[string]string{
		"cards s": "serve sign", "cards theme ": "check explain new preview", "cards serve --log-level ": "debug error info warn", "cards completion z": "zsh",
		"cards serve --no-f": "--no-forward-query",
	} {
		cmd := exec.CommandContext(t.Context(), "fish", "--no-config", "-c", "source "+script+"; complete -C '"+line+"'")
		out, err := cmd.CombinedOutput()
		var got []string
		for l := range strings.Lines(string(out)) {
			word, _, _ := strings.Cut(strings.TrimSpace(l), "\t")
			got = append(got, word)
		}
		slices.Sort(got)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q, %v", line, got, want, err)
		}
	}
}
