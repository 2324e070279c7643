package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// updateScripts is for files that a change of what is printed has outdated; look at them before you commit.
var updateScripts = flag.Bool("update-scripts", false, "rewrite the outputs in testdata/script")

// TestScripts runs the command line as a person does: each script names commands and what they print.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *updateScripts, RequireExplicitExec: true})
}
