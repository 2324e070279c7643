package main

import (
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

// photos are the photos of the stories. They are safe for concurrent use.
type photos struct {
	scenes  map[string]render.Photo // by scene and shape
	files   map[string]file         // by the story's ID
	decoder *photo.Decoder
}

type file struct {
	name string
	data []byte
}

// endings are those of the files that are taken from a folder.
var endings = []string{".jpg", ".jpeg", ".png", ".webp", ".gif"}

// newPhotos returns the photos of a folder, one after the other for the stories that have one. Without a folder it
// returns scenes.
func newPhotos(folder string, stories []gallery.Story) (*photos, error) {
	p := &photos{scenes: map[string]render.Photo{}, files: map[string]file{}}
	if folder == "" {
		for _, s := range stories {
			if key := s.Photo + " " + s.Shape; s.Photo != "" && p.scenes[key] == nil {
				p.scenes[key] = render.Decoded(s.Draw())
			}
		}
		return p, nil
	}
	p.decoder = photo.NewDecoder(photo.DefaultDecodeBytes)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var all []file
	for _, e := range entries {
		if e.IsDir() || !slices.Contains(endings, strings.ToLower(filepath.Ext(e.Name()))) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, file{e.Name(), data})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("-photos: %s has no %s", folder, strings.Join(endings, ", "))
	}
	n := 0
	for _, s := range stories {
		if s.Photo != "" {
			p.files[s.ID] = all[n%len(all)]
			n++
		}
	}
	return p, nil
}

// with calls use with the story's photo, nil if it has none, and with the photo's name.
func (p *photos) with(
	ctx context.Context, s gallery.Story, paper color.Color, use func(photo render.Photo, name string) error,
) error {
	switch f, ok := p.files[s.ID]; {
	case s.Photo == "":
		return use(nil, "")
	case ok:
		err := p.decoder.Decode(ctx, f.data, paper, func(m *photo.Photo) error { return use(m, f.name) })
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		return nil
	}
	return use(p.scenes[s.Photo+" "+s.Shape], strings.TrimSpace(s.Photo+" "+s.Shape))
}
