package png

// Tokens are what a stream is made of: bytes, and repetitions by their length.
const (
	near       = 256        // plus length less minMatch: repeats the byte before
	far        = near + 256 // plus length less minMatch: repeats what is one row before
	tokenKinds = far + 256
)

// Measures of deflate's repetitions (RFC 1951, 3.2.5), in bytes.
const (
	minMatch    = 3
	maxMatch    = 258
	maxDistance = 32 << 10
)

// tokens gathers a stream. Repetitions that follow each other are joined, then cut into the lengths
// that deflate has.
type tokens struct {
	all   []uint16
	plain int    // bytes that repeat nothing
	going int    // bytes of the repetition that may go on
	kind  uint16 // of it: near or far
}

func (t *tokens) reset() { t.all, t.going, t.plain = t.all[:0], 0, 0 }

// literal adds a byte as it is.
func (t *tokens) literal(b byte) {
	if t.going > 0 {
		t.flush()
	}
	t.all = append(t.all, uint16(b))
}

// repeat adds n bytes, at least minMatch, that repeat what is before them.
func (t *tokens) repeat(kind uint16, n int) {
	if t.kind != kind {
		t.flush()
		t.kind = kind
	}
	t.going += n
}

// flush ends the repetition that is going on.
func (t *tokens) flush() {
	for t.going > 0 {
		n := min(t.going, maxMatch)
		if rest := t.going - n; rest > 0 && rest < minMatch {
			n -= minMatch - rest
		}
		t.all = append(t.all, t.kind+uint16(n-minMatch))
		t.going -= n
	}
}
