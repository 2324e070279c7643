package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

type manualCommand struct{}

// Run prints the manual page, in the language of man(7), which packages install.
func (manualCommand) Run(parsed *kong.Context, std stdio) error {
	return writeManual(std.out, parsed.Model)
}

// writeManual writes the page of a program: its commands, each with the flags that only it has, and the settings of the
// service. It has no date, so that the same program has the same page.
func writeManual(out io.Writer, program *kong.Application) error {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1\n.SH NAME\n%s \\- %s\n", strings.ToUpper(program.Name), program.Name,
		roff(strings.ToLower(program.Help[:1])+strings.TrimSuffix(program.Help[1:], ".")))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n.I command\n[flags]\n.SH COMMANDS\n", program.Name)
	manualOf(&b, program.Node, program.Name)
	b.WriteString(`.SH ENVIRONMENT AND FILES
Each flag can be set by an environment variable, CARDS_NAME for \-\-name, with _ for \-, and those of
.B cards serve
also by a line NAME = VALUE of the file that \-\-config or CARDS_CONFIG names.
.SH EXIT STATUS
0 success, 1 failure, 2 wrong usage.
`)
	_, err := io.WriteString(out, b.String())
	return err
}

// manualOf writes the commands below n, whose command line is line.
func manualOf(b *strings.Builder, n *kong.Node, line string) {
	for _, sub := range n.Children {
		if sub.Hidden {
			continue
		}
		of := line + " " + sub.Name
		if len(sub.Children) > 0 {
			manualOf(b, sub, of)
			continue
		}
		fmt.Fprintf(b, ".SS %s", roff(of))
		for _, arg := range sub.Positional {
			b.WriteString(" " + roff(arg.Summary()))
		}
		fmt.Fprintf(b, "\n%s\n", roff(sub.Help))
		for _, flag := range sub.Flags {
			if !flag.Hidden {
				fmt.Fprintf(b, ".TP\n\\fB%s\\fR\n%s\n", roff(flagSummary(flag)), roff(flag.Help))
			}
		}
	}
}

// flagSummary returns how a flag is written.
func flagSummary(flag *kong.Flag) string {
	name := "--" + flag.Name
	switch {
	case flag.Tag.Negatable != "":
		name = "--[no-]" + flag.Name
	case !flag.IsBool():
		name += "=" + flag.FormatPlaceHolder()
	}
	if flag.Short != 0 {
		name = "-" + string(flag.Short) + ", " + name
	}
	return name
}

// roff escapes a text for man(7).
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", " ").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
