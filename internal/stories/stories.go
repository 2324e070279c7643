// Package stories registers, reads and withdraws articles. To register an article it stores its photo, computes its
// version, assigns a short code, and draws its og picture.
package stories

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// Warning is a problem that did not prevent the registration of an article.
type Warning struct {
	article.Warning
	Err     error // why, for the log; nil if the message says it
	Passing bool  // it will not be true for long: it is not stored with the version
}

// Result is a registered article; with DryRun, the article as it would be registered.
type Result struct {
	Record   store.Record // with DryRun, it has no Revision and was not Changed, and the code of a new article is empty
	Created  bool
	Warnings []Warning
	// Replaced is the version that was the current one before; empty: the article is new, or has the same version.
	Replaced string
}

// Said returns the warnings as clients are told them.
func (r Result) Said() (all []article.Warning) {
	for _, w := range r.Warnings {
		all = append(all, w.Warning)
	}
	return all
}

// PutOptions change how an article is registered or refreshed.
type PutOptions struct {
	DryRun     bool      // store nothing
	Strict     bool      // a photo that fails is an error, not a warning
	Force      bool      // replace what is stored even if its UpdatedAt is later
	If         Condition // what the stored article must fulfil; nil: nothing
	Retract    bool      // the pictures of all earlier versions are not shown any more
	Background bool      // leave half of the drawing to others

	base int64 // revision of the article that Update changes; 0: none
}

// Photos fetches and stores the photos of articles; see package photos. shown is the ID of the photo that the article
// shows from the same URL, or empty.
type Photos interface {
	Keep(ctx context.Context, ref, shown string) (photos.Photo, error)
	Check(ctx context.Context, ref, shown string) (photos.Photo, error)
	Describe(ctx context.Context, id string) (p photos.Photo, bytes int, err error)
	Remove(ctx context.Context, ids ...string) error
}

// Service registers, reads and withdraws articles, and withdraws photos. It is safe for concurrent use.
type Service struct {
	store    store.Store
	readers  Readers
	photos   Photos
	previews *pictures.Service
	designs  Designs
	kept     KeptDesigns // nil: designs are not kept
	log      *slog.Logger
	now      func() time.Time
	breaking time.Duration // how long the badge breaking is shown; 0: for ever
	home     []string      // countries of all readers; empty: the world
	locks    *locks
	removals removals
	drawing  chan struct{} // holds one element for each drawing in the background
}

// Designs knows the themes and templates of cards. *render.Renderer implements it.
type Designs interface {
	ShowsPhoto(c card.Card) bool // reports whether the card's template has a place for a photo
	Check(c card.Card) error     // returns a *card.FieldError if the theme or template is unknown
	Home(c card.Card) string     // the language of the card, if it has none and its texts do not tell it; may be empty
	// Design identifies the content of a newsroom's own theme and template, and the set of designs that they are from;
	// empty for built-in ones
	Design(c card.Card) (mark, set string)
}

// KeptDesigns keeps the newsroom's designs that versions are drawn with. *design.Kept implements it.
type KeptDesigns interface {
	Save(ctx context.Context, set string) error
	Load(ctx context.Context, set string) error // into memory, for the Designs
}

// Readers read articles for readers; a store.Store, which may remember what it has read.
type Readers interface {
	Article(ctx context.Context, id string) (store.Record, error)
	Version(ctx context.Context, id, version string) (store.Record, error)
	ByCode(ctx context.Context, code string) (store.Record, error)
	ByURL(ctx context.Context, urls ...string) (store.Record, error)
}

// Config configures a Service.
type Config struct {
	Store    store.Store
	Readers  Readers // nil: Store
	Photos   Photos
	Previews *pictures.Service
	Designs  Designs
	Kept     KeptDesigns // nil: versions are drawn with the present designs
	Log      *slog.Logger
	Now      func() time.Time
	Breaking time.Duration // how long the badge breaking is shown; 0: for ever
	// Territories are the countries of the publication's readers (ISO 3166-1 alpha-2); empty: the whole world. A photo
	// that may not be shown in all of them is not shown.
	Territories []string
	// Withdrawn gets the withdrawn photos; nil: a new set. Photos and Previews must use the same set.
	Withdrawn *photos.Withdrawn
}

// New returns a Service. Call LearnWithdrawn before the first request.
func New(c Config) *Service {
	if c.Withdrawn == nil {
		c.Withdrawn = new(photos.Withdrawn)
	}
	if c.Readers == nil {
		c.Readers = c.Store
	}
	return &Service{
		store: c.Store, readers: c.Readers, photos: c.Photos, previews: c.Previews, designs: c.Designs,
		kept: c.Kept, log: c.Log,
		now: c.Now, home: c.Territories, breaking: c.Breaking, locks: newLocks(), removals: removals{known: c.Withdrawn},
		drawing: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
	}
}

// Put registers the article a. It draws the og picture, stores the article, and returns once it is stored.
//
// Every Put requests the photo and the portrait from their sources, and their bytes are part of the version. A field
// whose text is decoded from HTML is a warning; without Strict so is a photo whose URL cannot be one. If Puts of one
// article overlap, the last one stored wins, unless it has an older UpdatedAt. If a Delete happens during a Put, also
// in another process, the Put stores nothing and returns store.ErrGone. Other errors: card.ErrInvalid, with one error
// per field; those of kind fault.Stale and ErrPrecondition (see admit); with Strict those of packages fetch and photo;
// and those of the store.
func (s *Service) Put(ctx context.Context, a article.Article, o PutOptions) (Result, error) {
	return s.put(ctx, a, a.HTMLFields(), o)
}

// put is Put for an article of which the fields html were decoded from HTML, or will be when it is normalized.
func (s *Service) put(ctx context.Context, a article.Article, html []string, o PutOptions) (Result, error) {
	normal, dropped, err := normalize(a, o.Strict)
	if err != nil {
		return Result{}, err
	}
	return s.register(ctx, normal, slices.Concat(cleaned(html), dropped), o)
}

// cleaned returns a warning for each field that was decoded from HTML.
func cleaned(html []string) []Warning {
	return warnings(advice.OfStory(advice.Story{HTML: html, CardOnly: true}))
}

// register stores a normalized article. said are the warnings about what was sent.
func (s *Service) register(ctx context.Context, a article.Article, said []Warning, o PutOptions) (Result, error) {
	look := a.Card(card.OpenGraph)
	if err := s.designs.Check(look); err != nil {
		return Result{}, err
	}
	lock, release := s.locks.of(a.ID)
	defer release()
	began, err := s.begin(ctx, lock, a.ID)
	if err != nil {
		return Result{}, err
	}
	if a, err = s.since(ctx, a); err != nil {
		return Result{}, err
	}
	began.admit, began.made = func() (int64, error) { return s.admit(ctx, a, o) }, o.base != 0
	if _, err := began.admit(); err != nil {
		return Result{}, err
	}
	got, err := s.fetch(ctx, a, o)
	if err != nil {
		return Result{}, fmt.Errorf("photo of %s: %w", a.ID, err)
	}
	for {
		ids, warnings, err := s.choose(ctx, a, got)
		if err != nil {
			return Result{}, fmt.Errorf("photo of %s: %w", a.ID, err)
		}
		a, err := s.fill(ctx, a, ids.photo, got.photo)
		if err != nil {
			return Result{}, err
		}
		rec, warnings := s.versionOf(a, ids), slices.Concat(said, warnings)
		if o.DryRun {
			return s.dryRun(ctx, rec, warnings, o)
		}
		result, err := s.keep(ctx, began, rec, got, warnings, o)
		switch {
		case errors.Is(err, store.ErrPhotoWithdrawn) && !o.Strict:
			if got, err = s.afterWithdrawal(ctx, rec, got, err); err != nil {
				return Result{}, err
			}
		case !errors.Is(err, errOutdated):
			return result, err
		}
	}
}

// versionOf returns the version of an article with the photo and the portrait.
func (s *Service) versionOf(a article.Article, ids shownIDs) store.Record {
	if ids.photo == store.NoPhoto {
		a = a.Filling("", "") // what a withdrawn photo says goes with it
	}
	a.PortraitID, a.Clock = ids.portrait, a.At(s.now(), s.breaking)
	rec := store.Record{Article: a, PhotoID: ids.photo}
	mark, set := s.designs.Design(rec.Shown().Card(card.OpenGraph))
	if s.kept == nil {
		set = ""
	}
	rec.Article.Designs = set
	rec.Version = a.Version(mark + photoMark(a, ids.photo))
	return rec
}

// keep draws the version's og picture and stores the version with its warnings: those given, and those of the drawing.
// Errors: those of draw and saveIfCurrent. With store.ErrPhotoWithdrawn it returns the version that was refused.
func (s *Service) keep(
	ctx context.Context, b beginning, rec store.Record, got fetchedPair, warnings []Warning, o PutOptions,
) (Result, error) {
	rec = s.keepDesigns(ctx, rec)
	drawn, err := s.draw(ctx, rec, o)
	if err != nil {
		return Result{}, err
	}
	warnings = slices.Concat(warnings, drawn)
	rec.Warnings = lasting(warnings)
	stored, err := s.saveIfCurrent(ctx, b, rec, got, o)
	if errors.Is(err, store.ErrPhotoWithdrawn) {
		return Result{Record: rec}, err
	}
	stored.Warnings = warnings
	return stored, err
}

// draw draws the og picture, and checks the version. A photo that cannot be decoded, or a service that is overloaded,
// is a warning: the article is stored all the same.
func (s *Service) draw(ctx context.Context, rec store.Record, o PutOptions) (all []Warning, err error) {
	shown := rec
	if rec.PhotoID == "" { // choose has added a warning
		shown.Article.Photo.URL = ""
	}
	if rec.Article.PortraitID == "" {
		shown.Article.Portrait.URL = ""
	}
	release, err := s.inBackground(ctx, o)
	if err != nil {
		return nil, err
	}
	defer release()
	c, all := s.drawable(cardOf(shown, card.OpenGraph))
	img, err := s.previews.Preview(ctx, c, Format(shown), pictures.Options{Strict: o.Strict, Sketch: true})
	switch {
	case errors.Is(err, pictures.ErrOverloaded), errors.Is(err, context.DeadlineExceeded):
		all = append(all, overloaded)
	case err != nil:
		return nil, err
	case img.Degraded != nil:
		all = append(all, unusedPictures(rec.Article.ID, img.Degraded, img.Portrait)...)
	case img.Sketch == nil:
		all = append(all, unchecked)
	}
	found, err := s.checks(ctx, rec, img.Sketch)
	return append(all, found...), err
}

// inBackground waits until a drawing in the background may begin, if the options ask for that. Call release after it.
func (s *Service) inBackground(ctx context.Context, o PutOptions) (release func(), err error) {
	if !o.Background {
		return func() {}, nil
	}
	select {
	case s.drawing <- struct{}{}:
		return func() { <-s.drawing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// codeTries is the maximum number of codes to try. With 62^7 possible codes, even a second try is unlikely.
const codeTries = 8

func (s *Service) save(ctx context.Context, rec store.Record, seen store.Seen) (store.Record, bool, error) {
	rec.Created = s.now()
	if rec.Updated = rec.Created; rec.Updated.Before(rec.Article.Past.Retracted) {
		rec.Updated = rec.Article.Past.Retracted // a version of the same millisecond was retracted
	}
	for range codeTries {
		rec.Code = newCode()
		stored, created, err := s.store.PutArticle(ctx, rec, seen)
		if !errors.Is(err, store.ErrCodeTaken) {
			return stored, created, err
		}
	}
	return store.Record{}, false, fmt.Errorf("no free code in %d tries: %w", codeTries, store.ErrCodeTaken)
}

func (s *Service) dryRun(ctx context.Context, rec store.Record, w []Warning, o PutOptions) (Result, error) {
	found, err := s.checkedUndrawn(ctx, rec, o)
	if err != nil {
		return Result{}, err
	}
	w = append(w, found...)
	old, err := s.store.Article(ctx, rec.Article.ID)
	switch {
	case err == nil:
		rec.Code, rec.Created = old.Code, old.Created
		return Result{Record: rec, Warnings: w, Replaced: replaced(old, rec)}, nil
	case isAbsent(err):
		return Result{Record: rec, Created: true, Warnings: w}, nil
	}
	return Result{}, err
}
