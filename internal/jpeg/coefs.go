package jpeg

import "sync"

// coefs are the coefficients of a component of a progressive file, block by block in rows. Of each block those are kept
// that a size needs, in the order in which its inverse DCT takes them.
type coefs struct {
	means []int16  // the DC values
	kept  []int16  // the others; the first of each block means nothing: what is not kept may be written there
	known []uint64 // which of all 64 coefficients are not 0, by bits in the order of the stream
}

// store is the memory of all coefficients of a file.
type store struct {
	shorts []int16
	words  []uint64
}

// stores has memory that is no longer used, as *store.
var stores sync.Pool

// pooledShorts is the largest number of kept coefficients whose memory is reused.
const pooledShorts = 6 << 20

// newStore returns memory for a number of blocks, of which each values are kept besides the mean. It is not cleared.
func newStore(blocks, each int) *store {
	n := blocks * (each + 1)
	if s, ok := stores.Get().(*store); ok && cap(s.shorts) >= n && cap(s.words) >= blocks {
		return &store{s.shorts[:n], s.words[:blocks]}
	}
	return &store{make([]int16, n), make([]uint64, blocks)}
}

// clear sets all coefficients to 0.
func (s *store) clear() {
	clear(s.shorts)
	clear(s.words)
}

// release lets another file use the memory.
func (s *store) release() {
	if cap(s.shorts) <= pooledShorts {
		stores.Put(s)
	}
}

// take returns the memory of a component, whose blocks follow the first ones in the store.
func (s *store) take(first, blocks, each int) coefs {
	at, end := first*(each+1), (first+blocks)*(each+1)
	return coefs{s.shorts[at : at+blocks], s.shorts[at+blocks : end], s.words[first : first+blocks]}
}
