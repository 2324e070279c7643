package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const madeSecret = "5a0cba5a1c7e4d0f9b2e8f61d3a7c40e" // of nothing

// settingsFile writes a file of settings that only its owner may read, and returns its path.
func settingsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cards.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// settingsOf returns what cards config show says, by name.
func settingsOf(t *testing.T, args ...string) map[string]shown {
	t.Helper()
	out, errs, status := ran(t, append([]string{"config", "show", "--json"}, args...)...)
	var list []shown
	if err := json.Unmarshal([]byte(out), &list); err != nil || status != 0 {
		t.Fatalf("%v %d %s", err, status, errs)
	}
	all := map[string]shown{}
	for _, s := range list {
		all[s.Name] = s
	}
	return all
}

// TestWhereSettingsComeFrom: the command line comes before the environment, and that before the file.
func TestWhereSettingsComeFrom(t *testing.T) {
	path := settingsFile(t, `addr = "127.0.0.1:1"
drain = "1s"
forward-query = false
photo-allow = ["a.example", "b.example"]
click-window = "1m"
api-token = "`+madeSecret+`"
database = "postgres://cards:`+madeSecret+`@db.example/cards?sslmode=require"
`)
	t.Setenv("CARDS_DRAIN", "2s")
	t.Setenv("CARDS_LANG", "ko")
	t.Setenv("CARDS_CONFIG", path)
	got := settingsOf(t, "--addr", "127.0.0.1:2", "--drain", "3s")
	for name, want := range map[string]shown{
		"addr":          {Value: "127.0.0.1:2", From: "command line"},
		"drain":         {Value: "3s", From: "command line"},
		"lang":          {Value: "ko", From: "CARDS_LANG"},
		"forward-query": {Value: "false", From: path + ":3"},
		"photo-allow":   {Value: "a.example,b.example", From: path + ":4"},
		"click-window":  {Value: "1m0s", From: path + ":5"},
		"api-token":     {From: path + ":6", Hidden: true},
		"database":      {Value: "postgres://cards:hidden@db.example/cards?sslmode=require", From: path + ":7", Hidden: true},
		"memory-cache":  {Value: "16777216", From: "default"},
		"home-url":      {From: "default"},
	} {
		want.Name = name
		if got[name] != want {
			t.Errorf("%+v, want %+v", got[name], want)
		}
	}
	if got := settingsOf(t)["drain"]; got.Value != "2s" || got.From != "CARDS_DRAIN" {
		t.Errorf("%+v", got)
	}
	table, _, _ := ran(t, "--config", path, "config", "show")
	if strings.Contains(table, madeSecret) || !strings.Contains(table, "api-token") || !strings.Contains(table, "(hidden)") {
		t.Error(table)
	}
}

// TestOtherCommandsReadTheFile: cards sign signs with the key that the file has.
func TestOtherCommandsReadTheFile(t *testing.T) {
	path := settingsFile(t, "signing-key = [\""+madeSecret+"\"]\naddr = \"127.0.0.1:1\"")
	out, errs, status := ran(t, "sign", "--config", path, "/v1/card.png?headline=One")
	want, _, _ := ran(t, "sign", "--signing-key", madeSecret, "/v1/card.png?headline=One")
	if status != 0 || out != want || !strings.Contains(out, "sig=") {
		t.Errorf("%d %s%s, want %s", status, out, errs, want)
	}
}

// TestFaultsOfSettings: one line that names the setting, and where it stands.
func TestFaultsOfSettings(t *testing.T) {
	for text, want := range map[string]string{
		"adr = \"a:1\"":                      ":1: there is no setting \"adr\"; cards config show lists them",
		"\nphoto_allow = \"a\"":              ":2: there is no setting \"photo_allow\"; write photo-allow",
		"CARDS_HOME_URL = \"a\"":             "there is no setting \"CARDS_HOME_URL\"; write home-url",
		"config = \"a\"":                     "there is no setting \"config\"",
		"drain = \"soon\"":                   "--drain: expected duration but got \"soon\": time: invalid duration \"soon\" (set by FILE:1)",
		"drain = \"1h\"":                     "--drain: must be from 0s to 5m0s (set by FILE:1)",
		"\nlog-level = \"loud\"":             "but got \"loud\" (set by FILE:2)",
		"home-url = \"x\"":                   "--home-url: \"x\" must be an absolute http or https URL (set by FILE:1)",
		"database = \"mysql://x\"":           "--database: must have the form",
		"database = \"postgres://h:port/d\"": "--database: ",
		"pictures = \"s3://\"":               "--pictures: ",
		"public-url = \"a\"":                 "--public-url: ",
		"photo-allow = \"a b\"":              "--photo-allow: ",
		"themes = \"/none\"":                 "--themes: ",
		"signing-key = \"short\"":            "--signing-key: key 1 has 5 bytes",
		"[serve]":                            "there are no sections",
	} {
		path := settingsFile(t, text)
		out, errs, status := ran(t, "config", "check", "--config", path)
		if errs = strings.ReplaceAll(errs, path, "FILE"); status != 2 || out != "" || !strings.Contains(errs, want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: %d %s%s, want %s", text, status, out, errs, want)
		}
	}
	t.Setenv("CARDS_DRAIN", "1h")
	if _, errs, status := ran(t, "config", "check"); status != 2 || !strings.Contains(errs, "(set by CARDS_DRAIN)") {
		t.Errorf("%d %s", status, errs)
	}
	if _, errs, status := ran(t, "config", "check", "--drain", "1h"); status != 2 || strings.Contains(errs, "set by") {
		t.Errorf("%d %s", status, errs)
	}
}

// TestSecretsInAFile: what others may read has no secrets.
func TestSecretsInAFile(t *testing.T) {
	for text, ok := range map[string]bool{
		"addr = \"127.0.0.1:1\"": true, "database = \"sqlite:///var/lib/cards/cards.db\"": true, "api-token = \"" + madeSecret + "\"": false,
		"database = \"postgres://a:b@c/d\"": false, "database = \"postgres://a@c/d?sslmode=require\"": true,
		"database = \"postgres://a@c/d?password=b\"": false, "signing-key = [\"" + madeSecret + "\"]": false,
	} {
		path := settingsFile(t, text)
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		out, errs, status := ran(t, "config", "check", "--config", path)
		if (status == 0) != ok || !ok && !strings.Contains(errs, "chmod 600") || strings.Contains(errs, madeSecret) {
			t.Errorf("%s: %d %s%s", text, status, out, errs)
		}
		if ok && !strings.Contains(out, "could start with these settings, with those of "+path) {
			t.Error(out)
		}
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none.toml"), t.TempDir()} {
		if _, errs, status := ran(t, "config", "check", "--config", path); status != 2 || !strings.Contains(errs, "--config: "+path) {
			t.Errorf("%d %s", status, errs)
		}
	}
}
