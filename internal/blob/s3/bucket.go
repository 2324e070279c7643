// Package s3 stores blobs in a bucket of an S3-compatible object store, by minio-go. [Originals] are the photos, which
// cannot be produced again: a Put is acknowledged when the store has confirmed it. [Cards] are what is behind the
// memory of a blob.Cache: written in the background, dropped when the store is away, removed by a lifecycle rule of the
// bucket.
//
// Below the prefix of the settings the bucket has
//
//	originals/KEY       photos
//	damaged/KEY~ETAG    copies of damaged photos
//	cards/KEY           cards; the key begins with the version of the renderer
//	by-photo/ID/KEY     nothing, but its name: the card with the key was drawn from the photo with the ID
//
// Photos and cards have the form of the files of blob.Disk: the SHA-256 of the data, then the data.
package s3

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/sampled"
)

// Limits bound how long callers wait for a bucket.
type Limits struct {
	ReadCard   time.Duration // reading a card, which could as well be drawn
	Answer     time.Duration // the first byte of a photo, and questions without a body
	ReadPhoto  time.Duration // reading a photo
	Write      time.Duration // a write, and one page of a list
	ProbeEvery time.Duration // between probes while the store is away
}

// DefaultLimits are the limits of the service. A picture for which both a card and a photo are asked for in vain is
// delayed by at most 0.3 s; the next ones are not delayed, since the breakers are open.
func DefaultLimits() Limits {
	return Limits{
		ReadCard: 100 * time.Millisecond, Answer: 200 * time.Millisecond, ReadPhoto: 1500 * time.Millisecond,
		Write: 5 * time.Second, ProbeEvery: time.Second,
	}
}

// Options configure a Bucket.
type Options struct {
	Limits Limits // zero: DefaultLimits
	Log    *slog.Logger
	// Watch is told of each call of the store: one of Operations, how long it took, and whether it failed. An answer such
	// as "not found" is no failure. nil: nothing is told.
	Watch func(operation string, took time.Duration, failed bool)
}

// Bucket is a bucket of an object store. It is safe for concurrent use.
type Bucket struct {
	core   minio.Core
	name   string
	prefix string // ends in a slash, or is empty
	limits Limits
	log    *slog.Logger
	events *sampled.Logger
	watch  func(operation string, took time.Duration, failed bool)
	way    *fetch.Storage

	reads  *breaker // of cards
	photos *breaker
	trying sync.WaitGroup
}

// Open returns the bucket of the settings. It reads the credentials of the environment (AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) or of ~/.aws/credentials, and returns an error if there are none. It does
// not wait for the store: whether it answers is tried in the background, and logged.
func Open(s Settings, o Options) (*Bucket, error) {
	creds, err := secrets()
	if err != nil {
		return nil, err
	}
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits()
	}
	if o.Watch == nil {
		o.Watch = func(string, time.Duration, bool) {}
	}
	way := fetch.NewStorage(s.hosts()...)
	client, err := minio.New(s.Endpoint, &minio.Options{
		Creds: creds, Secure: !s.Insecure, Transport: way, Region: s.Region,
		MaxRetries: 1, // callers have no time for more
	})
	if err != nil {
		return nil, fmt.Errorf("object store: %w", err)
	}
	b := &Bucket{
		core: minio.Core{Client: client}, name: s.Bucket, prefix: s.Prefix, limits: o.Limits, log: o.Log, way: way,
		watch:  o.Watch,
		events: sampled.New(o.Log, time.Now),
	}
	if b.prefix != "" {
		b.prefix += "/"
	}
	b.reads = newBreaker(b.probe(o.Limits.ReadCard), o.Limits.ProbeEvery, b.changed("cards",
		"cards cannot be read from the object store; they are drawn again"))
	b.photos = newBreaker(b.probe(o.Limits.Answer), o.Limits.ProbeEvery, b.changed("photos",
		"photos cannot be read or stored in the object store; uploads are refused"))
	b.trying.Go(b.try)
	return b, nil
}

// secrets returns the credentials. They are read again when they expire.
func secrets() (*credentials.Credentials, error) {
	creds := credentials.NewChainCredentials([]credentials.Provider{
		&credentials.EnvAWS{}, &credentials.FileAWSCredentials{},
	})
	value, err := creds.GetWithContext(&credentials.CredContext{})
	if err != nil || value.AccessKeyID == "" || value.SecretAccessKey == "" {
		return nil, errors.New("there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, " +
			"or write them to ~/.aws/credentials")
	}
	return creds, nil
}

// Away reports what of the bucket is not asked now, because it has just failed.
func (b *Bucket) Away() (cards, photos bool) { return b.reads.isOpen(), b.photos.isOpen() }

// try asks the store for the first time, and opens the breakers if it does not answer.
func (b *Bucket) try() {
	ctx, cancel := context.WithTimeoutCause(b.photos.open, b.limits.Write, errSlow)
	defer cancel()
	if err := b.ask(ctx); err != nil {
		b.reads.trip(err)
		b.photos.trip(err)
	}
}

// Close ends the work in the background and closes the connections.
func (b *Bucket) Close() error {
	b.reads.end()
	b.photos.end()
	b.trying.Wait()
	b.way.Close()
	return nil
}

// changed returns what a breaker calls when it opens or closes. message says what that means.
func (b *Bucket) changed(what, message string) func(error, time.Duration) {
	return func(err error, after time.Duration) {
		ctx := context.Background()
		if err != nil {
			b.events.Log(ctx, slog.LevelError, message, what, errors.New(reason(err)), "bucket", b.name)
			return
		}
		b.events.Log(ctx, slog.LevelWarn, "the object store answers again", what, errAgain, "bucket", b.name,
			"seconds", after.Seconds())
	}
}

var errAgain = errors.New("it was away")

// dropped logs that a card is not stored.
func (b *Bucket) dropped(ctx context.Context, code string, err error) {
	b.events.Log(ctx, slog.LevelWarn, "cards are not stored in the object store; they will be drawn again", code,
		errors.New(reason(err)), "bucket", b.name)
}

// probe returns a function that asks the store, within the limit.
func (b *Bucket) probe(limit time.Duration) func(context.Context) error {
	return func(ctx context.Context) error {
		ctx, cancel := context.WithTimeoutCause(ctx, limit, errSlow)
		defer cancel()
		return b.ask(ctx)
	}
}

// ask reads an object that does not exist. Unlike HEAD, the answer to GET says why a store refuses.
func (b *Bucket) ask(ctx context.Context) error {
	_, _, err := b.fetch(ctx, "probe", b.limits.Write)
	switch {
	case err == nil, isAnswer(err):
		return nil
	case ctx.Err() != nil:
		return errSlow
	}
	return err
}
