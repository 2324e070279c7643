package png

// A token is a byte, or a repetition of a certain length and kind.
const (
	near       = 256        // plus length minus minMatch: repeats the previous byte
	far        = near + 256 // plus length minus minMatch: repeats the bytes one row before
	tokenKinds = far + 256
)

// Limits of deflate's repetitions (RFC 1951, 3.2.5), in bytes.
const (
	minMatch    = 3
	maxMatch    = 258
	maxDistance = 32 << 10
)

// tokens collects the tokens of a stream. It joins successive repetitions of one kind, then divides them into
// lengths that deflate supports.
type tokens struct {
	all   []uint16
	plain int    // bytes that are not repetitions
	going int    // length of the current repetition, which may still grow
	kind  uint16 // of the current repetition: near or far
}

func (t *tokens) reset() { t.all, t.going, t.plain = t.all[:0], 0, 0 }

// literal adds a byte.
func (t *tokens) literal(b byte) {
	if t.going > 0 {
		t.flush()
	}
	t.all = append(t.all, uint16(b))
}

// repeat adds a repetition of n bytes, at least minMatch.
func (t *tokens) repeat(kind uint16, n int) {
	if t.kind != kind {
		t.flush()
		t.kind = kind
	}
	t.going += n
}

// flush ends the current repetition.
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
