// Package pictures turns a card into an encoded picture. It is the only package that does.
//
// A request for a picture is answered from the cache if possible. Otherwise it joins the drawing of the same picture
// that is already running, or starts one: load the photo, wait for a slot, draw, encode, cache.
package pictures

import (
	"context"
	"fmt"
	"image/color"
	"log/slog"
	"runtime"
	"time"

	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/sampled"

	"newsroom.example/cards/render"
)

// Image is an encoded picture, ready to be served.
type Image struct {
	Bytes []byte // shared: must not be modified
	Type  string // media type
	ETag  string // strong, quotes included; empty for a degraded or temporary picture
	Photo string // IDs of the photo and the portrait in the picture, even if not stored, with a space between; empty: none
	// Degraded says why the photo or the portrait, or a part of it, is missing from the picture; nil if nothing is
	// missing. A degraded picture is never cached.
	Degraded error
	Portrait error // why the portrait, or a part of it, is missing; nil if it is not
	// Sketch has the figures of the picture and of the card's other sizes, as from Service.Sketch, if Options.Sketch asked
	// for them; nil if they could not be measured.
	Sketch []Figures
}

// Options change how a picture is made, not what it shows.
type Options struct {
	// Strict returns an error if the photo or the portrait fails. Without it, the card is drawn without that.
	Strict bool
	// PhotoWait limits the wait for pictures that must be fetched; zero means as long as ctx allows.
	// The fetch itself continues, so that the next request finds the photo.
	PhotoWait time.Duration
	// Temporary is for a picture whose photo may change; see Permanent. The picture is neither cached nor read
	// from the cache, and it has no entity tag.
	Temporary bool
	Sketch    bool // also measure the card, whose size must be card.OpenGraph; see Image.Sketch
	// Spare is for a picture that nobody waits for yet: it is drawn when no other drawing needs the slot, and is never
	// a reason to reject another one.
	Spare bool
	// Plain draws the card without its photo and portrait, beside the drawings that take too long with theirs: it waits
	// for none of them. If the whole picture is cached, that is returned.
	Plain bool
}

// Photos loads and decodes photos by reference. Load does the I/O and little else. Decode decodes the pixels; soon
// after Load it needs no network. If Decode returns an error although use returned nil, a part of the photo is
// missing, and use was called with the rest. id is the ID of the photo with which use was called.
type Photos interface {
	Load(ctx context.Context, ref string) error
	Decode(ctx context.Context, ref string, paper color.Color, use func(render.Photo) error) (id string, err error)
}

// Config configures a Service.
type Config struct {
	Photos   Photos
	Renderer *render.Renderer
	Cache    Cache
	Log      *slog.Logger
	Slots    int           // maximum number of drawings at a time; 0: GOMAXPROCS
	Queue    int           // maximum number of drawings that wait for a slot; 0: 16 per slot
	Timeout  time.Duration // limit for one drawing, including its photo; 0: 15 s

	Watch     Watch                   // nil: nothing is told
	Withdrawn func(photo string) bool // reports whether the photo with the ID was withdrawn; nil: none was
}

// Service draws cards. It is safe for concurrent use.
type Service struct {
	cfg      Config
	flight   singleflight.Group
	slots    *slots
	plain    *slots // of plain drawings
	sketches sketches
	sampled  *sampled.Logger // of the disk's faults, which may concern every picture
}

// New returns a Service. Zero settings take their defaults.
func New(cfg Config) *Service {
	if cfg.Slots == 0 {
		cfg.Slots = runtime.GOMAXPROCS(0)
	}
	if cfg.Queue == 0 {
		cfg.Queue = 16 * cfg.Slots
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 15 * time.Second
	}
	if cfg.Watch == nil {
		cfg.Watch = unwatched{}
	}
	return &Service{
		cfg: cfg, slots: newSlots(cfg.Slots, cfg.Queue), plain: newSlots(1, cfg.Queue),
		sampled: sampled.New(cfg.Log, time.Now),
	}
}

// Spare reserves a free slot for a second goroutine and returns the function that releases it, or nil if no slot is
// free. The caller must release the slot as soon as its work is done.
func (s *Service) Spare() (release func()) { return s.slots.spare() }

// Load is what the drawings of a moment use.
type Load struct {
	Slots, Used             int // slots, and those in use
	Waiting, Patient, Plain int // waiting for a slot; until nobody else needs one; for their turn without a photo
}

// Load returns what the drawings use now.
func (s *Service) Load() Load {
	l := Load{Plain: s.plain.queued()}
	s.slots.mu.Lock()
	defer s.slots.mu.Unlock()
	l.Slots, l.Used = s.slots.n, s.slots.n-s.slots.free
	l.Waiting, l.Patient = len(s.slots.waiting), len(s.slots.patient)
	return l
}

// Key returns the key of a card's picture without drawing it. The entity tag of the complete picture derives from it,
// and for a card with the URL of its photo from the photo's bytes, too.
func (s *Service) Key(c card.Card, format string) card.Key {
	return c.Key(s.cfg.Renderer.Version(c), format)
}

// Permanent reports whether the card always shows the same photo and portrait: stored ones, which are named by the hash
// of their bytes, or none. A source can change the photo at its URL at any time.
func (s *Service) Permanent(c card.Card) bool {
	return (!c.Photo.ByURL() || !s.cfg.Renderer.ShowsPhoto(c)) &&
		(!c.Portrait.ByURL() || !s.cfg.Renderer.ShowsPortrait(c))
}

// Preview returns the picture of the card, encoded as format: "jpg" or "png". The card must be normalized.
// It never shows a photo that was withdrawn before it returns. Errors: card.ErrInvalid for an unknown format, theme or
// template; ErrOverloaded; the error of ctx; and with Strict those of packages fetch and photo.
func (s *Service) Preview(ctx context.Context, c card.Card, format string, o Options) (Image, error) {
	f, err := render.ParseFormat(format)
	if err != nil {
		return Image{}, &card.FieldError{Field: "format", Problem: "must be jpg or png"}
	}
	if err := s.cfg.Renderer.Check(c); err != nil {
		return Image{}, err
	}
	key := s.Key(c, format)
	if img, ok := s.cached(ctx, key, f, c.ByURL()); ok && !o.Temporary {
		if o.Sketch {
			img.Sketch = s.sketchCached(ctx, c)
		}
		return img, nil
	}
	for {
		img, err := s.join(ctx, key, func(ctx context.Context) (Image, error) {
			img, err := s.make(ctx, c, f, key, o)
			s.watch(format, img, err)
			return img, err
		}, o)
		if err != nil || !s.Withdrawn(img.Photo) {
			return img, err
		} // otherwise it was withdrawn during the drawing: draw the card without it
	}
}

// join waits for the drawing of the key, and starts it unless it is already running. The drawing continues if a
// waiting caller gives up.
func (s *Service) join(ctx context.Context, key card.Key, draw func(context.Context) (Image, error),
	o Options) (Image, error) {
	name := fmt.Sprintf("%s %t %s %t %t %t %t", key, o.Strict, o.PhotoWait, o.Temporary, o.Sketch, o.Spare, o.Plain)
	result := s.flight.DoChan(name, func() (v any, err error) {
		defer func() { // it runs in its own goroutine, where no caller can recover
			if r := recover(); r != nil {
				err = fmt.Errorf("draw %s: %w", key, fault.Panic(r))
			}
		}()
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Timeout)
		defer cancel()
		return draw(detached)
	})
	select {
	case <-ctx.Done():
		return Image{}, ctx.Err()
	case r := <-result:
		if r.Err != nil {
			return Image{}, r.Err
		}
		return r.Val.(Image), nil
	}
}
