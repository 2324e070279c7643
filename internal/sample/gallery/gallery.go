// Package gallery has headlines in about fifty languages, on which every design is looked at as an art director would:
// with the lengths, quotations, numbers, units, tags and mixed scripts that agencies send, and with what else stories
// have, so that each template is used.
package gallery

import (
	"bufio"
	"bytes"
	_ "embed" // for the stories
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/sample"
)

//go:embed stories.jsonl
var stories []byte

// Story is a headline of the gallery with what belongs to it.
type Story struct {
	ID    string    // the language's tag and a number: "pt-02"
	Lang  string    // of the headline, BCP 47
	Card  card.Card // has neither theme nor size nor language: the renderer has to tell it
	Photo string    // name of a sample.Scene; empty: none
	Shape string    // of the photo: a key of Shapes; empty: 3:2
}

// Shapes are the sizes of photos in pixels.
var Shapes = map[string]image.Point{"": {X: 1200, Y: 800}, "wide": {X: 2000, Y: 700}, "tall": {X: 800, Y: 1200},
	"small": {X: 500, Y: 375}}

// line is a story as the file has it.
type line struct {
	ID          string            `json:"id"`
	Lang        string            `json:"lang"`
	Template    string            `json:"template"`
	Kind        string            `json:"kind"`
	Badge       string            `json:"badge"`
	Kicker      string            `json:"kicker"`
	Headline    string            `json:"headline"`
	Deck        string            `json:"deck"`
	Speaker     string            `json:"speaker"`
	SpeakerRole string            `json:"speaker_role"`
	Fields      map[string]string `json:"fields"`
	Caption     string            `json:"caption"`
	Credit      string            `json:"credit"`
	Byline      string            `json:"byline"`
	Site        string            `json:"site"`
	Date        string            `json:"date"`
	Time        string            `json:"time"`
	Photo       string            `json:"photo"`
	Shape       string            `json:"shape"`
}

// Stories returns the stories of the gallery.
func Stories() []Story {
	all, err := Read(bytes.NewReader(stories))
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return all
}

// Read reads stories, one JSON object a line. The error names the line at fault.
func Read(r io.Reader) (all []Story, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 {
			continue
		}
		s, err := read(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		all = append(all, s)
	}
	return all, lines.Err()
}

func read(text []byte) (Story, error) {
	var l line
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return Story{}, err
	}
	if _, ok := Shapes[l.Shape]; !ok {
		return Story{}, fmt.Errorf("shape: %q is unknown", l.Shape)
	}
	if l.Photo != "" && !slices.ContainsFunc(sample.Scenes, func(s sample.Scene) bool { return s.Name == l.Photo }) {
		return Story{}, fmt.Errorf("photo: %q is unknown", l.Photo)
	}
	if l.ID == "" || l.Lang == "" {
		return Story{}, errors.New("id and lang are required")
	}
	c := card.Card{
		Headline: l.Headline, Deck: l.Deck, Caption: l.Caption, Credit: l.Credit, Byline: l.Byline, Kicker: l.Kicker,
		Site: l.Site, Badge: l.Badge, Date: l.Date, Time: l.Time, Kind: l.Kind, Speaker: l.Speaker,
		SpeakerRole: l.SpeakerRole, Fields: l.Fields, Template: l.Template, TextFormat: card.PlainText,
	}
	_, err := c.Normalize()
	return Story{ID: l.ID, Lang: l.Lang, Card: c, Photo: l.Photo, Shape: l.Shape}, err
}

// Size returns the size of the story's photo in pixels; it is empty if it has none.
func (s Story) Size() image.Point {
	if s.Photo == "" {
		return image.Point{}
	}
	return Shapes[s.Shape]
}

// Draw draws the story's photo; nil if it has none.
func (s Story) Draw() image.Image {
	for _, scene := range sample.Scenes {
		if scene.Name == s.Photo {
			size := s.Size()
			return scene.Draw(size.X, size.Y)
		}
	}
	return nil
}
