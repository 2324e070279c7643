package main

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"os"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/render"
)

// studio renders cards without a server. It is safe for concurrent use.
type studio struct {
	renderer *render.Renderer
	decoder  *photo.Decoder
	fetcher  *fetch.Client
}

func (c renderCommand) studio() (*studio, error) {
	set, err := c.fontSet()
	if err != nil {
		return nil, err
	}
	designs, err := c.designs(set)
	if err != nil {
		return nil, err
	}
	o := fetch.DefaultOptions()
	o.Allow, o.Agent = splitEnv(c.PhotoAllow), "cards/"+buildVersion()
	o.Format = photos.Format{}
	fetcher, err := fetch.New(o)
	if err != nil {
		return nil, usagef("--photo-allow: %v", err)
	}
	return &studio{render.New(set, designs.Current), photo.NewDecoder(photo.DefaultDecodeBytes), fetcher}, nil
}

// openedCard is a card that is ready to be drawn.
type openedCard struct {
	card  card.Card
	photo render.Photo // nil if it shows none
	story advice.Story // for the checks
}

// open calls use with the card of the flags and its photo. It prints a warning if the photo is incomplete.
func (s *studio) open(ctx context.Context, std stdio, c cardFlags, use func(openedCard) error) error {
	subject, html, err := c.card()
	if err != nil {
		return usagef("%s", flagsOf(err))
	}
	if c.Photo != "" {
		subject.Photo.URL = "upload:"
	}
	if err := s.renderer.Check(subject); err != nil {
		return usagef("%s", flagsOf(err))
	}
	o := openedCard{card: subject, story: storyOfCard(subject, html)}
	o.story.Home = s.renderer.Home(subject)
	if o.story.PhotoUnused = c.Photo != "" && !s.renderer.ShowsPhoto(subject); o.story.PhotoUnused {
		c.Photo = ""
	}
	return s.withPhoto(ctx, std, c, s.renderer.Paper(subject), func(p render.Photo) error {
		o.photo = p
		return use(o)
	})
}

// withPhoto calls use with the upright photo, or with nil if there is none.
func (s *studio) withPhoto(ctx context.Context, std stdio, c cardFlags, paper color.Color,
	use func(render.Photo) error) error {
	if c.Photo == "" {
		return use(nil)
	}
	data, err := s.photoBytes(ctx, c)
	if err != nil {
		return fmt.Errorf("--photo: %w", err)
	}
	return s.decoder.Decode(ctx, data, paper, func(p *photo.Photo) error {
		err := use(p)
		if err == nil && p.Cut() {
			fmt.Fprintln(std.err, "cards: warning: the photo's file is incomplete; the card shows the part that could be read")
		}
		return err
	})
}

func (s *studio) photoBytes(ctx context.Context, c cardFlags) ([]byte, error) {
	if !isURL(c.Photo) {
		return os.ReadFile(c.Photo)
	}
	return s.fetcher.MediaBytes(ctx, weburl.CleanAs(card.TextFormat(c.TextFormat), c.Photo))
}

// draw returns the card's file, and prints warnings.
func (s *studio) draw(ctx context.Context, std stdio, o openedCard, format render.Format) ([]byte, error) {
	drawing, err := s.renderer.Draw(ctx, o.card, o.photo)
	if err != nil {
		return nil, err
	}
	defer drawing.Release()
	var out bytes.Buffer
	if err := drawing.Encode(&out, render.Encoding{Format: format, MaxBytes: render.MaxPhotoBytes}); err != nil {
		return nil, err
	}
	return out.Bytes(), warn(std, o.story, drawing.Plan, o.photo)
}
