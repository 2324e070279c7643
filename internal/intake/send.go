package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"newsroom.example/cards/client"
)

// Bounds of a batch, which the service has to store within ten seconds.
const (
	batchArticles = 50
	batchBytes    = 3 << 19 // of its JSON
	batchWait     = 2 * time.Second
)

const (
	maxRounds  = 20               // of one batch
	firstRound = time.Second      // until a batch is sent again, if the service does not say when; doubled each time
	maxRound   = 30 * time.Second // until a batch is sent again
)

// send sends the stories that are ready in batches, and reports all.
func send(ctx context.Context, ready <-chan story, o Options) error {
	var batch []story
	bytes := 0
	flush := func() error {
		err := sendBatch(ctx, batch, o)
		batch, bytes = nil, 0
		return err
	}
	late := time.NewTimer(batchWait)
	defer late.Stop()
	for {
		select {
		case s, more := <-ready:
			switch {
			case !more:
				return flush()
			case s.result.Outcome != "":
				o.Report(s.result)
				continue
			}
			size := sizeOf(s.article)
			if len(batch) == batchArticles || bytes+size > batchBytes {
				if err := flush(); err != nil {
					return err
				}
			}
			if len(batch) == 0 {
				late.Reset(batchWait)
			}
			batch, bytes = append(batch, s), bytes+size
		case <-late.C:
			if err := flush(); err != nil {
				return err
			}
		}
	}
}

func sizeOf(a client.BatchArticle) int {
	raw, err := json.Marshal(a)
	if err != nil {
		return 0 // it fails again when it is sent
	}
	return len(raw)
}

// sendBatch sends a batch until the service has answered for each of its stories.
func sendBatch(ctx context.Context, batch []story, o Options) error {
	for round := 1; len(batch) > 0; round++ {
		var pause time.Duration
		results, err := put(ctx, batch, o)
		switch refused := (*client.Error)(nil); {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.As(err, &refused) && !isBusy(refused.Status):
			return fmt.Errorf("the service refuses: %w", err)
		case err != nil && round == maxRounds:
			return fmt.Errorf("the service cannot be used: %w", err)
		case refused != nil:
			pause = refused.RetryAfter
		case err == nil:
			if batch = report(batch, results, round == maxRounds, o); len(batch) == 0 {
				return nil
			}
		}
		if pause == 0 {
			pause = firstRound << min(round-1, 5)
		}
		if err := wait(ctx, min(pause, maxRound)); err != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

func put(ctx context.Context, batch []story, o Options) ([]client.BatchResult, error) {
	all := make([]client.BatchArticle, 0, len(batch))
	for _, s := range batch {
		all = append(all, s.article)
	}
	results, err := o.Service.PutArticles(ctx, all, client.PutOptions{DryRun: o.DryRun})
	if err == nil && len(results) != len(batch) {
		err = fmt.Errorf("%d results for %d articles", len(results), len(batch))
	}
	return results, err
}

// isBusy reports a status that says: later.
func isBusy(status int) bool {
	return status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// report reports the stories that the service has answered for, and returns the others. In the last round there are
// none.
func report(batch []story, results []client.BatchResult, last bool, o Options) (again []story) {
	for i, r := range results {
		s := batch[i]
		s.result.Warnings = r.Article.Warnings
		switch {
		case r.Err != nil && isBusy(r.Status) && !last:
			again = append(again, s)
			continue
		case r.Err != nil:
			s.result.Outcome, s.result.Err = Failed, r.Err
		default:
			s.result.Outcome = s.stored
		}
		o.Report(s.result)
	}
	return again
}
