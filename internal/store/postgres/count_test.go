package postgres_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/postgres"
)

// readers returns a batch of clicks of different readers, of many networks, on a hundred stories, some much more read
// than others.
func readers(random *rand.Rand, spool string, first int64, n int, at time.Time) store.Batch {
	b := store.Batch{Spool: spool, First: first}
	for range n {
		c := store.Click{ArticleID: fmt.Sprint("story-", int(100*random.Float64()*random.Float64()*random.Float64())), At: at}
		if random.IntN(5) == 0 {
			c.Target = []string{"facebook", "mail", "kakao"}[random.IntN(3)]
		}
		binary.LittleEndian.PutUint64(c.Visitor[:], random.Uint64())
		c.Network.Wide = uint16(1 + random.IntN(store.MaxNetwork))
		b.Events = append(b.Events, store.Event{Click: c})
	}
	return b
}

// TestReplicasCountOnce: four processes count at once, on the same stories, and each sends each batch twice. Every event
// is in one sum, and no transaction has failed for another.
func TestReplicasCountOnce(t *testing.T) {
	url := database(t)
	const replicas, batches, events = 4, 15, 200
	var counted, refused atomic.Int64
	var wg sync.WaitGroup
	for replica := range replicas {
		db := opened(t, url, 5*time.Minute)
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(replica), 1))
			for n := range batches {
				b := readers(random, fmt.Sprint("spool-", replica), int64(1+n*events), events, noon)
				for again := range 2 {
					done, err := db.Count(t.Context(), b)
					if err != nil {
						t.Error(err)
					}
					if again == 1 && (done.Known != events || len(done.Against) != 0) {
						t.Errorf("sent again: %+v", done)
					}
					for _, against := range done.Against {
						if against == "" {
							counted.Add(1)
						} else {
							refused.Add(1)
						}
					}
				}
			}
		})
	}
	wg.Wait()
	var clicks, uncounted int64
	db := opened(t, url, 0)
	for n := range 100 {
		id := fmt.Sprint("story-", n)
		if _, _, err := db.PutArticle(t.Context(), record(id, id), store.Seen{}); err != nil {
			t.Fatal(err)
		}
		st, err := db.Stats(t.Context(), id, noon)
		if err != nil {
			t.Fatal(err)
		}
		clicks += st.Clicks + st.Shares
		uncounted += st.Raw() - st.Clicks - st.Shares
	}
	if clicks != counted.Load() || uncounted != refused.Load() || clicks+uncounted != replicas*batches*events {
		t.Errorf("%d clicks and %d others are stored, %d and %d were said, of %d", clicks, uncounted, counted.Load(), refused.Load(), replicas*batches*events)
	}
}

// TestWindowsHoldOverReplicas: of the taps of one reader that come to several processes at once, one counts, also if the
// full hour is between them.
func TestWindowsHoldOverReplicas(t *testing.T) {
	url := database(t)
	stores := []*postgres.DB{opened(t, url, 5*time.Minute), opened(t, url, 5*time.Minute)}
	for round := range 20 {
		for name, at := range map[string][2]time.Time{
			"an hour": {noon.Add(time.Minute), noon.Add(time.Minute)}, "two hours": {noon.Add(-time.Second), noon.Add(time.Second)},
		} {
			var counted atomic.Int64
			var wg sync.WaitGroup
			for worker := range 4 {
				wg.Go(func() {
					e := store.Event{Click: store.Click{ArticleID: fmt.Sprint(name, round), At: at[worker%2], Visitor: [16]byte{1}}}
					b := store.Batch{Spool: fmt.Sprint(name, round, worker), First: 1, Events: []store.Event{e}}
					done, err := stores[worker%2].Count(t.Context(), b)
					if err != nil {
						t.Error(err)
					} else if done.Against[0] == "" {
						counted.Add(1)
					}
				})
			}
			wg.Wait()
			if n := counted.Load(); n != 1 {
				t.Fatalf("within %s: %d taps count", name, n)
			}
		}
	}
}

// TestSeenIsRemoved: visitors whose window is over, and networks of past hours, are removed. Otherwise the tables would
// grow for ever.
func TestSeenIsRemoved(t *testing.T) {
	url := database(t)
	db := opened(t, url, 5*time.Minute)
	random := rand.New(rand.NewPCG(1, 1))
	for n, at := range []time.Time{noon, noon.Add(time.Minute), noon.Add(4 * time.Hour)} {
		if _, err := db.Count(t.Context(), readers(random, "one", int64(1+n*3000), 3000, at)); err != nil {
			t.Fatal(err)
		}
	}
	for n, last := int64(1), noon.Add(6*time.Hour); ; n++ {
		last = last.Add(time.Minute) // the removal that begins then may find the one before at work
		if _, err := db.Count(t.Context(), readers(random, "two", n, 1, last)); err != nil {
			t.Fatal(err)
		}
		var seen, networks int
		value(t, url, "SELECT count(*) FROM seen WHERE at <= "+fmt.Sprint(noon.Add(5*time.Hour).UnixMilli()), &seen)
		value(t, url, "SELECT count(*) FROM networks WHERE hour < "+fmt.Sprint(noon.Add(5*time.Hour).Unix()), &networks)
		if seen+networks == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// BenchmarkCount counts batches of 2,048 clicks of different readers, as four processes at once. Its figure is clicks a
// second of all.
func BenchmarkCount(b *testing.B) {
	const replicas, events = 4, 2048
	url := database(b)
	var stores []*postgres.DB
	for range replicas {
		stores = append(stores, opened(b, url, 5*time.Minute))
	}
	batches := make(chan int)
	var wg sync.WaitGroup
	start := time.Now()
	b.ResetTimer()
	for replica, db := range stores {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(replica), uint64(start.UnixNano())))
			first := int64(1)
			for range batches {
				if _, err := db.Count(context.Background(), readers(random, fmt.Sprint("spool-", replica), first, events, time.Now())); err != nil {
					b.Error(err)
				}
				first += events
			}
		})
	}
	for range b.N {
		batches <- 1
	}
	close(batches)
	wg.Wait()
	b.ReportMetric(float64(b.N*events)/b.Elapsed().Seconds(), "clicks/s")
}
