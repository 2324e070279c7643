package store

import (
	"math/rand/v2"
	"testing"
)

// TestNetworkCounts compares the counts with maps, over many networks in random order, and through bytes.
func TestNetworkCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var c NetworkCounts
	wide, narrow := map[uint16]int64{}, map[uint16]int64{}
	const clicks = 20_000
	for range clicks {
		n := Network{Wide: uint16(random.IntN(300)), Narrow: uint16(random.IntN(MaxNetwork + 1))}
		c.Add(n)
		wide[n.Wide]++
		narrow[n.Narrow]++
	}
	c, err := ParseNetworkCounts(append([]byte(nil), c.Bytes()...))
	if err != nil || c.all() != clicks {
		t.Fatalf("%d clicks, %v", c.all(), err)
	}
	delete(wide, 0)
	delete(narrow, 0)
	for n, want := range wide {
		if got := c.of(wideKey(Network{Wide: n})); got != want {
			t.Errorf("wide %d: %d clicks, not %d", n, got, want)
		}
	}
	for n, want := range narrow {
		if got := c.of(narrowKey(Network{Narrow: n})); got != want {
			t.Errorf("narrow %d: %d clicks, not %d", n, got, want)
		}
	}
	if got := c.of(wideKey(Network{Wide: 300})); got != 0 {
		t.Errorf("a network without clicks has %d", got)
	}
	if want := sumBytes + entryBytes*(len(wide)+len(narrow)); len(c.Bytes()) != want {
		t.Errorf("%d bytes, not %d", len(c.Bytes()), want)
	}
}

func TestParseNetworkCounts(t *testing.T) {
	for size, fine := range map[int]bool{0: true, 1: false, 7: false, 8: true, 9: false, 11: false, 12: true, 16: true} {
		if _, err := ParseNetworkCounts(make([]byte, size)); (err == nil) != fine {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
	var empty NetworkCounts
	if empty.all() != 0 || empty.of(1) != 0 || len(empty.Bytes()) != 0 {
		t.Error("the zero value has clicks")
	}
}

// TestCountsAreBounded: a network whose number cannot grow any more is not counted, whatever its share.
func TestCountsAreBounded(t *testing.T) {
	var c NetworkCounts
	n := Network{Wide: 1}
	rule := ShareRule{WideFloor: 1 << 40, WidePart: 1, NarrowFloor: 1, NarrowPart: 1}
	counted := 0
	for range 70_000 {
		if rule.Admits(n, c) {
			c.Add(n)
			counted++
		}
	}
	if counted != maxCount {
		t.Errorf("%d clicks are counted", counted)
	}
	for range 3 {
		c.Add(n)
	}
	if c.of(wideKey(n)) != maxCount || c.all() != maxCount+3 {
		t.Errorf("%d of %d", c.of(wideKey(n)), c.all())
	}
}

// TestAdmits has the edges of the rule. Every row is one click more than the clicks before it.
func TestAdmits(t *testing.T) {
	rule := ShareRule{WideFloor: 5, NarrowFloor: 3, WidePart: 10, NarrowPart: 20}
	own := Network{Wide: 7, Narrow: 9}
	for _, tt := range []struct {
		why                          string
		others, neighbours, same     int // clicks before
		admitted, withoutNarrow, any bool
	}{
		{"nothing before", 0, 0, 0, true, true, true},
		{"below the narrow floor", 0, 0, 2, true, true, true},
		{"at the narrow floor", 0, 0, 3, false, true, true},
		{"at the wide floor", 0, 2, 3, false, false, true},
		{"neighbours fill the wide floor", 0, 5, 0, false, false, true},
		{"one below a tenth", 60, 3, 2, true, true, true},
		{"a tenth", 60, 4, 2, false, false, true},
		{"below a twentieth", 100, 0, 4, true, true, true},
		{"a twentieth", 100, 0, 5, false, true, true},
		{"own clicks are no others", 59, 4, 1, false, false, true},
	} {
		var c NetworkCounts
		for i := range tt.others {
			c.Add(Network{Wide: uint16(100 + i)})
		}
		for range tt.neighbours {
			c.Add(Network{Wide: own.Wide, Narrow: 10})
		}
		for range tt.same {
			c.Add(own)
		}
		for n, want := range map[Network]bool{own: tt.admitted, {Wide: own.Wide}: tt.withoutNarrow, {}: tt.any} {
			if got := rule.Admits(n, c); got != want {
				t.Errorf("%s: %+v is admitted: %t", tt.why, n, got)
			}
		}
	}
}
