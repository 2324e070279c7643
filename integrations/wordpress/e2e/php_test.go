package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestUnits runs the plugin's PHPUnit tests inside of the site's WordPress.
func TestUnits(t *testing.T) {
	s := wordpress(t)
	tests, err := filepath.Abs("../tests")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "phpunit", "--no-configuration", "--do-not-cache-result", "--bootstrap", filepath.Join(tests, "bootstrap.php"), tests)
	cmd.Dir = s.wp
	cmd.Env = append(os.Environ(), "CARDS_WORDPRESS="+s.wp)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestStyle holds the plugin to ../phpcs.xml.
func TestStyle(t *testing.T) {
	wordpress(t)
	if out, err := exec.CommandContext(t.Context(), "phpcs", "--standard=../phpcs.xml", "-s").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestTranslations: each text of the plugin is translated, and what WordPress reads is made of what people read.
func TestTranslations(t *testing.T) {
	wordpress(t)
	dir := t.TempDir()
	sources, err := filepath.Glob("../cards/src/*.php")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	template := filepath.Join(dir, "cards.pot")
	extract := append([]string{"--from-code=UTF-8", "--language=PHP", "--keyword=__", "--keyword=esc_html__", "-o", template}, sources...)
	for _, step := range [][]string{
		append([]string{"xgettext"}, extract...),
		{"msgcmp", "../cards/languages/cards-ko_KR.po", template},
		{"msgfmt", "--check-format", "-o", filepath.Join(dir, "cards.mo"), "../cards/languages/cards-ko_KR.po"},
		{"cmp", filepath.Join(dir, "cards.mo"), "../cards/languages/cards-ko_KR.mo"},
	} {
		if out, err := exec.CommandContext(t.Context(), step[0], step[1:]...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", step[0], err, out)
		}
	}
}
