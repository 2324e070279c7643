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
	_, err := fmt.Fprintf(std.out, "cards %s (renderer %s, fonts %s, %s %s/%s)\n",
		buildVersion(), render.Version, fonts.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// buildVersion returns the module's version or, without one, the commit that it was built from.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	version := info.Main.Version
	if version == "" || version == "(devel)" {
		version = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && version == "devel" {
			return "devel-" + s.Value[:min(12, len(s.Value))]
		}
	}
	return version
}
