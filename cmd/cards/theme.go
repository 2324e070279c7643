package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/laws"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

type themeCommand struct {
	Check   themeCheckCommand   `cmd:"" help:"Check a folder of themes and templates; print every error with file, line and column."`
	Explain themeExplainCommand `cmd:"" help:"Say which rule gave the card of an article its template, theme, badge, section, date and photo."`
	New     themeNewCommand     `cmd:"" help:"Make a theme from a colour, a logo and a font."`
	Preview themePreviewCommand `cmd:"" help:"Render a contact sheet of a folder's themes, or of the built-in ones."`
}

type themePreviewCommand struct {
	Dir      string   `arg:"" optional:"" help:"The folder; without it, the built-in themes."`
	Out      string   `short:"o" default:"themes.png" placeholder:"FILE" help:"Output file; the extension (.png, .jpg or .html) selects the format; - is standard output. A page holds its pictures."`
	Serve    string   `placeholder:"ADDR" help:"Serve the page on this address of this machine, such as 127.0.0.1:8090, instead of writing a file. It shows all samples in all sizes, errors in the files, and reloads when they change."`
	Theme    []string `help:"Only these themes."`
	Template []string `help:"Only these templates."`
	Size     []string `help:"Sizes to render. Default: og; of --serve, all."`
	All      bool     `help:"All sample stories, long and short, in every script. Default: only the first four; of --serve, all."`
	Story    []string `help:"Only these sample stories, by name."`
	Columns  int      `default:"4" help:"Cards in a row."`
	Width    int      `default:"480" help:"Width of a card on the sheet, in pixels."`

	fontSettings
}

// usual is how many of the samples a sheet shows by default: the first ones.
const usual = 4

func (c themePreviewCommand) Run(ctx context.Context, std stdio) error {
	if c.Width < 100 || c.Width > 1200 {
		return usagef("--width: must be from 100 to 1200")
	}
	if c.Columns < 1 || c.Columns > 20 {
		return usagef("--columns: must be from 1 to 20")
	}
	if c.Serve != "" {
		return c.serve(ctx, std)
	}
	if len(c.Size) == 0 {
		c.Size = []string{"og"}
	}
	stories, err := c.stories()
	if err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(c.Out), ".html") {
		return c.page(ctx, std, stories)
	}
	format, err := formatOf(c.Out, render.PNG)
	if err != nil {
		return err
	}
	r, set, err := c.open()
	if err != nil {
		return err
	}
	cells, err := c.cells(set, stories)
	if err != nil {
		return err
	}
	drawn, err := drawSheet(ctx, r, cells, c.Columns, c.Width)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := render.Encode(&out, drawn, render.Encoding{Format: format}); err != nil {
		return err
	}
	return writeOut(std, c.Out, out.Bytes())
}

// open returns the designs of the folder, in which there must be no error, and a renderer with them.
func (c themePreviewCommand) open() (*render.Renderer, *design.Set, error) {
	set, err := c.fontSet()
	if err != nil {
		return nil, nil, err
	}
	designs, err := design.OpenFolder(c.Dir, set.Families())
	if err != nil {
		return nil, nil, usagef("%s", oneLine(err))
	}
	return render.New(set, designs.Current), designs.Current(), nil
}

// stories returns the requested sample stories.
func (c themePreviewCommand) stories() ([]sample.Story, error) {
	var known []string
	for _, s := range sample.Stories {
		known = append(known, s.Name)
	}
	names, err := only("--story", c.Story, known, known)
	switch {
	case err != nil:
		return nil, err
	case c.Story == nil && c.All:
		return sample.Stories, nil
	case c.Story == nil:
		return sample.Stories[:usual], nil
	}
	var asked []sample.Story
	for _, name := range names {
		asked = append(asked, sample.Stories[slices.Index(known, name)])
	}
	return asked, nil
}

// cells returns the stories in each theme, template and size.
func (c themePreviewCommand) cells(set *design.Set, stories []sample.Story) ([]cell, error) {
	themes := set.Own()
	if len(themes) == 0 {
		themes = set.Themes()
	}
	themes, err := only("--theme", c.Theme, themes, set.Themes())
	if err != nil {
		return nil, err
	}
	templates, err := only("--template", c.Template, set.Templates(), set.Templates())
	if err != nil {
		return nil, err
	}
	var cells []cell
	for _, theme := range themes {
		for _, template := range templates {
			for _, size := range c.Size {
				for _, story := range stories {
					made, err := cellOf(story, theme, template, size)
					if err != nil {
						return nil, err
					}
					cells = append(cells, made)
				}
			}
		}
	}
	return cells, nil
}

// only returns the requested names, each of which must be known, or all if none are requested.
func only(flag string, asked, all, known []string) ([]string, error) {
	for _, name := range asked {
		if !slices.Contains(known, name) {
			return nil, usagef("%s: %q is unknown; choose from %s", flag, name, strings.Join(known, ", "))
		}
	}
	if len(asked) > 0 {
		return asked, nil
	}
	return all, nil
}

func cellOf(s sample.Story, theme, template, sizeName string) (cell, error) {
	size, err := card.ParseSize(sizeName)
	if err != nil {
		return cell{}, usagef("--size: %v", err)
	}
	c, err := s.In(theme, template, size)
	photo, portrait := laws.Pictures(s)
	return cell{c, photo, portrait}, err
}
