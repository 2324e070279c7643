package main

import (
	"strings"

	"github.com/alecthomas/kong"

	"newsroom.example/cards/internal/completion"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run prints the script, which knows the commands and flags of this build.
func (c completionCommand) Run(parsed *kong.Context, std stdio) error {
	return completion.Write(std.out, c.Shell, commandOf(parsed.Model.Node))
}

// commandOf describes a command and those below it, without what is hidden.
func commandOf(n *kong.Node) completion.Command {
	c := completion.Command{Name: n.Name, Help: n.Help}
	for _, group := range n.AllFlags(true) {
		for _, f := range group {
			c.Flags = append(c.Flags, describedFlags(f)...)
		}
	}
	for _, arg := range n.Positional {
		c.Values = append(c.Values, valuesOf(arg)...)
	}
	for _, sub := range n.Children {
		if !sub.Hidden {
			c.Commands = append(c.Commands, commandOf(sub))
		}
	}
	return c
}

// describedFlags describes a flag, and its negation if it has one.
func describedFlags(f *kong.Flag) []completion.Flag {
	own := completion.Flag{Name: f.Name, Help: f.Help, Takes: !f.IsBool() && !f.IsCounter()}
	if f.Short != 0 {
		own.Short = string(f.Short)
	}
	if own.Takes {
		own.Values = valuesOf(f.Value)
	}
	if f.Tag == nil || f.Tag.Negatable == "" {
		return []completion.Flag{own}
	}
	return []completion.Flag{own, {Name: "no-" + f.Name, Help: f.Help}}
}

// valuesOf returns the values of a flag or argument that takes only some.
func valuesOf(v *kong.Value) (all []string) {
	for value := range strings.SplitSeq(v.Enum, ",") {
		if value = strings.TrimSpace(value); value != "" {
			all = append(all, value)
		}
	}
	return all
}
