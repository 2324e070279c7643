package main

import (
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/design"
)

// fontSettings name a folder of fonts in addition to the embedded ones.
type fontSettings struct {
	Fonts string `placeholder:"DIR" help:"Folder of .ttf, .otf, .ttc and .woff fonts. A family with the name of an embedded one replaces it, others are added."`
}

func (c fontSettings) fontSet() (*fonts.Set, error) {
	set, err := app.Fonts(c.Fonts)
	return set, usage(err)
}

// themeSettings name the folder of a newsroom's own themes and templates.
type themeSettings struct {
	Themes string `placeholder:"DIR" help:"Folder of themes (NAME.toml) and templates (templates/NAME.toml); changes are loaded while the service runs."`
}

func (c themeSettings) designs(set *fonts.Set) (*design.Folder, error) {
	folder, err := app.Designs(c.Themes, set)
	return folder, usage(err)
}
