package render

import (
	"fmt"
	"slices"
	"strings"
)

// maxListed is how many characters a warning names.
const maxListed = 8

// listed names characters, each once: the first few, and the number of the others.
func listed(missing []rune) string {
	var names []string
	for i, r := range missing {
		if !slices.Contains(missing[:i], r) {
			names = append(names, string(r))
		}
	}
	if more := len(names) - maxListed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxListed], ", "), more)
	}
	return strings.Join(names, ", ")
}
