package web

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsroom.example/cards/card"
)

//go:embed networks.json
var networksJSON []byte

// Network is how one network shows a story: a row of networks.json, which is the only place of these facts.
type Network struct {
	Name     string     `json:"name"`
	Label    string     `json:"label"`
	Size     string     `json:"size"`     // the card's size that its tag names
	Shape    string     `json:"shape"`    // width by height of the picture there, such as "1.91"; "own" is the card's
	Square   bool       `json:"square"`   // small previews show the middle, square
	Headline int        `json:"headline"` // most lines
	Summary  int        `json:"summary"`
	Parts    [][]string `json:"parts"` // what is shown, from the top; each list is one block
	Typed    bool       `json:"typed"` // the URL stands below, as it was typed
	Covers   []Cover    `json:"covers"`
	Rule     string     `json:"rule"`
	Source   string     `json:"source"` // URL of the rule
	By       string     `json:"by"`     // whose it is
	Looked   string     `json:"looked"` // the month in which the source was read; empty: it was not dated
}

// Cover is a part of the picture that a network lays something over.
type Cover struct {
	Box  [4]float64 `json:"box"` // x, y, width, height in fractions of the picture
	What string     `json:"what"`
}

// networks are all networks of the studio, in the order in which it shows them.
var networks = func() (all []Network) {
	if err := json.Unmarshal(networksJSON, &all); err != nil { // the file is embedded, and a test reads it
		panic(fmt.Errorf("networks.json: %w", err))
	}
	return all
}()

// Class returns the class of the shape of the network's pictures in networks.css.
func (n Network) Class() string { return "shape-" + strings.ReplaceAll(n.Shape, ".", "-") }

// Mark is a rectangle over a card, in fractions of it, and what it shows: what a network crops or covers, or what an
// app's controls hide.
type Mark struct {
	Kind, Box, Text string // Text may be empty
}

// Marks returns what is marked on a card of the size: where networks crop it, and what they cover.
func (d StudioData) Marks(size string) (marks []Mark) {
	named, err := card.ParseSize(size)
	if err != nil {
		return nil
	}
	own := float64(named.W) / float64(named.H)
	crops := map[string][]string{}
	var order []string
	add := func(shape, label string) {
		if crops[shape] == nil {
			order = append(order, shape)
		}
		crops[shape] = append(crops[shape], label)
	}
	for _, n := range networks {
		if n.Size != size {
			continue
		}
		if shape, err := strconv.ParseFloat(n.Shape, 64); err == nil && (shape < own*0.99 || shape > own*1.01) {
			add(n.Shape, n.Label)
		}
		if n.Square {
			add("1", n.Label)
		}
		for _, c := range n.Covers {
			marks = append(marks, Mark{"cover", boxText(c.Box), c.What})
		}
	}
	slices.Sort(order)
	for _, shape := range order {
		ratio, _ := strconv.ParseFloat(shape, 64) // it was parsed above, or is 1
		marks = append(marks, Mark{"crop", boxText(middle(ratio, own)), "cropped by " + strings.Join(crops[shape], ", ")})
	}
	if size == "story" {
		marks = append(marks, Mark{"cover", boxText([4]float64{0, 0, 1, 1.0 / 7}), "the app's controls"},
			Mark{"cover", boxText([4]float64{0, 6.0 / 7, 1, 1.0 / 7}), ""}) // the same once more
	}
	return marks
}

// middle returns the middle part with a shape of a picture with another one.
func middle(shape, of float64) [4]float64 {
	if shape < of {
		w := shape / of
		return [4]float64{(1 - w) / 2, 0, w, 1}
	}
	h := of / shape
	return [4]float64{0, (1 - h) / 2, 1, h}
}

// boxText returns the box for the studio's script: four numbers, in percent.
func boxText(box [4]float64) string {
	var parts []string
	for _, v := range box {
		parts = append(parts, strconv.FormatFloat(100*v, 'f', 2, 64))
	}
	return strings.Join(parts, " ")
}

// NetworkPart is one part of a network's preview, for the template.
type NetworkPart struct {
	Network Network
	Part    string
	Card    StudioCard
	Story   StudioStory
}

// Part returns a part of a network's preview.
func (d StudioData) Part(n Network, part string) NetworkPart {
	return NetworkPart{n, part, d.Card(n.Size), d.Story}
}
