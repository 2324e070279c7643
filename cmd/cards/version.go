package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/render"
)

type versionCommand struct{}

func (versionCommand) Run(std stdio) error {
	_, err := fmt.Fprintln(std.out, versionLine())
	return err
}

// versionLine returns what the command and the flag print.
func versionLine() string {
	return fmt.Sprintf("cards %s (%s, renderer %s, fonts %s, %s %s/%s)", buildVersion(), commitOf(buildInfo()),
		render.Version, fonts.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// buildInfo returns what the linker recorded; the zero value if it recorded nothing.
func buildInfo() debug.BuildInfo {
	if info, ok := debug.ReadBuildInfo(); ok {
		return *info
	}
	return debug.BuildInfo{}
}

// buildVersion returns the module's version or, without one, the commit that it was built from.
func buildVersion() string { return versionOf(buildInfo()) }

func versionOf(info debug.BuildInfo) string {
	if version := info.Main.Version; version != "" && version != "(devel)" {
		return version
	}
	if commit := setting(info, "vcs.revision"); commit != "" {
		return "devel-" + short(commit)
	}
	return "devel"
}

// commitOf says which commit the program was built from. Go records it for builds in a checkout, but not for "go run",
// for -buildvcs=false and for sources that were copied without their history.
func commitOf(info debug.BuildInfo) string {
	commit := setting(info, "vcs.revision")
	if commit == "" {
		return "built without a commit"
	}
	said := "commit " + short(commit)
	if at := setting(info, "vcs.time"); at != "" {
		said += " of " + at
	}
	if setting(info, "vcs.modified") == "true" {
		said += " with changes"
	}
	return said
}

// short returns a commit's name in the length in which it is usually read.
func short(commit string) string { return commit[:min(12, len(commit))] }

func setting(info debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
