package main

import (
	"bytes"
	"context"
	"fmt"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/preview"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

// page writes the samples as one HTML page.
func (c themePreviewCommand) page(ctx context.Context, std stdio, stories []sample.Story) error {
	r, set, err := c.open()
	if err != nil {
		return err
	}
	choice, err := c.choice(set)
	if err != nil {
		return err
	}
	choice.Stories = nil
	for _, s := range stories {
		choice.Stories = append(choice.Stories, s.Name)
	}
	var out bytes.Buffer
	if err := preview.Write(ctx, &out, r, set, choice, c.Width); err != nil {
		return err
	}
	return writeOut(std, c.Out, out.Bytes())
}

// serve serves the page, and prints its address.
func (c themePreviewCommand) serve(ctx context.Context, std stdio) error {
	set, err := c.fontSet()
	if err != nil {
		return err
	}
	designs, faults := design.OpenFolder(c.Dir, set.Families())
	if designs == nil {
		return usagef("%s", oneLine(faults))
	}
	choice := preview.Choice{Themes: c.Theme, Templates: c.Template, Sizes: c.Size, Stories: c.Story}
	if faults == nil {
		if choice, err = c.choice(designs.Current()); err != nil {
			return err
		}
	}
	on, err := preview.Listen(ctx, c.Serve)
	if err != nil {
		return usagef("--serve: %s", oneLine(err))
	}
	fmt.Fprintf(std.out, "The preview is at http://%s/ until it is interrupted.\n", on.Addr())
	return preview.NewLive(render.New(set, designs.Current), designs, c.Dir, faults, choice).Serve(ctx, on)
}

// choice returns what the flags choose. The names must be known.
func (c themePreviewCommand) choice(set *design.Set) (preview.Choice, error) {
	if _, err := only("--theme", c.Theme, nil, set.Themes()); err != nil {
		return preview.Choice{}, err
	}
	if _, err := only("--template", c.Template, nil, set.Templates()); err != nil {
		return preview.Choice{}, err
	}
	for _, name := range c.Size {
		if _, err := card.ParseSize(name); err != nil {
			return preview.Choice{}, usagef("--size: %v", err)
		}
	}
	if _, err := c.stories(); err != nil {
		return preview.Choice{}, err
	}
	return preview.Choice{Themes: c.Theme, Templates: c.Template, Sizes: c.Size, Stories: c.Story}, nil
}
