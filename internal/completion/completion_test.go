package completion_test

import (
	"strings"
	"testing"

	"newsroom.example/cards/internal/completion"
)

// TestQuotedHelp: nothing in a help text ends its quotes, and only its first sentence is shown.
func TestQuotedHelp(t *testing.T) {
	program := completion.Command{Name: "p", Commands: []completion.Command{{Name: "a", Help: `The story's $(x) \ "path". More.`}}}
	for shell, want := range map[string]string{
		"zsh": `'a:The story'\''s $(x) \ "path"'`, "fish": `-f -a 'a' -d 'The story\'s $(x) \\ "path"'`, "bash": `words='a'`,
	} {
		var out strings.Builder
		if err := completion.Write(&out, shell, program); err != nil || !strings.Contains(out.String(), want) || strings.Contains(out.String(), "More") {
			t.Errorf("%s: %v\n%s", shell, err, out.String())
		}
	}
	if err := completion.Write(&strings.Builder{}, "tcsh", program); err == nil || !strings.Contains(err.Error(), "bash, zsh, fish") {
		t.Errorf("another shell: %v", err)
	}
}
