package jpeg

import "bytes"

// piece is the data between two restart markers, or a whole scan without any.
type piece struct {
	index int    // of the restart interval
	data  []byte // with stuffing
	ended bool   // a marker follows; otherwise the file ends here
}

// pieces divides the data of a scan at its restart markers. The numbers of the markers tell which intervals are lost.
// A marker that cannot be in a scan is data: a byte of it was damaged.
type pieces struct {
	data  []byte
	at    int // where the next piece begins
	every int // MCUs of an interval; 0: there are none
	index int // of the next piece
	last  bool

	found  piece // if ready is set
	ready  bool
	behind int // offset behind found
}

// newPieces returns the pieces of a scan that begins at the offset. A scan that should have restart markers, but has
// none at all, is one piece.
func newPieces(data []byte, at, every int) pieces {
	p := pieces{data: data, at: at, every: every}
	if every > 0 {
		if m, _ := markerIn(data, at, true); m < markRST0 || m > markRST7 {
			p.every = 0
		}
	}
	return p
}

// peek returns the next piece. ok is false after the last.
func (p *pieces) peek() (next piece, ok bool) {
	if p.ready || p.last {
		return p.found, p.ready
	}
	marker, at := markerIn(p.data, p.at, p.every > 0)
	p.found, p.ready = piece{p.index, p.data[p.at:at], at < len(p.data)}, true
	p.behind = min(at+2, len(p.data))
	for ; ; marker, at = markerIn(p.data, p.behind, true) { // which piece comes then?
		if p.last = marker < markRST0 || marker > markRST7; p.last {
			p.behind = at
			return p.found, true
		}
		p.behind = at + 2
		switch ahead := (int(marker) - markRST0 - p.found.index) & 7; ahead {
		case 6, 7: // an interval that came before: what follows is left out, up to the next marker
			continue
		case 1, 2:
			p.index = p.found.index + 1 + ahead
		default:
			p.index = p.found.index + 1
		}
		return p.found, true
	}
}

// take goes on to the next piece.
func (p *pieces) take() {
	p.ready, p.at = false, p.behind
}

// end returns the offset of the marker that ends the scan.
func (p *pieces) end() int {
	at := p.at
	if p.ready {
		at = p.behind
	}
	for {
		marker, found := markerIn(p.data, at, true)
		if marker < markRST0 || marker > markRST7 {
			return found
		}
		at = found + 2
	}
}

// markerIn finds the next marker that can be in or behind a scan, at or after the offset. Restart markers count only
// with restarts. At the end of the data the marker is 0.
func markerIn(data []byte, at int, restarts bool) (marker byte, found int) {
	for at+1 < len(data) {
		n := bytes.IndexByte(data[at:len(data)-1], 0xff)
		if n < 0 {
			break
		}
		at += n
		switch m := data[at+1]; {
		case m >= markRST0 && m <= markRST7:
			if restarts {
				return m, at
			}
		case m == 0xff:
			at++
			continue
		case EndsScan(m):
			return m, at
		}
		at += 2
	}
	return 0, len(data)
}

// EndsScan reports whether a marker can be behind the data of a scan. Any other one is data: a byte of it was damaged.
func EndsScan(m byte) bool {
	return m == markDHT || m == markDAC || m >= markEOI && m <= markDRI || m >= markAPP0 && m <= markAPP15 || m == markCOM
}
