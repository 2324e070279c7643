package main

import (
	"runtime/debug"
	"testing"
)

// TestVersions of builds in a checkout, with and without a tag, and of builds without their history.
func TestVersions(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	for _, tt := range []struct {
		module          string
		settings        map[string]string
		version, origin string
	}{
		{"v1.4.0", map[string]string{"vcs.revision": commit, "vcs.time": "2026-11-29T12:00:00Z", "vcs.modified": "false"},
			"v1.4.0", "commit 0123456789ab of 2026-11-29T12:00:00Z"},
		{"(devel)", map[string]string{"vcs.revision": commit, "vcs.modified": "true"}, "devel-0123456789ab", "commit 0123456789ab with changes"},
		{"", map[string]string{"vcs.revision": "0123"}, "devel-0123", "commit 0123"},
		{"(devel)", nil, "devel", "built without a commit"},
		{"v1.4.0", nil, "v1.4.0", "built without a commit"},
	} {
		info := debug.BuildInfo{Main: debug.Module{Version: tt.module}}
		for key, value := range tt.settings {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: key, Value: value})
		}
		if version, origin := versionOf(info), commitOf(info); version != tt.version || origin != tt.origin {
			t.Errorf("%q: %q, %q", tt.module, version, origin)
		}
	}
}
