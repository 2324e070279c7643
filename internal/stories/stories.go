// Package stories registers articles: it keeps their photos, names their versions, gives
// them a short code, and draws their first picture before it answers.
package stories

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// Warning is something that went wrong with a story that was registered all the same.
type Warning struct {
	Code    string // an error code of the API, "source_unavailable"
	Field   string // "photo.url"; empty where no field is at fault
	Message string
}

// Result is a registered article, or with DryRun what would be registered.
type Result struct {
	Record   store.Record // with DryRun, the code of a new article is empty
	Created  bool
	Warnings []Warning
}

// PutOptions change how an article is registered.
type PutOptions struct {
	DryRun bool // answer without storing
	Strict bool // a photo that fails refuses the article
}

// Photos keeps what articles show, as its source shows it now; package photos. shown is the photo that the
// article shows from there already.
type Photos interface {
	Keep(ctx context.Context, ref, shown string) (photos.Photo, error)
	Check(ctx context.Context, ref, shown string) (photos.Photo, error)
}

// Service puts, shows and withdraws articles. It is safe for concurrent use.
type Service struct {
	store    store.Store
	photos   Photos
	previews *pictures.Service
	designs  Designs
	log      *slog.Logger
	now      func() time.Time
	turns    *turns
}

// Designs knows the themes and templates that cards are drawn in; package render.
type Designs interface {
	Check(c card.Card) error   // a *card.FieldError where theme or template is unknown
	Design(c card.Card) string // names a newsroom's own theme and template as they are now, empty for built-in ones
}

// Config is what a Service is made of.
type Config struct {
	Store    store.Store
	Photos   Photos
	Previews *pictures.Service
	Designs  Designs
	Log      *slog.Logger
	Now      func() time.Time
}

// New makes a Service.
func New(c Config) *Service {
	return &Service{c.Store, c.Photos, c.Previews, c.Designs, c.Log, c.Now, newTurns()}
}

// Put registers a, and warns of text that was decoded from HTML. The source of its photo is asked at every
// Put, and the photo's bytes are part of the version. The og picture is drawn before the article is stored,
// and the article is stored before Put returns. Of Puts of one article that overlap, the last that is stored
// stays; a Put that a Delete overtakes stores nothing: store.ErrGone. Other errors: card.ErrInvalid by field;
// with Strict the kinds of packages fetch and photo; the store's.
func (s *Service) Put(ctx context.Context, a article.Article, o PutOptions) (Result, error) {
	result, err := s.put(ctx, a, o)
	if err != nil {
		return Result{}, err
	}
	result.Warnings = append(cleaned(a), result.Warnings...)
	return result, nil
}

// cleaned are the warnings of an article as it came, one for each field that Normalize decodes.
func cleaned(a article.Article) (all []Warning) {
	for _, field := range a.HTMLFields() {
		all = append(all, Warning{Code: "text_cleaned", Field: field, Message: clean.Warning})
	}
	return all
}

func (s *Service) put(ctx context.Context, a article.Article, o PutOptions) (Result, error) {
	a, err := a.Normalize()
	if err != nil {
		return Result{}, err
	}
	look := a.Card(card.OpenGraph)
	if err := s.designs.Check(look); err != nil {
		return Result{}, err
	}
	turn, leave := s.turns.of(a.ID)
	defer leave()
	withdrawn := turn.withdrawn.Load()
	got, err := s.fetch(ctx, a, o)
	if err != nil {
		return Result{}, fmt.Errorf("photo of %s: %w", a.ID, err)
	}
	for {
		photoID, warnings, err := s.choose(ctx, a, got)
		if err != nil {
			return Result{}, fmt.Errorf("photo of %s: %w", a.ID, err)
		}
		rec := store.Record{Article: a, PhotoID: photoID, Version: a.Version(s.designs.Design(look) + photoMark(a, photoID))}
		if o.DryRun {
			return s.dryRun(ctx, rec, warnings)
		}
		more, err := s.draw(ctx, rec, o)
		if err != nil {
			return Result{}, err
		}
		stored, created, err := s.saveInTurn(ctx, turn, withdrawn, rec, got)
		if !errors.Is(err, errOutdated) {
			return Result{Record: stored, Created: created, Warnings: append(warnings, more...)}, err
		}
	}
}

// draw makes the og picture. A photo whose pixels fail, and a service too busy to draw, are
// warnings: the story goes on.
func (s *Service) draw(ctx context.Context, rec store.Record, o PutOptions) ([]Warning, error) {
	if rec.PhotoID == "" { // it is warned of already
		rec.Article.Photo.URL = ""
	}
	img, err := s.previews.Preview(ctx, cardOf(rec, card.OpenGraph), Format(rec), pictures.Options{Strict: o.Strict})
	switch {
	case errors.Is(err, pictures.ErrOverloaded), errors.Is(err, context.DeadlineExceeded):
		return []Warning{{Code: "overloaded", Message: "the picture is drawn when it is first asked for"}}, nil
	case err != nil:
		return nil, err
	case img.Degraded != nil:
		return []Warning{s.warning(ctx, rec.Article.ID, img.Degraded)}, nil
	}
	return nil, nil
}

// codeTries is how many codes are tried: with 62^7 of them, even the second is unlikely.
const codeTries = 8

func (s *Service) save(ctx context.Context, rec store.Record) (store.Record, bool, error) {
	rec.Created = s.now()
	rec.Updated = rec.Created
	for range codeTries {
		rec.Code = newCode()
		stored, created, err := s.store.PutArticle(ctx, rec)
		if !errors.Is(err, store.ErrCodeTaken) {
			return stored, created, err
		}
	}
	return store.Record{}, false, fmt.Errorf("no free code in %d tries: %w", codeTries, store.ErrCodeTaken)
}

func (s *Service) dryRun(ctx context.Context, rec store.Record, w []Warning) (Result, error) {
	old, err := s.store.Article(ctx, rec.Article.ID)
	switch {
	case err == nil:
		rec.Code, rec.Created = old.Code, old.Created
		return Result{Record: rec, Warnings: w}, nil
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrGone):
		return Result{Record: rec, Created: true, Warnings: w}, nil
	}
	return Result{}, err
}

func (s *Service) warning(ctx context.Context, id string, err error) Warning {
	s.log.WarnContext(ctx, "article registered without its photo", "article", id, "error", err)
	return Warning{Code: fault.KindOf(err).Code(), Field: "photo.url",
		Message: "the photo could not be used; the card is drawn without it"}
}

const (
	codeLength   = 7
	codeAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// newCode draws a short code that cannot be guessed from others, from the system's random
// source; bytes that would favour some letters are thrown away.
func newCode() string {
	code := make([]byte, 0, codeLength)
	var random [2 * codeLength]byte
	for {
		_, _ = rand.Read(random[:]) // never fails (crypto/rand)
		for _, b := range random {
			if int(b) < 256-256%len(codeAlphabet) {
				if code = append(code, codeAlphabet[int(b)%len(codeAlphabet)]); len(code) == codeLength {
					return string(code)
				}
			}
		}
	}
}
