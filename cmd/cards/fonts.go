package main

import (
	"os"

	"newsroom.example/cards/fonts"
)

// fontSettings name the fonts that stand beside the embedded ones.
type fontSettings struct {
	Fonts string `placeholder:"DIR" help:"Folder of .ttf, .otf, .ttc and .woff files: a family of the same name replaces the embedded one, others are added."`
}

func (c fontSettings) fontSet() (*fonts.Set, error) {
	set, err := fonts.Load()
	if err != nil || c.Fonts == "" {
		return set, err
	}
	if info, err := os.Stat(c.Fonts); err != nil || !info.IsDir() {
		return nil, usagef("--fonts: %q is not a folder that can be read", c.Fonts)
	}
	with, err := set.With(os.DirFS(c.Fonts))
	if err != nil {
		return nil, usagef("--fonts: %s: %v", c.Fonts, err)
	}
	return with, nil
}
