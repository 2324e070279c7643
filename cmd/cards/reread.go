package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"
)

// reread reads the file of settings again at each SIGHUP, until ctx ends. It applies a changed log level, and logs
// which other changes wait for the next start. Certificates, keys of the data folder and themes are followed without
// it.
func reread(ctx context.Context, from *origins, level *slog.LevelVar, log *slog.Logger) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	started, err := from.again(ctx)
	if err != nil { // what the process was started with has just been read
		log.Error("settings", "error", err)
		return
	}
	go func() {
		defer signal.Stop(asked)
		for {
			select {
			case <-ctx.Done():
				return
			case <-asked:
				applyChanges(ctx, from, started, level, log)
			}
		}
	}()
}

// applyChanges applies what the settings now say. started has the values of the start.
func applyChanges(
	ctx context.Context, from *origins, started map[string]string, level *slog.LevelVar, log *slog.Logger,
) {
	now, err := from.again(ctx)
	if err != nil {
		log.Error("the settings were not read again; those of before hold", "error", err)
		return
	}
	var waiting []string
	for name, value := range now {
		switch {
		case name == "log-level":
			_ = level.UnmarshalText([]byte(value)) // the parser has checked it
		case value != started[name]:
			waiting = append(waiting, name)
		}
	}
	if len(waiting) > 0 {
		slices.Sort(waiting)
		log.Warn("these settings have changed, and wait for the next start", "settings", waiting)
	}
	log.Info("the settings were read again", "log-level", level.Level().String())
}

// again returns the settings that the command line, the environment and the file give now, as texts.
func (o *origins) again(ctx context.Context) (map[string]string, error) {
	var c commands
	from := &origins{args: o.args}
	parser, err := newParser(ctx, &c, from, stdio{io.Discard, io.Discard})
	if err != nil {
		return nil, err
	}
	parsed, err := parser.Parse(o.args)
	if err != nil {
		return nil, errors.New(from.explain(&usageError{err.Error()}).Error())
	}
	return texts(parsed), nil
}

// texts returns the values of a command's settings.
func texts(parsed *kong.Context) map[string]string {
	all := map[string]string{}
	for _, flag := range parsed.Selected().Flags {
		all[flag.Name] = valueText(flag.Target)
	}
	return all
}
