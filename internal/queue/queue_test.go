package queue_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/queue"
)

// soon are pauses that a test can wait for.
var soon = []time.Duration{time.Millisecond, time.Millisecond, time.Millisecond}

var (
	work  = queue.Kind{Name: "work", Pauses: soon}
	spare = queue.Kind{Name: "spare_work", Spare: true}
)

func about(k queue.Kind, article string) queue.Job { return queue.Job{Kind: k, Article: article} }

// TestJobsAreDone: a job is done once, with what it was inserted with, and is listed. One that is equal to an
// unfinished one is the same; one that was rolled back is none.
func TestJobsAreDone(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		job := queue.Job{Kind: work, Article: "storm-1", Version: "v1", Until: time.Unix(1_800_000_000, 0).UTC()}
		other := job
		other.Version = "v2"
		e.insert(true, job)
		e.insert(true, job, other)
		e.insert(false, about(work, "rolled back"))
		done := make(chan string, 8)
		q, _ := e.runs(queue.Worker{Kind: work, Do: func(_ context.Context, j queue.Job) error {
			done <- fmt.Sprint(j.Article, j.Version, j.Until.Unix())
			return nil
		}})
		e.reach(q, "completed", 2)
		got := map[string]bool{<-done: true, <-done: true}
		if len(done) > 0 || !got["storm-1v11800000000"] || !got["storm-1v21800000000"] {
			t.Errorf("done: %v and %d more", got, len(done))
		}
		e.insert(true, job) // it is another one now
		all := e.reach(q, "completed", 3)
		if l := all[0]; l.Kind != "work" || l.Article != "storm-1" || l.Version != "v1" || l.Attempt != 1 || l.Attempts != 4 || l.LastError != "" || time.Since(l.At) > time.Hour {
			t.Errorf("listed: %+v", l)
		}
		counts, err := q.Counts(t.Context())
		if err != nil || counts["completed"] != 3 || counts["available"] != 0 || len(counts) != len(queue.States) {
			t.Errorf("counts: %v, %v", counts, err)
		}
	})
}

// TestFailuresAreRepeated: a job that fails, or panics, is tried again until it is done, and given up after its last
// pause. What is stored of its errors shows no address. It can be retried and canceled by hand.
func TestFailuresAreRepeated(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		var tries atomic.Int32
		var mended atomic.Bool
		e.insert(true, about(work, "third"), about(work, "never"), queue.Job{Kind: work, Article: "tomorrow", At: time.Now().Add(24 * time.Hour)})
		secret := fault.New(fault.SourceTimeout, "https://pictures.example/a.jpg?sig=secret")
		q, _ := e.runs(queue.Worker{Kind: work, Do: func(_ context.Context, j queue.Job) error {
			switch {
			case j.Article == "tomorrow":
				t.Error("what is for tomorrow is done today")
			case j.Article == "never" && !mended.Load():
				return secret
			case j.Article == "third" && tries.Add(1) < 3:
				if tries.Load() == 2 {
					panic("broken: https://pictures.example/?sig=secret")
				}
				return errors.New("https://pictures.example/?sig=secret")
			}
			return nil
		}})
		third := e.reach(q, "completed", 1)[0]
		if third.Article != "third" || third.Attempt != 3 || !strings.HasPrefix(third.LastError, "internal: ") {
			t.Errorf("the third time: %+v", third)
		}
		never := e.reach(q, "discarded", 1)[0]
		if never.Article != "never" || never.Attempt != len(soon)+1 || !strings.HasPrefix(never.LastError, "source_timeout: ") {
			t.Errorf("given up: %+v", never)
		}
		if shown := fmt.Sprint(third, never); strings.Contains(shown, "pictures.example") {
			t.Errorf("addresses are shown: %s", shown)
		}
		mended.Store(true)
		if l, err := q.Retry(t.Context(), never.ID); err != nil || l.State != "available" {
			t.Errorf("retried: %+v, %v", l, err)
		}
		e.reach(q, "completed", 2)
		if l, err := q.Cancel(t.Context(), e.list(q, "scheduled")[0].ID); err != nil || l.State != "cancelled" || l.Article != "tomorrow" {
			t.Errorf("canceled: %+v, %v", l, err)
		}
		for _, how := range []func(context.Context, int64) (queue.Listed, error){q.Retry, q.Cancel} {
			if _, err := how(t.Context(), 1<<40); !errors.Is(err, queue.ErrUnknown) {
				t.Errorf("unknown: %v", err)
			}
		}
	})
}

// TestLaterIsNoAttempt: a job may put itself off more often than it may fail.
func TestLaterIsNoAttempt(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		var tries atomic.Int32
		e.insert(true, about(spare, "storm-1"))
		q, _ := e.runs(queue.Worker{Kind: spare, Do: func(context.Context, queue.Job) error {
			if tries.Add(1) < 5 {
				return queue.Later(time.Millisecond)
			}
			return nil
		}})
		if l := e.reach(q, "completed", 1)[0]; l.Attempt != 1 || tries.Load() != 5 {
			t.Errorf("%+v after %d", l, tries.Load())
		}
	})
}

// TestOldJobsAreNotPutOff: a job that is put off for a day is canceled, so that none waits for ever.
func TestOldJobsAreNotPutOff(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		e.insert(true, about(spare, "storm-1"))
		e.exec("UPDATE river_job SET created_at = " + strings.Replace(e.hourAgo, "1 hour", "25 hours", 1))
		q, _ := e.runs(queue.Worker{Kind: spare, Do: func(context.Context, queue.Job) error { return queue.Later(time.Hour) }})
		e.reach(q, "cancelled", 1)
	})
}

// TestSpareJobsAreDoneOneAtATime, and by no process that leaves them to others.
func TestSpareJobsAreDoneOneAtATime(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		const jobs = 8
		var now, most atomic.Int32
		w := queue.Worker{Kind: spare, Do: func(context.Context, queue.Job) error {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			time.Sleep(time.Millisecond)
			return nil
		}}
		for i := range jobs {
			e.insert(true, about(spare, fmt.Sprint("storm-", i)))
		}
		never := w
		never.Do = func(context.Context, queue.Job) error { t.Error("it should be left to others"); return nil }
		marker := queue.Worker{Kind: work, Do: func(context.Context, queue.Job) error { return nil }}
		e.insert(true, about(work, "marker"))
		q, end := e.runsAs(queue.Config{Workers: []queue.Worker{never, marker}, NoSpare: true})
		e.reach(q, "completed", 1)
		end()
		q, _ = e.runs(w)
		e.reach(q, "completed", jobs+1)
		if most.Load() != 1 {
			t.Errorf("%d at a time", most.Load())
		}
	})
}

// TestProcessesShareJobs: of several processes on one database, one does each job.
func TestProcessesShareJobs(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		const jobs = 60
		var mu sync.Mutex
		done := map[string]int{}
		w := queue.Worker{Kind: work, Do: func(_ context.Context, j queue.Job) error {
			mu.Lock()
			defer mu.Unlock()
			done[j.Article]++
			return nil
		}}
		q, _ := e.runs(w)
		e.runs(w)
		e.runs(w)
		for i := range jobs {
			e.insert(true, about(work, fmt.Sprint("storm-", i)))
		}
		e.reach(q, "completed", jobs)
		mu.Lock()
		defer mu.Unlock()
		for article, n := range done {
			if n != 1 {
				t.Errorf("%s is done %d times", article, n)
			}
		}
		if len(done) != jobs {
			t.Errorf("%d are done", len(done))
		}
	})
}

// TestAProcessDies: a job of a process that was killed is done by another one.
func TestAProcessDies(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		e.insert(true, about(work, "storm-1"))
		e.exec("UPDATE river_job SET state = 'running', attempt = 1, attempted_at = " + e.hourAgo)
		q, _ := e.runs(queue.Worker{Kind: work, Do: func(context.Context, queue.Job) error { return nil }})
		if l := e.reach(q, "completed", 1)[0]; l.Attempt != 2 {
			t.Errorf("%+v", l)
		}
	})
}

// TestAProcessEnds: a job that runs when its process ends is canceled, and done again, without a failed attempt.
func TestAProcessEnds(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		e.insert(true, about(work, "storm-1"))
		began := make(chan struct{})
		_, end := e.runs(queue.Worker{Kind: work, Do: func(ctx context.Context, _ queue.Job) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		}})
		<-began
		end()
		q, _ := e.runs(queue.Worker{Kind: work, Do: func(context.Context, queue.Job) error { return nil }})
		if l := e.reach(q, "completed", 1)[0]; l.Attempt != 1 || l.LastError != "" {
			t.Errorf("%+v", l)
		}
	})
}

// TestPeriodicJobs are inserted by one process.
func TestPeriodicJobs(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		c := queue.Config{
			Workers:  []queue.Worker{{Kind: work, Do: func(context.Context, queue.Job) error { return nil }}},
			Periodic: []queue.Periodic{{Job: queue.Job{Kind: work}, Every: time.Hour}},
		}
		q, _ := e.runsAs(c)
		e.runsAs(c)
		e.reach(q, "completed", 1)
		if all := e.list(q); len(all) != 1 || all[0].Article != "" {
			t.Errorf("%+v", all)
		}
	})
}

// TestUnknownKinds of a later release are left alone.
func TestUnknownKinds(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		e.insert(true, about(queue.Kind{Name: "later_release"}, "storm-1"), about(work, "storm-1"))
		q, _ := e.runs(queue.Worker{Kind: work, Do: func(context.Context, queue.Job) error { return nil }})
		e.reach(q, "completed", 1)
		if left := e.list(q, "available"); len(left) != 1 || left[0].Kind != "later_release" || left[0].Attempt != 0 {
			t.Errorf("%+v", left)
		}
	})
}

// TestFinishedJobsAreRemoved: the table does not grow.
func TestFinishedJobsAreRemoved(t *testing.T) {
	onEngines(t, func(t *testing.T, e *engine) {
		w := queue.Worker{Kind: work, Do: func(context.Context, queue.Job) error { return nil }}
		e.insert(true, about(work, "storm-1"))
		q, end := e.runs(w)
		e.reach(q, "completed", 1)
		end()
		e.exec("UPDATE river_job SET finalized_at = " + strings.Replace(e.hourAgo, "1 hour", "61 minutes", 1))
		e.insert(true, queue.Job{Kind: work, Article: "storm-2", At: time.Now().Add(time.Hour)})
		q, _ = e.runs(w)
		for began := time.Now(); len(e.list(q)) != 1; time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > time.Minute {
				t.Fatalf("left: %+v", e.list(q))
			}
		}
	})
}
