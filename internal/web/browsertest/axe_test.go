package browsertest

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/chromedp/chromedp"
)

const axeFile = "node_modules/axe-core/axe.min.js"

// violation is what axe-core finds.
type violation struct {
	ID, Help string
	Nodes    []struct {
		Target         []any
		FailureSummary string
	}
}

// axe holds that axe-core finds nothing on the page.
func (p *tab) axe() {
	p.t.Helper()
	source, err := os.ReadFile(axeFile)
	if errors.Is(err, fs.ErrNotExist) && !required() {
		p.t.Skip("SKIPPED: axe-core is not installed: scripts/deps installs it")
	}
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[chromedp.Void](string(source))); err != nil {
		p.t.Fatal(err)
	}
	found := eval[[]violation](p, `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => ({ ID: v.id, Help: v.help, Nodes: v.nodes.map((n) => ({ Target: n.target.flat(), FailureSummary: n.failureSummary })) })))`)
	for _, v := range found {
		for _, n := range v.Nodes {
			p.t.Errorf("%s: %s: %v: %s", v.ID, v.Help, n.Target, strings.ReplaceAll(n.FailureSummary, "\n", " "))
		}
	}
}
