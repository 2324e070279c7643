package photo

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// Bounds of the profiles that are remembered: a newsroom's cameras and programs embed a few, a press's
// profile has half a megabyte, and what is made of one takes at most about twice its bytes.
const (
	maxProfiles = 8
	longProfile = 640 << 10 // bytes; a longer one is parsed each time
)

// profiles remembers what profiles came to: parsing one and trying whether it changes anything takes
// longer than hashing it. It is safe for concurrent use.
type profiles struct {
	mu    sync.Mutex
	known map[[sha256.Size]byte]*Profile // nil: of no use, or sRGB's own
}

func newProfiles() *profiles { return &profiles{known: map[[sha256.Size]byte]*Profile{}} }

// of is the profile of the bytes, nil where it is of no use or changes nothing.
func (p *profiles) of(raw []byte) *Profile {
	if len(raw) > longProfile {
		return usable(raw)
	}
	key := sha256.Sum256(raw)
	p.mu.Lock()
	found, ok := p.known[key]
	p.mu.Unlock()
	if ok {
		return found
	}
	found = usable(bytes.Clone(raw)) // its curves read from it, and raw may be a part of a photo
	p.mu.Lock()
	defer p.mu.Unlock()
	for old := range p.known { // any: a stranger's profiles must not grow it
		if len(p.known) < maxProfiles {
			break
		}
		delete(p.known, old)
	}
	p.known[key] = found
	return found
}

// usable parses a profile.
func usable(raw []byte) *Profile {
	p, err := parseProfile(raw)
	if err != nil {
		return nil
	}
	return p
}
