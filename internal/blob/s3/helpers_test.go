package s3

import (
	"bytes"
	"context"
	"iter"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/s3/s3test"
)

// patient are limits that no busy machine reaches.
var patient = Limits{
	ReadCard: time.Minute, Answer: time.Minute, ReadPhoto: time.Minute, Write: time.Minute, ProbeEvery: time.Millisecond,
}

// impatient are limits for a store that never answers.
var impatient = Limits{
	ReadCard: time.Millisecond, Answer: time.Millisecond, ReadPhoto: time.Minute, Write: time.Millisecond,
	ProbeEvery: time.Minute,
}

// logged collects log lines. It is safe for concurrent use.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// open returns the bucket behind an address.
func open(t *testing.T, addr string, limits Limits) (*Bucket, *logged) {
	t.Helper()
	where, err := Parse(s3test.URL(addr))
	if err != nil {
		t.Fatal(err)
	}
	lines := &logged{}
	b, err := Open(where, Options{Limits: limits, Log: slog.New(slog.NewTextHandler(lines, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b, lines
}

// labelOf is the label of test pictures: "upload:1" of "upload:1 and more".
func labelOf(data []byte) string {
	if !bytes.HasPrefix(data, []byte("upload:")) {
		return ""
	}
	label, _, _ := strings.Cut(string(data), " ")
	return label
}

func cardsOf(t *testing.T, b *Bucket) *Cards {
	t.Helper()
	c := b.Cards(labelOf)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func flush(t *testing.T, c *Cards) {
	t.Helper()
	if err := c.queue.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// flushed is a cache over cards whose List shows what was put.
type flushed struct {
	*blob.Cache

	cards *Cards
}

func (f flushed) List(ctx context.Context, prefix string) iter.Seq2[blob.Info, error] {
	_ = f.cards.queue.flush(context.WithoutCancel(ctx))
	return f.Cache.List(ctx, prefix)
}

// works waits until the breaker is closed.
func works(t *testing.T, b *breaker) { t.Helper(); becomes(t, b, false) }

// fails waits until the breaker is open.
func fails(t *testing.T, b *breaker) { t.Helper(); becomes(t, b, true) }

func becomes(t *testing.T, b *breaker, open bool) {
	t.Helper()
	for began := time.Now(); b.isOpen() != open; time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatalf("open is not %t after a minute", open)
		}
	}
}

// arrives waits until the log has a text: the breaker writes its lines beside its callers.
func arrives(t *testing.T, lines *logged, text string) {
	t.Helper()
	for began := time.Now(); !strings.Contains(lines.String(), text); time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatalf("the log lacks %q after a minute:\n%s", text, lines)
		}
	}
}

func put(t *testing.T, s blob.Store, key, data string) {
	t.Helper()
	if err := s.Put(t.Context(), key, []byte(data)); err != nil {
		t.Fatal(err)
	}
}

var discard = slog.New(slog.DiscardHandler)

func textLog(lines *logged) *slog.Logger { return slog.New(slog.NewTextHandler(lines, nil)) }

// flush waits until nothing waits and nothing is being written, or ctx ends.
func (q *queue) flush(ctx context.Context) error {
	for {
		q.mu.Lock()
		var some *write
		for _, writes := range []map[string]*write{q.waiting, q.busy} {
			for _, w := range writes {
				some = w
			}
		}
		q.mu.Unlock()
		if some == nil {
			return nil
		}
		select {
		case <-some.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
