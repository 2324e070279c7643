package main

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// updateScripts is for files that a change of what is printed has outdated; look at them before you commit.
var updateScripts = flag.Bool("update-scripts", false, "rewrite the outputs in testdata/script")

// TestScripts runs the command line as a person does: each script names commands and what they print.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("each line of a script starts a program")
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *updateScripts, RequireExplicitExec: true, Setup: withSite,
	})
}

// withSite serves the folder site of a script as a web site, whose host and port are $SITE.
func withSite(env *testscript.Env) error {
	site := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(env.WorkDir, "site"))))
	env.Defer(site.Close)
	env.Setenv("SITE", strings.TrimPrefix(site.URL, "http://"))
	return nil
}
