package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"text/tabwriter"
	"time"

	signin "newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

type editorCommand struct {
	Add    editorAddCommand    `cmd:"" help:"Add an editor, and print her personal sign-in link."`
	List   editorListCommand   `cmd:"" help:"List the editors."`
	Link   editorLinkCommand   `cmd:"" help:"Print another sign-in link of an editor; the one before cannot be used any more."`
	Remove editorRemoveCommand `cmd:"" help:"Remove an editor, and end her sessions at once."`
}

// linkSettings say where a sign-in link leads.
type linkSettings struct {
	PublicURL string `placeholder:"URL" help:"Public URL of the service, as for cards serve. Default: http://127.0.0.1:8080."`
	databaseSettings
}

// asOperator returns a context in which the operator does something.
func asOperator(ctx context.Context, action journal.Action) context.Context {
	return journal.By(journal.Doing(ctx, action), journal.Operator)
}

// prefix returns the beginning of the service's URLs.
func (s linkSettings) prefix() (string, error) {
	prefix, err := app.PublicPrefix(cmp.Or(s.PublicURL, "http://127.0.0.1:8080"))
	return prefix, usage(err)
}

// printLink prints a sign-in link, which is shown this once.
func printLink(std stdio, prefix, name, secret string) error {
	_, err := fmt.Fprintf(std.out, "%s%s?%s=%s\n", prefix, signin.LinkPath, signin.LinkParameter, url.QueryEscape(secret))
	if err == nil {
		_, err = fmt.Fprintf(std.err, "This link signs %s in, once, within the next %d days. Send it to nobody else; it is not shown again.\n",
			name, int(editors.LinkLife.Hours()/24))
	}
	return err
}

type editorAddCommand struct {
	Name string `arg:"" help:"Name of the editor, as the studio and the journal show it; no e-mail address."`
	Role string `default:"editor" enum:"viewer,editor,admin" help:"viewer looks, editor also changes stories and photos, admin also sees the journal. Default: editor."`
	linkSettings
}

// Run adds an editor.
func (c editorAddCommand) Run(ctx context.Context, std stdio) error {
	prefix, err := c.prefix()
	if err := cmp.Or(err, nameError(editors.CheckName(c.Name))); err != nil {
		return err
	}
	var role editors.Role
	if err := role.UnmarshalText([]byte(c.Role)); err != nil {
		return usagef("--role: %v", err)
	}
	return c.with(ctx, func(s store.Store) error {
		now := time.Now()
		link, secret := editors.NewLink(now)
		err := s.AddEditor(asOperator(ctx, journal.AddEditor), editors.Account{Name: c.Name, Role: role, Added: now}, link)
		if errors.Is(err, editors.ErrTaken) {
			return fmt.Errorf("there is an editor %q already; cards editor link prints another link", c.Name)
		}
		if err != nil {
			return err
		}
		return printLink(std, prefix, c.Name, secret)
	})
}

// nameError returns an error of wrong usage for one of editors.CheckName.
func nameError(err error) error {
	if err == nil {
		return nil
	}
	return usagef("the name %s", fault.MessageOf(err))
}

type editorLinkCommand struct {
	Name string `arg:"" help:"Name of the editor."`
	linkSettings
}

// Run makes another sign-in link.
func (c editorLinkCommand) Run(ctx context.Context, std stdio) error {
	prefix, err := c.prefix()
	if err != nil {
		return err
	}
	return c.with(ctx, func(s store.Store) error {
		now := time.Now()
		link, secret := editors.NewLink(now)
		if err := s.SetLink(asOperator(ctx, journal.LinkEditor), c.Name, link, now); err != nil {
			return unknownEditor(c.Name, err)
		}
		return printLink(std, prefix, c.Name, secret)
	})
}

type editorRemoveCommand struct {
	Name string `arg:"" help:"Name of the editor."`
	databaseSettings
}

// Run removes an editor.
func (c editorRemoveCommand) Run(ctx context.Context, std stdio) error {
	return c.with(ctx, func(s store.Store) error {
		if err := s.RemoveEditor(asOperator(ctx, journal.RemoveEditor), c.Name, time.Now()); err != nil {
			return unknownEditor(c.Name, err)
		}
		_, err := fmt.Fprintf(std.out, "%s is removed, and her sessions have ended\n", printable(c.Name))
		return err
	})
}

func unknownEditor(name string, err error) error {
	if errors.Is(err, editors.ErrUnknown) {
		return fmt.Errorf("there is no editor %q; cards editor list prints them", name)
	}
	return err
}

type editorListCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
	databaseSettings
}

// Run lists the editors.
func (c editorListCommand) Run(ctx context.Context, std stdio) error {
	return c.with(ctx, func(s store.Store) error {
		all, err := s.Editors(ctx, time.Now())
		if err != nil {
			return err
		}
		if c.JSON {
			return printEditorsJSON(std, all)
		}
		t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, "NAME\tROLE\tADDED\tSESSIONS\tLAST SEEN\tLINK UNTIL")
		for _, a := range all {
			fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\t%s\n", printable(a.Name), a.Role, a.Added.Format(time.RFC3339), a.Sessions, when(a.Seen),
				when(a.LinkEnds))
		}
		return t.Flush()
	})
}

func printEditorsJSON(std stdio, all []editors.Account) error {
	type listed struct {
		Name     string       `json:"name"`
		Role     editors.Role `json:"role"`
		Added    time.Time    `json:"added"`
		Sessions int          `json:"sessions"`
		Seen     time.Time    `json:"seen,omitzero"`
		LinkEnds time.Time    `json:"link_until,omitzero"`
	}
	out := []listed{}
	for _, a := range all {
		out = append(out, listed{a.Name, a.Role, a.Added, a.Sessions, a.Seen, a.LinkEnds})
	}
	lines := json.NewEncoder(std.out)
	lines.SetIndent("", "  ")
	return lines.Encode(out)
}

func when(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.RFC3339)
}
