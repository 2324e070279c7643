package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

type themeCommand struct {
	Check   themeCheckCommand   `cmd:"" help:"Check a folder of themes and templates; print every error with file, line and column."`
	New     themeNewCommand     `cmd:"" help:"Make a theme from a colour, a logo and a font."`
	Preview themePreviewCommand `cmd:"" help:"Render a contact sheet of a folder's themes, or of the built-in ones."`
}

type themeCheckCommand struct {
	Dir string `arg:"" help:"The folder."`

	fontSettings
}

func (c themeCheckCommand) Run(std stdio) error {
	set, err := c.fontSet()
	if err != nil {
		return err
	}
	designs, err := design.OpenFolder(c.Dir, set.Families())
	if err != nil {
		for _, f := range design.Faults(err) {
			fmt.Fprintln(std.err, f)
		}
		return fmt.Errorf("%s: %s", c.Dir, count(len(design.Faults(err)), "error"))
	}
	now := designs.Current()
	var lacking []*design.Fault
	for _, name := range now.Own() {
		theme, _ := now.Theme(name, "", "")
		for _, line := range append(missing(set, theme), figureless(set, theme)...) {
			fmt.Fprintln(std.out, line)
		}
		lacking = append(lacking, design.Faults(theme.CheckFeatures(featuresIn(set)))...)
	}
	if len(lacking) > 0 {
		for _, f := range lacking {
			fmt.Fprintln(std.err, f)
		}
		return fmt.Errorf("%s: %s", c.Dir, count(len(lacking), "error"))
	}
	fmt.Fprintf(std.out, "%s: %s and %s, no errors\n", c.Dir, count(len(now.Own()), "theme"),
		count(len(now.OwnTemplates()), "template"))
	return nil
}

// common are the characters that headlines of most newspapers have.
const common = "abcxyzABCXYZ0123456789.,:;!?()/&%+’‘“”–—…€£$"

// featuresIn returns the OpenType features of a family's font in a weight.
func featuresIn(set *fonts.Set) func(family string, weight int) []string {
	return func(family string, weight int) []string {
		return set.Main(fonts.Face{Families: family, Weight: fonts.Weight(cmp.Or(weight, int(fonts.Bold)))}).Features()
	}
}

// figureless returns a line for each form of figures that a theme names and the first font of a text cannot change to.
func figureless(set *fonts.Set, theme *design.Theme) (lines []string) {
	for _, t := range theme.Types() {
		first, _, _ := strings.Cut(t.Families, ",")
		has := featuresIn(set)(first, t.Weight)
		for tag := range strings.FieldsSeq(t.Figures) {
			if !slices.Contains(has, tag) {
				lines = append(lines, fmt.Sprintf("%s.toml: %s.figures: %s has no %s; its figures stay as they are", theme.Name,
					t.Key, set.Main(fonts.Face{Families: first, Weight: fonts.Weight(t.Weight)}).Name, tag))
			}
		}
	}
	return lines
}

// missing returns a line for each font of a theme that lacks common characters: which, and what draws them.
func missing(set *fonts.Set, theme *design.Theme) (lines []string) {
	for _, t := range theme.Types() {
		face := fonts.Face{Families: t.Families, Weight: fonts.Weight(cmp.Or(t.Weight, int(fonts.Bold)))}
		main := set.Main(face)
		if face.Families == "" || !main.Has('e') { // it is for another script
			continue
		}
		lacks, other := "", ""
		for _, r := range common {
			if main.Has(r) {
				continue
			}
			if f, ok := set.For([]rune{r}, face, "en"); ok {
				other = f.Family
			}
			lacks += " " + string(r)
		}
		if lacks != "" {
			lines = append(lines, fmt.Sprintf("%s.toml: %s.fonts: %s has no%s; they are drawn in %s", theme.Name, t.Key,
				main.Name, lacks, cmp.Or(other, "no font")))
		}
	}
	return lines
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

type themePreviewCommand struct {
	Dir      string   `arg:"" optional:"" help:"The folder; without it, the built-in themes."`
	Out      string   `short:"o" default:"themes.png" placeholder:"FILE" help:"Output file; the extension (.png or .jpg) selects the format; - is standard output."`
	Theme    []string `help:"Only these themes."`
	Template []string `help:"Only these templates."`
	Size     []string `default:"og" help:"Sizes to render."`
	All      bool     `help:"All sample stories, long and short, in every script. Default: only the first four."`
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
	stories, err := c.stories()
	if err != nil {
		return err
	}
	format, err := formatOf(c.Out, render.PNG)
	if err != nil {
		return err
	}
	set, err := c.fontSet()
	if err != nil {
		return err
	}
	designs, err := design.OpenFolder(c.Dir, set.Families())
	if err != nil {
		return usagef("%s", oneLine(err))
	}
	cells, err := c.cells(designs.Current(), stories)
	if err != nil {
		return err
	}
	drawn, err := drawSheet(ctx, render.New(set, designs.Current), cells, c.Columns, c.Width)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := render.Encode(&out, drawn, render.Encoding{Format: format}); err != nil {
		return err
	}
	return writeOut(std, c.Out, out.Bytes())
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
	scenes := map[string]image.Image{}
	for _, s := range sample.Scenes {
		scenes[s.Name] = s.Draw(1200, 800)
	}
	var cells []cell
	for _, theme := range themes {
		for _, template := range templates {
			for _, size := range c.Size {
				for _, story := range stories {
					made, err := cellOf(story, theme, template, size, scenes)
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

func cellOf(s sample.Story, theme, template, size string, scenes map[string]image.Image) (cell, error) {
	c := s.Card
	c.Theme, c.Template = theme, template
	var err error
	if c.Size, err = card.ParseSize(size); err != nil {
		return cell{}, usagef("--size: %v", err)
	}
	c, err = c.Normalize()
	return cell{card: c, photo: scenes[s.Photo], portrait: scenes[s.Portrait]}, err
}
