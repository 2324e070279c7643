package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"cards/store"
)

// counter writes clicks in groups: those that arrive while a group is being committed form the
// next one, and nobody is answered before their group is committed.
type counter struct {
	db      *DB
	mu      sync.Mutex
	waiting []*tap
	wake    chan struct{}
	done    chan struct{}
	closed  bool
	pruned  time.Time
}

type tap struct {
	click   store.Click
	counted bool
	err     error
	done    chan struct{}
}

var errClosed = errors.New("store is closed")

// maxGroup bounds the clicks of one transaction.
const maxGroup = 512

func newCounter(db *DB) *counter {
	c := &counter{db: db, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go c.run()
	return c
}

// AddClick implements store.Store.
func (db *DB) AddClick(ctx context.Context, click store.Click) (counted bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	t := &tap{click: click, done: make(chan struct{})}
	if err := db.counter.add(t); err != nil {
		return false, err
	}
	select {
	case <-t.done:
		return t.counted, t.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func (c *counter) add(t *tap) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	c.waiting = append(c.waiting, t)
	c.nudge()
	return nil
}

func (c *counter) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *counter) run() {
	defer close(c.done)
	for range c.wake {
		for {
			group, last := c.take()
			if len(group) == 0 {
				if last {
					return
				}
				break
			}
			err := c.commit(group)
			for _, t := range group {
				if err != nil {
					t.counted, t.err = false, fmt.Errorf("count clicks: %w", err)
				}
				close(t.done)
			}
		}
	}
}

func (c *counter) take() (group []*tap, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.waiting), maxGroup)
	group, c.waiting = c.waiting[:n:n], c.waiting[n:]
	return group, c.closed
}

// stop commits what is waiting and refuses what comes after.
func (c *counter) stop() {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		c.nudge()
	}
	c.mu.Unlock()
	<-c.done
}

func (c *counter) commit(group []*tap) error {
	ctx := context.Background() // a caller who leaves takes no other's click along
	tx, err := c.db.clicks.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range group {
		if t.counted, err = c.count(ctx, tx, t.click); err != nil {
			return err
		}
	}
	if err := c.prune(ctx, tx, group[0].click.At); err != nil {
		return err
	}
	return tx.Commit()
}

func (c *counter) count(ctx context.Context, tx *sql.Tx, click store.Click) (bool, error) {
	if c.db.window > 0 && click.Visitor != [16]byte{} {
		res, err := tx.ExecContext(ctx, `INSERT INTO seen (visitor, id, target, at) VALUES (?, ?, ?, ?)
			ON CONFLICT (visitor, id, target) DO UPDATE SET at = excluded.at WHERE at <= ?`,
			click.Visitor[:], click.ArticleID, click.Target, click.At.UnixMilli(), click.At.Add(-c.db.window).UnixMilli())
		if err != nil {
			return false, err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return false, err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO clicks (bucket, id, target, n) VALUES (?, ?, ?, 1)
		ON CONFLICT (bucket, id, target) DO UPDATE SET n = n + 1`, bucket(click.At), click.ArticleID, click.Target)
	return err == nil, err
}

// prune forgets visitors whose window is over, once a minute.
func (c *counter) prune(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if c.db.window == 0 || now.Sub(c.pruned) < time.Minute {
		return nil
	}
	c.pruned = now
	_, err := tx.ExecContext(ctx, "DELETE FROM seen WHERE at <= ?", now.Add(-c.db.window).UnixMilli())
	return err
}

func bucket(t time.Time) int64 {
	step := int64(store.Bucket / time.Second)
	return t.Unix() / step * step
}

// Stats implements store.Store.
func (db *DB) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if _, err := db.Article(ctx, id); err != nil {
		return store.Stats{}, err
	}
	rows, err := db.read.QueryContext(ctx, "SELECT target, sum(n) FROM clicks WHERE id = ? AND bucket >= ? GROUP BY target", id, bucket(since))
	if err != nil {
		return store.Stats{}, fmt.Errorf("stats: %w", err)
	}
	defer rows.Close()
	s := store.Stats{By: map[string]int64{}, Confirmed: map[string]int64{}}
	for rows.Next() {
		var target string
		var n int64
		if err := rows.Scan(&target, &n); err != nil {
			return store.Stats{}, fmt.Errorf("stats: %w", err)
		}
		if target == "" {
			s.Clicks = n
			continue
		}
		s.By[target] = n
		s.Shares += n
	}
	if err := rows.Err(); err != nil {
		return store.Stats{}, fmt.Errorf("stats: %w", err)
	}
	return s, db.confirmed(ctx, id, since, s.Confirmed)
}

// topQuery sums first, over the window's buckets alone, and joins the articles to the sums.
const topQuery = `WITH sums AS (
	SELECT id, sum(CASE target WHEN '' THEN n ELSE 0 END) AS opened, sum(CASE target WHEN '' THEN 0 ELSE n END) AS shared
	FROM clicks WHERE bucket >= ?1 GROUP BY id
), placed AS (
	SELECT a.id, s.opened, s.shared, a.created, row_number() OVER (
		PARTITION BY a.url ORDER BY CASE ?2 WHEN 'clicks' THEN s.opened WHEN 'shares' THEN s.shared ELSE s.opened + s.shared END DESC, a.created DESC, a.id) AS place
	FROM sums s JOIN articles a ON a.id = s.id
	WHERE NOT a.withdrawn AND a.embargo <= ?3 AND (?4 = '' OR a.site = ?4)
		AND CASE ?2 WHEN 'clicks' THEN s.opened WHEN 'shares' THEN s.shared ELSE s.opened + s.shared END > 0
)
SELECT ` + columns + `, p.opened, p.shared
FROM placed p JOIN articles a ON a.id = p.id JOIN versions v ON v.id = a.id AND v.version = a.version
WHERE p.place = 1
ORDER BY CASE ?2 WHEN 'clicks' THEN p.opened WHEN 'shares' THEN p.shared ELSE p.opened + p.shared END DESC, a.created DESC, a.id
LIMIT ?5`

// Top implements store.Store.
func (db *DB) Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error) {
	rows, err := db.read.QueryContext(ctx, topQuery, bucket(q.Since), q.By, q.Now.Unix(), q.Site, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("top stories: %w", err)
	}
	defer rows.Close()
	var top []store.TopStory
	for rows.Next() {
		var s store.TopStory
		if s.Record, err = scan(rows, &s.Clicks, &s.Shares); err != nil {
			return nil, err
		}
		top = append(top, s)
	}
	return top, rows.Err()
}
