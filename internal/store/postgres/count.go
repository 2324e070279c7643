package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// Count implements store.Store. It takes four round trips, whatever the number of events: it locks and reads all that
// the events are judged by, judges them one after the other, and writes each sum that changed once.
//
// Processes that count clicks on one article wait for each other (networks), so that a visitor's window and the share
// of a network hold over all of them. All rows are locked and written in one order, table by table and by key:
// otherwise transactions would wait for each other in circles.
func (db *DB) Count(ctx context.Context, sent store.Batch) (done store.Counted, err error) {
	var since int64
	err = db.within(ctx, "count clicks", countTime, func(ctx context.Context, tx pgx.Tx) error {
		b := newBatch(db.window, sent)
		if err := b.read(ctx, tx); err != nil {
			return fault(ctx, "count clicks", err)
		}
		rest, known := sent.After(b.counted)
		done = store.Counted{Known: known, Against: make([]store.Reason, len(rest))}
		if len(rest) == 0 {
			return errNothing
		}
		for i, e := range rest {
			done.Against[i] = b.judge(e)
		}
		since = db.pruner.outdated(sent.Latest())
		if err := b.commit(ctx, tx, sent, since); err != nil {
			return fault(ctx, "count clicks", err)
		}
		return nil
	})
	switch {
	case errors.Is(err, errNothing):
		return done, nil
	case err != nil:
		return store.Counted{}, err
	}
	db.pruner.committed(since)
	db.pruner.start(db, sent.Latest())
	return done, nil
}

// countTime is the time limit of one batch, which may have to wait for those of other processes.
const countTime = 15 * time.Second

// errNothing ends a transaction that has nothing to commit.
var errNothing = errors.New("nothing to count")

// batch is what events are judged by, and the sums that they change.
type batch struct {
	window   time.Duration
	spool    string
	counted  int64 // the number of the last event of the spool that was counted
	locks    keys[tables.NetworksKey]
	networks map[tables.NetworksKey]*tables.Networks
	marks    keys[mark]
	seen     map[mark]*lastSeen
	sums
}

// mark identifies a visitor's taps on a link of an article.
type mark [16]byte

// lastSeen is when a visitor tapped last, in Unix milliseconds.
type lastSeen struct {
	at             int64
	known, changed bool
}

// newBatch returns a batch that knows what to read for the events.
func newBatch(window time.Duration, sent store.Batch) *batch {
	b := &batch{
		window: window, spool: sent.Spool, networks: map[tables.NetworksKey]*tables.Networks{}, seen: map[mark]*lastSeen{},
		sums: sums{tables.NewSums()},
	}
	for _, e := range sent.Events {
		if e.Reason != "" {
			continue
		}
		for _, hour := range b.hours(e.At) {
			b.locks.add(tables.NetworksKey{Hour: hour, ID: e.ArticleID, Shared: e.Target != ""})
		}
		if b.remembers(e.Click) {
			b.marks.add(markOf(e.Click))
		}
	}
	return b
}

// maxHours is the number of hours before a click in which its visitor is looked for. The hash of a visitor changes
// each day.
const maxHours = 24

// hours returns the hours whose networks are locked for a click: its own, and those in which a tap of the same visitor
// may be within the window.
func (b *batch) hours(at time.Time) (all []int64) {
	own := store.WindowOf(at)
	first := store.WindowOf(at.Add(-min(b.window, maxHours*store.ShareWindow)))
	for hour := first; !hour.After(own); hour = hour.Add(store.ShareWindow) {
		all = append(all, hour.Unix())
	}
	return all
}

// remembers reports whether taps of the click's visitor are counted once a window.
func (b *batch) remembers(c store.Click) bool { return b.window > 0 && c.Visitor != [16]byte{} }

func markOf(c store.Click) (m mark) {
	h := sha256.New()
	_, _ = h.Write(c.Visitor[:]) // a hash never fails
	fmt.Fprintf(h, "%s\x00%s", c.ArticleID, c.Target)
	copy(m[:], h.Sum(nil))
	return m
}

// judge adds an event to its sum, and returns why it is not a click that counts. The network is asked first: one that
// has its share leaves no trace but a sum.
func (b *batch) judge(e store.Event) (against store.Reason) {
	if e.Reason != "" {
		b.Refuse(e.Click, e.Reason)
		return e.Reason
	}
	counts := b.networks[tables.NetworksKeyOf(e.Click)]
	if b.window > 0 && !store.NetworkShare.Admits(e.Network, counts.NetworkCounts) {
		b.Refuse(e.Click, store.OverShare)
		return store.OverShare
	}
	if !b.isFirst(e.Click) {
		b.Refuse(e.Click, store.Repeat)
		return store.Repeat
	}
	b.Add(e.Click)
	counts.Add(e.Network)
	counts.Changed = true
	return ""
}

// isFirst reports whether the visitor was not seen within the window, and remembers the visitor.
func (b *batch) isFirst(c store.Click) bool {
	if !b.remembers(c) {
		return true
	}
	last := b.seen[markOf(c)]
	if last.known && last.at > c.At.Add(-b.window).UnixMilli() {
		return false
	}
	*last = lastSeen{at: c.At.UnixMilli(), known: true, changed: true}
	return true
}
