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
	story advice.Story // for the checks

	photo, portrait render.Photo // nil if it shows none
}

// open calls use with the card of the flags, its photo and its portrait. It prints a warning if the photo is
// incomplete.
func (s *studio) open(ctx context.Context, std stdio, c cardFlags, use func(openedCard) error) error {
	subject, html, err := c.card()
	if err != nil {
		return usagef("%s", flagsOf(err))
	}
	if c.Photo != "" {
		subject.Photo.URL = "upload:"
	}
	if c.Portrait != "" {
		subject.Portrait.URL = "upload:"
	}
	if err := s.renderer.Check(subject); err != nil {
		return usagef("%s", flagsOf(err))
	}
	o := openedCard{card: subject, story: storyOfCard(subject, html)}
	o.story.Home = s.renderer.Home(subject)
	if o.story.PhotoUnused = c.Photo != "" && !s.renderer.ShowsPhoto(subject); o.story.PhotoUnused {
		c.Photo = ""
	}
	paper := s.renderer.Paper(subject)
	if c.Portrait != "" && s.renderer.ShowsPortrait(subject) {
		err := s.withPicture(ctx, std, c, "portrait", c.Portrait, paper, func(p render.Photo) (err error) {
			o.portrait, err = render.Keep(p)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.withPicture(ctx, std, c, "photo", c.Photo, paper, func(p render.Photo) error {
		o.photo = p
		return use(o)
	})
}

// withPicture calls use with the upright photo or portrait, or with nil if there is none.
func (s *studio) withPicture(ctx context.Context, std stdio, c cardFlags, flag, picture string, paper color.Color,
	use func(render.Photo) error) error {
	if picture == "" {
		return use(nil)
	}
	data, err := s.pictureBytes(ctx, c, picture)
	if err != nil {
		return fmt.Errorf("--%s: %w", flag, err)
	}
	return s.decoder.Decode(ctx, data, paper, func(p *photo.Photo) error {
		err := use(p)
		if err == nil && p.Cut() {
			fmt.Fprintf(std.err, "cards: warning: the %s's file is incomplete; the card shows the part that could be read\n", flag)
		}
		return err
	})
}

func (s *studio) pictureBytes(ctx context.Context, c cardFlags, picture string) ([]byte, error) {
	if !isURL(picture) {
		return os.ReadFile(picture)
	}
	return s.fetcher.MediaBytes(ctx, weburl.CleanAs(card.TextFormat(c.TextFormat), picture))
}

// draw returns the card's file, and prints warnings.
func (s *studio) draw(ctx context.Context, std stdio, o openedCard, format render.Format) ([]byte, error) {
	drawing, err := s.renderer.Draw(ctx, o.card, o.photo, o.portrait)
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
