package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestManual: the page names every command and flag, is the same each time, and groff has nothing to say about it.
func TestManual(t *testing.T) {
	page, errs, status := ran(t, "manual")
	again, _, _ := ran(t, "manual")
	if status != 0 || errs != "" || page != again {
		t.Fatalf("%d %s", status, errs)
	}
	for _, want := range []string{".TH CARDS 1\n", "share links and social cards for every news story\n", ".SS cards serve\n", ".SS cards token create\n",
		".SS cards theme check", `\fB\-\-public\-url=URL\fR`, `\fB\-\-[no\-]draw\-ahead\fR`, ".SH EXIT STATUS\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "manual") {
		t.Error("the page has the command that prints it")
	}
	if _, err := exec.LookPath("groff"); err != nil {
		t.Skip("SKIPPED: there is no groff")
	}
	cmd := exec.CommandContext(t.Context(), "groff", "-man", "-Tutf8", "-ww", "-z")
	cmd.Stdin = strings.NewReader(page)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}
