// Package completion writes the scripts with which bash, zsh and fish complete a program's commands and flags. The
// scripts hold everything that they need: completing a word does not run the program.
//
// The libraries for kong that do this, kong-completion and kongplete, have had no release since 2022 and 2023. They run
// the program for each word, and bring three modules that are as old.
package completion

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"
)

// Command is a program or one of its commands.
type Command struct {
	Name, Help string
	Flags      []Flag
	Values     []string // of its argument; empty: files
	Commands   []Command
}

// Flag is a flag of a command. Names contain only letters, digits and dashes.
type Flag struct {
	Name   string // without dashes
	Short  string // one letter, without the dash; empty: none
	Help   string
	Takes  bool     // it takes a value
	Values []string // the values that it takes; empty: any, such as files
}

// Shells are the shells that Write knows.
var Shells = []string{"bash", "zsh", "fish"}

var scripts = map[string]string{"bash": bash, "zsh": zsh, "fish": fish}

func parsed(text string) *template.Template {
	functions := template.FuncMap{"quote": quote, "words": words, "brief": brief, "titled": titled, "fishquote": fishQuote,
		"join": func(all []string) string { return strings.Join(all, " ") }}
	return template.Must(template.New("").Funcs(functions).Parse(text))
}

// Write writes the script for a shell. The error is that of w, or says that the shell is none of Shells.
func Write(w io.Writer, shell string, program Command) error {
	text, ok := scripts[shell]
	if !ok {
		return fmt.Errorf("shell %q is none of %s", shell, strings.Join(Shells, ", "))
	}
	return parsed(text).Execute(w, struct {
		Program  string
		Commands []line
	}{program.Name, lines(program.Name, program)})
}

// line is a command line of the program up to a command, such as "cards theme check".
type line struct {
	At      string
	Command Command
}

// lines returns the lines of a command and of those below it.
func lines(at string, c Command) []line {
	all := []line{{at, c}}
	for _, sub := range c.Commands {
		all = append(all, lines(at+" "+sub.Name, sub)...)
	}
	return all
}

// Written returns the flag as it is written, with its short form.
func (f Flag) Written() []string {
	if f.Short == "" {
		return []string{"--" + f.Name}
	}
	return []string{"--" + f.Name, "-" + f.Short}
}

// Patterns returns a line followed by the flag, for each form of the flag, as alternatives of a case.
func (l line) Patterns(f Flag) string {
	var all []string
	for _, written := range f.Written() {
		all = append(all, quote(l.At+" "+written))
	}
	return strings.Join(all, "|")
}

// Written returns all flags of the command as they are written.
func (c Command) Written() (all []string) {
	for _, f := range c.Flags {
		all = append(all, "--"+f.Name)
	}
	return all
}

// Names returns the words that may follow a command: the names of those below it, or the values of its argument.
func (c Command) Names() []string {
	all := slices.Clone(c.Values)
	for _, sub := range c.Commands {
		all = append(all, sub.Name)
	}
	return all
}

// Titled returns the words of Names, each with its help for zsh.
func (c Command) Titled() []string {
	all := slices.Clone(c.Values)
	for _, sub := range c.Commands {
		all = append(all, titled(sub.Name, sub.Help))
	}
	return all
}

func words(all []string) string { return quote(strings.Join(all, " ")) }

// titled returns a word with its help, as zsh's _describe takes it.
func titled(word, help string) string { return word + ":" + brief(help) }

// brief returns the first sentence of a help text, without its full stop.
func brief(help string) string {
	first, _, _ := strings.Cut(help, ". ")
	return strings.TrimSuffix(first, ".")
}

// quote quotes s as one word of bash and zsh.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// fishQuote quotes s as one word of fish, where a backslash escapes inside of quotes.
func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
