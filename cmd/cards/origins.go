package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/settings"
)

// origins says where the settings of a command come from. Of a flag, its environment variable and the file of settings,
// the first that is there counts. It is the parser's resolver for the file.
type origins struct {
	args   []string       // the command line, without the program
	file   *settings.File // nil: there is none
	parsed *kong.Context
}

// BeforeResolve reads the file of settings, if the command line or the environment names one.
func (c *commands) BeforeResolve(parsed *kong.Context, from *origins) error {
	from.parsed = parsed
	path := ""
	for _, flag := range parsed.Model.Flags {
		if flag.Name == "config" {
			path, _ = parsed.FlagValue(flag).(string)
		}
	}
	if path == "" {
		return nil
	}
	file, err := settings.Read(path)
	if err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	if err := checkFile(file, settingFlags(parsed.Model)); err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	from.file = file
	parsed.AddResolver(from)
	return nil
}

// settingFlags returns the flags of cards serve that are settings, in their order.
func settingFlags(app *kong.Application) (flags []*kong.Flag) {
	for _, command := range app.Children {
		if command.Name == "serve" {
			flags = append(flags, command.Flags...)
		}
	}
	return flags
}

// checkFile returns an error for a name that is no setting, and for a secret that other users can read.
func checkFile(file *settings.File, known []*kong.Flag) error {
	for _, name := range file.Names() {
		at := slices.IndexFunc(known, func(f *kong.Flag) bool { return f.Name == name })
		if at < 0 {
			return fmt.Errorf("%s: there is no setting %q%s", file.Place(name), name, meant(name, known))
		}
		if file.Public() && isSecret(known[at], file.Value(name)) {
			return fmt.Errorf("%s: other users may read the file, but %s is secret; run: chmod 600 %s",
				file.Place(name), name, file.Path())
		}
	}
	return nil
}

// meant names the setting that is written in another way, such as that of its environment variable, or where to look.
func meant(name string, known []*kong.Flag) string {
	plain := func(s string) string {
		s = strings.TrimPrefix(strings.ToLower(strings.TrimLeft(s, "-")), "cards_")
		return strings.NewReplacer("-", "", "_", "").Replace(s)
	}
	for _, flag := range known {
		if plain(flag.Name) == plain(name) {
			return "; write " + flag.Name
		}
	}
	return "; cards config show lists them"
}

// Validate implements kong.Resolver.
func (o *origins) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver, which is not asked for flags of the command line.
func (o *origins) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if variable(flag) != "" {
		return nil, nil
	}
	return o.file.Value(flag.Name), nil
}

// variable returns the name of the environment variable that sets the flag, or "".
func variable(flag *kong.Flag) string {
	for _, name := range flag.Tag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return name
		}
	}
	return ""
}

// of returns where the value of a flag comes from: "command line", a variable, FILE:LINE, or "default".
func (o *origins) of(flag *kong.Flag) string {
	for _, at := range o.parsed.Path {
		if at.Flag != nil && at.Flag.Name == flag.Name && !at.Resolved {
			return "command line"
		}
	}
	switch name := variable(flag); {
	case name != "":
		return name
	case o.file != nil && o.file.Value(flag.Name) != nil:
		return o.file.Place(flag.Name)
	default:
		return "default"
	}
}

// flagAtStart is how a message begins that is about a flag.
var flagAtStart = lazyregexp.New(`^--(?:no-)?([a-z0-9-]+)`)

// explain adds to an error about a flag that the command line does not have where its value comes from.
func (o *origins) explain(err error) error {
	usage, ok := errors.AsType[*usageError](err)
	if !ok || o.parsed == nil || o.parsed.Selected() == nil {
		return err
	}
	name := flagAtStart().FindStringSubmatch(usage.msg)
	if name == nil {
		return err
	}
	for _, flag := range o.parsed.Selected().Flags {
		if flag.Name != name[1] {
			continue
		}
		if place := o.of(flag); place != "command line" && place != "default" {
			return &usageError{usage.msg + " (set by " + place + ")"}
		}
	}
	return err
}
