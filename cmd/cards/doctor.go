package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/health"
)

type doctorCommand struct {
	Photo string `placeholder:"URL" help:"URL of a photo that the service must be able to fetch, such as one of your CMS."`
	JSON  bool   `name:"json" help:"Print JSON."`
	serveSettings
}

// errUnwell is the error of a setup with which a service cannot work.
var errUnwell = errors.New("the service cannot work like this: mend what is marked bad")

// Run examines the setup, and prints what it found and what to do.
func (c doctorCommand) Run(ctx context.Context, std stdio) error {
	config, err := c.config()
	if err != nil {
		return err
	}
	found := app.Doctor{Config: config, Photo: c.Photo, Ready: health.Ask}.Examine(ctx)
	if c.JSON {
		enc := json.NewEncoder(std.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		err = enc.Encode(found)
	} else {
		err = writeFindings(std.out, found)
	}
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Degree == app.Bad {
			return errUnwell
		}
	}
	return nil
}

func writeFindings(out io.Writer, found []app.Finding) error {
	for _, f := range found {
		if _, err := fmt.Fprintf(out, "%-5s %s: %s\n", f.Degree, f.Check, f.Says); err != nil {
			return err
		}
		if f.Do != "" {
			if _, err := fmt.Fprintf(out, "      -> %s\n", f.Do); err != nil {
				return err
			}
		}
	}
	return nil
}
