// Command gallery draws the headlines of internal/sample/gallery in every theme and size, as sheets to look at:
//
//	go run ./bench/gallery -o DIR                       scenes that it draws itself instead of photos
//	go run ./bench/gallery -o DIR -photos FOLDER        photos of a folder
//	go run ./bench/gallery -o DIR -theme press -size og,story
//
// DIR gets THEME-SIZE-PART.jpg, with a label above each card, THEME-SIZE-120px.jpg with all cards as a list of links
// shows them, and index.tsv with what the layout says about each card.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

// settings are the flags.
type settings struct {
	out, photos, designs  string
	themes, sizes, only   []string
	width                 int
	sheet                 card.Size // the most pixels of a sheet
	keepLang, thumbnailed bool
}

func parse(args []string) (s settings, err error) {
	flags := flag.NewFlagSet("gallery", flag.ContinueOnError)
	flags.StringVar(&s.out, "o", "", "`folder` for the sheets; it is created")
	flags.StringVar(&s.photos, "photos", "", "`folder` of photos, which are used in the order of their names; default: drawn scenes")
	flags.StringVar(&s.designs, "themes", "", "`folder` of a newsroom's own themes and templates; its themes are drawn")
	list := func(into *[]string, name, fallback, usage string) {
		*into = split(fallback)
		flags.Func(name, usage, func(v string) error { *into = split(v); return nil })
	}
	list(&s.themes, "theme", "", "`names` of themes, with commas; default: all")
	list(&s.sizes, "size", "og,twitter,square,story", "`names` of sizes; default: og,twitter,square,story; also kakao and portrait")
	list(&s.only, "only", "", "only stories whose ID begins with one of these `prefixes`, such as ko,en-03")
	flags.IntVar(&s.width, "width", 0, "width of a card on a sheet, in `pixels`; default: 400, 320 of square and 260 of tall cards")
	sheet := flags.String("sheet", "1680x1720", "the largest `size` of a sheet; 1100x1100 for viewers that make larger ones smaller")
	flags.BoolVar(&s.keepLang, "lang", false, "tell the renderer the language, instead of leaving it to guess")
	flags.BoolVar(&s.thumbnailed, "thumbnails", true, "also draw a sheet with cards 120 pixels wide")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.sheet, err = card.ParseSize(*sheet); err != nil {
		return s, fmt.Errorf("-sheet: %w", err)
	}
	switch {
	case flags.NArg() > 0:
		return s, fmt.Errorf("%q: only flags are expected", flags.Arg(0))
	case s.out == "":
		return s, errors.New("-o: a folder is required")
	case s.width != 0 && (s.width < 100 || s.width > 1200):
		return s, errors.New("-width: must be from 100 to 1200")
	}
	return s, nil
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

func run(ctx context.Context, args []string) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	set, err := fonts.Load()
	if err != nil {
		return err
	}
	folder, err := design.OpenFolder(s.designs, set.Families())
	if err != nil {
		return err
	}
	themes := folder.Current().Own()
	if len(themes) == 0 {
		themes = folder.Current().Themes()
	}
	if len(s.themes) > 0 {
		themes = s.themes
	}
	stories := slices.DeleteFunc(gallery.Stories(), func(g gallery.Story) bool {
		return len(s.only) > 0 && !slices.ContainsFunc(s.only, func(p string) bool { return strings.HasPrefix(g.ID, p) })
	})
	shown, err := newPhotos(s.photos, stories)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return err
	}
	d := drawer{settings: s, renderer: render.New(set, folder.Current), photos: shown}
	for _, theme := range themes {
		for _, name := range s.sizes {
			size, err := card.ParseSize(name)
			if err != nil {
				return fmt.Errorf("-size: %q %w", name, err)
			}
			if err := d.sheets(ctx, stories, theme, name, size); err != nil {
				return fmt.Errorf("%s %s: %w", theme, name, err)
			}
		}
	}
	return d.index()
}
