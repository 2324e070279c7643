package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"newsroom.example/cards/internal/app"
)

type configCommand struct {
	Check configCheckCommand `cmd:"" help:"Check the settings of a service without starting it: exit status 0 if it could start with them, otherwise 2."`
	Show  configShowCommand  `cmd:"" help:"Show every setting of a service, its value, and where it comes from. Secrets are hidden."`
}

type configCheckCommand struct{ serveSettings }

// Run prints that the settings are right. It opens no port and no database.
func (c configCheckCommand) Run(from *origins, std stdio) error {
	config, err := c.config()
	if err != nil {
		return err
	}
	if err := usage(app.Check(config)); err != nil {
		return err
	}
	in := ""
	if from.file != nil {
		in = ", with those of " + from.file.Path()
	}
	_, err = fmt.Fprintf(std.out, "cards serve could start with these settings%s\n", in)
	return err
}

type configShowCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
	serveSettings
}

// shown is a setting as it is shown.
type shown struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	From   string `json:"from"` // command line, a variable of the environment, FILE:LINE, or default
	Hidden bool   `json:"hidden,omitempty"`
}

// Run prints the settings in the order of cards serve --help.
func (c configShowCommand) Run(parsed *kong.Context, from *origins, std stdio) error {
	var all []shown
	for _, flag := range parsed.Selected().Flags {
		if flag.Name != "json" {
			all = append(all, shownFlag(flag, from))
		}
	}
	if c.JSON {
		enc := json.NewEncoder(std.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	}
	return writeSettings(std.out, all)
}

func writeSettings(out io.Writer, all []shown) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		value := s.Value
		switch {
		case s.Hidden && value == "":
			value = "(hidden)"
		case value == "":
			value = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Name, value, s.From)
	}
	return table.Flush()
}

func shownFlag(flag *kong.Flag, from *origins) shown {
	s := shown{Name: flag.Name, Value: valueText(flag.Target), From: from.of(flag)}
	if isSecret(flag, s.Value) {
		s.Value, s.Hidden = "", true
		if flag.Tag.Get("secret") == "url" {
			s.Value, _ = withoutSecrets(valueText(flag.Target))
		}
	}
	return s
}

// isSecret reports whether the value of the flag is secret. The tag says so of a flag; if it is "url", only parts of
// the value are secret, and only some values have such parts.
func isSecret(flag *kong.Flag, value any) bool {
	switch {
	case value == "" || !flag.Tag.Has("secret"):
		return false
	case flag.Tag.Get("secret") != "url":
		return true
	}
	raw, _ := value.(string)
	_, secret := withoutSecrets(raw)
	return secret
}

// valueText returns a value as the environment would have it.
func valueText(v reflect.Value) string {
	if v.Kind() == reflect.Slice {
		return strings.Join(splitEnv(v.Interface().([]string)), ",")
	}
	return fmt.Sprint(v.Interface())
}

// plainParameters are those of a store's URL that only say where it is.
var plainParameters = []string{"endpoint", "region", "sslmode", "host", "port", "search_path"}

// withoutSecrets returns the URL without its password and the values of parameters that may be secret, and whether it
// had any. What is no URL may be secret as a whole.
func withoutSecrets(raw string) (open string, secret bool) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme == "" {
		return "", true
	}
	query := u.Query()
	for name := range query {
		if !slices.Contains(plainParameters, name) {
			query.Set(name, "hidden")
			secret = true
		}
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), "hidden")
		secret = true
	}
	if secret {
		u.RawQuery = query.Encode()
	}
	return u.String(), secret
}
