package s3

import (
	"context"
	"log/slog"
)

// Look asks a bucket once, and returns why it does not answer as a bucket that the service can use.
func Look(ctx context.Context, s Settings) error {
	b, err := Open(s, Options{Limits: DefaultLimits(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer b.Close()
	return b.ask(ctx)
}
