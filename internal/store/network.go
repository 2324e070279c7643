package store

import "time"

// Network identifies the network of a reader for one day, without personal data. The numbers are keyed hashes. There
// are few, so that many networks have the same number.
type Network struct {
	Wide   uint16 // of the IPv4 /24 or IPv6 /48, at most MaxNetwork; 0: unknown, and not limited
	Narrow uint16 // of the IPv6 /64, at most MaxNetwork; 0: none
}

// MaxNetwork is the largest number of a network.
const MaxNetwork = 1<<15 - 1

// ShareWindow is the time in which the clicks of a network are limited. A window begins at each full hour (UTC).
const ShareWindow = time.Hour

// WindowOf returns the beginning of the window of a click.
func WindowOf(t time.Time) time.Time { return t.UTC().Truncate(ShareWindow) }

// ShareRule limits the clicks that are counted of one network, for each article and ShareWindow. Times that the story
// was opened and shares are limited separately.
type ShareRule struct {
	// A network may add this many clicks, however few come from other networks.
	WideFloor, NarrowFloor int64
	// Beyond that it may add one click for so many from other networks.
	WidePart, NarrowPart int64
}

// NetworkShare is the rule that stores apply. docs/clicks.md shows what other figures would do.
var NetworkShare = ShareRule{WideFloor: 20, NarrowFloor: 10, WidePart: 10, NarrowPart: 20}

// Admits reports whether one more click of the network is counted, in addition to those that were counted before.
func (r ShareRule) Admits(n Network, before NetworkCounts) bool {
	if n.Wide == 0 {
		return true
	}
	wide := before.of(wideKey(n))
	others := before.all() - wide
	if wide >= max(r.WideFloor, others/r.WidePart) || wide == maxCount {
		return false
	}
	return n.Narrow == 0 || before.of(narrowKey(n)) < max(r.NarrowFloor, others/r.NarrowPart)
}
