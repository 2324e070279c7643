package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/laws"
	"newsroom.example/cards/render"
)

type themeCheckCommand struct {
	Dir string `arg:"" help:"The folder."`

	fontSettings
}

func (c themeCheckCommand) Run(ctx context.Context, std stdio) error {
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
	if err := c.checkFonts(std, set, now); err != nil {
		return err
	}
	broken, err := laws.Try(ctx, render.New(set, designs.Current), now)
	if err != nil {
		return err
	}
	for _, b := range broken {
		fmt.Fprintln(std.err, b)
	}
	if len(broken) > 0 {
		return fmt.Errorf("%s: %s", c.Dir, count(len(broken), "fault")+" of layout")
	}
	fmt.Fprintf(std.out, "%s: %s and %s, no errors\n", c.Dir, count(len(now.Own()), "theme"),
		count(len(now.OwnTemplates()), "template"))
	return nil
}

// checkFonts prints what the fonts of the themes lack. The error says how many features they do not have.
func (c themeCheckCommand) checkFonts(std stdio, set *fonts.Set, now *design.Set) error {
	var lacking []*design.Fault
	for _, name := range now.Own() {
		theme, _ := now.Theme(name, "", "")
		for _, line := range append(missing(set, theme), figureless(set, theme)...) {
			fmt.Fprintln(std.out, line)
		}
		lacking = append(lacking, design.Faults(theme.CheckFeatures(featuresIn(set)))...)
	}
	for _, f := range lacking {
		fmt.Fprintln(std.err, f)
	}
	if len(lacking) > 0 {
		return fmt.Errorf("%s: %s", c.Dir, count(len(lacking), "error"))
	}
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
