package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/tokens"
)

type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Make a token for one program, and print it, this once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens: what each may do, and when it was used last."`
	Revoke tokenRevokeCommand `cmd:"" help:"Revoke a token, from its next request on."`
}

type tokenCreateCommand struct {
	Name    string   `required:"" placeholder:"NAME" help:"Name of the program that gets the token, as the journal shows it."`
	Scope   []string `required:"" placeholder:"SCOPE" help:"What the token may do: articles:write (and read), articles:read, photos:write, stats:read, or admin (everything). Several are separated by commas."`
	Site    string   `placeholder:"SITE" help:"The only site whose stories the token may write and read. Default: all."`
	Expires string   `placeholder:"90d" help:"How long the token is valid, such as 90d or 12h. Default: until it is revoked."`
	databaseSettings
}

// Run makes a token.
func (c tokenCreateCommand) Run(ctx context.Context, std stdio) error {
	now := time.Now()
	made, secret, err := c.token(now)
	if err != nil {
		return err
	}
	return c.with(ctx, func(s store.Store) error {
		err := s.AddToken(asOperator(ctx, journal.CreateToken), made)
		if errors.Is(err, tokens.ErrTaken) {
			return fmt.Errorf("there is a token %q already; choose another name, or revoke it with cards token revoke", c.Name)
		}
		if err != nil {
			return err
		}
		if _, err = fmt.Fprintln(std.out, secret); err == nil {
			_, err = fmt.Fprintf(std.err, "This is the token of %s (%s). It is not shown again.\n", made.Name, made.ID)
		}
		return err
	})
}

// token returns the token that the flags describe. Errors are of wrong usage.
func (c tokenCreateCommand) token(now time.Time) (made tokens.Token, secret string, err error) {
	if err := editors.CheckName(c.Name); err != nil {
		return made, "", usagef("--name %s", fault.MessageOf(err))
	}
	scopes, err := tokens.ParseScopes(c.Scope)
	if err != nil {
		return made, "", usagef("--scope %s", fault.MessageOf(err))
	}
	switch {
	case utf8.RuneCountInString(c.Site) > card.MaxShort || !utf8.ValidString(c.Site) ||
		strings.TrimSpace(c.Site) != c.Site:
		return made, "", usagef("--site must be a site as stories name it, of at most %d characters", card.MaxShort)
	case c.Site != "" && slices.Contains(scopes, tokens.Admin):
		return made, "", usagef("--site cannot be with the scope admin, which may do everything")
	}
	made, secret = tokens.New(c.Name, scopes, now)
	made.Site = c.Site
	if c.Expires != "" {
		life, err := lifeOf(c.Expires)
		if err != nil {
			return made, "", err
		}
		made.Ends = made.Made.Add(life)
	}
	return made, secret, nil
}

// maxLife is the longest life of a token that ends, in days.
const maxLife = 3650

// lifeOf parses a life in days (90d), or as time.ParseDuration does.
func lifeOf(text string) (time.Duration, error) {
	life, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, wrong := strconv.ParseUint(days, 10, 16)
		life, err = time.Duration(n)*24*time.Hour, wrong
	}
	if err != nil || life < time.Minute || life > maxLife*24*time.Hour {
		return 0, usagef("--expires must be from 1m to %dd, such as 90d or 12h", maxLife)
	}
	return life, nil
}

type tokenRevokeCommand struct {
	Token string `arg:"" name:"name|id" help:"Name or ID of the token, as cards token list prints them."`
	databaseSettings
}

// Run revokes a token.
func (c tokenRevokeCommand) Run(ctx context.Context, std stdio) error {
	return c.with(ctx, func(s store.Store) error {
		revoked, err := s.RevokeToken(asOperator(ctx, journal.RevokeToken), c.Token, time.Now())
		if errors.Is(err, tokens.ErrUnknown) {
			return errors.New("no token in use has this name or ID; cards token list prints them")
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "%s (%s) is revoked\n", printable(revoked.Name), revoked.ID)
		return err
	})
}

type tokenListCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
	databaseSettings
}

// Run lists the tokens.
func (c tokenListCommand) Run(ctx context.Context, std stdio) error {
	return c.with(ctx, func(s store.Store) error {
		all, err := s.Tokens(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printTokensJSON(std, all)
		}
		t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, "ID\tNAME\tSCOPES\tSITE\tMADE\tEXPIRES\tLAST USED\tREVOKED")
		for _, one := range all {
			site := "-"
			if one.Site != "" {
				site = printable(one.Site)
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", one.ID, printable(one.Name), tokens.Join(one.Scopes), site,
				when(one.Made.Truncate(time.Second)), when(one.Ends.Truncate(time.Second)), when(one.Used.Truncate(time.Second)),
				when(one.Revoked.Truncate(time.Second)))
		}
		return t.Flush()
	})
}

func printTokensJSON(std stdio, all []tokens.Token) error {
	type listed struct {
		ID      string         `json:"id"`
		Name    string         `json:"name"`
		Scopes  []tokens.Scope `json:"scopes"`
		Site    string         `json:"site,omitempty"`
		Made    time.Time      `json:"made"`
		Ends    time.Time      `json:"expires,omitzero"`
		Used    time.Time      `json:"last_used,omitzero"`
		Revoked time.Time      `json:"revoked,omitzero"`
	}
	out := []listed{}
	for _, t := range all {
		out = append(out, listed{t.ID, t.Name, t.Scopes, t.Site, t.Made, t.Ends, t.Used, t.Revoked})
	}
	lines := json.NewEncoder(std.out)
	lines.SetIndent("", "  ")
	return lines.Encode(out)
}
