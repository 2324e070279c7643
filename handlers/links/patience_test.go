package links

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestPatience: readers of a moment share a limit, and whenever they come, it is a second or a little less.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p patience
		seen := map[any]bool{}
		for range 500 {
			ctx := p.context()
			seen[ctx] = true
			deadline, ok := ctx.Deadline()
			if left := time.Until(deadline); !ok || left > clickWait || left < clickWait*9/10 || ctx.Err() != nil {
				t.Fatalf("%s are left, %v", left, ctx.Err())
			}
			time.Sleep(7 * time.Millisecond)
		}
		if n := len(seen); n < 30 || n > 36 {
			t.Errorf("%d limits in 3.5 s", n)
		}
		last := p.context()
		time.Sleep(clickWait)
		synctest.Wait()
		if last.Err() == nil {
			t.Error("it does not end")
		}
	})
}
