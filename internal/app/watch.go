package app

import (
	"context"
	"log/slog"
	"time"
)

// watched is a part of the service whose files can be removed or replaced while it runs.
type watched struct {
	name  string
	check func(context.Context) error // opens the files again if that is possible
}

// watchEvery is how often the files of a part are checked. A check is a few calls of stat.
const watchEvery = 500 * time.Millisecond

// watch checks the part until ctx ends. It logs when the part fails, when the reason changes, and when it works again.
func (w watched) watch(ctx context.Context, log *slog.Logger) {
	log = log.With("part", w.name)
	reason, began := "", time.Time{}
	for ctx.Err() == nil {
		err := w.check(ctx)
		switch {
		case ctx.Err() != nil: // an error after the end of ctx says nothing
			return
		case err == nil && reason != "":
			log.Warn("the files are back", "seconds", time.Since(began).Seconds())
			reason = ""
		case err != nil && err.Error() != reason:
			message := "the files cannot be used yet"
			if reason == "" {
				message, began = "the files were removed or replaced: reads continue, writes are refused", time.Now()
			}
			reason = err.Error()
			log.Error(message, "error", reason)
		}
		select {
		case <-ctx.Done():
		case <-time.After(watchEvery):
		}
	}
}
