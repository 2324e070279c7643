// Package e2e publishes posts in a real WordPress with the plugin, in a real browser, and looks at what readers, crawlers
// and editors get. `make e2e-wordpress` installs what is missing and runs them; without CARDS_WORDPRESS=1 they are skipped,
// and say so.
package e2e

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// theSite is what the tests share; nil without CARDS_WORDPRESS=1.
var theSite *site

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	if os.Getenv("CARDS_WORDPRESS") != "1" || testing.Short() {
		return m.Run()
	}
	if missing := lacking(); missing != "" {
		return failed(errors.New(missing + " is not installed: scripts/wordpress-deps installs it"))
	}
	dir, err := os.MkdirTemp("", "cards-wordpress-")
	if err != nil {
		return failed(err)
	}
	defer os.RemoveAll(dir)
	s, err := newSite(dir)
	defer s.stop()
	if err != nil {
		return failed(err)
	}
	theSite = s
	return m.Run()
}

// lacking returns what is not installed.
func lacking() string {
	for _, program := range []string{"php", "phpcs", "phpunit", "msgfmt", "mariadbd", "mariadb-install-db", "mariadb", "chromium"} {
		if _, err := exec.LookPath(program); err != nil {
			return program
		}
	}
	if _, err := os.Stat(source + "/wp-load.php"); err != nil {
		return "WordPress"
	}
	return ""
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "e2e:", err)
	return 1
}

// wordpress returns the site, or skips the test.
func wordpress(t *testing.T) *site {
	t.Helper()
	if theSite == nil {
		t.Skip("SKIPPED: it takes minutes: make e2e-wordpress")
	}
	return theSite
}
