package lazyregexp

import (
	"sync"
	"testing"
)

// TestCompilesLate: what is no regular expression is found at its first use, and again later.
func TestCompilesLate(t *testing.T) {
	r := New("(")
	for range 2 {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("it matched")
				}
			}()
			r().MatchString("a")
		}()
	}
}

func TestConcurrentUse(t *testing.T) {
	r := New("^a+$")
	var users sync.WaitGroup
	for range 8 {
		users.Go(func() {
			if !r().MatchString("aa") || r().MatchString("ab") {
				t.Error("it matches something else")
			}
		})
	}
	users.Wait()
}
