// Command cards makes share links and social cards for news stories.
//
//	cards serve      run the service
//	cards render     render one card, without a server
//	cards links      print a story's share links
//	cards import     register the stories of an archive
//	cards hook       receive the webhooks of a CMS
//	cards audit      check stories, and what their pages tell networks
//	cards sign       sign the URL of a picture
//	cards theme      check and preview your own themes and templates
//	cards editor     add, list and remove the people of the studio
//	cards token      make, list and revoke the tokens of programs
//	cards key        list, rotate and remove the keys that sign URLs
//	cards log        list who changed what and when
//	cards config     check and show the settings of a service
//	cards jobs       list, retry and cancel the jobs of a database
//	cards migrate    bring a database up to date
//	cards copy       copy a database into another
//	cards backup     write a backup of the embedded database
//	cards restore    put a backup in its place
//	cards completion print the script that completes commands in a shell
//	cards doctor     check the setup of a service, and say what to do
//	cards health     ask a running service whether it is ready
//	cards version    print the version
//
// Exit status: 0 success, 1 failure, 2 wrong usage.
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
	Serve      serveCommand      `cmd:"" help:"Run the service: pictures, links, short links and the studio."`
	Render     renderCommand     `cmd:"" help:"Render one card without a server."`
	Links      linksCommand      `cmd:"" help:"Print the share links of a story."`
	Import     importCommand     `cmd:"" help:"Register the stories of an archive with a service: feeds, sitemaps, lists of URLs, exports of WordPress, JSON lines."`
	Hook       hookCommand       `cmd:"" help:"Receive the webhooks of a CMS, and register its stories."`
	Audit      auditCommand      `cmd:"" help:"Check stories and what their pages tell networks: pages, files, sitemaps, articles of a service."`
	Theme      themeCommand      `cmd:"" help:"Check and preview your own themes and templates."`
	Sign       signCommand       `cmd:"" help:"Sign the URL of a picture, for pages whose articles are not registered."`
	Editor     editorCommand     `cmd:"" help:"Add, list and remove the people of the studio, who sign in by personal links."`
	Token      tokenCommand      `cmd:"" help:"Make, list and revoke API tokens: one for each program, with only what it needs."`
	Key        keyCommand        `cmd:"" help:"List, rotate and remove the keys that sign URLs."`
	Log        logCommand        `cmd:"" help:"List who changed what and when: stories, photos, editors, tokens, and who signed in."`
	Config     configCommand     `cmd:"" help:"Check the settings of a service, and show where each comes from."`
	Jobs       jobsCommand       `cmd:"" help:"List, retry and cancel jobs: what a service does later, such as drawing cards ahead."`
	Migrate    migrateCommand    `cmd:"" help:"Bring a database up to date, as the service does at its start, and print what was done."`
	Copy       copyCommand       `cmd:"" help:"Copy a database into another, also while a service uses it, and compare counts and sums."`
	Backup     backupCommand     `cmd:"" help:"Write a backup of the embedded database, also while services use it."`
	Restore    restoreCommand    `cmd:"" help:"Put a backup in the place of the embedded database. No service may use it."`
	Completion completionCommand `cmd:"" help:"Print the script that completes commands and flags in bash, zsh or fish."`
	Doctor     doctorCommand     `cmd:"" help:"Check settings, folders, database, bucket, clocks and limits of a service, and say what to do: exit status 1 if it cannot work."`
	Health     healthCommand     `cmd:"" help:"Ask a running service whether it is ready: exit status 0 if it is, 1 if not."`
	Manual     manualCommand     `cmd:"" hidden:"" help:"Print the manual page, for packages."`
	Version    versionCommand    `cmd:"" help:"Print the version and the commit."`

	ConfigFile   string           `name:"config" placeholder:"FILE" help:"File of settings, of which each line is NAME = VALUE, with the names of the flags of cards serve. Flags and the environment come before it."`
	PrintVersion kong.VersionFlag `name:"version" env:"-" help:"Print the version and the commit."`
}

// stdio is where a command writes its output and its errors.
type stdio struct{ out, err io.Writer }

// usageError is an error in the command line; it names the flag or argument.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

func main() {
	useHugePages()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process immediately
	code := run(ctx, os.Args[1:], stdio{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// helped is the panic value that ends parsing after --help.
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
	from := &origins{args: joinSteps(args)}
	parser, err := newParser(ctx, &c, from, std)
	if err != nil {
		return report(std, err)
	}
	parsed, err := parser.Parse(from.args)
	if err != nil {
		return report(std, from.explain(&usageError{err.Error()}))
	}
	return report(std, from.explain(parsed.Run()))
}

// newParser returns the parser of command lines into c.
func newParser(ctx context.Context, c *commands, from *origins, std stdio) (*kong.Kong, error) {
	return kong.New(c,
		kong.Name("cards"),
		kong.Description("Share links and social cards for every news story."),
		kong.DefaultEnvars("CARDS"),
		kong.Vars{"version": versionLine()},
		kong.Writers(std.out, std.err),
		kong.Exit(func(int) { panic(helped{}) }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std, from),
	)
}

// joinSteps rewrites "--font-step -2" to "--font-step=-2", because the parser reads -2 as a flag.
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

// report prints err on one line, unless it is nil, and returns the exit status.
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
