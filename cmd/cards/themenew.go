package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/design"
)

type themeNewCommand struct {
	Name  string `arg:"" help:"Name of the theme: a-z, 0-9 and -."`
	Color string `default:"#b80d1c" placeholder:"#RRGGBB" help:"The publication's colour."`
	Logo  string `placeholder:"FILE" help:"The publication's logo, .svg or .png, with a transparent ground."`
	Font  string `placeholder:"FILE" help:"Font file of the headlines; it is copied to DIR/fonts."`
	Dir   string `default:"themes" help:"Folder of themes; it is created."`
}

func (c themeNewCommand) Run(std stdio) error {
	b := design.Brand{Name: c.Name, Color: c.Color}
	if c.Logo != "" {
		data, err := os.ReadFile(c.Logo)
		if err != nil {
			return usagef("--logo: %s", oneLine(err))
		}
		b.Logo, b.LogoFile = data, filepath.Base(c.Logo)
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	fontDir := ""
	if c.Font != "" {
		fontDir = filepath.Join(c.Dir, "fonts")
		family, err := addFont(fontDir, c.Font)
		if err != nil {
			return usagef("--font: %s", oneLine(err))
		}
		b.Font = family
	}
	files, err := design.Make(b)
	if err != nil {
		return wrongBrand(err)
	}
	for name := range files {
		if _, err := os.Stat(filepath.Join(c.Dir, name)); err == nil {
			return fmt.Errorf("%s exists already", filepath.Join(c.Dir, name))
		}
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(c.Dir, name), data, 0o644); err != nil {
			return err
		}
	}
	set, err := app.Fonts(fontDir)
	if err != nil {
		return err
	}
	if _, err := design.OpenFolder(c.Dir, set.Families()); err != nil {
		for name := range files {
			_ = os.Remove(filepath.Join(c.Dir, name)) // what was made does not work
		}
		return err
	}
	with := ""
	if fontDir != "" {
		with = " --fonts " + fontDir
	}
	fmt.Fprintf(std.out, "Wrote %s to %s. Look at it, and use it:\n", strings.Join(slices.Sorted(maps.Keys(files)), ", "), c.Dir)
	fmt.Fprintf(std.out, "  cards theme preview %s%s --theme %s\n", c.Dir, with, c.Name)
	fmt.Fprintf(std.out, "  cards serve --themes %s%s\n", c.Dir, with)
	return nil
}

// wrongBrand returns an error that names the flags at fault.
func wrongBrand(err error) error {
	var all []string
	for _, f := range design.Faults(err) {
		flag := "--" + f.Key
		if f.Key == "name" {
			flag = "NAME"
		}
		all = append(all, flag+": "+f.Problem)
	}
	return usagef("%s", strings.Join(all, "; "))
}

// addFont copies a font file to a folder, and returns the name of its family.
func addFont(dir, file string) (family string, err error) {
	before, err := app.Fonts("")
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	to := filepath.Join(dir, filepath.Base(file))
	if err := os.WriteFile(to, data, 0o644); err != nil {
		return "", err
	}
	with, err := app.Fonts(dir)
	if err != nil {
		_ = os.Remove(to)
		return "", err
	}
	for _, name := range with.Families() {
		if !slices.Contains(before.Families(), name) {
			return name, nil
		}
	}
	return "", fmt.Errorf("%s has a family that is there already", filepath.Base(file))
}
