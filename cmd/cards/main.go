// Command cards gives every news story its share links and its social card.
//
//	cards serve      the service
//	cards render     one card, without a server
//	cards links      a story's share links
//	cards sign       a signed picture address
//	cards theme      a newsroom's own themes and templates, checked and looked at
//	cards version
//
// Exit status: 0 done, 1 failed, 2 wrong use.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Run the service: pictures, links, short links and the studio."`
	Render  renderCommand  `cmd:"" help:"Draw one card without a server."`
	Links   linksCommand   `cmd:"" help:"Print the share links of a story."`
	Theme   themeCommand   `cmd:"" help:"Check and look at themes and templates of one's own."`
	Sign    signCommand    `cmd:"" help:"Sign the address of a picture, for pages that name pictures without registering articles."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// stdio is where a command reads and writes.
type stdio struct{ out, err io.Writer }

// usageError is a use that cannot work; it names the flag or argument.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], stdio{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// helped is how a finished --help leaves the parser.
type helped struct{}

func run(ctx context.Context, args []string, std stdio) (code int) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helped); !ok {
				panic(r)
			}
			code = exitDone
		}
	}()
	var c commands
	parser, err := kong.New(&c,
		kong.Name("cards"),
		kong.Description("Share links and social cards for every news story."),
		kong.DefaultEnvars("CARDS"),
		kong.Writers(std.out, std.err),
		kong.Exit(func(int) { panic(helped{}) }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std),
	)
	if err != nil {
		return report(std, err)
	}
	parsed, err := parser.Parse(joinSteps(args))
	if err != nil {
		return report(std, &usageError{err.Error()})
	}
	return report(std, parsed.Run())
}

// joinSteps writes "--font-step -2" as "--font-step=-2", since the parser takes -2 for a flag.
func joinSteps(args []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(joined, args[i:]...)
		}
		if arg == "--font-step" && i+1 < len(args) && strings.HasPrefix(args[i+1], "-") {
			if _, err := strconv.Atoi(args[i+1]); err == nil {
				i++
				arg += "=" + args[i]
			}
		}
		joined = append(joined, arg)
	}
	return joined
}

// report prints an error in one line and tells the exit status.
func report(std stdio, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(std.err, "cards: %s\n", usage)
		return exitUsage
	default:
		fmt.Fprintf(std.err, "cards: %s\n", err)
		return exitFailed
	}
}
