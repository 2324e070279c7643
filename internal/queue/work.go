package queue

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"newsroom.example/cards/internal/fault"
)

// Worker does the jobs of a kind.
type Worker struct {
	Kind  Kind
	Limit time.Duration // for one attempt; 0: a minute
	// Do does the job. It may be called again for a job that it has done, and must return soon after ctx ends. An error
	// makes another attempt, after the next of the Kind's Pauses; see also Later.
	Do func(ctx context.Context, j Job) error
}

// Later returns an error that makes another attempt after the time, however often.
func Later(after time.Duration) error { return later(after) }

type later time.Duration

// Error implements error.
func (l later) Error() string { return "later" }

// oldest is how old a job may be that is put off by Later again.
const oldest = 24 * time.Hour

// worker implements river.Worker.
type worker struct {
	river.WorkerDefaults[args]
	Worker
	say   func(ctx context.Context, kind string, err error, article string)
	watch func(kind, result string, took time.Duration)
}

// Results are what attempts at jobs end with.
var Results = []string{done, putOff, failed, givenUp, interrupted}

const (
	done        = "done"
	putOff      = "put_off"     // by Later
	failed      = "failed"      // there will be another attempt
	givenUp     = "given_up"    // there will be none
	interrupted = "interrupted" // the service ends; the attempt does not count
)

// result returns what the attempt has ended with.
func (w worker) result(stored *river.Job[args], err error) string {
	_, off := errors.AsType[*river.JobSnoozeError](err)
	switch {
	case err == nil:
		return done
	case off:
		return putOff
	case errors.Is(err, context.Canceled):
		return interrupted
	case errors.Is(err, errTooOld), stored.Attempt >= stored.MaxAttempts:
		return givenUp
	}
	return failed
}

// Work implements river.Worker. A panic is a failure like others, and ends nothing but the attempt.
func (w worker) Work(ctx context.Context, stored *river.Job[args]) (err error) {
	began := time.Now()
	defer func() {
		if r := recover(); r != nil {
			err = w.failed(ctx, stored, fault.Panic(r))
		}
		w.watch(w.Kind.Name, w.result(stored, err), time.Since(began))
	}()
	err = w.Do(ctx, stored.Args.job(w.Kind))
	var put later
	switch {
	case err == nil:
		return nil
	case errors.As(err, &put) && time.Since(stored.CreatedAt) < oldest:
		return river.JobSnooze(time.Duration(put))
	case errors.As(err, &put):
		return river.JobCancel(errTooOld)
	}
	return w.failed(ctx, stored, err)
}

var errTooOld = errors.New("put off for a day")

// failed logs an error and returns what is stored of it. Errors may quote addresses; their codes and messages for
// clients do not.
func (w worker) failed(ctx context.Context, stored *river.Job[args], err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) { // the service ends: the attempt does not count
		return context.Canceled
	}
	w.say(ctx, w.Kind.Name, err, stored.Args.Article)
	return errors.New(fault.KindOf(err).Code() + ": " + fault.MessageOf(err))
}

// NextRetry implements river.Worker.
func (w worker) NextRetry(stored *river.Job[args]) time.Time {
	if n := len(w.Kind.Pauses); n > 0 {
		return time.Now().Add(w.Kind.Pauses[min(max(stored.Attempt, 1), n)-1])
	}
	return time.Time{}
}

// Timeout implements river.Worker.
func (w worker) Timeout(*river.Job[args]) time.Duration { return w.Limit }
