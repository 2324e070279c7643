package photo

import (
	"hash/maphash"
	"image"
	"image/color"
	"sync"

	"newsroom.example/cards/internal/photo/focus"
)

// Focus returns the focus of the photo, the parts that a crop should keep. It decodes the photo at the scale at
// which a crop fills need, a width and height in pixels, so that this crop needs no further decoding. The result is
// cached by photo, scale and the paper under transparent parts, so that a card always has the same focus. How the photo
// was decoded is cached too.
func (p *Photo) Focus(need image.Point) (focus.Focus, error) {
	shrink := p.shrinkFor(fillSize(p.size, need), need)
	key := focusKey{photo: p.fingerprint(), shrink: shrink}
	if p.info.Format != "jpeg" { // which may be transparent
		key.paper = color.RGBAModel.Convert(p.paper).(color.RGBA)
		if pair, ok := p.paper.(paired); ok {
			key.other = color.RGBAModel.Convert(pair.Other()).(color.RGBA)
		}
	}
	if known, ok := p.decoder.focuses.get(key); ok {
		p.decodeAs(known)
		return known.focus, nil
	}
	if whole := (image.Rectangle{Max: p.size}); !p.view.shows(whole, shrink) {
		if err := p.decodePart(whole, shrink); err != nil {
			return focus.Focus{}, err
		}
	}
	f := focus.Find(partOf(p.view.img, p.view.at(image.Rectangle{Max: p.size})))
	p.decoder.focuses.put(key, focusEntry{f, p.sequential == nil})
	return f, nil
}

// fingerprint returns the hash of the photo's bytes. It takes about 0.1 ms for each megabyte.
func (p *Photo) fingerprint() uint64 {
	if !p.hashed {
		p.hash, p.hashed = maphash.Bytes(p.decoder.focuses.seed, p.data), true
	}
	return p.hash
}

// decodeAs has the photo decoded in the way in which its focus was found.
func (p *Photo) decodeAs(known focusEntry) {
	if known.whole && p.sequential != nil {
		p.release()
		p.sequential = nil
	}
}

// fillSize returns the size of the largest part of a photo that has the aspect ratio of the box.
func fillSize(photo, box image.Point) image.Point {
	return focus.Crop(photo, box, focus.Focus{}, focus.Rect{}).Size()
}

// partOf returns a part of a picture without copying it.
func partOf(img image.Image, at image.Rectangle) image.Image {
	if m, ok := img.(interface {
		SubImage(image.Rectangle) image.Image
	}); ok {
		return m.SubImage(at)
	}
	return img
}

// maxFocuses is the maximum number of cached focuses. Each takes about 200 bytes.
const maxFocuses = 8192

// focusCache caches the focuses of photos. It is safe for concurrent use.
type focusCache struct {
	seed  maphash.Seed
	mu    sync.Mutex
	known map[focusKey]focusEntry
}

// focusKey is a photo, by the hash of its bytes, at a scale, over paper.
type focusKey struct {
	photo  uint64
	shrink int
	paper  color.RGBA
	other  color.RGBA // if it is not settled on which of both
}

// focusEntry is a cached focus.
type focusEntry struct {
	focus focus.Focus
	whole bool // the photo was decoded completely, by the decoder of any file
}

func newFocusCache() *focusCache {
	return &focusCache{seed: maphash.MakeSeed(), known: map[focusKey]focusEntry{}}
}

func (s *focusCache) get(key focusKey) (focusEntry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.known[key]
	return f, ok
}

func (s *focusCache) put(key focusKey, f focusEntry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old := range s.known { // any of them
		if len(s.known) < maxFocuses {
			break
		}
		delete(s.known, old)
	}
	s.known[key] = f
}
