package queue

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/sampled"
)

// say returns a function that logs a job's failure, at most one a minute for each kind.
func say(log *sampled.Logger) func(ctx context.Context, kind string, err error, article string) {
	return func(ctx context.Context, kind string, err error, article string) {
		log.Log(ctx, fault.KindOf(err).Answer().Level, "job failed", kind, err, "article", article)
	}
}

// handler is a slog.Handler for River's own log, which has a line for each try of each of its loops: it passes on what
// went wrong, at most one line a minute for each message.
type handler struct {
	log   *sampled.Logger
	attrs []slog.Attr
}

// Enabled implements slog.Handler.
func (h handler) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Handle implements slog.Handler.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	why := ""
	find := func(a slog.Attr) bool {
		if a.Key == "err" || a.Key == "error" || a.Key == "panic_val" {
			why = a.Value.String()
		}
		return why == ""
	}
	r.Attrs(find)
	for _, a := range h.attrs {
		find(a)
	}
	h.log.Log(ctx, slog.LevelWarn, "the queue of jobs: "+strings.TrimSpace(r.Message), "queue", errors.New(why))
	return nil
}

// WithAttrs implements slog.Handler.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.log, append(slices.Clip(attrs), h.attrs...)}
}

// WithGroup implements slog.Handler.
func (h handler) WithGroup(string) slog.Handler { return h }
